// The questions against brute force: on small random rule sets, everything unknown is filled in in
// all ways, and what turns out to matter must be exactly what was asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "rules/diagram.h"
#include "rules/testing.h"

namespace tidewaiter::rules {
namespace {

using Random = std::mt19937;

int Below(Random& random, int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); }

template <typename T>
const T& Pick(Random& random, const std::vector<T>& from) {
  return from[Below(random, static_cast<int>(from.size()))];
}

const std::vector<std::string> kConditions = {
    "flies",
    "military",
    "knows",
    "{not: flies}",
    "{fact: mass, op: \">\", value: 7, unit: kg}",
    "{fact: mass, op: \"<=\", value: 4, unit: kg}",
    "{fact: mass, op: \">=\", value: 7, unit: kg}",
    "{fact: class, op: in, value: [\"1\", \"2\"]}",
    "{fact: class, op: \"==\", value: \"3R\"}",
    "{field: departure, in: [CN]}",
    "{all: [military, {fact: mass, op: \"<\", value: 4, unit: kg}]}",
    "{any: [knows, {field: departure, in: [ISLES]}]}",
    "{fact: bands, op: not_subset_of, value: [560, 650], unit: nm}",
    "{any: [flies, {not: military}]}"};

std::string RandomRule(Random& random, int index) {
  const std::string id = "R" + std::to_string(index);
  std::string rule =
      "  - {id: " + id + ", title: " + id +
      ", effect: " + Pick<std::string>(random, {"prohibit", "license", "notify", "inform"}) +
      ", confidence: " + Pick<std::string>(random, {"quoted", "quoted", "memory"}) + ", items: [";
  const int items = 1 + Below(random, 2);
  for (int i = 0; i < items; ++i) {
    rule += std::string(i > 0 ? ", " : "") + "{text: i, any: true, when: [" +
            Pick(random, kConditions) + (Below(random, 5) == 0 ? "], confidence: memory}" : "]}");
  }
  rule += "]";
  if (Below(random, 2) == 0)
    rule += ", end_use: [" + Pick(random, kConditions) + ", " + Pick(random, kConditions) + "]";
  if (Below(random, 2) == 0) rule += ", knowledge: [" + Pick(random, kConditions) + "]";
  if (index > 0 && Below(random, 3) == 0)
    rule += ", unless: [R" + std::to_string(Below(random, index)) + "]";
  if (Below(random, 6) == 0)
    rule += ", uncertain: [{when: " + Pick(random, kConditions) + ", because: w}]";
  return rule + "}\n";
}

// Everything that can be unknown, with values that the conditions tell apart.
struct Choice {
  bool of_line;
  std::vector<std::string> values;  // as JSON
};
const std::map<std::string, Choice> kChoices = {
    {"flies", {true, {"true", "false"}}},
    {"military", {false, {"true", "false"}}},
    {"knows", {false, {"true", "false"}}},
    {"mass", {true, {"3", "4", "5", "7", "8"}}},
    {"class", {true, {"\"1\"", "\"3R\"", "\"9\""}}},
    {"bands", {true, {"[560]", "[560, 900]"}}},
    {"departure", {false, {"\"CN\"", "\"GB\"", "\"FR\""}}}};

using Values = std::map<std::string, std::string>;

std::string OrderOf(const Values& values) {
  std::string line, whole, departure;
  for (const auto& [name, value] : values) {
    if (name == "departure") {
      departure = R"("departure": )" + value + ", ";
      continue;
    }
    std::string& facts = kChoices.at(name).of_line ? line : whole;
    facts += (facts.empty() ? "\"" : ", \"") + name + "\": " + value;
  }
  return "{" + departure + R"("facts": {)" + whole + R"(}, "items": [{"hs": "0901", "facts": {)" +
         line + "}}]}";
}

// The outcome of every way to fill in what is unknown.
std::map<Values, Outcome> Complete(const RuleSet& rules, const Values& known) {
  std::vector<Values> all = {known};
  for (const auto& [name, choice] : kChoices) {
    if (known.contains(name)) continue;
    std::vector<Values> larger;
    for (const Values& values : all) {
      for (const std::string& value : choice.values) {
        larger.push_back(values);
        larger.back()[name] = value;
      }
    }
    all = std::move(larger);
  }
  std::map<Values, Outcome> outcomes;
  for (const Values& values : all) outcomes[values] = Judge(rules, OrderOf(values)).outcome;
  return outcomes;
}

std::set<std::string> Essential(const std::map<Values, Outcome>& outcomes, const Values& known) {
  std::set<std::string> essential;
  for (const auto& [name, choice] : kChoices) {
    if (known.contains(name)) continue;
    for (const auto& [values, outcome] : outcomes) {
      Values other = values;
      for (const std::string& value : choice.values) {
        other[name] = value;
        if (outcomes.at(other) != outcome) essential.insert(name);
      }
      if (essential.contains(name)) break;
    }
  }
  return essential;
}

class AgainstBruteForce : public ::testing::TestWithParam<int> {};

TEST_P(AgainstBruteForce, AskedIsExactlyWhatMatters) {
  Random random(static_cast<unsigned>(GetParam()));
  std::string text = "rules:\n";
  const int count = 1 + Below(random, 4);
  for (int i = 0; i < count; ++i) text += RandomRule(random, i);
  const auto rules = MustLoad(RulePack(text));
  ASSERT_NE(rules, nullptr) << text;
  Values known;
  for (const auto& [name, choice] : kChoices) {
    if (Below(random, 2) == 0) known[name] = Pick(random, choice.values);
  }
  const auto outcomes = Complete(*rules, known);
  std::set<Outcome> reachable;
  for (const auto& [values, outcome] : outcomes) {
    ASSERT_NE(outcome, Outcome::kAsk) << "everything is known\n" << text << OrderOf(values);
    reachable.insert(outcome);
  }
  const Evaluation evaluation = Judge(*rules, OrderOf(known));
  const auto asked = Asked(evaluation);
  const auto essential = Essential(outcomes, known);
  EXPECT_EQ(std::set<std::string>(asked.begin(), asked.end()), essential) << text << OrderOf(known);
  EXPECT_EQ(asked.size(), essential.size());
  if (essential.empty()) {
    EXPECT_EQ(evaluation.outcome, *reachable.begin()) << text << OrderOf(known);
  } else {
    EXPECT_EQ(evaluation.outcome, Outcome::kAsk);
    EXPECT_EQ(std::set<Outcome>(evaluation.outcomes.begin(), evaluation.outcomes.end()), reachable)
        << text << OrderOf(known);
  }
}

INSTANTIATE_TEST_SUITE_P(RandomRules, AgainstBruteForce, ::testing::Range(0, 120));

TEST(Diagram, ReducesToWhatMatters) {
  Diagram diagram({2, 3});
  const auto a = diagram.Literal(0, {false, true});
  const auto b = diagram.Literal(1, {false, true, true});
  EXPECT_EQ(diagram.Max(a, diagram.Min(a, b)), a);
  EXPECT_EQ(diagram.Max(a, diagram.Not(a)), 1U);
  EXPECT_EQ(diagram.Min(a, diagram.Not(a)), 0U);
  EXPECT_THAT(diagram.Support(diagram.Min(a, b)), ::testing::ElementsAre(0, 1));
  const auto outcome = diagram.Max(diagram.Scale(a, 1), diagram.Scale(diagram.Min(a, b), 3));
  EXPECT_EQ(diagram.Reachable(outcome), 0b1011U);
  EXPECT_EQ(diagram.Evaluate(outcome, {1, 2}), 3U);
  EXPECT_EQ(diagram.Evaluate(outcome, {1, 0}), 1U);
  EXPECT_EQ(diagram.Evaluate(outcome, {0, 2}), 0U);
}

}  // namespace
}  // namespace tidewaiter::rules
