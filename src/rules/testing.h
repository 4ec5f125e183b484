// Small rule sets for tests: packs as texts, orders as JSON.
#ifndef TIDEWAITER_RULES_TESTING_H_
#define TIDEWAITER_RULES_TESTING_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/loader.h"
#include "rules/rules.h"

namespace tidewaiter::rules {

inline Date Day(std::string_view text) { return *ParseIsoDate(text); }

// SYNTHETIC facts that every test pack may use.
inline constexpr std::string_view kTestFacts = R"(pack: 1
groups:
  - {name: ISLES, text: SYNTHETIC group, countries: [GB, IE]}
facts:
  - {fact: mass, kind: number, unit: kg, about: line, ask: "How heavy is it?"}
  - {fact: bare_mass, kind: number, unit: kg, about: line, at_most: mass, ask: "How heavy is it empty?"}
  - {fact: flies, kind: bool, about: line, ask: "Does it fly?"}
  - {fact: class, kind: text, about: line, options: ["1", "2", "3R"], ask: "Of which class is it?"}
  - {fact: bands, kind: set, unit: nm, about: line, ask: "Which bands has it?"}
  - {fact: military, kind: bool, about: order, by: exporter, ask: "Is it for the military?"}
  - {fact: knows, kind: bool, about: order, by: exporter, ask: "Does the exporter know?"}
  - {fact: share, kind: number, unit: "%", about: line, ask: "What share comes from Atlantis?"}
  - {fact: bound_to_us, kind: bool, about: line, ask: "Is it bound?"}
  - {fact: owned, kind: number, unit: "%", about: order, ask: "What share do listed owners hold?"}
legal_forms: [ltd, co, ooo]
)";

inline std::vector<PackFile> TestFiles(std::string_view pack) {
  return {{"facts.yaml", std::string(kTestFacts), false}, {"pack.yaml", std::string(pack), false}};
}

// A pack of rules with everything that is required beside `rules`.
inline std::string RulePack(std::string_view rules) {
  return "pack: 1\nauthority: Test Office\ninstrument: Order 1\nreviewed: 2026-01-01\nsources: "
         "[SYNTHETIC]\n" +
         std::string(rules);
}

inline std::shared_ptr<const RuleSet> MustLoad(std::string_view pack) {
  auto rules = MakeRuleSet(TestFiles(pack), {});
  EXPECT_TRUE(rules) << (rules ? "" : rules.error().ToString());
  return rules ? *rules : nullptr;
}

inline std::string LoadError(std::string_view pack) {
  auto rules = MakeRuleSet(TestFiles(pack), {});
  return rules ? std::string("accepted") : rules.error().ToString();
}

inline Order MustRead(std::string_view json) {
  const auto order = ParseOrder(json);
  EXPECT_TRUE(order) << json << ": " << (order ? "" : order.error().ToString());
  return order ? *order : Order{};
}

inline Evaluation Judge(const RuleSet& rules, const Order& order,
                        std::string_view day = "2024-01-01") {
  Context context;
  context.as_of = Day(day);
  return *rules.Evaluate(order, context);
}

inline Evaluation Judge(const RuleSet& rules, std::string_view order,
                        std::string_view day = "2024-01-01") {
  return Judge(rules, MustRead(order), day);
}

// "no", "depends", "applies", or "standing".
inline std::string StatusOf(const Evaluation& evaluation, std::string_view id) {
  for (const RuleResult& result : evaluation.rules) {
    if (result.id == id) return std::string(ToString(result.status));
  }
  for (const std::string& standing : evaluation.standing) {
    if (standing == id) return "standing";
  }
  return "no";
}

inline std::vector<std::string> Asked(const Evaluation& evaluation) {
  std::vector<std::string> facts;
  for (const Question& question : evaluation.questions) facts.push_back(question.fact);
  return facts;
}

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_TESTING_H_
