#include "trace/network.h"

#include <gmock/gmock.h>

#include <cmath>

#include "trace/availability.h"
#include "trace/ledger_fixture.h"

namespace tidewaiter::trace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Names(const std::vector<Path>& paths) {
  std::vector<std::string> names;
  for (const Path& path : paths) names.push_back(path.steps.back().entity);
  return names;
}

TEST(Network, TheShortestPathAndItsWeight) {
  const std::vector<Edge> edges = {{"l", "a", "address"},
                                   {"a", "b", "trade"},
                                   {"b", "c", "trade"},
                                   {"c", "d", "trade"},
                                   {"x", "y", "trade"}};
  const auto paths = PathsToListed(edges, {{"l", "LISTED"}}, {3, 0.0});
  EXPECT_THAT(Names(paths), ElementsAre("a", "b", "c"));
  EXPECT_EQ(paths[1].steps[0].kind, "address");
  EXPECT_NEAR(paths[0].weight, 1 / std::log2(3.0), 1e-12);
  EXPECT_THAT(Names(PathsToListed(edges, {{"l", "LISTED"}}, {1, 0.0})), ElementsAre("a"));
  EXPECT_THAT(PathsToListed(edges, {}, {3, 0.0}), IsEmpty());
}

TEST(Network, ACrowdedNodeLeadsNowhere) {
  std::vector<Edge> edges = {{"l", "office", "address"}};
  for (int i = 0; i < 100; ++i) edges.push_back({"office", "p" + std::to_string(i), "address"});
  EXPECT_THAT(PathsToListed(edges, {{"l", "LISTED"}}, {3, 0.2}), IsEmpty());
}

TEST(Network, AListedPartyIsNoFindingItself) {
  const auto paths =
      PathsToListed({{"l", "m", "trade"}, {"m", "a", "trade"}}, {{"l", "L"}, {"m", "M"}}, {3, 0.0});
  ASSERT_EQ(paths.size(), 1U);
  EXPECT_EQ(paths[0].from.name, "M");
}

TEST_F(LedgerTest, AvailabilityShowsMonthsWithoutLines) {
  auto sell = [&](const std::string& day, const std::string& to, int quantity) {
    Line({{"date", "DATE '" + day + "'"},
          {"brand", "'Testbrand'"},
          {"model", "'Kite'"},
          {"hs", "'8806220000'"},
          {"destination", "'" + to + "'"},
          {"quantity", std::to_string(quantity)},
          {"value_usd", "100"}});
  };
  sell("2023-08-20", "UA", 4), sell("2023-08-21", "RU", 5), sell("2023-10-01", "RU", 6);
  options_.indicators = JoinPath(*ResourceFolder(), "indicators");
  auto connection = database_.Connect();
  NoProgress progress;
  options_.only = {"none"};
  ASSERT_TRUE(RunIndicators(*connection, options_, progress).has_value());
  for (const char* goods : {"testbrand kite", "8806"}) {
    const auto shown = FindAvailability(*connection, goods, {"RU", "UA", "KP"});
    ASSERT_TRUE(shown.has_value()) << shown.error().ToString();
    ASSERT_EQ(shown->cells.size(), 9U);
    EXPECT_EQ(shown->cells[1].month, "2023-09");
    EXPECT_EQ(shown->cells[1].lines, 0U);
    EXPECT_EQ(shown->cells[2].quantity, 6);
    EXPECT_EQ(shown->cells[3].quantity, 4);
    EXPECT_THAT(shown->not_covered, ElementsAre("KP"));
  }
  EXPECT_EQ(FindAvailability(*connection, "other", {"RU"})->cells[0].lines, 0U);
}

}  // namespace
}  // namespace tidewaiter::trace
