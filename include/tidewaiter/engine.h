// The public interface: start here.
//
// An Engine answers three questions: who a party may be (Screen), what a transaction needs (Check),
// what a file of customs lines holds (Inspect). The command line, the HTTP service and the bindings
// call only these. Requests are plain values; answers carry JSON in the shapes that `tidewaiter
// schema` prints, byte-identical for the same inputs, beside the few fields that callers branch on.
//
// An Engine is immutable once opened and may be used from any number of threads. It reads the data
// folder and writes to it only where a request says so: the journal, a person's word about a pair.
// Errors are values (result.h); nothing is thrown or printed.
#ifndef TIDEWAITER_ENGINE_H_
#define TIDEWAITER_ENGINE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tidewaiter/result.h"

namespace tidewaiter {

class Progress;

struct EngineConfig {
  std::string data_folder;  // lists and watchlist; need not exist
  std::string resources;  // rulepacks/, catalogue/, ...; empty: found from the place of the program
  std::vector<std::string> policies;  // files or folders of the user's own rule packs
  unsigned threads = 1;
  // Parsed rule packs and catalogue are kept here to start faster; empty: nowhere. A cache that is
  // damaged, or of other files, is not used.
  std::string cache_folder;
  int max_age_days = 30;        // lists older than this are warned of
  int max_pack_age_days = 365;  // and rule packs that nobody has reviewed for longer than this
  bool without_lists =
      false;              // screen nobody, not even against the list that ships with the program
  std::string relations;  // file of who owns whom (CSV or JSONL); empty: none
  bool without_name_groups = false;  // the matcher without its table of spelling equivalences
  // What an alias counts that its publisher calls weak: full, less, supported, never; empty: as the
  // profile says. Decisions name it beside the profile.
  std::string weak_aliases;
};

struct VersionAnswer {
  std::string engine, profile, rulepacks, catalogue, watchlist;
  double threshold = 0;
};

struct ScreenOptions {
  double threshold = -1;           // negative: the default of the profile
  uint32_t top = 10;               // 0: all
  std::string as_of;               // ISO date; empty: the newest state of every list
  std::vector<std::string> lists;  // empty: all
  std::string weak_aliases;        // full, less, supported, never; empty: the engine's policy
  bool exhaustive = false;         // the slow reference; the same answer
  bool explain = false;            // token by token
};

struct ScreenedHit {
  std::string list, id, name;
  double score = 0;
  std::vector<std::string> programs, why;
};

struct ScreenAnswer {
  std::string json;  // one line: {"row", "id", "name", "hits"}
  std::vector<ScreenedHit> hits;
};

struct ScreenRequest {
  std::string name;
  std::string schema;  // person, organization, vessel, aircraft, unknown or FollowTheMoney's words;
                       // empty: unknown
  std::string country;      // code or name; empty: unknown
  std::string birth_date;   // ISO date or year; empty: unknown
  std::string identifiers;  // "inn:7707083893; imo 9187629"; empty: none
  std::string address;
  ScreenOptions options;
};

struct ScreenFileRequest {
  std::string file;      // CSV, XLSX, JSONL or Parquet, packed or not; "-" is standard input
  std::string encoding;  // of text; empty: recognised
  std::string sheet;     // of a workbook; empty: the first that holds anything
  ScreenOptions options;
};

struct ScreenFileAnswer {
  uint64_t rows = 0, rows_with_hits = 0, rejected = 0;
};

struct RescreenRequest {
  std::string file;        // the portfolio: CSV, JSONL or Parquet; "-" is standard input
  ScreenOptions options;   // without as_of
  std::string since;       // ISO date: compare the newest lists with those of that day
  std::string state;       // or with those that this file names (RescreenAnswer::state); not both
  bool everybody = false;  // the slow reference: screen all customers again; the same answer
};

struct RescreenAnswer {
  uint64_t customers = 0, rejected = 0;
  uint64_t changed_entries = 0;       // entries of the lists that came, went or changed
  uint64_t touched = 0, changed = 0;  // customers
  std::string state;                  // JSON: to be kept, and given the next time
};

// What a person says of a queried party and a listed one.
struct PairRequest {
  std::string verdict;  // same, different, withdrawn
  ScreenRequest party;  // as it is screened: particulars are part of the word
  std::string list, id;
  std::string by, why;
  std::string today;  // ISO date
};

struct CheckRequest {
  std::string order_json;
  std::string as_of;         // ISO date; empty: the order's date, else `today`
  std::string today;         // ISO date, for orders without any
  bool explain_all = false;  // rules that do not apply too, with the limb that failed
  bool journal = false;  // keep order and decision in the data folder's journal before answering
};

struct JournalAnswer {
  uint64_t entries = 0;
  std::string head;         // hash of the last entry
  uint64_t unfinished = 0;  // bytes of a line that a killed program left behind
  uint64_t replayed = 0, differ = 0;
};

struct CheckAnswer {
  std::string outcome;        // stop, ask, review, clear
  std::string decision_json;  // canonical
};

struct InspectRequest {
  std::vector<std::string> files;
  std::string out;                      // folder
  std::string layout;                   // name or file; empty: recognised by the header
  std::string encoding;                 // of text files; empty: recognised
  std::string sheet;                    // of workbooks; empty: the first that holds anything
  std::string as_of;                    // ISO date; empty: each line's own date
  std::string today;                    // ISO date: for lines without one, and the date of the run
  bool with_persons = false;            // show natural persons who are on no official list
  std::vector<std::string> indicators;  // SQL files of the user's own, beside ours
  std::string disputes;                 // file of disputes (YAML); empty: none
  std::string decisions;                // file of who is who (JSON lines) by a person; empty: none
  std::map<std::string, std::string> tables;  // indicators' tables: name -> file of the user's own
};

struct InspectAnswer {
  uint64_t rows = 0, lines = 0, rejected = 0;
  uint64_t stop = 0, ask = 0, review = 0, clear = 0, findings = 0;
  std::string report;   // path of report.html
  std::string summary;  // for a terminal
  std::vector<std::string> warnings;
};

class Engine {
 public:
  static Result<std::unique_ptr<const Engine>> Open(const EngineConfig& config);
  virtual ~Engine() = default;

  virtual VersionAnswer Version() const = 0;
  // Which lists answer, which official ones are missing, which are old on `day` (ISO): one sentence
  // each.
  virtual std::vector<std::string> ListWarnings(const std::string& day) const = 0;

  virtual Result<ScreenAnswer> Screen(const ScreenRequest& request) const = 0;
  // One JSON line per input row, in input order, to `line`, which returns false to stop.
  virtual Result<ScreenFileAnswer> ScreenFile(const ScreenFileRequest& request,
                                              const std::function<bool(std::string_view)>& line,
                                              Progress& progress) const = 0;
  // One JSON line per changed customer, in the order of the rows, to `line`, which returns false to
  // stop.
  virtual Result<RescreenAnswer> Rescreen(const RescreenRequest& request,
                                          const std::function<bool(std::string_view)>& line,
                                          Progress& progress) const = 0;
  // Writes a person's word about a pair into the data folder; an engine opened afterwards heeds it.
  // Answers with the word as JSON.
  virtual Result<std::string> RecordPair(const PairRequest& request) const = 0;
  // Decides each order of the journal again and compares the bytes; `line` gets one JSON line for
  // each entry that differs. `number` 0: all entries.
  virtual Result<JournalAnswer> Replay(uint64_t number,
                                       const std::function<bool(std::string_view)>& line) const = 0;
  virtual Result<CheckAnswer> Check(const CheckRequest& request) const = 0;
  virtual Result<InspectAnswer> Inspect(const InspectRequest& request,
                                        Progress& progress) const = 0;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_ENGINE_H_
