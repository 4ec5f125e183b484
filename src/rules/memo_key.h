// Orders repeat: the same goods, route and facts under other numbers. What Evaluate() said of one
// is kept under everything that it can depend on; names of parties are left out unless some rule
// names them.
#ifndef TIDEWAITER_RULES_MEMO_KEY_H_
#define TIDEWAITER_RULES_MEMO_KEY_H_

#include <string>

#include "rules/line.h"
#include "rules/rules.h"

namespace tidewaiter::rules {

// Equal keys: equal evaluations. Empty: the order must be evaluated (owners, whose listing is asked
// for outside).
std::string MemoKey(const OrderView& view, const Context& context);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_MEMO_KEY_H_
