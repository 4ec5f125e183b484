#include "resolve/groups.h"

#include <algorithm>
#include <cmath>

namespace tidewaiter::resolve {
namespace {
constexpr size_t kMemory = 1 << 15;  // pairs of values remembered

// ln of the numbers that counts of two groups can make.
const std::array<double, 2 * GroupScorer::kMostMembers + 1>& Logarithms() {
  static const auto table = [] {
    std::array<double, 2 * GroupScorer::kMostMembers + 1> out{};
    for (size_t i = 1; i < out.size(); ++i) out[i] = std::log(static_cast<double>(i));
    return out;
  }();
  return table;
}

}  // namespace

GroupScorer::GroupScorer(const Facts& facts)
    : facts_(facts), mentions_(facts.mentions()), comparer_(facts), memory_(kMemory) {
  for (size_t f = 0; f < kFields; ++f) {
    if (mentions_.fields[f].present()) fields_.push_back(static_cast<Field>(f));
  }
  for (const Field field : FieldsByCost()) {
    const auto at = std::find(fields_.begin(), fields_.end(), field);
    if (at != fields_.end()) by_cost_.push_back(static_cast<size_t>(at - fields_.begin()));
  }
  a_.resize(fields_.size());
  b_.resize(fields_.size());
  score_.resize(fields_.size());
  rest_.resize(fields_.size());
}

void GroupScorer::Count(std::span<const uint32_t> group, Profile& out) const {
  for (size_t k = 0; k < fields_.size(); ++k) {
    std::vector<Counted>& counted = out[k];
    counted.clear();
    for (const uint32_t mention : group) {
      const uint32_t value = mentions_.Cell(fields_[k], mention);
      if (value == 0) continue;
      const auto at = std::find_if(counted.begin(), counted.end(),
                                   [&](const Counted& c) { return c.value == value; });
      if (at == counted.end())
        counted.push_back({value, 1, 0});
      else
        ++at->count;
    }
  }
}

void GroupScorer::CountBoth(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  a = a.first(std::min(a.size(), kMostMembers));
  b = b.first(std::min(b.size(), kMostMembers));
  for (const auto group : {a, b}) {
    for (const uint32_t mention : group) mentions_.Prefetch(mention);
  }
  Count(a, a_);
  Count(b, b_);
}

float GroupScorer::RatioOf(Field field, uint32_t a, uint32_t b) {
  if (a > b) std::swap(a, b);
  // Values are fewer than 2^30, fields fewer than 16.
  const uint64_t key = uint64_t{a} << 34U | uint64_t{b} << 4U | static_cast<uint64_t>(field);
  Slot& slot = memory_[(key * 0x9E3779B97F4A7C15ULL) >> 49U];
  if (slot.key != key) slot = {key, std::exp(comparer_.Weight(field, a, b))};
  return slot.ratio;
}

// How much less surprising it is that the two groups draw their values from two urns than from one,
// in nats: the number of values times the Jensen-Shannon divergence. 0 where both say the same.
float GroupScorer::Dissent(size_t k, uint32_t from_a, uint32_t from_b) const {
  const auto& ln = Logarithms();
  const auto surprise = [&](uint32_t part, uint32_t whole) {
    return part * (ln[whole] - ln[part]);
  };
  double out = 0;
  for (const Counted& a : a_[k]) {
    out += surprise(a.count + a.joined, from_a + from_b) - surprise(a.count, from_a) -
           surprise(a.joined, from_b);
  }
  for (const Counted& b : b_[k]) {
    if (b.joined == 0) out += surprise(b.count, from_a + from_b) - surprise(b.count, from_b);
  }
  return static_cast<float>(std::max(0.0, out));
}

float GroupScorer::ScoreField(size_t k) {
  uint32_t from_a = 0, from_b = 0;
  double mean = 0;
  float best = 0;
  for (const Counted& a : a_[k]) from_a += a.count;
  for (Counted& b : b_[k]) {
    from_b += b.count;
    float most = 1;
    Counted* with = nullptr;
    for (Counted& a : a_[k]) {
      const float ratio = RatioOf(fields_[k], a.value, b.value);
      mean += static_cast<double>(a.count) * b.count * ratio;
      if (ratio > most) most = ratio, with = &a;
      best = std::max(best, ratio);
    }
    // A value that speaks for the other group's value is taken for the same one.
    if (with == nullptr) continue;
    with->joined += b.count;
    b.joined = 1;
  }
  // Two values that differ once are what the weight of "different" is made for.
  constexpr float kOnce = 1.386F;  // Dissent of one against one
  constexpr float kShare = 0.6F;   // mentions of an entity are copied from each other
  const float dissent = Dissent(k, from_a, from_b);
  if (best > 1) return std::log(best) - kShare * dissent;
  return static_cast<float>(std::log(mean / (double{1} * from_a * from_b))) -
         kShare * std::max(0.0F, dissent - kOnce);
}

// Sums depend on their order: it is that of the fields, whichever was scored first.
float GroupScorer::Total() const {
  Tally tally;
  for (size_t k = 0; k < fields_.size(); ++k) {
    if (BothSay(k)) tally.Add(fields_[k], score_[k]);
  }
  return tally.Weight();
}

// No field of two groups scores more than the best pair of their values.
float GroupScorer::MostOf(size_t k) const {
  const auto most = [&](const std::vector<Counted>& counted) {
    float out = 0;
    for (const Counted& c : counted) out = std::max(out, facts_.MostOf(fields_[k], c.value));
    return out;
  };
  return std::min(most(a_[k]), most(b_[k]));
}

float GroupScorer::Score(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  CountBoth(a, b);
  for (size_t k = 0; k < fields_.size(); ++k) {
    if (BothSay(k)) score_[k] = ScoreField(k);
  }
  return Total();
}

GroupScorer::Scored GroupScorer::ScoreUpTo(std::span<const uint32_t> a, std::span<const uint32_t> b,
                                           float enough) {
  constexpr size_t kFew = 3;         // members of groups that are scored sooner than estimated
  constexpr float kRounding = 0.1F;  // more than all that is lost in rounding
  if (std::min(a.size(), b.size()) < kFew) return {Score(a, b), true};
  CountBoth(a, b);
  Tally most;
  for (size_t i = by_cost_.size(); i-- > 0;) {
    rest_[i] = most.Weight();  // of the fields behind
    if (BothSay(by_cost_[i])) most.Add(fields_[by_cost_[i]], MostOf(by_cost_[i]));
  }
  Tally tally;
  for (size_t i = 0; i < by_cost_.size(); ++i) {
    const size_t k = by_cost_[i];
    if (!BothSay(k)) continue;
    score_[k] = ScoreField(k);
    tally.Add(fields_[k], score_[k]);
    const float limit = tally.Weight() + rest_[i] + kRounding;
    if (limit < enough) return {limit, false};
  }
  return {Total(), true};
}

}  // namespace tidewaiter::resolve
