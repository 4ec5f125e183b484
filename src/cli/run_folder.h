// What the commands that ask questions to a run share: its control dates, who looks listed, who is
// a natural person.
#ifndef TIDEWAITER_CLI_RUN_FOLDER_H_
#define TIDEWAITER_CLI_RUN_FOLDER_H_

#include <map>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "trace/trace.h"

namespace tidewaiter::cli {

// Fills party_hits and, unless there are some already, control_dates from the run's files.
Status ReadRun(const std::string& run, trace::TraceOptions& options);

// Natural persons of a run who are on no official list: each is shown as "[person 3]", so that one
// can be followed through an answer.
class RunPersons {
 public:
  // persons.parquet and party_hits.parquet; a run without them masks nobody. With `show` too.
  static Result<RunPersons> Read(const std::string& run, bool show = false);

  bool Hides(const std::string& entity) const { return numbers_.contains(entity); }
  // The name of the party, or its number.
  std::string Mask(const std::string& entity, const std::string& name) const;
  // The text with every masked spelling in it replaced.
  std::string MaskText(std::string text) const;

 private:
  std::map<std::string, size_t> numbers_;                          // by entity
  std::vector<std::pair<std::string, std::string>> replacements_;  // longest spelling first
};

// A day on the axis of time.
struct Mark {
  Date day;
  std::string label;
};
// Control dates and what the claims file has on its timeline, in order of days.
Result<std::vector<Mark>> ReadMarks(const std::vector<Date>& control_dates);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_RUN_FOLDER_H_
