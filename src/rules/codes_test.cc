#include "rules/codes.h"

#include <gtest/gtest.h>

namespace tidewaiter::rules {
namespace {

Truth Hs(std::string_view hs, int edition, HsList list) { return MatchHs(hs, edition, list).truth; }

TEST(HsCodes, OneEditionComparesPrefixes) {
  const HsList list{2022, {"8806", "8807300010"}};
  EXPECT_EQ(Hs("8806221011", 2022, list), Truth::kTrue);
  EXPECT_EQ(Hs("8806", 2022, list), Truth::kTrue);
  EXPECT_EQ(Hs("88", 2022, list), Truth::kUnknown);
  EXPECT_EQ(Hs("880730", 2022, list), Truth::kUnknown);
  EXPECT_EQ(Hs("8807300010", 2022, list), Truth::kTrue);
  EXPECT_EQ(Hs("8807300090", 2022, list), Truth::kFalse);
  EXPECT_EQ(Hs("090111", 2022, list), Truth::kFalse);
  EXPECT_EQ(Hs("", 2022, list), Truth::kUnknown);
}

TEST(HsCodes, ManyToManyIsUnknownWithItsCandidates) {
  const HsMatch match = MatchHs("8806221011", 2022, HsList{2012, {"8802200011"}});
  EXPECT_EQ(match.truth, Truth::kUnknown);
  EXPECT_TRUE(match.other_edition);
  EXPECT_GT(match.candidates.size(), 1);
}

TEST(HsCodes, CoffeeIsNoDroneInAnyEdition) {
  EXPECT_EQ(Hs("8516710000", 2022, HsList{2012, {"8802200011"}}), Truth::kFalse);
  EXPECT_EQ(Hs("0901110000", 2017, HsList{2022, {"8806"}}), Truth::kFalse);
}

TEST(HsCodes, AChapterThatHoldsEveryCandidateIsCertain) {
  EXPECT_EQ(Hs("880220", 2017, HsList{2022, {"88"}}), Truth::kTrue);
  EXPECT_EQ(Hs("852580", 2017, HsList{2022, {"88"}}), Truth::kUnknown);
}

Truth Control(std::string_view code, std::string_view pattern) {
  return MatchControl(FoldControlCode(code), ParseControlPattern(pattern));
}

TEST(ControlCodes, EqualOrBelowMatchesAboveIsUnknown) {
  EXPECT_EQ(Control("9A012", "9A012"), Truth::kTrue);
  EXPECT_EQ(Control("9A012.a.2", "9A012"), Truth::kTrue);
  EXPECT_EQ(Control("9a012.A.2", "9A012.a"), Truth::kTrue);
  EXPECT_EQ(Control("9A012", "9A012.a.2"), Truth::kUnknown);
  EXPECT_EQ(Control("9A012.b", "9A012.a"), Truth::kFalse);
  EXPECT_EQ(Control("9A0120", "9A012"), Truth::kFalse);
  EXPECT_EQ(Control("EAR99", "*"), Truth::kFalse);
}

TEST(ControlCodes, SystemsNeverMeet) {
  EXPECT_EQ(Control("CN:9A012", "9A012"), Truth::kFalse);
  EXPECT_EQ(Control("9A012", "CN:9A012"), Truth::kFalse);
  EXPECT_EQ(Control("CN:9A012.a", "CN:9A012"), Truth::kTrue);
  EXPECT_EQ(Control("CN:9A012", "*"), Truth::kFalse);
}

TEST(ControlCodes, RangesAndWildcards) {
  EXPECT_EQ(Control("CN:1C905", "CN:1C902-1C908"), Truth::kTrue);
  EXPECT_EQ(Control("CN:1C905.a", "CN:1C902-1C908"), Truth::kTrue);
  EXPECT_EQ(Control("CN:1C909", "CN:1C902-1C908"), Truth::kFalse);
  EXPECT_EQ(Control("9A012.a", "?A0??"), Truth::kTrue);
  EXPECT_EQ(Control("9A991", "?A0??"), Truth::kFalse);
}

}  // namespace
}  // namespace tidewaiter::rules
