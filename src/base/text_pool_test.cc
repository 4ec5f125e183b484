#include "base/text_pool.h"

#include <gtest/gtest.h>

#include <string>

namespace tidewaiter {
namespace {

TEST(TextPool, EqualTextsHaveOneNumberInOrderOfFirstAppearance) {
  TextPool pool;
  EXPECT_EQ(pool.Intern(""), 0U);
  EXPECT_EQ(pool.Find("text 7"), 0U);
  for (int round = 0; round < 2; ++round) {
    for (uint32_t i = 1; i <= 5000; ++i) EXPECT_EQ(pool.Intern("text " + std::to_string(i)), i);
  }
  EXPECT_EQ(pool.size(), 5001U);
  EXPECT_EQ(pool.Find("text 7"), 7U);
  EXPECT_EQ(pool.Find("text 5001"), 0U);
}

TEST(TextPool, AllTextsOfAnotherPoolAreNumberedAsIfOneByOne) {
  for (const uint32_t count : {0U, 1U, 7U, 8U, 9U, 16U, 17U, 5000U}) {
    TextPool others, one_by_one, at_once;
    for (uint32_t i = 0; i < count; ++i) others.Intern("text " + std::to_string(i));
    for (uint32_t i = 0; i < 100; ++i) {
      one_by_one.Intern("text " + std::to_string(i * 3));
      at_once.Intern("text " + std::to_string(i * 3));
    }
    const auto ids = at_once.InternAll(others);
    ASSERT_EQ(ids.size(), others.size());
    for (uint32_t id = 0; id < others.size(); ++id)
      EXPECT_EQ(ids[id], one_by_one.Intern(others[id])) << others[id];
    EXPECT_EQ(at_once.size(), one_by_one.size());
  }
}

TEST(TextPool, TextsStayWhereTheyAreWhenThePoolMoves) {
  TextPool pool;
  const uint32_t id = pool.Intern("a text longer than any short one");
  const std::string_view before = pool[id];
  for (int i = 0; i < 5000; ++i) pool.Intern(std::to_string(i));
  const TextPool moved = std::move(pool);
  EXPECT_EQ(moved[id].data(), before.data());
}

}  // namespace
}  // namespace tidewaiter
