// HS codes and control codes of a line held against those of a rule, three-valued.
#ifndef TIDEWAITER_RULES_CODES_H_
#define TIDEWAITER_RULES_CODES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/kleene.h"

namespace tidewaiter::rules {

// The codes of one edition that a rule names: digits, sorted.
struct HsList {
  int edition = 0;
  std::vector<std::string> codes;
  bool operator==(const HsList&) const = default;
};

struct HsMatch {
  Truth truth = Truth::kFalse;
  // When unknown: what is missing is the code in the list's edition (the conversion is not
  // certain), and not just digits of the code given.
  bool other_edition = false;
  std::vector<std::string> candidates;  // then: the codes of the list's edition that it may be
};

// `hs`: the line's digits, empty when it has none; `edition`: the one that it is written in.
//   same edition: a rule's code that begins the line's is a match; the line's that begins a rule's
//   is unknown; another edition: through the concordance; several candidates of which only some
//   match are unknown.
HsMatch MatchHs(std::string_view hs, int edition, const HsList& list);

// One entry of an item's `control` list.
struct ControlPattern {
  std::string system;  // "" or what stands before ':', lower case
  std::string text;    // lower case; "*": any listed code; may hold '?'
  std::string last;    // of a range: its last code; else empty
  bool operator==(const ControlPattern&) const = default;
};

// "9A012.a", "CN:9A012", "1C902-1C908", "9A?12", "*".
ControlPattern ParseControlPattern(std::string_view text);
// Lower case without blanks: the form that patterns are compared with.
std::string FoldControlCode(std::string_view code);
// `folded` must not be empty. Equal or below: true; above: unknown; EAR99 is no listed code.
Truth MatchControl(std::string_view folded, const ControlPattern& pattern);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_CODES_H_
