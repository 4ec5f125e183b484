// Pairs are taken strongest first, and each brings the two groups of its mentions before the court.
// Groups that no pair joins cannot touch each other: the pairs are cut into bands of falling
// strength, and within a band each connected part is worked off by itself, near in memory and on
// any thread. What comes out is what taking the pairs one after another would give.
#include "resolve/cluster.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <memory>
#include <numeric>
#include <thread>

#include "resolve/groups.h"

namespace tidewaiter::resolve {
namespace {

constexpr float kLeast = -0.5F;           // ln of the odds of pairs that are looked at
constexpr size_t kPairsOfBand = 1 << 19;  // about; fewer connected parts, larger ones

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

// Who is with whom so far. Different groups may be changed on different threads.
class Groups {
 public:
  explicit Groups(size_t count) : of_(count), next_(count, kNobody), last_(count), size_(count, 1) {
    std::iota(of_.begin(), of_.end(), 0U);
    std::iota(last_.begin(), last_.end(), 0U);
  }
  // A group is named by one of its mentions, which is its first.
  uint32_t Of(uint32_t mention) const { return of_[mention]; }
  uint32_t Size(uint32_t group) const { return size_[group]; }
  static constexpr uint32_t kNobody = UINT32_MAX;
  uint32_t Next(uint32_t mention) const { return next_[mention]; }

  void Merge(uint32_t into, uint32_t from) {
    if (into == from) return;
    if (size_[into] < size_[from]) std::swap(into, from);
    for (uint32_t m = from; m != kNobody; m = next_[m]) of_[m] = into;
    next_[last_[into]] = from;
    last_[into] = last_[from];
    size_[into] += size_[from];
  }
  // The first members, as many as a scorer looks at.
  void Members(uint32_t group, std::vector<uint32_t>& out) const {
    out.clear();
    for (uint32_t m = group; m != kNobody && out.size() < GroupScorer::kMostMembers; m = next_[m])
      out.push_back(m);
  }

 private:
  std::vector<uint32_t> of_, next_, last_, size_;
};

uint64_t KeyOf(uint32_t x, uint32_t y) { return uint64_t{std::min(x, y)} << 32U | std::max(x, y); }

// What was found of two groups holds until one of them grows.
struct Known {
  static constexpr uint32_t kMostMembers = (1U << 30U) - 1;
  uint32_t members : 30 = 0;
  bool limit : 1 = false;     // no more than the odds, which are surely too low for a merge
  bool reversed : 1 = false;  // the group of the higher name was asked first: sums are rounded so
  float odds = 0;
};
static_assert(sizeof(Known) == 8);

// Known by two groups; emptied for each connected part.
class Memory {
 public:
  void Reset(size_t most) {
    const size_t wanted = std::bit_ceil(most * 2 + 2);
    if (slots_.size() < wanted) slots_.resize(wanted);
    std::fill_n(slots_.begin(), wanted, Slot{});
    mask_ = wanted - 1;
  }
  Known& At(uint64_t key) {
    size_t at = (key * 0x9E3779B97F4A7C15ULL) >> 20U & mask_;
    while (slots_[at].key != kFree && slots_[at].key != key) at = (at + 1) & mask_;
    slots_[at].key = key;
    return slots_[at].known;
  }

 private:
  static constexpr uint64_t kFree = ~uint64_t{0};
  struct Slot {
    uint64_t key = kFree;
    Known known;
  };
  std::vector<Slot> slots_;
  size_t mask_ = 0;
};

// All that the work has in common.
struct Court {
  const Facts& facts;
  const ClusterOptions& options;
  float prior = 0, least = 0;
  std::vector<Pair> pairs;                           // strongest first
  std::vector<Known> known;                          // by pair: when it was last looked at
  std::vector<std::pair<uint32_t, uint32_t>> apart;  // both ways, sorted
  Groups groups;
  std::vector<float>& probability;
};

// One thread's part of the work.
class Worker {
 public:
  explicit Worker(Court& court) : court_(court), scorer_(court.facts) {}

  // The pairs of one connected part, strongest first.
  void MergePairs(std::span<const uint32_t> pairs, std::vector<Judgement>& merges) {
    memory_.Reset(pairs.size());
    for (const uint32_t i : pairs) {
      const Pair& pair = court_.pairs[i];
      const uint32_t x = court_.groups.Of(pair.a), y = court_.groups.Of(pair.b);
      if (x == y) continue;
      const float odds = OddsOf(x, y, i);
      if (odds < court_.least || KeptApart(x, y)) continue;
      merges.push_back({pair.a, pair.b, pair.weight + court_.prior, odds});
      NoteChances(x, y, odds);
      court_.groups.Merge(x, y);
    }
  }

  // Of what remains between two groups each, strongest first.
  void FindRefusals(std::span<const uint32_t> pairs, std::vector<Judgement>& refusals) {
    memory_.Reset(pairs.size());
    for (const uint32_t i : pairs) {
      const Pair& pair = court_.pairs[i];
      if (pair.weight + court_.prior < court_.least) break;
      const uint32_t x = court_.groups.Of(pair.a), y = court_.groups.Of(pair.b);
      float odds = OddsOf(x, y, i);
      const Known known = court_.known[i];
      if (known.limit && court_.options.weigh_refusals) odds = ExactOdds(x, y, known.reversed);
      refusals.push_back({pair.a, pair.b, pair.weight + court_.prior, odds});
    }
  }

 private:
  float OddsOf(uint32_t x, uint32_t y, uint32_t i) {
    const uint32_t members = court_.groups.Size(x) + court_.groups.Size(y);
    if (members == 2) return court_.prior + court_.pairs[i].weight;
    Known& known = memory_.At(KeyOf(x, y));
    if (known.members != members) known = court_.known[i];
    if (known.members != members) {
      constexpr float kRounding = 0.1F;
      court_.groups.Members(x, x_);
      court_.groups.Members(y, y_);
      const auto [weight, exact] =
          scorer_.ScoreUpTo(x_, y_, court_.least - court_.prior - kRounding);
      known = {members & Known::kMostMembers, !exact, x > y, court_.prior + weight};
    }
    court_.known[i] = known;
    return known.odds;
  }

  float ExactOdds(uint32_t x, uint32_t y, bool reversed) {
    court_.groups.Members(reversed ? std::max(x, y) : std::min(x, y), x_);
    court_.groups.Members(reversed ? std::min(x, y) : std::max(x, y), y_);
    return court_.prior + scorer_.Score(x_, y_);
  }

  bool KeptApart(uint32_t x, uint32_t y) const {
    if (court_.apart.empty()) return false;
    if (court_.groups.Size(x) > court_.groups.Size(y)) std::swap(x, y);
    for (uint32_t m = x; m != Groups::kNobody; m = court_.groups.Next(m)) {
      auto at = std::lower_bound(court_.apart.begin(), court_.apart.end(), std::pair(m, 0U));
      for (; at != court_.apart.end() && at->first == m; ++at) {
        if (court_.groups.Of(at->second) == y) return true;
      }
    }
    return false;
  }

  // The smaller group is the one that joins; of two of one size both do.
  void NoteChances(uint32_t x, uint32_t y, float odds) {
    const float chance = 1 / (1 + std::exp(-odds));
    const uint32_t smaller = std::min(court_.groups.Size(x), court_.groups.Size(y));
    for (const uint32_t group : {x, y}) {
      if (court_.groups.Size(group) > smaller) continue;
      for (uint32_t m = group; m != Groups::kNobody; m = court_.groups.Next(m))
        court_.probability[m] = std::min(court_.probability[m], chance);
    }
  }

  Court& court_;
  GroupScorer scorer_;
  Memory memory_;
  std::vector<uint32_t> x_, y_;
};

// Pairs of a band by connected part: part p holds pairs[first[p] .. first[p + 1]).
struct Parts {
  std::vector<uint32_t> first = {0}, pairs;
};

// A pair whose mentions are in two groups when the band begins.
struct Live {
  uint32_t pair = 0, group = 0;
};

// Joins the groups of the band's pairs in `forest`.
std::vector<Live> FindLive(const Court& court, std::span<const uint32_t> band, Forest& forest) {
  std::vector<Live> out;
  out.reserve(band.size());
  for (const uint32_t i : band) {
    const uint32_t x = court.groups.Of(court.pairs[i].a), y = court.groups.Of(court.pairs[i].b);
    if (x == y) continue;
    forest.Join(x, y);
    out.push_back({i, x});
  }
  return out;
}

// Parts in the order of their roots: neighbours in memory. `number` is of all mentions, UINT32_MAX.
Parts CutIntoParts(std::vector<Live> live, Forest& forest, std::vector<uint32_t>& number) {
  std::vector<uint32_t> roots, sizes;
  for (Live& one : live) {
    const uint32_t root = forest.Find(one.group);
    if (number[root] == UINT32_MAX) {
      number[root] = static_cast<uint32_t>(roots.size());
      roots.push_back(root);
      sizes.push_back(0);
    }
    one.group = number[root];
    ++sizes[one.group];
  }
  for (const uint32_t root : roots) number[root] = UINT32_MAX;
  std::vector<uint32_t> order(roots.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return roots[a] < roots[b]; });
  Parts out;
  std::vector<uint32_t> at(roots.size());
  for (const uint32_t part : order) {
    at[part] = out.first.back();
    out.first.push_back(out.first.back() + sizes[part]);
  }
  out.pairs.resize(live.size());
  for (const Live& one : live) out.pairs[at[one.group]++] = one.pair;
  return out;
}

class Session {
 public:
  Session(Court& court, size_t count, unsigned threads)
      : court_(court), forest_(count), number_(count, UINT32_MAX) {
    for (unsigned t = 0; t < std::max(1U, threads); ++t)
      workers_.push_back(std::make_unique<Worker>(court));
  }

  void MergeBand(std::span<const uint32_t> band, std::vector<Judgement>& merges) {
    const Parts parts = CutIntoParts(FindLive(court_, band, forest_), forest_, number_);
    const auto shares = Shares(parts);
    std::vector<std::vector<Judgement>> found(shares.size() - 1);
    std::atomic<size_t> next{0};
    const auto work = [&](Worker& worker) {
      for (size_t s = next++; s + 1 < shares.size(); s = next++) {
        for (size_t p = shares[s]; p < shares[s + 1]; ++p)
          worker.MergePairs(
              {parts.pairs.data() + parts.first[p], parts.pairs.data() + parts.first[p + 1]},
              found[s]);
      }
    };
    {
      std::vector<std::jthread> others;
      for (size_t t = 1; t < std::min(workers_.size(), found.size()); ++t)
        others.emplace_back([&, t] { work(*workers_[t]); });
      work(*workers_[0]);
    }
    for (const auto& share : found) merges.insert(merges.end(), share.begin(), share.end());
  }

  Worker& worker() { return *workers_[0]; }

 private:
  // Runs of parts with about as many pairs each.
  static std::vector<size_t> Shares(const Parts& parts) {
    constexpr size_t kPairs = 4096;
    std::vector<size_t> out = {0};
    for (size_t p = 0; p + 1 < parts.first.size(); ++p) {
      if (parts.first[p + 1] - parts.first[out.back()] >= kPairs) out.push_back(p + 1);
    }
    if (out.back() + 1 < parts.first.size()) out.push_back(parts.first.size() - 1);
    return out;
  }

  Court& court_;
  Forest forest_;
  std::vector<uint32_t> number_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

// Of the pairs between any two groups the strongest, with the last that is known of these groups.
std::vector<uint32_t> OneForTwoGroups(Court& court, std::span<const uint32_t> pairs) {
  std::vector<std::pair<uint64_t, uint32_t>> keys;
  for (const uint32_t i : pairs) {
    const uint32_t x = court.groups.Of(court.pairs[i].a), y = court.groups.Of(court.pairs[i].b);
    if (x != y) keys.emplace_back(KeyOf(x, y), i);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<uint32_t> out;
  for (size_t k = 0; k < keys.size(); ++k) {
    const Known& known = court.known[keys[k].second];
    if (k == 0 || keys[k].first != keys[k - 1].first) out.push_back(keys[k].second);
    if (known.members > court.known[out.back()].members) court.known[out.back()] = known;
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Weights as numbers of the same order, the highest weight first.
uint32_t Rank(float weight) {
  const auto bits = std::bit_cast<uint32_t>(weight + 0.0F);  // of two zeros one
  return (bits >> 31U) != 0 ? bits : ~bits & 0x7FFFFFFFU;
}

// They come by a, then b, and stay so where they are equally strong.
std::vector<Pair> StrongestFirst(const ScoredPairs& scored) {
  constexpr unsigned kBits = 11, kPasses = 3;
  std::vector<Pair> out;
  for (const Pair& p : scored.pairs) {
    if (p.weight + scored.prior >= kLeast) out.push_back(p);
  }
  std::vector<Pair> other(out.size());
  for (unsigned pass = 0; pass < kPasses; ++pass) {
    std::array<size_t, (1U << kBits) + 1> start{};
    const auto digit = [&](const Pair& p) {
      return Rank(p.weight) >> (pass * kBits) & ((1U << kBits) - 1);
    };
    for (const Pair& p : out) ++start[digit(p) + 1];
    std::partial_sum(start.begin(), start.end(), start.begin());
    for (const Pair& p : out) other[start[digit(p)]++] = p;
    out.swap(other);
  }
  return out;
}

void NameEntities(const Groups& groups, Clusters& out) {
  std::vector<uint32_t> least(out.entity_of.size(), Groups::kNobody);
  for (uint32_t m = 0; m < least.size(); ++m) {
    uint32_t& first = least[groups.Of(m)];
    if (first == Groups::kNobody) first = m;
    out.entity_of[m] = first;
  }
}

}  // namespace

Clusters MakeClusters(const Facts& facts, const ScoredPairs& scored, const ClusterOptions& options,
                      unsigned threads) {
  const size_t count = facts.mentions().count;
  Clusters out;
  out.entity_of.resize(count);
  out.probability.assign(count, 1);
  Court court{facts,
              options,
              static_cast<float>(scored.prior),
              LogOdds(options.threshold),
              StrongestFirst(scored),
              {},
              {},
              Groups(count),
              out.probability};
  court.known.resize(court.pairs.size());
  for (const auto& [a, b] : options.apart) {
    court.apart.emplace_back(a, b);
    court.apart.emplace_back(b, a);
  }
  std::sort(court.apart.begin(), court.apart.end());
  for (const auto& [a, b] : options.together)
    court.groups.Merge(court.groups.Of(a), court.groups.Of(b));

  Session session(court, count, threads);
  std::vector<uint32_t> all(court.pairs.size());
  std::iota(all.begin(), all.end(), 0U);
  for (size_t from = 0; from < all.size(); from += kPairsOfBand)
    session.MergeBand({all.data() + from, std::min(kPairsOfBand, all.size() - from)}, out.merges);
  // Groups have grown since they were refused: once more.
  const auto again = OneForTwoGroups(court, all);
  session.MergeBand(again, out.merges);
  session.worker().FindRefusals(OneForTwoGroups(court, again), out.refusals);
  NameEntities(court.groups, out);
  return out;
}

}  // namespace tidewaiter::resolve
