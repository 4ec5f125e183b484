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
    : mentions_(facts.mentions()), comparer_(facts), memory_(kMemory) {
  for (size_t f = 0; f < kFields; ++f) {
    if (mentions_.fields[f].present()) fields_.push_back(static_cast<Field>(f));
  }
}

void GroupScorer::Count(Field field, std::span<const uint32_t> group,
                        std::vector<Counted>& out) const {
  out.clear();
  for (const uint32_t mention : group.first(std::min(group.size(), kMostMembers))) {
    const uint32_t value = mentions_.Cell(field, mention);
    if (value == 0) continue;
    const auto at =
        std::find_if(out.begin(), out.end(), [&](const Counted& c) { return c.value == value; });
    if (at == out.end())
      out.push_back({value, 1, 0});
    else
      ++at->count;
  }
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
float GroupScorer::Dissent(uint32_t from_a, uint32_t from_b) const {
  const auto& ln = Logarithms();
  const auto surprise = [&](uint32_t part, uint32_t whole) {
    return part * (ln[whole] - ln[part]);
  };
  double out = 0;
  for (const Counted& a : a_) {
    out += surprise(a.count + a.joined, from_a + from_b) - surprise(a.count, from_a) -
           surprise(a.joined, from_b);
  }
  for (const Counted& b : b_) {
    if (b.joined == 0) out += surprise(b.count, from_a + from_b) - surprise(b.count, from_b);
  }
  return static_cast<float>(std::max(0.0, out));
}

float GroupScorer::ScoreField(Field field) {
  uint32_t from_a = 0, from_b = 0;
  double mean = 0;
  float best = 0;
  for (const Counted& a : a_) from_a += a.count;
  for (Counted& b : b_) {
    from_b += b.count;
    float most = 1;
    Counted* with = nullptr;
    for (Counted& a : a_) {
      const float ratio = RatioOf(field, a.value, b.value);
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
  const float dissent = Dissent(from_a, from_b);
  if (best > 1) return std::log(best) - kShare * dissent;
  return static_cast<float>(std::log(mean / (double{1} * from_a * from_b))) -
         kShare * std::max(0.0F, dissent - kOnce);
}

float GroupScorer::Score(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  Tally tally;
  for (const auto group : {a, b}) {
    for (const uint32_t mention : group) mentions_.Prefetch(mention);
  }
  for (const Field field : fields_) {
    Count(field, a, a_);
    if (a_.empty()) continue;
    Count(field, b, b_);
    if (!b_.empty()) tally.Add(field, ScoreField(field));
  }
  return tally.Weight();
}

}  // namespace tidewaiter::resolve
