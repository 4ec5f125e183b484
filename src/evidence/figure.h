// A figure: a sum over the lines of a run with everything that its reader needs to doubt it. Its
// scope in words, its total with and without disputed rows, how many rows state no value, the hash
// of its rows, and what is shown apart and not added.
//
// "Value shipped by X" counts lines that name X as exporter, shipper, supplier or seller, and
// nothing else; lines that name X as agent, broker, maker or brand owner are shown apart. A saved
// figure holds its question, its disputes and its rows, so that Replay() computes it again from
// lines.parquet on any machine and gets the same bytes, or says which row changed.
#ifndef TIDEWAITER_EVIDENCE_FIGURE_H_
#define TIDEWAITER_EVIDENCE_FIGURE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "evidence/disputes.h"

namespace tidewaiter::evidence {

struct FigureQuestion {
  std::string goods = "all";  // all, controlled (drones, parts, their codes), drones, parts
  std::string brand, model, hs, origin, destination;  // hs: a code's beginning
  std::string shipped_by, received_by;                // entity or name
  std::vector<std::string> including;  // parties that a disputed claim ties to shipped_by: their
                                       // rows make a second total
  std::string from, to;                // ISO dates
  std::vector<std::string> by;         // brand, model, class, exporter, ..., route, month
};

Json ToJson(const FigureQuestion& question);
Result<FigureQuestion> QuestionFromJson(const Json& json);
// Fails for a word that is none of those above.
Status CheckQuestion(const FigureQuestion& question);

// Sums in whole cents, so that no order of addition shows.
struct FigureSum {
  uint64_t lines = 0, lines_without_value = 0;
  int64_t cents = 0;
  std::string hash;  // of the rows, as inspect/row_sets.h defines it
};

struct FigureLine {
  std::vector<std::string> key;  // by FigureQuestion::by
  FigureSum all, undisputed;
  int64_t drone_cents = 0, part_cents = 0;  // of `all`
};

struct FigureRow {
  std::string source;
  uint64_t row = 0;
  std::string hash;
  bool disputed = false;
  auto operator<=>(const FigureRow&) const = default;
};

// Lines that name the party in other roles; not part of the figure.
struct Apart {
  std::string role;
  FigureSum sum;
};

struct Figure {
  FigureQuestion question;
  Disputes disputes;
  std::string scope;
  std::vector<FigureLine> lines;  // largest first; the first is the total when `by` is empty
  FigureLine total;
  std::optional<FigureSum> with_claimed;  // with the rows of question.including
  std::vector<Apart> apart;
  std::vector<std::pair<std::string, uint64_t>> disputed;    // dispute id -> rows of the figure
  std::vector<std::pair<std::string, std::string>> sources;  // name, SHA-256
  std::vector<std::string> vendor_mapped;                    // roles that a data vendor filled
  std::vector<FigureRow> rows;                               // in order of the files
};

// From DIR/lines.parquet and DIR/run.json. `resources` holds the table of controlled codes.
Result<Figure> ComputeFigure(const std::string& run, const FigureQuestion& question,
                             const Disputes& disputes, const std::string& resources);

// The canonical form: what is saved, compared and hashed.
Json ToJson(const Figure& figure);

// Writes a folder from which the figure can be replayed elsewhere: figure.json, the figure's rows
// as lines.parquet, and run.json with the sources.
Status ExportFigure(const std::string& run, const Figure& figure, const std::string& folder);

struct ReplayAnswer {
  bool same = false;
  std::vector<std::string> differences;  // for people, the first hundred
};
// Computes a saved figure again and compares byte for byte.
Result<ReplayAnswer> Replay(const std::string& saved_json, const std::string& run,
                            const std::string& resources);

// Compares the bytes of each row of a saved figure with the hash that the figure holds, in the
// original file; `lines` are found by lines.parquet of the run.
Result<ReplayAnswer> ReplayBytes(const std::string& saved_json, const std::string& run,
                                 const std::string& original);

}  // namespace tidewaiter::evidence

#endif  // TIDEWAITER_EVIDENCE_FIGURE_H_
