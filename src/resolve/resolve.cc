#include "resolve/resolve.h"

#include <cstdio>

#include "base/hash.h"
#include "resolve/audit.h"

namespace tidewaiter::resolve {

Resolution Resolve(const Mentions& mentions, const Weights& before, const Options& options,
                   Progress& progress) {
  Resolution out;
  progress.Stage("blocking", 0);
  const Blocks blocks = MakeBlocks(mentions, options.blocks, options.threads);
  if (options.on_plan) options.on_plan(blocks);
  progress.Stage("learning", 0);
  out.learned = LearnWeights(mentions, blocks, before, options.learn);
  const Facts facts(mentions, out.learned.weights);
  out.scored = ScorePairs(facts, blocks, options.threads, progress);
  progress.Stage("clustering", 0);
  out.clusters = MakeClusters(facts, out.scored, options.clusters, options.threads);
  CutClusters(facts, out.scored, options.clusters, options.threads, out.clusters);
  return out;
}

std::vector<std::string> EntityNames(const Mentions& mentions, const Clusters& clusters) {
  std::vector<uint32_t> first(mentions.count, UINT32_MAX);
  for (uint32_t m = 0; m < mentions.count; ++m) {
    uint32_t& least = first[clusters.entity_of[m]];
    if (least == UINT32_MAX || mentions.ids[m] < mentions.ids[least]) least = m;
  }
  std::vector<std::string> out(mentions.count);
  for (uint32_t m = 0; m < mentions.count; ++m) {
    char text[20];
    std::snprintf(
        text, sizeof text, "e%016llx",
        static_cast<unsigned long long>(Hash64(mentions.ids[first[clusters.entity_of[m]]])));
    out[m] = text;
  }
  return out;
}

}  // namespace tidewaiter::resolve
