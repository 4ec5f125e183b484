#include "match/filed_hashes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>

#include "match/index_format.h"

namespace tidewaiter::match {
namespace {

// All at once and in the plainest way.
std::pair<std::vector<HashEntry>, std::vector<uint32_t>> Plainly(
    std::vector<FiledHashes::Filed> all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  const uint32_t bits = BucketBitsFor(all.size());
  std::stable_sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
    const auto order = [&](const auto& one) {
      return std::tuple(one.hash >> (32 - bits), TagOf(one.hash) | one.signature, one.target);
    };
    return order(a) < order(b);
  });
  std::vector<HashEntry> entries;
  std::vector<uint32_t> begins((size_t{1} << bits) + 1);
  for (const auto& one : all) {
    entries.push_back({TagOf(one.hash) | one.signature, one.target});
    ++begins[(one.hash >> (32 - bits)) + 1];
  }
  for (size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  return {entries, begins};
}

TEST(FiledHashes, AreTheSameAsSortedAtOnce) {
  std::mt19937 random(20261122);
  for (const size_t count : {0U, 1U, 7U, 3000U, 700'000U}) {
    FiledHashes hashes;
    std::vector<FiledHashes::Filed> all;
    for (size_t i = 0; i < count; ++i) {
      const uint32_t hash = i % 3 == 0 ? 0xABCD1234U : static_cast<uint32_t>(random());
      all.push_back({hash, static_cast<uint32_t>(random() % 5), static_cast<uint32_t>(i % 100)});
      hashes.Add(all.back());
    }
    std::string bytes = "12345678";
    const auto begins = hashes.MoveTo(bytes);
    const auto [entries, expected] = Plainly(all);
    EXPECT_EQ(begins, expected) << count;
    ASSERT_EQ(bytes.size(), 8 + entries.size() * sizeof(HashEntry)) << count;
    EXPECT_TRUE(entries.empty() || std::memcmp(bytes.data() + 8, entries.data(),
                                               entries.size() * sizeof(HashEntry)) == 0);
    EXPECT_EQ(hashes.size(), 0U);
  }
}

}  // namespace
}  // namespace tidewaiter::match
