#include "resolve/cluster.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "base/parallel.h"
#include "resolve/groups.h"

namespace tidewaiter::resolve {
namespace {

float LogOdds(double p) { return static_cast<float>(std::log(p / (1 - p))); }

// Union-find by least member.
class Forest {
 public:
  explicit Forest(size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0U); }
  uint32_t Find(uint32_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  void Join(uint32_t a, uint32_t b) {
    a = Find(a), b = Find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<uint32_t> parent_;
};

// The mentions of one connected component of the pairs, and its pairs, strongest first.
struct Component {
  std::vector<uint32_t> mentions;  // ascending
  std::vector<Pair> pairs;
};

std::vector<Component> ComponentsOf(size_t count, const ScoredPairs& scored,
                                    const ClusterOptions& options, float least) {
  Forest forest(count);
  const auto strong = [&](const Pair& p) { return p.weight + scored.prior >= least; };
  for (const Pair& p : scored.pairs) {
    if (strong(p)) forest.Join(p.a, p.b);
  }
  for (const auto& [a, b] : options.together) forest.Join(a, b);
  std::vector<uint32_t> number(count, UINT32_MAX), size(count, 0);
  for (uint32_t m = 0; m < count; ++m) ++size[forest.Find(m)];
  std::vector<Component> out;
  for (uint32_t m = 0; m < count; ++m) {
    const uint32_t root = forest.Find(m);
    if (size[root] < 2) continue;
    if (number[root] == UINT32_MAX) {
      number[root] = static_cast<uint32_t>(out.size());
      out.emplace_back();
    }
    out[number[root]].mentions.push_back(m);
  }
  for (const Pair& p : scored.pairs) {
    if (strong(p)) out[number[forest.Find(p.a)]].pairs.push_back(p);
  }
  return out;
}

// What one component becomes.
struct Outcome {
  std::vector<std::vector<uint32_t>> groups;
  std::vector<Judgement> merges, refusals;
  std::vector<std::pair<uint32_t, float>> chances;
};

class ComponentWork {
 public:
  ComponentWork(const Component& component, float prior, const ClusterOptions& options,
                GroupScorer& scorer, Outcome& out)
      : component_(component), prior_(prior), options_(options), scorer_(scorer), out_(out) {}

  void Run() {
    const size_t n = component_.mentions.size();
    group_of_.resize(n);
    std::iota(group_of_.begin(), group_of_.end(), 0U);
    for (const uint32_t m : component_.mentions) groups_.push_back({m});
    for (const auto& [a, b] : options_.together) {
      if (Has(a)) Merge(GroupOf(a), GroupOf(b));
    }
    pairs_ = component_.pairs;
    std::sort(pairs_.begin(), pairs_.end(), [](const Pair& x, const Pair& y) {
      return x.weight != y.weight ? x.weight > y.weight : x.a != y.a ? x.a < y.a : x.b < y.b;
    });
    const float least = LogOdds(options_.threshold);
    constexpr int kPasses = 2;
    for (int pass = 0; pass < kPasses; ++pass) MergePairs(least);
    FindRefusals(least);
    for (auto& group : groups_) {
      if (group.empty()) continue;
      std::sort(group.begin(), group.end());
      out_.groups.push_back(std::move(group));
    }
  }

 private:
  size_t IndexOf(uint32_t mention) const {
    return static_cast<size_t>(
        std::lower_bound(component_.mentions.begin(), component_.mentions.end(), mention) -
        component_.mentions.begin());
  }
  bool Has(uint32_t mention) const {
    return std::binary_search(component_.mentions.begin(), component_.mentions.end(), mention);
  }
  uint32_t GroupOf(uint32_t mention) const { return group_of_[IndexOf(mention)]; }

  void Merge(uint32_t into, uint32_t from) {
    if (into == from) return;
    if (groups_[into].size() < groups_[from].size()) std::swap(into, from);
    for (const uint32_t m : groups_[from]) group_of_[IndexOf(m)] = into;
    groups_[into].insert(groups_[into].end(), groups_[from].begin(), groups_[from].end());
    groups_[from].clear();
    groups_[from].shrink_to_fit();
  }

  bool KeptApart(uint32_t x, uint32_t y) const {
    return std::any_of(options_.apart.begin(), options_.apart.end(), [&](const auto& pair) {
      if (!Has(pair.first) || !Has(pair.second)) return false;
      const uint32_t a = GroupOf(pair.first), b = GroupOf(pair.second);
      return (a == x && b == y) || (a == y && b == x);
    });
  }

  // What was found of two groups holds until one of them grows.
  struct Known {
    size_t members = 0;
    float odds = 0;
  };
  float OddsOf(uint32_t x, uint32_t y, const Pair& pair) {
    const size_t members = groups_[x].size() + groups_[y].size();
    if (members == 2) return prior_ + pair.weight;
    Known& known = known_[uint64_t{std::min(x, y)} << 32U | std::max(x, y)];
    if (known.members != members) known = {members, prior_ + scorer_.Score(groups_[x], groups_[y])};
    return known.odds;
  }

  void MergePairs(float least) {
    for (const Pair& pair : pairs_) {
      const uint32_t x = GroupOf(pair.a), y = GroupOf(pair.b);
      if (x == y) continue;
      const float odds = OddsOf(x, y, pair);
      if (odds >= least && !KeptApart(x, y)) {
        NoteMerge(pair, odds);
        Merge(x, y);
      }
    }
  }

  // The smaller group is the one that joins; of two mentions both do.
  void NoteMerge(const Pair& pair, float odds) {
    const auto& x = groups_[GroupOf(pair.a)];
    const auto& y = groups_[GroupOf(pair.b)];
    out_.merges.push_back({pair.a, pair.b, pair.weight + prior_, odds});
    const float chance = 1 / (1 + std::exp(-odds));
    for (const auto* group : {&x, &y}) {
      if (group->size() > std::min(x.size(), y.size())) continue;
      for (const uint32_t m : *group) out_.chances.emplace_back(m, chance);
    }
  }

  // One a pair of groups: the strongest pair between them.
  void FindRefusals(float least) {
    std::unordered_set<uint64_t> seen;
    for (const Pair& pair : pairs_) {
      if (pair.weight + prior_ < least) break;
      const uint32_t x = GroupOf(pair.a), y = GroupOf(pair.b);
      if (x == y || !seen.insert(uint64_t{std::min(x, y)} << 32U | std::max(x, y)).second) continue;
      out_.refusals.push_back({pair.a, pair.b, pair.weight + prior_, OddsOf(x, y, pair)});
    }
  }

  const Component& component_;
  float prior_;
  const ClusterOptions& options_;
  GroupScorer& scorer_;
  Outcome& out_;
  std::vector<uint32_t> group_of_;
  std::vector<std::vector<uint32_t>> groups_;
  std::vector<Pair> pairs_;
  std::unordered_map<uint64_t, Known> known_;
};

}  // namespace

Clusters MakeClusters(const Mentions& mentions, const ScoredPairs& scored, const Weights& weights,
                      const ClusterOptions& options, unsigned threads) {
  constexpr float kLeast = -0.5F;  // ln of the odds of pairs that are looked at
  const auto components = ComponentsOf(mentions.count, scored, options, kLeast);
  const auto prior = static_cast<float>(scored.prior);
  std::vector<Outcome> outcomes(components.size());
  const size_t shares = std::min<size_t>(components.size(), 256);
  // Each share has a scorer of its own; which component falls to which share is fixed.
  ParallelFor(shares, threads, 1, [&](size_t share) {
    GroupScorer scorer(mentions, weights);
    for (size_t c = share; c < components.size(); c += shares)
      ComponentWork(components[c], prior, options, scorer, outcomes[c]).Run();
  });
  Clusters out;
  out.entity_of.resize(mentions.count);
  std::iota(out.entity_of.begin(), out.entity_of.end(), 0U);
  out.probability.assign(mentions.count, 1);
  for (const Outcome& outcome : outcomes) {
    for (const auto& group : outcome.groups) {
      for (const uint32_t m : group) out.entity_of[m] = group[0];
    }
    out.merges.insert(out.merges.end(), outcome.merges.begin(), outcome.merges.end());
    out.refusals.insert(out.refusals.end(), outcome.refusals.begin(), outcome.refusals.end());
    for (const auto& [m, chance] : outcome.chances)
      out.probability[m] = std::min(out.probability[m], chance);
  }
  return out;
}

}  // namespace tidewaiter::resolve
