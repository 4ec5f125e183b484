#include "watchlist/changes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "watchlist/file.h"

namespace tidewaiter::watchlist {
namespace {

Record Made(int id, const std::string& name) {
  Record record;
  record.party.list = "ofac_sdn";
  record.party.id = std::to_string(id);
  record.party.names = {{name, NameStrength::kPrimary, "", "", ""}};
  return record;
}

TEST(ContentSum, OrderDoesNotMatterAndWhatIsTakenAwayIsGone) {
  std::vector<Record> records;
  for (int i = 0; i < 40; ++i) records.push_back(Made(i, "SYNTHETIC " + std::to_string(i)));
  ContentSum sum;
  for (const auto& record : records) sum.Add(record);
  std::mt19937 random(3);
  std::shuffle(records.begin(), records.end(), random);
  ContentSum other;
  other.Add(Made(99, "PASSING"));
  for (const auto& record : records) other.Add(record);
  EXPECT_NE(sum.ToHex(), other.ToHex());
  other.Remove(Made(99, "PASSING"));
  EXPECT_EQ(sum.ToHex(), other.ToHex());
  EXPECT_EQ(ContentSum::FromHex(sum.ToHex())->ToHex(), sum.ToHex());
  EXPECT_FALSE(ContentSum::FromHex("12"));
  Record changed = records[0];
  changed.start_unknown = true;
  other.Remove(records[0]);
  other.Add(changed);
  EXPECT_NE(sum.ToHex(), other.ToHex());
}

TEST(RegionOf, ACopyStandsWithTheListThatItWasReadFrom) {
  const std::vector<ListInfo> lists = {{"ofac_sdn", {}, "", 0}, {"us_csl", {}, "", 0}};
  Record own = Made(1, "X");
  own.also = {{"us_csl", "a"}};
  EXPECT_EQ(RegionOf(own, lists), 0);
  own.party.origin_list = "ofac_sdn";
  EXPECT_EQ(RegionOf(own, lists), 1);
}

}  // namespace
}  // namespace tidewaiter::watchlist
