#include "model/decision.h"

#include <gtest/gtest.h>

namespace tidewaiter {
namespace {

// What is written straight to text is what a parsed copy of it dumps: keys sorted, none twice.
template <typename T>
void ExpectCanonical(const T& value) {
  const std::string text = JsonOf(value);
  const auto json = ParseJson(text);
  ASSERT_TRUE(json) << text;
  EXPECT_EQ(json->Dump(), text);
}

Hit FullHit() {
  Hit hit;
  hit.list = "ofac_sdn";
  hit.id = "7";
  hit.name = "SYNTHETIC \"Альфа\"";
  hit.score = 0.8125;
  hit.programs = {"P1", "P2"};
  hit.why = {"a\nb"};
  hit.also = {{"us_csl", "8"}, {"un_sc", "9"}};
  hit.listed_on = Date{19000};
  hit.path = {"owned", "owner"};
  hit.pair = "same";
  hit.explanation = Json().Set("z", 1).Set("a", "x");
  return hit;
}

RuleResult FullRule() {
  RuleResult rule;
  rule.id = "R-1";
  rule.line = 3;
  rule.in_force.from = Date{19000};
  rule.depends_on = {"mtow"};
  rule.date_confidence = "memory";
  rule.doubts = {"translated"};
  rule.answered = true;
  return rule;
}

TEST(DecisionText, EveryPieceIsCanonical) {
  ExpectCanonical(Hit());
  ExpectCanonical(FullHit());
  ExpectCanonical(RuleResult());
  ExpectCanonical(FullRule());
  ExpectCanonical(Question{"mtow", 2, "kg", "How heavy?", {"R-1"}});
  ExpectCanonical(DeclaredFact{"mtow", 0, Json(0.895), "exporter"});
  ExpectCanonical(DecisionInputs{"w", "r", "c", "p", "e", "o", "q"});
}

TEST(DecisionText, ReasonsAndWarningsOfAllSourcesStandInOneList) {
  auto day = std::make_shared<DayText>();
  auto rules = std::make_shared<RulesText>();
  rules->declared = rules->facts_used = rules->standing = "[]";
  rules->rules.push_back(FullRule());
  rules->rules.push_back(RuleResult());
  Decision decision{"7", Date{19000}, Outcome::kReview, "[", {}, day, rules};
  AppendParty(Role::kConsignee, "SYNTHETIC GmbH", "[" + JsonOf(FullHit()) + "]", decision.parties);
  decision.parties += ']';
  ExpectCanonical(decision);
  const auto reasons = [&] { return ParseJson(JsonOf(decision))->Find("reasons")->Dump(); };
  EXPECT_EQ(reasons(), "[]");
  rules->reasons = "\"of the rules\"";
  EXPECT_EQ(reasons(), R"(["of the rules"])");
  day->reasons = "\"of the day\"";
  decision.reasons = {"of the parties"};
  EXPECT_EQ(reasons(), R"(["of the parties","of the rules","of the day"])");
  day->warnings = "\"old list\"";
  rules->warnings = "\"old pack\"";
  EXPECT_EQ(ParseJson(JsonOf(decision))->Find("warnings")->Dump(), R"(["old list","old pack"])");
}

}  // namespace
}  // namespace tidewaiter
