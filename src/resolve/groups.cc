#include "resolve/groups.h"

#include <algorithm>
#include <cmath>

namespace tidewaiter::resolve {
namespace {
constexpr size_t kMemory = 1 << 15;  // pairs of values remembered
}  // namespace

GroupScorer::GroupScorer(const Mentions& mentions, const Weights& weights)
    : mentions_(mentions), comparer_(mentions, weights), memory_(kMemory) {
  for (size_t f = 0; f < kFields; ++f) {
    if (mentions.fields[f].present()) fields_.push_back(static_cast<Field>(f));
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
      out.push_back({value, 1});
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

float GroupScorer::ScoreField(Field field) {
  double sum = 0, from_a = 0, from_b = 0;
  for (const Counted& b : b_) from_b += b.count;
  for (const Counted& a : a_) {
    from_a += a.count;
    for (const Counted& b : b_)
      sum += static_cast<double>(a.count) * b.count * RatioOf(field, a.value, b.value);
  }
  const auto score = static_cast<float>(std::log(sum / (from_a * from_b)));
  if (score >= 0) return score;
  // Both sides repeat what contradicts the other: that is no slip of the pen.
  return score * (1 + 0.5F * static_cast<float>(std::log2(std::min(from_a, from_b))));
}

float GroupScorer::Score(std::span<const uint32_t> a, std::span<const uint32_t> b) {
  std::array<float, kFields> by_field{};
  for (const Field field : fields_) {
    Count(field, a, a_);
    if (a_.empty()) continue;
    Count(field, b, b_);
    if (!b_.empty()) by_field[static_cast<size_t>(field)] = ScoreField(field);
  }
  return Combined(by_field);
}

}  // namespace tidewaiter::resolve
