// Who is who in any table: mentions -> entities. Start here.
//
//   read the table (table.h), say what its columns hold (columns.h), make mentions (mentions.h),
//   block them (blocks.h), learn the weights (learn.h), score pairs (pairs.h), make clusters
//   (cluster.h) and look at them once more as wholes (audit.h).
//
// Nothing is learned from labels, null never equals null, and the same input gives the same output
// on any number of threads.
#ifndef TIDEWAITER_RESOLVE_RESOLVE_H_
#define TIDEWAITER_RESOLVE_RESOLVE_H_

#include <array>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "resolve/blocks.h"
#include "resolve/cluster.h"
#include "resolve/learn.h"
#include "resolve/mentions.h"
#include "resolve/pairs.h"

namespace tidewaiter::resolve {

struct Options {
  BlockOptions blocks;
  LearnOptions learn;
  ClusterOptions clusters;
  unsigned threads = 1;
  // Told how many comparisons there will be before the first is made.
  std::function<void(const Blocks&)> on_plan;
};

struct Resolution {
  Learned learned;
  ScoredPairs scored;
  Clusters clusters;
};

Resolution Resolve(const Mentions& mentions, const Weights& before, const Options& options,
                   Progress& progress);

// "e" and 16 hex digits made of the ids of an entity's first mention (in the order of the ids): the
// same entity has the same name in the next run as long as that mention is in it.
class EntityNames {
 public:
  // `clusters` must outlive it.
  EntityNames(const Mentions& mentions, const Clusters& clusters);
  // Of a mention's entity.
  std::string_view operator[](uint32_t mention) const {
    const Name& name = names_[number_[clusters_.entity_of[mention]]];
    return {name.data(), name.size()};
  }

 private:
  using Name = std::array<char, 17>;
  const Clusters& clusters_;
  std::vector<uint32_t> number_;  // by the mention that an entity is called by
  std::vector<Name> names_;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_RESOLVE_H_
