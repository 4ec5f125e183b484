#include <gtest/gtest.h>

#include "rules/testing.h"

namespace tidewaiter::rules {
namespace {

std::string RuleError(std::string_view rule) {
  return LoadError(RulePack("rules:\n" + std::string(rule)));
}

constexpr std::string_view kHead =
    "  - {id: R1, title: a rule, effect: license, confidence: quoted, ";

std::string With(std::string_view rest) {
  return RuleError(std::string(kHead) + std::string(rest) + "}\n");
}

TEST(PackReader, ReadsTheSmallestRule) {
  EXPECT_EQ(With("items: [{text: all, any: true}]"), "accepted");
}

TEST(PackReader, NamesTheNearestKeyWithFileAndLine) {
  const std::string error = RuleError(
      "  - id: R1\n    title: a rule\n    effect: license\n    confidence: quoted\n"
      "    destnations: [RU]\n");
  EXPECT_NE(error.find("pack.yaml:"), std::string::npos) << error;
  EXPECT_NE(error.find("destnations: unknown key; did you mean 'destinations'?"), std::string::npos)
      << error;
}

TEST(PackReader, RefusesWhatItDoesNotKnow) {
  EXPECT_NE(With("end_use: [militray]").find("did you mean 'military'?"), std::string::npos);
  EXPECT_NE(With("destinations: [ILSES]").find("did you mean 'ISLES'?"), std::string::npos);
  EXPECT_NE(With("binds: {condition: nowhere}").find("no pack defines the condition"),
            std::string::npos);
  EXPECT_NE(With("unless: [R2]").find("there is no rule 'R2'"), std::string::npos);
  EXPECT_NE(With("items: [{text: x, codes: [none]}]").find("code set"), std::string::npos);
  EXPECT_NE(With("items: [{text: x, hs: [\"8806\"]}]").find("edition"), std::string::npos);
  EXPECT_NE(With("items: [{text: x, hs: [\"88x\"], edition: 2022}]").find("no HS code"),
            std::string::npos);
  EXPECT_NE(
      With("items: [{text: x, any: true, when: [{fact: mass, op: \">=\", value: 7, unit: km}]}]")
          .find("does not fit"),
      std::string::npos);
  EXPECT_NE(With("items: [{text: x, any: true, when: [{fact: mass, op: \"=>\", value: 7}]}]")
                .find("unknown op"),
            std::string::npos);
  EXPECT_NE(With("items: [{text: x, any: true, when: [mass]}]").find("kind"), std::string::npos);
  EXPECT_NE(With("status: maybe").find("not one of"), std::string::npos);
  EXPECT_NE(With("from: 2024-05-02, to: 2024-05-01").find("ends before it begins"),
            std::string::npos);
  EXPECT_NE(
      RuleError("  - {id: R1, title: t, effect: forbid, confidence: quoted}\n").find("prohibit"),
      std::string::npos);
  EXPECT_NE(LoadError("pack: 2\n").find("must be 1"), std::string::npos);
  EXPECT_NE(LoadError("pack: 1\nrules:\n  - {id: R1, title: t, effect: inform, confidence: quoted, "
                      "authority: A}\n")
                .find("reviewed"),
            std::string::npos);
}

TEST(PackReader, RefusesDoubleDefinitionsOverlapsAndCircles) {
  const std::string rule = "id: R1, title: t, effect: license, confidence: quoted";
  EXPECT_NE(
      RuleError("  - {" + rule + ", from: 2024-01-01}\n  - {" + rule + ", from: 2025-01-01}\n")
          .find("another version"),
      std::string::npos);
  EXPECT_EQ(RuleError("  - {" + rule + ", from: 2024-01-01, to: 2024-12-31}\n  - {" + rule +
                      ", from: 2025-01-01}\n"),
            "accepted");
  EXPECT_NE(RuleError("  - {id: R1, title: t, effect: license, confidence: quoted, unless: [R2]}\n"
                      "  - {id: R2, title: t, effect: license, confidence: quoted, unless: [R1]}\n")
                .find("itself"),
            std::string::npos);
  EXPECT_NE(LoadError("pack: 1\nfacts:\n  - {fact: mass, kind: bool, about: line, ask: \"x?\"}\n")
                .find("already defined at facts.yaml"),
            std::string::npos);
  EXPECT_NE(LoadError("pack: 1\nconditions:\n  - {name: a_b, text: x, when: {condition: a_b}}\n")
                .find("itself"),
            std::string::npos);
}

TEST(PackReader, OwnPoliciesKeepToTheirOwn) {
  std::vector<PackFile> files =
      TestFiles(RulePack("rules:\n" + std::string(kHead) + "destinations: [RU]}\n"));
  files.push_back(
      {"own.yaml", RulePack("rules:\n" + std::string(kHead) + "from: 2030-01-01}\n"), true});
  EXPECT_NE(MakeRuleSet(files, {}).error().ToString().find("ids of its own"), std::string::npos);
  files.back().text = "pack: 1\nderived:\n  - {fact: flies, true_when: {fact: military}}\n";
  EXPECT_NE(MakeRuleSet(files, {}).error().ToString().find("its own facts only"),
            std::string::npos);
}

TEST(PackReader, RefusesDeepNesting) {
  std::string condition = "military";
  for (int i = 0; i < 120; ++i) condition = "{not: " + condition + "}";
  EXPECT_NE(With("binds: " + condition).find("100 levels"), std::string::npos);
}

TEST(PackReader, SharedConditionsTakeNoMoreThanTheirSize) {
  std::string pack =
      "pack: 1\nconditions:\n  - {name: c0, text: x, when: {any: [flies, military]}}\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "{condition: c" + std::to_string(i - 1) + "}";
    pack += "  - {name: c" + std::to_string(i) + ", text: x, when: {any: [{all: [" + before +
            ", knows]}, {all: [flies, {not: " + before + "}]}]}}\n";
  }
  pack += "groups:\n  - {name: GROUP0, countries: [CN]}\n";
  for (int i = 1; i < 60; ++i) {
    const std::string before = "GROUP" + std::to_string(i - 1);
    pack += "  - {name: GROUP" + std::to_string(i) + ", countries: [ISLES, " + before + ", " +
            before + "]}\n";
  }
  pack +=
      "authority: A\nreviewed: 2026-01-01\nsources: [SYNTHETIC]\nrules:\n  - {id: R1, title: t, "
      "effect: license, confidence: quoted, "
      "binds: {condition: c59}, destinations: [GROUP59], general_catch_all: true, knowledge: "
      "[{condition: c58}]}\n";
  const auto rules = MustLoad(pack);
  ASSERT_NE(rules, nullptr);
  Judge(*rules, R"({"destination": "CN", "items": [{"hs": "8806"}]})");
}

TEST(PackReader, GlobsMatchWholeIds) {
  EXPECT_TRUE(MatchesGlob("CN-LIST-*", "CN-LIST-9A012.a"));
  EXPECT_FALSE(MatchesGlob("CN-LIST-*", "CN-2015-31"));
  EXPECT_TRUE(MatchesGlob("*", ""));
  EXPECT_FALSE(MatchesGlob("R1", "R10"));
  EXPECT_TRUE(MatchesGlob("*a*b*", "xaxxbx"));
}

}  // namespace
}  // namespace tidewaiter::rules
