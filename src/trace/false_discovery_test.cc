#include "trace/false_discovery.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace tidewaiter::trace {
namespace {

TEST(FalseDiscovery, TailOfTheNormal) {
  EXPECT_NEAR(UpperTail(0), 0.5, 1e-12);
  EXPECT_NEAR(UpperTail(1.959963985), 0.025, 1e-9);
  EXPECT_NEAR(UpperTail(-1.644853627), 0.95, 1e-9);
}

// The example of the 1995 paper: fifteen p values, four of them kept at 0.05.
TEST(FalseDiscovery, KeepsFourOfTheFifteenOfThePaper) {
  const std::vector<double> p = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
  const auto q = AdjustedForDiscovery(p, p.size());
  EXPECT_EQ(std::count_if(q.begin(), q.end(), [](double x) { return x <= 0.05; }), 4);
}

TEST(FalseDiscovery, HypothesesThatAreNotShownCount) {
  EXPECT_DOUBLE_EQ(AdjustedForDiscovery({0.001}, 1)[0], 0.001);
  EXPECT_DOUBLE_EQ(AdjustedForDiscovery({0.001}, 100)[0], 0.1);
  EXPECT_TRUE(AdjustedForDiscovery({}, 10).empty());
}

// Of a hundred tests only the first two can reach a p value as small as theirs.
TEST(FalseDiscovery, TestsThatCannotReachAPValueDoNotCount) {
  const auto q = AdjustedForExpected({0.01, 0.02, 0.5}, {0.02, 0.04, 30});
  EXPECT_DOUBLE_EQ(q[0], 0.02);
  EXPECT_DOUBLE_EQ(q[1], 0.02);
  EXPECT_DOUBLE_EQ(q[2], 1.0);
  EXPECT_DOUBLE_EQ(AdjustedForDiscovery({0.01, 0.02, 0.5}, 100)[0], 1.0);
}

// The definition itself: the largest k with p(k) <= k q / m; all up to it are kept.
size_t KeptByDefinition(std::vector<double> p, size_t tests, double rate) {
  std::sort(p.begin(), p.end());
  size_t kept = 0;
  for (size_t k = 1; k <= p.size(); ++k) {
    if (p[k - 1] <= static_cast<double>(k) * rate / static_cast<double>(tests)) kept = k;
  }
  return kept;
}

TEST(FalseDiscovery, AlwaysAgreesWithTheDefinition) {
  std::mt19937_64 random(17);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int round = 0; round < 300; ++round) {
    const size_t tests = 1 + random() % 60, shown = random() % (tests + 1);
    std::vector<double> p(shown);
    for (double& x : p) x = uniform(random) * uniform(random) * uniform(random);
    const auto q = AdjustedForDiscovery(p, tests);
    for (const double rate : {0.01, 0.05, 0.2}) {
      const auto kept = static_cast<size_t>(
          std::count_if(q.begin(), q.end(), [&](double x) { return x <= rate; }));
      EXPECT_EQ(kept, KeptByDefinition(p, tests, rate)) << "round " << round << " rate " << rate;
    }
  }
}

// What it promises: when nothing is there, at most about every twentieth run keeps anything.
TEST(FalseDiscovery, KeepsLittleOfPureChance) {
  std::mt19937_64 random(18);
  std::uniform_real_distribution<double> uniform(0, 1);
  int runs_with_any = 0;
  for (int run = 0; run < 2000; ++run) {
    std::vector<double> p(50);
    for (double& x : p) x = uniform(random);
    const auto q = AdjustedForDiscovery(p, p.size());
    runs_with_any += *std::min_element(q.begin(), q.end()) <= 0.05;
  }
  EXPECT_LT(runs_with_any, 140);  // 100 expected, four standard deviations
  EXPECT_GT(runs_with_any, 60);
}

}  // namespace
}  // namespace tidewaiter::trace
