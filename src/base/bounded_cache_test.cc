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
    if (known) EXPECT_EQ(*known, i);
  }
  EXPECT_GT(kept, 0);
  EXPECT_LE(kept, 80);
}

}  // namespace
}  // namespace tidewaiter
