// What one rule says of one line.
#ifndef TIDEWAITER_RULES_VERDICT_H_
#define TIDEWAITER_RULES_VERDICT_H_

#include <cstdint>

#include "rules/kleene.h"
#include "rules/program.h"

namespace tidewaiter::rules {

struct Verdict {
  const CompiledRule* rule = nullptr;
  int32_t line = 0;
  Truth applies = Truth::kFalse, strong = Truth::kFalse;
  bool answered = false;  // by a licence
  bool standing = false;  // a general catch-all that nothing wakes
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_VERDICT_H_
