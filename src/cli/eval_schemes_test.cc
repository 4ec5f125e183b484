#include "cli/eval_schemes.h"

#include <gtest/gtest.h>

namespace tidewaiter::cli {
namespace {

TEST(ScoreSchemes, CountsByKindAndByIndicator) {
  const std::vector<EvalScheme> schemes = {
      {"S1", "burner", {1, 2, 3}}, {"S2", "burner", {10}}, {"S3", "phoenix", {20, 21}}};
  const std::vector<EvalFinding> findings = {
      {6, "burner-trader", {2, 3, 99}},  // right
      {6, "burner-trader", {3}},         // the same scheme again
      {6, "burner-trader", {20}},        // another kind
      {6, "burner-trader", {50, 51}},    // nothing planted
      {7, "successor", {21, 50}},        // right
      {22, "hub-route", {10}},           // meant for none of the kinds here
  };
  const auto scores = ScoreSchemes(schemes, findings, {{"burner", {6}}, {"phoenix", {7}}});
  const KindScore& burner = scores.kinds.at("burner");
  EXPECT_EQ(burner.planted, 2U);
  EXPECT_EQ(burner.found, 1U);
  EXPECT_EQ(burner.findings, 4U);
  EXPECT_EQ(burner.right, 2U);
  EXPECT_EQ(burner.other, 1U);
  EXPECT_EQ(burner.wrong, 1U);
  EXPECT_DOUBLE_EQ(burner.per_scheme, 2.0);
  EXPECT_EQ(scores.kinds.at("phoenix").found, 1U);
  const auto& hub = scores.indicators.at({22, "hub-route"});
  EXPECT_EQ(hub.meant, 0U);
  EXPECT_EQ(hub.planted, 1U);
}

// "Not computable" is said of a kind when none of its indicators could be computed.
TEST(ScoreSchemes, AKindThatTheDataCannotShow) {
  const std::vector<EvalScheme> schemes = {{"S1", "hub_chain", {1}}, {"S2", "burner", {2}}};
  const Finders finders = {{"hub_chain", {22, 23}}, {"burner", {6}}};
  auto computable = [&](const std::set<int>& missing, const char* kind) {
    return ScoreSchemes(schemes, {}, finders, missing).kinds.at(kind).computable;
  };
  EXPECT_TRUE(computable({23}, "hub_chain"));
  EXPECT_FALSE(computable({22, 23, 24}, "hub_chain"));
  EXPECT_TRUE(computable({22, 23, 24}, "burner"));
}

}  // namespace
}  // namespace tidewaiter::cli
