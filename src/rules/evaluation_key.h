// Most lines differ in what no rule asks about. Once it is known which rules hold, which do not and
// which may, an evaluation is kept under what its words and questions rest on: of a million lines
// with a million combinations of code, countries and day a few thousand are written out.
#ifndef TIDEWAITER_RULES_EVALUATION_KEY_H_
#define TIDEWAITER_RULES_EVALUATION_KEY_H_

#include <string>
#include <vector>

#include "rules/line.h"
#include "rules/verdict.h"

namespace tidewaiter::rules {

// Whether the order states what only it can say: facts, parts, owners, licences. Neither
// evaluations nor inquiries are kept for such orders by what they rest on.
bool StatesMore(const Order& order);

// Equal keys: equal evaluations, as far as nothing is open (InquiryKey() tells the rest). For
// orders that do not StatesMore(), without explain_all. May compute values of `lines`.
std::string EvaluationKey(std::vector<Line>& lines, const std::vector<Verdict>& verdicts);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_EVALUATION_KEY_H_
