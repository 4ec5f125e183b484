#include "resolve/resolve.h"

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

EntityNames::EntityNames(const Mentions& mentions, const Clusters& clusters)
    : clusters_(clusters), number_(mentions.count) {
  std::vector<uint32_t> first;
  for (uint32_t m = 0; m < mentions.count; ++m) {
    // An entity is called by its least mention, which comes first.
    const uint32_t entity = clusters.entity_of[m];
    if (entity == m) {
      number_[m] = static_cast<uint32_t>(first.size());
      first.push_back(m);
    } else if (uint32_t& least = first[number_[entity]]; mentions.ids[m] < mentions.ids[least]) {
      least = m;
    }
  }
  for (const uint32_t m : first) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    Name& name = names_.emplace_back();
    name[0] = 'e';
    uint64_t hash = Hash64(mentions.ids[m]);
    for (size_t i = name.size() - 1; i > 0; --i, hash >>= 4U) name[i] = kDigits[hash & 15U];
  }
}

}  // namespace tidewaiter::resolve
