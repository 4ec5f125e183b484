// What is wrong with a catalogue, and what is likely to be.
#ifndef TIDEWAITER_GOODS_LINT_H_
#define TIDEWAITER_GOODS_LINT_H_

#include <vector>

#include "goods/catalogue.h"

namespace tidewaiter::goods {

// The problems found in reading (unknown keys, facts without a source, wrong units, names given
// twice) and those that only the whole shows: models without a class, masses that contradict each
// other, words with two meanings, a name that needs no brand and is claimed by two. By file and
// line.
std::vector<Error> LintCatalogue(const Catalogue& catalogue);

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_LINT_H_
