#include "base/bounded_cache.h"

#include <gtest/gtest.h>

namespace tidewaiter {
namespace {

TEST(BoundedCache, FindsWhatWasPutAndForgetsRatherThanGrow) {
  const BoundedCache<int> cache(64);
  EXPECT_EQ(cache.Find("a"), nullptr);
  cache.Put("a", std::make_shared<const int>(1));
  ASSERT_NE(cache.Find("a"), nullptr);
  EXPECT_EQ(*cache.Find("a"), 1);
  for (int i = 0; i < 10000; ++i) cache.Put(std::to_string(i), std::make_shared<const int>(i));
  int kept = 0;
  for (int i = 0; i < 10000; ++i) {
    const auto known = cache.Find(std::to_string(i));
    kept += known != nullptr;
    EXPECT_EQ(known == nullptr ? i : *known, i);
  }
  EXPECT_GT(kept, 0);
  EXPECT_LE(kept, 80);
}

TEST(BoundedCache, LargeValuesCountAsSeveral) {
  const BoundedCache<int> cache(1600);
  for (int i = 0; i < 1000; ++i)
    cache.Put(std::to_string(i), std::make_shared<const int>(i), i % 2 == 0 ? 50 : 1);
  int weight = 0;
  for (int i = 0; i < 1000; ++i) {
    const auto known = cache.Find(std::to_string(i));
    if (known) weight += i % 2 == 0 ? 50 : 1;
  }
  EXPECT_GT(weight, 0);
  EXPECT_LE(weight, 1616);
}

}  // namespace
}  // namespace tidewaiter
