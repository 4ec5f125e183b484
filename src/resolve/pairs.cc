#include "resolve/pairs.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <thread>

#include "base/parallel.h"
#include "resolve/compare.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kShare = 2048;                         // mentions that one thread takes at a time
constexpr int kLowest = -20, kHighest = 60, kStep = 4;  // of the histogram of weights
constexpr size_t kBins = (kHighest - kLowest) * kStep;

struct Share {
  std::vector<Pair> pairs;
  std::vector<uint64_t> histogram = std::vector<uint64_t>(kBins);
  uint64_t compared = 0;
};

// The fields that the table has, in the order in which they are compared.
std::vector<Field> OrderOf(const Mentions& mentions) {
  std::vector<Field> out;
  for (const Field field : FieldsByCost()) {
    if (mentions.field(field).present()) out.push_back(field);
  }
  return out;
}

// What a mention says, field by field in that order, and behind it the most that the fields from
// each on can add to a pair's weight: a pair is given up as soon as it cannot become strong.
class Rows {
 public:
  Rows(const Facts& facts, std::vector<Field> order, unsigned threads)
      : order_(std::move(order)), stride_(order_.size() * 2) {
    const Mentions& mentions = facts.mentions();
    rows_.resize(mentions.count * stride_);
    ParallelFor(mentions.count, threads, 4096,
                [&](size_t m) { Fill(facts, static_cast<uint32_t>(m)); });
  }
  const std::vector<Field>& order() const { return order_; }
  uint32_t Value(uint32_t mention, size_t k) const { return rows_[mention * stride_ + k]; }
  float Rest(uint32_t mention, size_t k) const {
    return std::bit_cast<float>(rows_[mention * stride_ + order_.size() + k]);
  }
  void Prefetch(uint32_t mention) const { __builtin_prefetch(&rows_[mention * stride_]); }

 private:
  void Fill(const Facts& facts, uint32_t mention) {
    uint32_t* row = &rows_[mention * stride_];
    Tally most;
    for (size_t k = order_.size(); k-- > 0;) {
      row[k] = facts.mentions().Cell(order_[k], mention);
      most.Add(order_[k], facts.MostOf(order_[k], row[k]));
      row[order_.size() + k] = std::bit_cast<uint32_t>(most.Weight());
    }
  }

  std::vector<Field> order_;
  size_t stride_;
  LargeVector<uint32_t> rows_;
};

// One thread's way of comparing mentions.
class PairScorer {
 public:
  PairScorer(const Facts& facts, const Blocks& blocks, const Rows& rows, float least)
      : blocks_(blocks),
        rows_(rows),
        comparer_(facts),
        least_(least),
        seen_(facts.mentions().count, UINT32_MAX) {}

  void Score(uint32_t a, Share& out) {
    Find(a);
    out.compared += found_.size();
    const size_t begin = out.pairs.size();
    for (size_t i = 0; i < found_.size(); ++i) {
      if (i + kAhead < found_.size()) Prefetch(found_[i + kAhead]);
      const float weight = WeightOf(a, found_[i]);
      const int bin =
          std::clamp(static_cast<int>((weight - kLowest) * kStep), 0, static_cast<int>(kBins) - 1);
      ++out.histogram[static_cast<size_t>(bin)];
      if (weight >= least_) out.pairs.push_back({a, found_[i], weight});
    }
    std::sort(out.pairs.begin() + static_cast<ptrdiff_t>(begin), out.pairs.end(),
              [](const Pair& x, const Pair& y) { return x.b < y.b; });
  }

 private:
  static constexpr size_t kAhead = 8;  // pairs whose facts are on their way

  void Find(uint32_t a) {
    found_.clear();
    const auto mine = blocks_.BlocksOf(a);
    for (const uint32_t block : mine) __builtin_prefetch(&blocks_.first[block]);
    for (const uint32_t block : mine) __builtin_prefetch(blocks_.Members(block).data());
    for (const uint32_t block : mine) {
      for (const uint32_t b : blocks_.Members(block)) {
        if (b <= a || seen_[b] == a) continue;
        seen_[b] = a;
        rows_.Prefetch(b);
        found_.push_back(b);
      }
    }
    for (size_t i = 0; i < std::min(kAhead, found_.size()); ++i) Prefetch(found_[i]);
  }

  void Prefetch(uint32_t b) const {
    for (size_t k = 0; k < rows_.order().size(); ++k)
      comparer_.Prefetch(rows_.order()[k], rows_.Value(b, k));
  }

  // kHopeless when it is below the least weight by more than kMargin.
  float WeightOf(uint32_t a, uint32_t b) {
    constexpr float kMargin = 3;
    Tally tally;
    const auto& order = rows_.order();
    for (size_t k = 0; k < order.size(); ++k) {
      const uint32_t x = rows_.Value(a, k), y = rows_.Value(b, k);
      if (x == 0 || y == 0) continue;
      const float rest = std::min(rows_.Rest(a, k), rows_.Rest(b, k));
      if (tally.Weight() + rest < least_ - kMargin) return kHopeless;
      tally.Add(order[k], comparer_.Weight(order[k], x, y));
    }
    return tally.Weight();
  }
  static constexpr float kHopeless = kLowest;

  const Blocks& blocks_;
  const Rows& rows_;
  Comparer comparer_;
  float least_;
  std::vector<uint32_t> seen_, found_;
};

// The share of duplicates that explains the weights: pairs expected to be of one entity, a mention.
double LearnPrior(const std::vector<uint64_t>& histogram, size_t mentions, double duplicates) {
  const auto n = static_cast<double>(mentions);
  for (int round = 0; round < 20; ++round) {
    const double prior = std::log(duplicates / n);
    double expected = 0;
    for (size_t bin = 0; bin < kBins; ++bin) {
      const double weight = kLowest + (static_cast<double>(bin) + 0.5) / kStep;
      expected += static_cast<double>(histogram[bin]) / (1 + std::exp(-weight - prior));
    }
    duplicates = std::clamp(2 * expected / n, 0.01, 100.0);
  }
  return std::log(std::min(0.5, duplicates / n));
}

}  // namespace

ScoredPairs ScorePairs(const Facts& facts, const Blocks& blocks, unsigned threads,
                       Progress& progress) {
  const Mentions& mentions = facts.mentions();
  constexpr double kFarBelow = 4.5;  // a pair that is left out had a chance of e^-4 at best
  const double least = std::log(static_cast<double>(mentions.count + 1)) - kFarBelow;
  const size_t shares = (mentions.count + kShare - 1) / kShare;
  const Rows rows(facts, OrderOf(mentions), threads);
  std::vector<Share> parts(shares);
  std::atomic<size_t> next{0};
  progress.Stage("comparing", mentions.count);
  const auto work = [&](bool reports) {
    PairScorer scorer(facts, blocks, rows, static_cast<float>(least));
    for (size_t share = next++; share < shares; share = next++) {
      const size_t end = std::min(mentions.count, (share + 1) * kShare);
      for (size_t m = share * kShare; m < end; ++m)
        scorer.Score(static_cast<uint32_t>(m), parts[share]);
      if (reports) progress.Done(end);
    }
  };
  {
    std::vector<std::jthread> others;
    for (size_t t = 1; t < std::min<size_t>(threads, shares); ++t) others.emplace_back(work, false);
    work(true);
  }
  ScoredPairs out;
  std::vector<uint64_t> histogram(kBins);
  for (Share& part : parts) {
    out.pairs.insert(out.pairs.end(), part.pairs.begin(), part.pairs.end());
    out.compared += part.compared;
    for (size_t bin = 0; bin < kBins; ++bin) histogram[bin] += part.histogram[bin];
    part = {};
  }
  out.prior = LearnPrior(histogram, mentions.count, facts.weights().duplicates);
  return out;
}

}  // namespace tidewaiter::resolve
