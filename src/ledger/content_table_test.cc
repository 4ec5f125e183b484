#include "ledger/content_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace tidewaiter::ledger {
namespace {

TEST(ContentTable, EqualContentsHaveOneNumberInOrderOfFirstAppearance) {
  std::mt19937 random(1);
  ContentTable table;
  std::map<int, uint32_t> known;
  for (int round = 0; round < 50; ++round) {
    std::vector<int> said(std::uniform_int_distribution(0, 300)(random));
    std::vector<Hash128> contents;
    for (int& one : said) {
      one = std::uniform_int_distribution(0, 2000)(random);
      contents.push_back(ContentHash(std::to_string(one)));
    }
    const std::vector<uint32_t> numbers = table.Number(contents);
    ASSERT_EQ(numbers.size(), said.size());
    for (size_t i = 0; i < said.size(); ++i) {
      const auto next = static_cast<uint32_t>(known.size() + 1);
      EXPECT_EQ(numbers[i], known.try_emplace(said[i], next).first->second);
    }
    EXPECT_EQ(table.size(), known.size());
  }
}

// Those of which the quick parts agree are told apart by the rest.
TEST(ContentTable, ContentsThatShareATagAndASlotAreTwo) {
  ContentTable table;
  const uint64_t far = uint64_t{1} << 40U;
  const std::vector<Hash128> contents = {{7, 5}, {7 + far, 5}, {7, 5 + far}, {7, 5}};
  EXPECT_EQ(table.Number(contents), (std::vector<uint32_t>{1, 2, 3, 1}));
}

}  // namespace
}  // namespace tidewaiter::ledger
