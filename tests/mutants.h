// Mutants of rule packs: every threshold, comparison, date, code, country, name, effect, status and
// confidence changed, one at a time, in the text of its file.
#ifndef TIDEWAITER_TESTS_MUTANTS_H_
#define TIDEWAITER_TESTS_MUTANTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace tidewaiter::scenario {

struct Mutant {
  std::string file;  // relative to the resources
  uint64_t line = 0;
  std::string rule;  // id, or the name of the group, code set, condition
  std::string kind;  // date, code, threshold, comparison, ...
  std::string from, to;
  size_t offset = 0;  // of `from` in the file's text
};

// The mutants of one pack. `text` is the content of `file`.
Result<std::vector<Mutant>> MakeMutants(const std::string& text, const std::string& file);

// The text with the mutant in it.
std::string Apply(const Mutant& mutant, std::string text);

}  // namespace tidewaiter::scenario

#endif  // TIDEWAITER_TESTS_MUTANTS_H_
