#include "resolve/learn.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "resolve/compare.h"

namespace tidewaiter::resolve {
namespace {

constexpr double kHeld = 0.5;
using Pattern = uint64_t;  // four bits an aspect
using Counts = std::array<std::array<double, kLevels>, kAspects>;

Level LevelIn(Pattern pattern, size_t aspect) {
  return static_cast<Level>(pattern >> (4 * aspect) & 15U);
}

Pattern PatternOf(const Mentions& mentions, Comparer& comparer, uint32_t a, uint32_t b) {
  Pattern out = 0;
  for (size_t f = 0; f < kFields; ++f) {
    const auto field = static_cast<Field>(f);
    const uint32_t x = mentions.Cell(field, a), y = mentions.Cell(field, b);
    if (x == 0 || y == 0) continue;
    const Agreement agreement = comparer.Compare(field, x, y);
    if (field == Field::kName) {
      for (size_t i = 0; i < kNameAspects; ++i)
        out |= static_cast<Pattern>(agreement.level[i]) << (4 * i);
    } else {
      out |= static_cast<Pattern>(agreement.level[0]) << (4 * static_cast<size_t>(AspectOf(field)));
    }
  }
  return out;
}

// A sequence without chance (splitmix64).
uint64_t Next(uint64_t& state) {
  uint64_t z = state += 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

void AddPattern(Pattern pattern, double weight, Counts& to) {
  for (size_t a = 0; a < kAspects; ++a) {
    if (const Level level = LevelIn(pattern, a)) to[a][level] += weight;
  }
}

// Shares of the levels of each aspect: what was counted and `strength` times what was assumed.
void SetShares(const Counts& counts, const Weights& before, double strength, bool is_m,
               Weights& to) {
  for (size_t a = 0; a < kAspects; ++a) {
    const auto aspect = static_cast<Aspect>(a);
    double counted = 0;
    for (size_t level = 1; level < kLevels; ++level) counted += counts[a][level];
    // Even many pairs teach no more than so far away from what was assumed: what looks like one
    // entity in blocks is now and then a family or a street.
    const double held = is_m ? std::max(strength, kHeld * counted) : strength;
    const double sum = counted + held;
    for (size_t l = 1; l < LevelsOf(aspect).count; ++l) {
      const auto level = static_cast<Level>(l);
      const LevelWeight& old = before.At(aspect, level);
      const double share = (counts[a][l] + held * (is_m ? old.m : old.u)) / sum;
      (is_m ? to.At(aspect, level).m : to.At(aspect, level).u) = share;
    }
  }
}

using Patterns = std::map<Pattern, uint64_t>;

// Of the pairs of blocks made of the same fields.
struct Group {
  Patterns patterns;
  uint64_t pairs = 0;
  double share = 0.2;  // of them that are of one entity
  Pattern mask = 0;    // aspects that teach here: those the blocks are not made of
};

Pattern MaskWithout(uint16_t fields) {
  Pattern mask = ~Pattern{0};
  for (size_t f = 0; f < kFields; ++f) {
    if ((fields >> f & 1U) == 0) continue;
    if (static_cast<Field>(f) == Field::kName) {
      mask &= ~Pattern{0xFFFF};
    } else {
      mask &= ~(Pattern{15} << (4 * static_cast<size_t>(AspectOf(static_cast<Field>(f)))));
    }
  }
  return mask;
}

std::map<uint16_t, Group> SampleBlocks(const Mentions& mentions, const Blocks& blocks,
                                       uint64_t wanted, Comparer& comparer) {
  std::map<uint16_t, Group> groups;
  const double rate = blocks.comparisons == 0
                          ? 0
                          : static_cast<double>(wanted) / static_cast<double>(blocks.comparisons);
  const auto threshold = rate >= 1 ? ~uint64_t{0} : static_cast<uint64_t>(rate * 1.8446744e19);
  uint64_t state = 7;
  for (uint32_t block = 0; block < blocks.size(); ++block) {
    if (Next(state) > threshold) continue;
    Group& group = groups[blocks.fields[block]];
    group.mask = MaskWithout(blocks.fields[block]);
    const auto members = blocks.Members(block);
    for (size_t i = 0; i < members.size(); ++i) {
      for (size_t k = i + 1; k < members.size(); ++k) {
        const Pattern pattern = PatternOf(mentions, comparer, members[i], members[k]) & group.mask;
        ++group.patterns[pattern];
        ++group.pairs;
      }
    }
  }
  return groups;
}

// The chance that a pair with this pattern is of one entity.
double ChanceOf(Pattern pattern, double share, const Counts& ratio) {
  Tally tally;
  for (size_t a = 0; a < kAspects; ++a) {
    if (const Level level = LevelIn(pattern, a))
      tally.Add(static_cast<Field>(a < kNameAspects ? 0 : a - kNameAspects + 1),
                static_cast<float>(ratio[a][level]));
  }
  return 1 / (1 + (1 - share) / share * std::exp(-static_cast<double>(tally.Weight())));
}

Counts RatiosOf(const Weights& weights) {
  Counts out{};
  for (size_t a = 0; a < kAspects; ++a) {
    const auto aspect = static_cast<Aspect>(a);
    for (size_t l = 1; l < LevelsOf(aspect).count; ++l) {
      const LevelWeight& w = weights.At(aspect, static_cast<Level>(l));
      out[a][l] = std::log(std::max(w.m, 1e-7) / std::max(w.u, 1e-7));
    }
  }
  return out;
}

double Maximise(std::map<uint16_t, Group>& groups, const Weights& before, Weights& weights) {
  const Counts ratio = RatiosOf(weights);
  Counts counts{};
  double matches = 0;
  for (auto& [fields, group] : groups) {
    double expected = 0;
    for (const auto& [pattern, count] : group.patterns) {
      const double chance = ChanceOf(pattern, group.share, ratio) * static_cast<double>(count);
      AddPattern(pattern, chance, counts);
      expected += chance;
    }
    const auto pairs = static_cast<double>(group.pairs);
    group.share = std::clamp((expected + 1) / (pairs + 10), 1e-4, 0.99);
    matches += expected;
  }
  SetShares(counts, before, before.strength, true, weights);
  return matches;
}

}  // namespace

Learned LearnWeights(const Mentions& mentions, const Blocks& blocks, const Weights& before,
                     const LearnOptions& options) {
  Learned out;
  out.weights = before;
  if (mentions.count < 2) return out;
  const Facts facts(mentions, before);
  Comparer comparer(facts);
  Counts random{};
  uint64_t state = 42;
  const uint64_t all = static_cast<uint64_t>(mentions.count) * (mentions.count - 1) / 2;
  const uint64_t draws = std::min(options.random_pairs, all / 2);
  for (uint64_t i = 0; i < draws; ++i) {
    const auto a = static_cast<uint32_t>(Next(state) % mentions.count);
    const auto b = static_cast<uint32_t>(Next(state) % mentions.count);
    if (a == b) continue;
    AddPattern(PatternOf(mentions, comparer, a, b), 1, random);
    ++out.random_pairs;
  }
  SetShares(random, before, before.strength, false, out.weights);
  auto groups = SampleBlocks(mentions, blocks, options.pairs_of_blocks, comparer);
  for (const auto& [fields, group] : groups) out.block_pairs += group.pairs;
  for (unsigned round = 0; round < options.rounds; ++round)
    out.matches = Maximise(groups, before, out.weights);
  out.weights.Prepare();
  return out;
}

}  // namespace tidewaiter::resolve
