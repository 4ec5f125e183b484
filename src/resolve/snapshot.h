// Numbered states of who is who.
//
// A snapshot is named by what it says: the same mentions with the same entities under the same
// decisions have the same id in every folder and on every machine. Beside an output lies a log, one
// line a snapshot (schemas/resolve-snapshot.schema.json), which counts them: a run that says what
// the last one said adds nothing.
#ifndef TIDEWAITER_RESOLVE_SNAPSHOT_H_
#define TIDEWAITER_RESOLVE_SNAPSHOT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/json.h"
#include "base/result.h"

namespace tidewaiter::resolve {

// Add each mention in an order that depends on the input alone.
class SnapshotId {
 public:
  void Add(std::string_view mention, std::string_view entity);
  void AddDecisions(std::string_view text) { Add("decisions", text); }
  std::string Finish();  // "r" and 16 hex digits; once

 private:
  Sha256Stream hash_;
  std::string buffer_;
};

struct NumberedSnapshot {
  uint64_t number = 0;
  std::string previous;  // id of the snapshot before; "" for the first
  std::string log;       // the whole log, to be written
};

// `record` has a member "snapshot"; it is given "number" and "previous". `log` is the text of the
// log so far; a last line that was cut off by a crash is dropped. Fails, naming `file`, when the
// log is none.
Result<NumberedSnapshot> NumberSnapshot(std::string_view log, const std::string& file, Json record);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_SNAPSHOT_H_
