// A test that a rule puts to a fact, held against the fact's definition.
#ifndef TIDEWAITER_RULES_FACT_FIT_H_
#define TIDEWAITER_RULES_FACT_FIT_H_

#include "base/result.h"
#include "rules/pack.h"

namespace tidewaiter::rules {

// Turns the numbers of the test into the unit of the definition. Fails, at `place`, when the value
// is of another kind than the fact, or the unit measures something else.
Status FitToDefinition(const FactDefinition& definition, const Place& place, FactTest& test);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_FACT_FIT_H_
