#include "names/edit_distance.h"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace tidewaiter::names {
namespace {

constexpr size_t kWordBits = 64;

// Bit i of entry c: pattern[i] == c. Only touched entries are reset, so building costs the
// pattern's length.
class PatternBits {
 public:
  explicit PatternBits(std::string_view pattern) : pattern_(pattern) {
    for (size_t i = 0; i < pattern.size(); ++i)
      Table()[static_cast<unsigned char>(pattern[i])] |= uint64_t{1} << i;
  }
  ~PatternBits() {
    for (const char c : pattern_) Table()[static_cast<unsigned char>(c)] = 0;
  }
  PatternBits(const PatternBits&) = delete;
  PatternBits& operator=(const PatternBits&) = delete;
  uint64_t operator()(char c) const { return Table()[static_cast<unsigned char>(c)]; }

 private:
  static std::array<uint64_t, 256>& Table() {
    thread_local std::array<uint64_t, 256> table{};
    return table;
  }
  std::string_view pattern_;
};

// A beginning and an end in common take no part in any best way of editing.
void DropWhatBothHave(std::string_view& a, std::string_view& b) {
  size_t same = 0;
  while (same < a.size() && same < b.size() && a[same] == b[same]) ++same;
  a.remove_prefix(same);
  b.remove_prefix(same);
  same = 0;
  while (same < a.size() && same < b.size() && a[a.size() - 1 - same] == b[b.size() - 1 - same])
    ++same;
  a.remove_suffix(same);
  b.remove_suffix(same);
}

// `bits(c)`: bit i is set where a[i] == c.
template <typename Bits>
uint32_t OsaBits(std::string_view a, std::string_view b, const Bits& bits) {
  const uint64_t last = uint64_t{1} << (a.size() - 1);
  uint64_t vp = ~uint64_t{0}, vn = 0, d0 = 0, previous = 0;
  auto distance = static_cast<uint32_t>(a.size());
  for (const char c : b) {
    const uint64_t match = bits(c);
    const uint64_t swap = (((~d0) & match) << 1U) & previous;
    d0 = (((match & vp) + vp) ^ vp) | match | vn | swap;
    uint64_t hp = vn | ~(d0 | vp);
    uint64_t hn = d0 & vp;
    distance += (hp & last) != 0;
    distance -= (hn & last) != 0;
    hp = (hp << 1U) | 1U;
    hn <<= 1U;
    vp = hn | ~(d0 | hp);
    vn = hp & d0;
    previous = match;
  }
  return distance;
}

uint32_t OsaBits(std::string_view a, std::string_view b) { return OsaBits(a, b, PatternBits(a)); }

}  // namespace

uint32_t OsaDistance(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  DropWhatBothHave(a, b);
  if (a.empty()) return static_cast<uint32_t>(b.size());
  return a.size() <= kWordBits ? OsaBits(a, b) : reference::OsaDistance(a, b);
}

bool IsWithinOsa(std::string_view a, std::string_view b, uint32_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  DropWhatBothHave(a, b);
  if (b.size() - a.size() > limit) return false;
  if (b.size() <= limit) return true;
  // What is left begins and ends unlike, so one edit is one letter or one swap.
  if (limit == 1) return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
  return (a.size() <= kWordBits ? OsaBits(a, b) : reference::OsaDistance(a, b)) <= limit;
}

OsaPattern::OsaPattern(std::string_view pattern) : pattern_(pattern) {
  for (size_t i = 0; i < pattern.size() && i < kWordBits; ++i)
    bits_[static_cast<unsigned char>(pattern[i])] |= uint64_t{1} << i;
}

bool OsaPattern::IsWithin(std::string_view other, uint32_t limit) const {
  if (pattern_.size() > kWordBits) return IsWithinOsa(pattern_, other, limit);
  if (std::max(pattern_.size(), other.size()) - std::min(pattern_.size(), other.size()) > limit)
    return false;
  std::string_view own = pattern_;
  DropWhatBothHave(own, other);
  if (std::max(own.size(), other.size()) <= limit) return true;
  if (limit <= 1)
    return limit == 1 && own.size() == 2 && other.size() == 2 && own[0] == other[1] &&
           own[1] == other[0];
  const auto dropped = own.data() - pattern_.data();
  const auto bits = [&](char c) { return bits_[static_cast<unsigned char>(c)] >> dropped; };
  return OsaBits(own, other, bits) <= limit;
}

uint32_t LcsLength(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty()) return 0;
  if (a.size() > kWordBits) return reference::LcsLength(a, b);
  const PatternBits bits(a);
  uint64_t state = ~uint64_t{0};
  for (const char c : b) {
    const uint64_t match = state & bits(c);
    state = (state + match) | (state - match);
  }
  const uint64_t used = a.size() == kWordBits ? ~uint64_t{0} : (uint64_t{1} << a.size()) - 1;
  return static_cast<uint32_t>(std::popcount(~state & used));
}

uint32_t IndelDistance(std::string_view a, std::string_view b) {
  return static_cast<uint32_t>(a.size() + b.size()) - 2 * LcsLength(a, b);
}

namespace reference {

uint32_t OsaDistance(std::string_view a, std::string_view b) {
  const size_t columns = b.size() + 1;
  std::vector<uint32_t> table((a.size() + 1) * columns);
  const auto at = [&](size_t i, size_t j) -> uint32_t& { return table[i * columns + j]; };
  for (size_t i = 0; i <= a.size(); ++i) at(i, 0) = static_cast<uint32_t>(i);
  for (size_t j = 0; j <= b.size(); ++j) at(0, j) = static_cast<uint32_t>(j);
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      at(i, j) =
          std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return at(a.size(), b.size());
}

uint32_t LcsLength(std::string_view a, std::string_view b) {
  const size_t columns = b.size() + 1;
  std::vector<uint32_t> table((a.size() + 1) * columns);
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      table[i * columns + j] =
          a[i - 1] == b[j - 1] ? table[(i - 1) * columns + j - 1] + 1
                               : std::max(table[(i - 1) * columns + j], table[i * columns + j - 1]);
    }
  }
  return table.back();
}

}  // namespace reference
}  // namespace tidewaiter::names
