#include "screen/ownership.h"

#include <gtest/gtest.h>

#include <random>

namespace tidewaiter::screen {
namespace {

Date Day(const char* text) { return *ParseIsoDate(text); }

Holding Owns(const char* owner, const char* owned, double percent) {
  return {owner, owned, percent, false, {}, "test"};
}

Regime Half(bool aggregate, bool more_than = false) {
  Regime regime;
  regime.aggregate = aggregate;
  regime.more_than = more_than;
  return regime;
}

bool Reaches(const OwnershipGraph& graph, const Regime& regime, const std::string& party) {
  return ReachOf(graph, regime, party, Day("2024-01-01"),
                 [](const std::string& name) { return name.starts_with("LISTED"); })
      .reached;
}

TEST(Ownership, NamesAreOneNodeButForCaseOrderAndLegalForm) {
  EXPECT_EQ(FoldOwner("Harbour Cranes LLC"), FoldOwner("CRANES, HARBOUR"));
  EXPECT_NE(FoldOwner("Harbour Cranes"), FoldOwner("Harbor Crane"));
}

TEST(Ownership, AddedUpOrNot) {
  OwnershipGraph graph;
  graph.Add(Owns("LISTED A", "Target Works", 30));
  graph.Add(Owns("LISTED B", "Target Works", 20));
  EXPECT_TRUE(Reaches(graph, Half(true), "Target Works"));
  EXPECT_FALSE(Reaches(graph, Half(true, true), "Target Works"));
  EXPECT_FALSE(Reaches(graph, Half(false), "Target Works"));
}

TEST(Ownership, WhoIsOwnedSoFarCountsAsAnOwner) {
  OwnershipGraph graph;
  graph.Add(Owns("LISTED A", "Middle Shell", 50));
  graph.Add(Owns("Middle Shell", "Target Works", 50));
  graph.Add(Owns("LISTED A", "Other Shell", 49));
  graph.Add(Owns("Other Shell", "Second Works", 100));
  EXPECT_TRUE(Reaches(graph, Half(true), "Target Works"));
  EXPECT_FALSE(Reaches(graph, Half(true), "Second Works"));
}

TEST(Ownership, DatesOfHoldings) {
  OwnershipGraph graph;
  Holding sold = Owns("LISTED A", "Target Works", 90);
  sold.held.to = Day("2023-12-31");
  graph.Add(sold);
  EXPECT_FALSE(Reaches(graph, Half(true), "Target Works"));
}

TEST(Ownership, ControlCountsWhereTheRegimeSaysSo) {
  OwnershipGraph graph;
  graph.Add({"LISTED A", "Target Works", std::nullopt, true, {}, "test"});
  Regime regime = Half(true);
  EXPECT_FALSE(Reaches(graph, regime, "Target Works"));
  regime.control = true;
  EXPECT_TRUE(Reaches(graph, regime, "Target Works"));
}

// Whatever the graph: it ends, more holdings never make less of a reach, and a path leads from the
// party over holdings that are there.
TEST(Ownership, AnyGraph) {
  std::mt19937 random(7);
  const auto name = [](size_t i) {
    return i < 3 ? "LISTED " + std::string(1, static_cast<char>('A' + i))
                 : "Node " + std::string(1, static_cast<char>('A' + i));
  };
  for (int round = 0; round < 60; ++round) {
    OwnershipGraph graph;
    bool before = false;
    for (int edge = 0; edge < 30; ++edge) {
      const std::string owner = name(random() % 12), owned = name(random() % 12);
      graph.Add(Owns(owner.c_str(), owned.c_str(), static_cast<double>(random() % 60)));
      const bool now = Reaches(graph, Half(true), "Node F");
      EXPECT_TRUE(now || !before);
      before = now;
    }
    for (const OwnerAbove& above : OwnersAbove(graph, "Node F", Day("2024-01-01"))) {
      ASSERT_EQ(above.path.size(), above.holdings.size() + 1);
      for (size_t i = 0; i < above.holdings.size(); ++i) {
        EXPECT_EQ(FoldOwner(above.holdings[i]->owned), FoldOwner(above.path[i]));
        EXPECT_EQ(FoldOwner(above.holdings[i]->owner), FoldOwner(above.path[i + 1]));
      }
    }
  }
}

}  // namespace
}  // namespace tidewaiter::screen
