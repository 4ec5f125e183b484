#include "trace/routes.h"

#include <gmock/gmock.h>

#include <cmath>
#include <map>
#include <random>

namespace tidewaiter::trace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Chained : public ::testing::Test {
 protected:
  Leg& Add(int day, const std::string& from, const std::string& to, double quantity,
           const std::string& article = "B M", const std::string& hs6 = "880622") {
    Leg leg;
    leg.row = {"t.csv", legs_.size() + 1};
    leg.day = Date{19500 + day};
    leg.sender = leg.sender_name = from, leg.recipient = leg.recipient_name = to;
    leg.from_country = CountryOf(from), leg.to_country = CountryOf(to);
    leg.article = article, leg.hs6 = hs6;
    leg.quantity = quantity, leg.value_usd = 100 * quantity;
    legs_.push_back(leg);
    return legs_.back();
  }
  // "AE_hub" sits in AE.
  static std::string CountryOf(const std::string& party) { return party.substr(0, 2); }

  std::vector<int> Grades(int weakest = 4, int32_t days = 90) {
    std::vector<int> grades;
    for (const Link& link : FindLinks(legs_, {days, weakest})) grades.push_back(link.grade);
    return grades;
  }
  std::vector<Chain> Chains(std::vector<std::string> to = {"RU"}, size_t hops = 4) {
    return FindChains(legs_, FindLinks(legs_, {90, 3}), {std::move(to), hops});
  }

  std::vector<Leg> legs_;
};

TEST_F(Chained, GradesOfLinks) {
  Add(0, "CN_a", "AE_1", 10).serials = {"SN12345678"};
  Add(9, "AE_1", "RU_a", 7).serials = {"SN12345678"};
  Add(0, "CN_a", "AE_2", 10);
  Add(9, "AE_2", "RU_a", 10);
  Add(0, "CN_a", "AE_3", 100, "");
  Add(9, "AE_3", "RU_a", 104);
  Add(0, "CN_a", "AE_4", 100, "");
  Add(9, "AE_4", "RU_a", 50);
  EXPECT_THAT(Grades(), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(Grades(2), ElementsAre(1, 2));
}

TEST_F(Chained, WhatIsNoLink) {
  Add(0, "CN_a", "AE_1", 10);
  Add(0, "AE_1", "RU_a", 10);   // the same day
  Add(91, "AE_1", "RU_a", 10);  // too late
  Add(9, "AE_2", "RU_a", 10);   // somebody else
  Add(0, "CN_a", "AE_3", 10, "B M");
  Add(9, "AE_3", "RU_a", 10, "B N");  // another model, whatever the code
  Add(0, "CN_a", "AE_4", 10, "", "850110");
  Add(9, "AE_4", "RU_a", 10, "", "850120");
  Add(0, "CN_a", "AE_5", NAN);
  Add(9, "AE_5", "RU_a", 10);
  EXPECT_THAT(Grades(), IsEmpty());
}

// The same serial number on other goods is a coincidence, or an invoice number.
TEST_F(Chained, ASerialAloneIsNoLink) {
  Add(0, "CN_a", "AE_1", 10, "", "850110").serials = {"SN12345678"};
  Add(9, "AE_1", "RU_a", 10, "", "880622").serials = {"SN12345678"};
  EXPECT_THAT(Grades(), IsEmpty());
}

TEST_F(Chained, AChainOfThreeHops) {
  for (int batch = 0; batch < 2; ++batch) {
    const int day = batch * 200;
    Add(day, "CN_a", "AE_1", 11 + batch);
    Add(day + 20, "AE_1", "TR_2", 11 + batch);
    Add(day + 40, "TR_2", "KZ_3", 11 + batch);
    Add(day + 60, "KZ_3", "RU_b", 11 + batch);
  }
  const auto chains = Chains();
  ASSERT_EQ(chains.size(), 1U);
  EXPECT_EQ(chains[0].Subject(), "CN>CN_a>AE>AE_1>TR>TR_2>KZ>KZ_3>RU>RU_b");
  EXPECT_EQ(chains[0].grade, 2);
  EXPECT_EQ(chains[0].consignments, 2U);
  EXPECT_DOUBLE_EQ(chains[0].quantity, 23);
  EXPECT_DOUBLE_EQ(chains[0].value_usd, 2300);
  EXPECT_EQ(chains[0].rows.size(), 8U);
  EXPECT_THAT(Chains({"IR"}), IsEmpty());
  EXPECT_EQ(Chains({"RU"}, 2)[0].parties.size(), 4U);  // at most two parties between
}

TEST_F(Chained, BackWhereItCameFrom) {
  Add(0, "CN_a", "AE_1", 17);
  Add(20, "AE_1", "CN_a", 17);
  ASSERT_EQ(Chains({}).size(), 1U);
  EXPECT_EQ(Chains({})[0].Subject(), "CN>CN_a>AE>AE_1>CN>CN_a");
}

TEST_F(Chained, TheGradeOfAChainIsItsWeakestLinks) {
  Add(0, "CN_a", "AE_1", 100);
  Add(10, "AE_1", "KZ_2", 100);
  Add(20, "KZ_2", "RU_b", 97);
  ASSERT_EQ(Chains().size(), 1U);
  EXPECT_EQ(Chains()[0].grade, 3);
}

// Always: no leg hands on more than came in, none takes more than it holds, and every link keeps
// its own promise. Compared with the definition, over random trade.
TEST_F(Chained, QuantitiesAreConserved) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 60; ++round) {
    legs_.clear();
    const char* parties[] = {"CN_a", "AE_1", "AE_2", "KZ_3", "RU_b"};
    for (int i = 0; i < 60; ++i) {
      const auto from = random() % 4, to = from + 1 + random() % (4 - from);
      Add(static_cast<int>(random() % 200), parties[from], parties[to],
          static_cast<double>(1 + random() % 6),
          random() % 3 == 0   ? ""
          : random() % 2 == 0 ? "B M"
                              : "B N");
    }
    std::map<size_t, double> in, out;
    for (const Link& link : FindLinks(legs_, {90, 4})) {
      in[link.in] += link.quantity, out[link.out] += link.quantity;
      const Leg &a = legs_[link.in], &b = legs_[link.out];
      EXPECT_EQ(a.recipient, b.sender);
      EXPECT_LT(a.day, b.day);
      EXPECT_GE(a.day + 90, b.day);
      EXPECT_TRUE(a.article.empty() || b.article.empty() || a.article == b.article);
      if (link.grade == 2) {
        EXPECT_EQ(a.quantity, b.quantity);
      }
      if (link.grade == 3) {
        EXPECT_LE(std::abs(a.quantity - b.quantity), 0.05 * b.quantity);
      }
    }
    for (const auto& [leg, quantity] : in) EXPECT_LE(quantity, legs_[leg].quantity + 1e-9);
    for (const auto& [leg, quantity] : out) EXPECT_LE(quantity, legs_[leg].quantity + 1e-9);
  }
}

TEST_F(Chained, TheOrderOfRowsDoesNotShow) {
  Add(0, "CN_a", "AE_1", 10), Add(5, "CN_a", "AE_1", 10), Add(9, "AE_1", "RU_b", 10);
  Add(9, "AE_1", "RU_c", 10), Add(12, "AE_1", "RU_d", 10);
  auto chains = Chains();
  std::vector<Leg> turned(legs_.rbegin(), legs_.rend());
  legs_ = turned;
  const auto again = Chains();
  ASSERT_EQ(chains.size(), again.size());
  for (size_t i = 0; i < chains.size(); ++i) {
    EXPECT_EQ(chains[i].Subject(), again[i].Subject());
    EXPECT_EQ(chains[i].rows, again[i].rows);
  }
}

class TwoSources : public Chained {
 protected:
  void Exported(int day, const std::string& from, const std::string& to, double quantity) {
    Add(day, from, to, quantity).direction = "export";
  }
  void Imported(int day, const std::string& from, const std::string& to, double quantity) {
    Add(day, from, to, quantity).direction = "import";
  }
};

TEST_F(TwoSources, TheSameConsignmentToldTwice) {
  Exported(0, "CN_a", "RU_b", 10);
  Imported(20, "CN_a", "RU_b", 10);
  Exported(0, "CN_a", "RU_b", 55);  // never arrives
  Imported(5, "CN_x", "RU_y", 70);  // nobody shows it leaving
  Exported(0, "CN_c", "RU_d", 33);  // the parties are written in other ways
  Imported(30, "CN_C!", "RU_D!", 33);
  Exported(50, "CN_c", "RU_d", 44);
  Imported(200, "CN_c", "RU_d", 44);  // too late
  const auto comparison = CompareSources(legs_, 90);
  ASSERT_EQ(comparison.twins.size(), 2U);
  EXPECT_EQ(comparison.only_exported.size(), 2U);
  EXPECT_EQ(comparison.only_imported.size(), 2U);
  EXPECT_EQ(WithoutTwins(legs_, comparison).size(), 6U);
}

TEST_F(TwoSources, WhoeverElseCouldBeMeantLeavesItOpen) {
  Exported(0, "CN_c", "RU_d", 33);
  Imported(30, "CN_C!", "RU_D!", 33);
  Imported(31, "CN_E!", "RU_F!", 33);
  EXPECT_THAT(CompareSources(legs_, 90).twins, IsEmpty());
}

}  // namespace
}  // namespace tidewaiter::trace
