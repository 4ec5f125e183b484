#include "match/filed_hashes.h"

#include <algorithm>
#include <utility>

#include "match/index_format.h"

namespace tidewaiter::match {
namespace {

using Filed = FiledHashes::Filed;

// By the digits of the hash first: evenly spread keys, most of them alone with theirs. What shares
// a hash is then put in order by comparing.
void Sort(std::vector<Filed>& filed) {
  constexpr unsigned kDigitBits = 8, kBits = 24;  // those above are the same in all
  constexpr size_t kDigits = size_t{1} << kDigitBits;
  std::vector<Filed> other(filed.size());
  for (unsigned shift = 0; shift < kBits; shift += kDigitBits) {
    std::array<size_t, kDigits + 1> places{};
    for (const Filed& one : filed) ++places[((one.hash >> shift) & (kDigits - 1)) + 1];
    for (size_t i = 1; i < kDigits; ++i) places[i] += places[i - 1];
    for (const Filed& one : filed) other[places[(one.hash >> shift) & (kDigits - 1)]++] = one;
    filed.swap(other);
  }
  for (auto from = filed.begin(); from != filed.end();) {
    const auto to =
        std::find_if(from, filed.end(), [&](const Filed& one) { return one.hash != from->hash; });
    std::sort(from, to);
    from = to;
  }
}

// Counts by more of the upper bits as counts by fewer.
std::vector<uint32_t> Fold(const std::vector<uint32_t>& counts, uint32_t bits) {
  std::vector<uint32_t> out((size_t{1} << bits) + 1);
  const size_t each = counts.size() >> bits;
  for (size_t i = 0; i < counts.size(); ++i) out[i / each + 1] += counts[i];
  for (size_t i = 1; i < out.size(); ++i) out[i] += out[i - 1];
  return out;
}

}  // namespace

std::vector<uint32_t> FiledHashes::MoveTo(std::string& bytes) {
  const uint32_t finest = BucketBitsFor(size_);
  std::vector<uint32_t> counts(size_t{1} << finest);
  const size_t begin = bytes.size();
  size_t count = 0;
  for (auto& part : parts_) {
    std::vector<Filed> filed(part.begin(), part.end());
    std::deque<Filed>().swap(part);
    Sort(filed);
    filed.erase(std::unique(filed.begin(), filed.end()), filed.end());
    count += filed.size();
    for (const Filed& one : filed) {
      const HashEntry entry{TagOf(one.hash) | one.signature, one.target};
      bytes.append(reinterpret_cast<const char*>(&entry), sizeof entry);
      ++counts[one.hash >> (32 - finest)];
    }
  }
  size_ = 0;
  const uint32_t bits = BucketBitsFor(count);
  std::vector<uint32_t> begins = Fold(counts, bits);
  if (bits < kSignatureBits) {  // else the order of the hashes is that of the tags
    auto* const entries = reinterpret_cast<HashEntry*>(bytes.data() + begin);
    for (size_t i = 1; i < begins.size(); ++i) {
      std::sort(entries + begins[i - 1], entries + begins[i],
                [](const HashEntry& a, const HashEntry& b) {
                  return std::pair(a.tag, a.target) < std::pair(b.tag, b.target);
                });
    }
  }
  return begins;
}

}  // namespace tidewaiter::match
