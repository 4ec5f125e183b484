// The pairs that share a block, scored.
#ifndef TIDEWAITER_RESOLVE_PAIRS_H_
#define TIDEWAITER_RESOLVE_PAIRS_H_

#include <vector>

#include "base/progress.h"
#include "resolve/blocks.h"
#include "resolve/facts.h"

namespace tidewaiter::resolve {

struct Pair {
  uint32_t a = 0, b = 0;  // a < b
  float weight = 0;       // sum of the weights of all fields, without the prior
};

struct ScoredPairs {
  std::vector<Pair> pairs;  // those above the least weight, by a, then b
  uint64_t compared = 0;    // different pairs
  double prior = 0;         // ln of the chance that two mentions drawn at random are of one entity
};

// Learns the prior from the scores themselves: the expected number of pairs of one entity. Same
// pairs on any number of threads.
ScoredPairs ScorePairs(const Facts& facts, const Blocks& blocks, unsigned threads,
                       Progress& progress);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_PAIRS_H_
