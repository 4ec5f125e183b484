// Lines that leave the same open are asked the same: what Inquiry::Settle() found of one is kept
// under everything that it looks at, which is far less than the line itself. Finding it anew costs
// ten times as much as all the rest of an evaluation.
#ifndef TIDEWAITER_RULES_INQUIRY_KEY_H_
#define TIDEWAITER_RULES_INQUIRY_KEY_H_

#include <string>
#include <vector>

#include "model/decision.h"
#include "rules/inquiry.h"
#include "rules/line.h"

namespace tidewaiter::rules {

// Equal keys: equal findings, for orders that do not StatesMore() (evaluation_key.h). May compute
// values of `lines`.
std::string InquiryKey(const Program& program, std::vector<Line>& lines, bool origin_of_line,
                       const std::vector<Formula>& formulas, Outcome base);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_INQUIRY_KEY_H_
