// The customs or order rows of a run, in memory: columns of numbers and of ids into tables of
// distinct values. Millions of rows hold few distinct parties, goods and routes; whoever judges
// them judges each once.
//
// Raw rows never change: a line keeps the offset, length and hash of its bytes in the source file.
// Roles are never merged: each role that a file has is a column of its own. Rows read = lines +
// rejects, always.
//
// Id 0 of every table means "absent". Ids are given in order of first appearance in the input,
// whatever the number of threads, so equal files give equal ledgers.
#ifndef TIDEWAITER_LEDGER_LEDGER_H_
#define TIDEWAITER_LEDGER_LEDGER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/progress.h"
#include "base/result.h"
#include "base/text_pool.h"
#include "ledger/layout.h"
#include "model/role.h"
#include "tables/intake.h"

namespace tidewaiter::ledger {

using Id = uint32_t;  // 0: absent

// A party as a row mentions it. Texts are ids into Ledger::strings. Two rows that say the same
// share one.
struct Party {
  std::array<Id, kAttributeCount>
      attributes{};  // by Attribute; kIdentifier is the first identifier's value
  std::vector<std::pair<Id, Id>> identifiers;  // (kind, value), in column order
  uint64_t entity = 0;  // who it is taken for; EntityText() is what the files show

  Id Get(Attribute attribute) const { return attributes[static_cast<size_t>(attribute)]; }
};

// What is shipped, as the row says it: judged once by goods recognition.
struct GoodsText {
  Id description = 0, description_en = 0, hs = 0, brand = 0, model = 0;
  bool operator==(const GoodsText&) const = default;
};

// From where to where. ISO codes; text that is no known country stays absent (and is counted in
// Source::notes).
struct Route {
  Id direction = 0;  // "import", "export"
  Id origin = 0, departure = 0, destination = 0;
  bool operator==(const Route&) const = default;
};

// The lines, one vector a column, all of equal length (those of roles that no source has are
// empty).
struct Lines {
  std::vector<uint16_t> source;               // index into Ledger::sources
  std::vector<uint32_t> row;                  // from 1, data rows of the source, rejects counted
  std::vector<uint64_t> offset;               // of the row's first byte in the source
  std::vector<uint32_t> length;               // bytes, without the line end
  std::vector<std::array<uint64_t, 2>> hash;  // the 128 bits of RowHashHex, high half first
  std::vector<Date> from,
      to;  // the day; of a month-only date its first and last day; unknown: kDistant...
  std::vector<Id> declaration, procedure, unit, currency;  // into strings
  std::vector<Id> goods;                                   // into Ledger::goods
  std::vector<Id> route;                                   // into Ledger::routes
  std::vector<double> quantity, net_mass_kg, gross_mass_kg, value, value_usd;  // NaN: unknown
  std::array<std::vector<Id>, kRoleCount> party;  // by Role, into Ledger::parties

  size_t size() const { return row.size(); }
  Id PartyOf(Role role, size_t line) const {
    const auto& column = party[static_cast<size_t>(role)];
    return column.empty() ? 0 : column[line];
  }
};

struct Reject {
  uint16_t source = 0;
  uint32_t row = 0;  // from 1, data rows
  uint64_t offset = 0, line = 0;
  std::string reason;  // for people: "3 fields where the header has 5"
  std::string text;    // the row, at most kRejectText bytes of it
};
inline constexpr size_t kRejectText = 64 << 10;

// One input file.
struct Source {
  std::string path;
  std::string name;    // its file name: what `source` is in every output
  std::string sha256;  // of the file as it lies on the disk
  uint64_t bytes = 0;  // of that file
  std::string kind;    // "csv", "xlsx", "jsonl (gzip)"
  // Its rows as text, in which offsets count, and how they are split.
  std::shared_ptr<const tables::Intake> intake;
  tables::RowFormat format;
  Mapping mapping;
  uint64_t rows = 0, lines = 0, rejects = 0;
  uint64_t repeated =
      0;  // lines that repeat an earlier line, of this source or one before, byte for byte
  // Columns whose values do not look like what they are taken for: one sentence each.
  std::vector<std::string> doubts;
  // What was assumed, and cells that could not be read as their column's kind: one sentence each.
  std::vector<std::string> notes;
};

struct Ledger {
  TextPool strings;
  std::vector<Source> sources;
  Lines lines;
  std::vector<Party> parties = std::vector<Party>(1);        // [0]: nobody
  std::vector<GoodsText> goods = std::vector<GoodsText>(1);  // [0]: nothing said
  std::vector<Route> routes = std::vector<Route>(1);         // [0]: nothing said
  std::vector<Reject> rejects;                               // in order of source and row

  std::string_view Text(Id id) const { return strings[id]; }
  // The name to show: the name, else the English, cleaned or raw one, else the first identifier;
  // else "".
  std::string_view DisplayName(Id party) const { return strings[DisplayNameId(party)]; }
  Id DisplayNameId(Id party) const;
  // "e" and 16 hex digits; "" for nobody.
  std::string EntityText(Id party) const;
  std::string RowHash(size_t line) const;  // as RowHashHex
  // Whether some source's columns or constants can fill the field.
  bool Covers(Field field) const;
  bool Covers(Role role) const;
};

struct ImportOptions {
  const Layouts* layouts = nullptr;  // required
  const Layout* layout = nullptr;    // chosen by the user; nullptr: recognised for each file
  std::string encoding;              // stated by the user; empty: recognised
  std::string sheet;                 // of workbooks; empty: the first that holds anything
  unsigned threads = 1;
  uint64_t block_bytes = 4 << 20;  // what one thread takes at a time; never changes the result
};

// Reads customs or order files of every format that tables/intake.h knows. Fails with file, line
// and column when a file cannot be opened, is empty, holds no header that can be understood, or two
// inputs have the same file name. A row that cannot be read is a reject, a cell that cannot be read
// is absent and noted.
Result<Ledger> Import(const std::vector<std::string>& files, const ImportOptions& options,
                      Progress& progress);

// The cells of the record that begins at this offset of the source's text.
Result<std::vector<std::string>> CellsAt(const Source& source, uint64_t offset, uint64_t length);

// The header of a file and what its columns are taken for, with up to `samples` first values of
// each column.
struct HeaderView {
  Mapping mapping;
  uint64_t line = 0;                              // of the header
  std::vector<std::vector<std::string>> samples;  // by column
  std::vector<std::string> doubts;                // by column; empty: none (doubts.h)
  std::string kind;                               // as Source::kind
  std::vector<std::string> notes;
};
Result<HeaderView> ReadHeader(const std::string& file, const ImportOptions& options,
                              size_t samples = 3);

// Who is who, the plain way: mentions with the same strong identifier (tax or registration number)
// are one, mentions with the same normalised name are one when no two identifiers contradict.
// `resolve` replaces it. Same entities on any number of threads.
void AssignEntities(Ledger& ledger, unsigned threads = 1);
uint64_t EntityHash(std::string_view kind, std::string_view value);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_LEDGER_H_
