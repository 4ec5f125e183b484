#include "rules/lint.h"

#include <gtest/gtest.h>

#include "rules/loader.h"
#include "rules/testing.h"

namespace tidewaiter::rules {
namespace {

// "ID: message" of what lint says of `rules`, of contradictions and repetitions only.
std::vector<std::string> Said(std::string_view rules) {
  const auto program = LoadProgram(TestFiles(RulePack(rules)), {});
  EXPECT_TRUE(program) << (program ? "" : program.error().ToString());
  std::vector<std::string> said;
  if (!program) return said;
  for (const LintFinding& finding : Lint(**program, nullptr)) {
    if (finding.message.starts_with("contradicts") || finding.message.starts_with("says the same"))
      said.push_back((finding.error ? "" : "note ") + finding.rule + ": " + finding.message);
  }
  return said;
}

// Two rules that differ in what is given.
std::vector<std::string> Two(const std::string& first, const std::string& second) {
  const std::string common = ", confidence: quoted, from: 2020-01-01, status: in_force, ";
  return Said("rules:\n  - {id: A, title: a" + common + first + "}\n  - {id: B, title: b" + common +
              second + "}\n");
}

using Texts = std::vector<std::string>;

TEST(Lint, TheSameTransactionsWithTwoEffectsContradict) {
  EXPECT_EQ(
      Two("effect: prohibit, destinations: [RU], items: [{text: x, hs: ['8806'], edition: 2022}]",
          "effect: license, destinations: [RU], items: [{text: x, hs: ['8806'], edition: 2022}]"),
      Texts{"B: contradicts A: the same transactions, but prohibit there and license here"});
  EXPECT_EQ(
      Two("effect: license, destinations: [RU], items: [{text: x, hs: ['8806'], edition: 2022}]",
          "effect: license, destinations: [RU], items: [{text: x, hs: ['8806'], edition: 2022}]"),
      Texts{"note B: says the same as A"});
}

TEST(Lint, ALicenceThatAProhibitionTakesBackContradicts) {
  const Texts expected = {
      "B: contradicts A: all of its transactions are met there, but prohibit there and license "
      "here"};
  // By country, by code, by an item more, by a limb less.
  const std::string drones = "items: [{text: x, hs: ['8806'], edition: 2022}]";
  const std::string heavy = "items: [{text: x, hs: ['880629'], edition: 2022}]";
  const std::string both =
      "items: [{text: x, hs: ['8806'], edition: 2022}, {text: y, hs: ['8542'], edition: 2022}]";
  EXPECT_EQ(Two("effect: prohibit, destinations: [RU, BY], " + drones,
                "effect: license, destinations: [BY], " + drones),
            expected);
  EXPECT_EQ(Two("effect: prohibit, destinations: [RU], " + drones,
                "effect: license, destinations: [RU], " + heavy),
            expected);
  EXPECT_EQ(Two("effect: prohibit, destinations: [RU], " + both,
                "effect: license, destinations: [RU], " + drones),
            expected);
  EXPECT_EQ(Two("effect: prohibit, " + drones, "effect: license, destinations: [RU], " + drones),
            expected);
}

TEST(Lint, RulesThatOnlyOverlapOrGetStricterDoNotContradict) {
  const std::string drones = "items: [{text: x, hs: ['8806'], edition: 2022}]";
  const std::string heavy = "items: [{text: x, hs: ['880629'], edition: 2022}]";
  EXPECT_EQ(Two("effect: prohibit, destinations: [RU], " + drones,
                "effect: license, destinations: [RU, KZ], " + drones),
            Texts{});
  EXPECT_EQ(Two("effect: license, destinations: [RU], " + drones,
                "effect: prohibit, destinations: [RU], " + heavy),
            Texts{});
  EXPECT_EQ(Two("effect: prohibit, destinations: [RU], " + heavy,
                "effect: license, destinations: [RU], " + drones),
            Texts{});
  // Held on common days only in part, and still: on those days they contradict each other.
  EXPECT_EQ(Two("effect: prohibit, to: 2021-01-01, destinations: [RU], " + drones,
                "effect: license, destinations: [RU], " + drones)
                .size(),
            1U);
}

}  // namespace
}  // namespace tidewaiter::rules
