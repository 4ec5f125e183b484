#include "resolve/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "resolve/explain.h"
#include "resolve/resolve.h"

namespace tidewaiter::resolve {
namespace {

Mentions MakeFrom(std::string_view text) {
  auto table = ParseTable(text, "test");
  const auto names = ColumnNames::Read(".");
  EXPECT_TRUE(table && names);
  const auto mapping = MapColumns(*table, {"id"}, *names, {});
  auto mentions = MakeMentions(std::move(*table), *mapping, 1);
  EXPECT_TRUE(mentions) << (mentions ? "" : mentions.error().ToString());
  return std::move(*mentions);
}

// Two people of three mentions each and many others; invented.
std::string TwoPeople() {
  std::string text = "id,first_name,surname,dob,birth_place\n";
  for (const int i : {0, 1, 2}) {
    text += "a" + std::to_string(i) + ",Aylmer,Quillfeather,1862-11-17,Perth\n";
    text += "b" + std::to_string(i) + ",Odile,Benedikter,1877-04-05,Lisbon\n";
  }
  for (int i = 0; i < 300; ++i)
    text += "c" + std::to_string(i) + ",Name" + std::to_string(i) + ",Other" +
            std::to_string(i * 7) + ",19" + std::to_string(10 + i % 80) + "-03-04,Town" +
            std::to_string(i) + "\n";
  return text;
}

class Audit : public ::testing::Test {
 protected:
  Audit() : mentions_(MakeFrom(TwoPeople())), weights_(*Weights::Read(".")) {
    for (uint32_t m = 0; m < mentions_.count; ++m) number_[mentions_.ids[m]] = m;
    scored_.prior = -5;
    clusters_.entity_of.resize(mentions_.count);
    for (uint32_t m = 0; m < mentions_.count; ++m) clusters_.entity_of[m] = m;
    clusters_.probability.assign(mentions_.count, 1);
    for (const char* who : {"a", "b"}) {
      for (const auto& [x, y] : {std::pair("0", "1"), {"0", "2"}, {"1", "2"}})
        Join(std::string(who) + x, std::string(who) + y, 15);
    }
  }
  // A scored pair, and the entities of both made one.
  void Join(const std::string& x, const std::string& y, float weight) {
    const auto [a, b] = std::minmax(number_.at(x), number_.at(y));
    scored_.pairs.push_back({a, b, weight});
    std::sort(scored_.pairs.begin(), scored_.pairs.end(),
              [](auto& p, auto& q) { return std::pair(p.a, p.b) < std::pair(q.a, q.b); });
    const uint32_t to = std::min(clusters_.entity_of[a], clusters_.entity_of[b]);
    const uint32_t from = std::max(clusters_.entity_of[a], clusters_.entity_of[b]);
    for (uint32_t& entity : clusters_.entity_of) {
      if (entity == from) entity = to;
    }
  }
  void Cut() { CutClusters(Facts(mentions_, weights_), scored_, options_, 1, clusters_); }
  bool AreOne(const std::string& x, const std::string& y) const {
    return clusters_.entity_of[number_.at(x)] == clusters_.entity_of[number_.at(y)];
  }

  Mentions mentions_;
  Weights weights_;
  std::map<std::string, uint32_t> number_;
  ScoredPairs scored_;
  Clusters clusters_;
  ClusterOptions options_;
};

TEST_F(Audit, ABridgeBetweenStrangersIsCutAndReported) {
  Join("a0", "b0", 9);
  Cut();
  EXPECT_FALSE(AreOne("a0", "b0"));
  EXPECT_TRUE(AreOne("a0", "a2"));
  EXPECT_TRUE(AreOne("b0", "b2"));
  ASSERT_EQ(clusters_.cuts.size(), 1U);
  EXPECT_EQ(clusters_.cuts[0].why, CutWhy::kBridge);
  EXPECT_EQ(clusters_.cuts[0].side_a + clusters_.cuts[0].side_b, 6U);
  const Json line = Explainer(mentions_, weights_).WasCut(clusters_.cuts[0]);
  EXPECT_THAT((std::vector{line.StringOr("a"), line.StringOr("b")}),
              ::testing::UnorderedElementsAre("a0", "b0"));
  EXPECT_EQ(line.StringOr("why"), "bridge");
  EXPECT_EQ(line.Find("to_reverse")->StringOr("decision"), "merge");
}

TEST_F(Audit, PairsThatAreTooWeakAloneDoNotHoldAnEntity) {
  Join("a0", "b0", 4.8F);
  Join("a1", "b1", 4.8F);
  Cut();
  EXPECT_FALSE(AreOne("a0", "b0"));
  ASSERT_EQ(clusters_.cuts.size(), 1U);
  EXPECT_EQ(clusters_.cuts[0].why, CutWhy::kWeak);
}

TEST_F(Audit, TwoSureBirthsArePartedAtTheWeakestPairs) {
  Join("a0", "b0", 9);
  Join("a1", "b1", 9);
  Cut();
  EXPECT_FALSE(AreOne("a0", "b0"));
  EXPECT_TRUE(AreOne("a0", "a2"));
  EXPECT_TRUE(AreOne("b0", "b2"));
  ASSERT_EQ(clusters_.cuts.size(), 1U);
  EXPECT_EQ(clusters_.cuts[0].why, CutWhy::kConflict);
}

TEST_F(Audit, WhatAPersonHasDecidedIsNeverCut) {
  Join("a0", "b0", 9);
  options_.together = {{number_.at("a1"), number_.at("b2")}};
  Cut();
  EXPECT_TRUE(AreOne("a0", "b0"));
  EXPECT_TRUE(clusters_.cuts.empty());
}

TEST_F(Audit, AnEntityThatGoesTogetherStaysWhole) {
  Cut();
  EXPECT_TRUE(AreOne("a0", "a2"));
  EXPECT_TRUE(clusters_.cuts.empty());
}

// Whatever was merged: each new entity lies within an old one, is named by its least mention, and
// there are as many more of them as there are cuts.
TEST_F(Audit, CutsOnlyEverPart) {
  std::mt19937 random(3);  // NOLINT: the same graphs in every run
  for (int round = 0; round < 40; ++round) {
    const Clusters before = clusters_;
    const ScoredPairs pairs = scored_;
    for (int i = 0; i < 12; ++i) {
      const auto x = static_cast<uint32_t>(random() % 40), y = static_cast<uint32_t>(random() % 40);
      if (x == y) continue;
      Join(mentions_.ids[x], mentions_.ids[y], static_cast<float>(random() % 12));
    }
    const Clusters joined = clusters_;
    Cut();
    std::set<uint32_t> old_entities(joined.entity_of.begin(), joined.entity_of.end());
    std::set<uint32_t> entities(clusters_.entity_of.begin(), clusters_.entity_of.end());
    EXPECT_EQ(entities.size(), old_entities.size() + clusters_.cuts.size());
    for (uint32_t m = 0; m < mentions_.count; ++m) {
      const uint32_t first = clusters_.entity_of[m];
      EXPECT_LE(first, m);
      EXPECT_EQ(clusters_.entity_of[first], first);
      EXPECT_EQ(joined.entity_of[first], joined.entity_of[m]);
    }
    Clusters again = joined;
    CutClusters(Facts(mentions_, weights_), scored_, options_, 3, again);
    EXPECT_EQ(again.entity_of, clusters_.entity_of) << "the same on any number of threads";
    clusters_ = before;
    scored_ = pairs;
  }
}

}  // namespace
}  // namespace tidewaiter::resolve
