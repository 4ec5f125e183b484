// What is wrong with packs although they load: gaps between versions, rules of one authority that
// contradict each other, packs without source or scenario, facts that nobody asks about.
#ifndef TIDEWAITER_RULES_LINT_H_
#define TIDEWAITER_RULES_LINT_H_

#include <set>
#include <string>
#include <vector>

#include "rules/program.h"

namespace tidewaiter::rules {

struct LintFinding {
  std::string file;
  uint64_t line = 0;
  std::string rule;  // or fact, group ...; may be empty
  std::string message;
  bool error = true;  // false: worth knowing, not wrong
};

// `tested`: ids that some scenario names; nullptr: scenarios are not looked at.
std::vector<LintFinding> Lint(const Program& program, const std::set<std::string>* tested);

// The rule ids that the text files below `folder` name, of those in the program.
Result<std::set<std::string>> RulesNamedIn(const std::string& folder, const Program& program);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_LINT_H_
