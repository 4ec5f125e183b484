// Weights learned without labels: expectation maximisation over pairs that share a block.
//
// u comes from pairs drawn at random, which are of different entities almost all, and from the
// frequencies of the values. m comes from the pairs of blocks: for each set of fields that blocks
// are made of, the other fields tell pairs of one entity from the rest, and teach their m. What is
// known before (reference/resolve/weights.yaml) weighs as Weights::strength pairs: small inputs
// keep it, large ones outgrow it.
#ifndef TIDEWAITER_RESOLVE_LEARN_H_
#define TIDEWAITER_RESOLVE_LEARN_H_

#include "resolve/blocks.h"
#include "resolve/mentions.h"
#include "resolve/weights.h"

namespace tidewaiter::resolve {

struct LearnOptions {
  uint64_t random_pairs = 60000;
  uint64_t pairs_of_blocks = 120000;
  unsigned rounds = 12;
};

struct Learned {
  Weights weights;
  uint64_t random_pairs = 0, block_pairs = 0;
  double matches = 0;  // expected among the block pairs
};

// Single-threaded and without chance: the same input gives the same weights.
Learned LearnWeights(const Mentions& mentions, const Blocks& blocks, const Weights& before,
                     const LearnOptions& options);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_LEARN_H_
