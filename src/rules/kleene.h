// Three-valued logic: what is not known is a value of its own, and says so up to the answer.
#ifndef TIDEWAITER_RULES_KLEENE_H_
#define TIDEWAITER_RULES_KLEENE_H_

#include <algorithm>
#include <cstdint>

namespace tidewaiter::rules {

// Ordered so that AND is the least and OR the greatest.
enum class Truth : uint8_t { kFalse, kUnknown, kTrue };

inline Truth And(Truth a, Truth b) { return std::min(a, b); }
inline Truth Or(Truth a, Truth b) { return std::max(a, b); }
inline Truth Not(Truth a) { return static_cast<Truth>(2 - static_cast<uint8_t>(a)); }
inline Truth ToTruth(bool known) { return known ? Truth::kTrue : Truth::kFalse; }

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_KLEENE_H_
