#include "resolve/short_text.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "names/edit_distance.h"

namespace tidewaiter::resolve {
namespace {

static_assert(std::endian::native == std::endian::little, "packed texts are read as bytes");

unsigned ByteAt(uint64_t text, unsigned i) { return text >> (8 * i) & 0xFFU; }

// A bit at the foot of each byte that differs.
uint64_t Differing(uint64_t a, uint64_t b) {
  uint64_t x = a ^ b;
  x |= x >> 4U & 0x0F0F0F0F0F0F0F0FULL;
  x |= x >> 2U & 0x0303030303030303ULL;
  x |= x >> 1U;
  return x & 0x0101010101010101ULL;
}

bool SwappedAt(uint64_t a, uint64_t b, unsigned i) {
  return ByteAt(a, i) == ByteAt(b, i + 1) && ByteAt(a, i + 1) == ByteAt(b, i);
}

// Bytes [from, to) of a, one to the right, are those of b.
bool Shifted(uint64_t a, uint64_t b, unsigned from, unsigned to) {
  return ShortPrefix(((a >> 8U) ^ b) >> (8 * from), to - from) == 0;
}

uint32_t EqualSizes(uint64_t a, uint64_t b) {
  const uint64_t differing = Differing(a, b);
  const int count = std::popcount(differing);
  if (count < 2) return static_cast<uint32_t>(count);
  const unsigned first = static_cast<unsigned>(std::countr_zero(differing)) / 8;
  const unsigned last = 7 - static_cast<unsigned>(std::countl_zero(differing)) / 8;
  if (count == 2) return last == first + 1 && SwappedAt(a, b, first) ? 1 : 2;
  // One byte left out at one end of what differs, one put in at the other.
  if (Shifted(a, b, first, last) || Shifted(b, a, first, last)) return 2;
  const bool left = SwappedAt(a, b, first), right = SwappedAt(a, b, last - 1);
  if (count == 3) {
    const bool gap = last - first >= 2;
    return gap && ((left && (differing >> (8 * (first + 1)) & 1U) != 0) ||
                   (right && (differing >> (8 * (last - 1)) & 1U) != 0))
               ? 2
               : 3;
  }
  return count == 4 && left && right ? 2 : 3;
}

// Whether leaving out one byte of the longer makes the shorter.
bool OneLess(uint64_t longer, uint64_t shorter) {
  const unsigned at = static_cast<unsigned>(std::countr_zero(longer ^ shorter)) / 8;
  return longer >> (8 * at) >> 8U == shorter >> (8 * at);
}

}  // namespace

uint32_t ShortDistance(uint64_t a, uint64_t b) {
  if (a == b) return 0;
  unsigned n = ShortSize(a), k = ShortSize(b);
  if (n == k) return EqualSizes(a, b);
  if (n < k) std::swap(a, b), std::swap(n, k);
  if (n - k > 2) return 3;
  if (n - k == 1 && OneLess(a, b)) return 1;
  return std::min(3U, names::OsaDistance({reinterpret_cast<const char*>(&a), n},
                                         {reinterpret_cast<const char*>(&b), k}));
}

}  // namespace tidewaiter::resolve
