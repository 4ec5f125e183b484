#include "resolve/pairs.h"

#include <algorithm>
#include <atomic>
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

// One thread's way of comparing mentions: the fields that the table has.
class PairScorer {
 public:
  PairScorer(const Mentions& mentions, const Blocks& blocks, const Weights& weights, double least)
      : mentions_(mentions),
        blocks_(blocks),
        comparer_(mentions, weights),
        least_(static_cast<float>(least)),
        seen_(mentions.count, UINT32_MAX) {
    for (size_t f = 0; f < kFields; ++f) {
      if (mentions.fields[f].present()) fields_.push_back(static_cast<Field>(f));
    }
  }

  void Score(uint32_t a, Share& out) {
    found_.clear();
    for (const uint32_t block : blocks_.BlocksOf(a)) {
      for (const uint32_t b : blocks_.Members(block)) {
        if (b <= a || seen_[b] == a) continue;
        seen_[b] = a;
        found_.push_back(b);
      }
    }
    out.compared += found_.size();
    const size_t begin = out.pairs.size();
    for (const uint32_t b : found_) mentions_.Prefetch(b);
    for (const uint32_t b : found_) {
      const float weight = WeightOf(a, b);
      const int bin =
          std::clamp(static_cast<int>((weight - kLowest) * kStep), 0, static_cast<int>(kBins) - 1);
      ++out.histogram[static_cast<size_t>(bin)];
      if (weight >= least_) out.pairs.push_back({a, b, weight});
    }
    std::sort(out.pairs.begin() + static_cast<ptrdiff_t>(begin), out.pairs.end(),
              [](const Pair& x, const Pair& y) { return x.b < y.b; });
  }

 private:
  float WeightOf(uint32_t a, uint32_t b) {
    std::array<float, kFields> by_field{};
    for (const Field field : fields_)
      by_field[static_cast<size_t>(field)] =
          comparer_.Weight(field, mentions_.Cell(field, a), mentions_.Cell(field, b));
    return Combined(by_field);
  }

  const Mentions& mentions_;
  const Blocks& blocks_;
  Comparer comparer_;
  float least_;
  std::vector<Field> fields_;
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

ScoredPairs ScorePairs(const Mentions& mentions, const Blocks& blocks, const Weights& weights,
                       unsigned threads, Progress& progress) {
  constexpr double kFarBelow = 4.5;  // a pair that is left out had a chance of e^-4 at best
  const double least = std::log(static_cast<double>(mentions.count + 1)) - kFarBelow;
  const size_t shares = (mentions.count + kShare - 1) / kShare;
  std::vector<Share> parts(shares);
  std::atomic<size_t> next{0};
  progress.Stage("comparing", mentions.count);
  const auto work = [&](bool reports) {
    PairScorer scorer(mentions, blocks, weights, least);
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
  out.prior = LearnPrior(histogram, mentions.count, weights.duplicates);
  return out;
}

}  // namespace tidewaiter::resolve
