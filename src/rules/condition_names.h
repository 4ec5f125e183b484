// Where a rule names a condition that packs share, the words of that condition: so that a rule
// reads "exporter's seat or departure in ..." and not a name of ours.
#ifndef TIDEWAITER_RULES_CONDITION_NAMES_H_
#define TIDEWAITER_RULES_CONDITION_NAMES_H_

#include <memory>
#include <vector>

#include "rules/pack.h"

namespace tidewaiter::rules {

// Across all packs: a condition may stand in another pack than the rule that names it.
void PutNamesIntoWords(std::vector<std::unique_ptr<Pack>>& packs);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_CONDITION_NAMES_H_
