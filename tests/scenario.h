// Scenarios: transactions and what is expected of the answer, as text in the words of the trade,
// written by analysts. tests/scenarios/README.md is their manual; this is their reader.
//
// One scenario of a file makes one Case, or one for each row of its `examples`. A Case holds the
// order as JSON, in the shape that `tidewaiter check` reads, and the expectations on the decision
// that comes back.
#ifndef TIDEWAITER_TESTS_SCENARIO_H_
#define TIDEWAITER_TESTS_SCENARIO_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace tidewaiter::scenario {

struct Expectation {
  enum class Kind : uint8_t {
    kOutcome,
    kRule,       // `subject` has `value`: applies, depends, no
    kField,      // of the rule: its effect or confidence, `limb` says which, is `value`
    kOnlyRules,  // `names`: no other rule applies or depends
    kQuestion,
    kNoQuestion,  // `subject` empty: no question at all
    kStanding,
    kNotStanding,
    kAnswered,  // the rule is answered by a licence
    kDeclared,
    kReason,  // one of the reasons, warnings or texts of rules holds `value`
    kError,   // the order is refused, with a message that holds `value`
  };
  Kind kind = Kind::kOutcome;
  bool negated = false;  // kOutcome only: any but `value`
  std::string subject;   // rule or fact
  std::string value;
  std::string limb;  // kRule with value "no": the limb that must have failed; empty: any
  std::vector<std::string>
      names;             // kRule with "depends": facts that it must depend on, among others
  bool exactly = false;  // ... and on no others
  int64_t item = 0;      // line of the order; 0: any
  uint64_t line = 0;     // of the scenario file
  std::string text;      // as written
};

struct Case {
  std::string file;
  uint64_t line = 0;  // where the scenario begins
  uint64_t row = 0;   // line of the row of examples; 0: none
  std::string title;
  std::vector<std::string> policies;  // files of own rule packs, relative to the checkout
  Json order;
  std::vector<Expectation> expectations;

  std::string Place() const;  // "FILE:LINE" of the row, else of the scenario
};

// The cases of one file. Fails with file and line for what it cannot read: an unknown word is never
// skipped.
Result<std::vector<Case>> ParseScenarios(const std::string& text, const std::string& file);
// Of every *.scenario file below `folder`, in order of their names.
Result<std::vector<Case>> ReadScenarios(const std::string& folder);

// What is wrong with `decision` (the JSON that check answers): one line for each expectation that
// fails, each with its place. Empty: nothing.
std::vector<std::string> Mismatches(const Case& scenario, const Json& decision);

}  // namespace tidewaiter::scenario

#endif  // TIDEWAITER_TESTS_SCENARIO_H_
