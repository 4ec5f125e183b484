#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/testing.h"

namespace tidewaiter::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// SYNTHETIC rules of an invented office.
std::shared_ptr<const RuleSet> Sample() {
  return MustLoad(RulePack(R"(
raises: {destinations: [IR], codes: [], control_code_other_than: [EAR99], party_hit: true}
rules:
  - id: HEAVY
    title: heavy flyers need a licence
    effect: license
    from: 2020-01-01
    to: 2025-12-31
    confidence: quoted
    binds: {any: [{field: exporter.country, in: [CN]}, {field: departure, in: [CN]}]}
    items:
      - {text: flyer, hs: ["8806"], edition: 2022, when: [flies, {fact: mass, op: ">", value: 7, unit: kg}]}
      - {text: bare flyer, hs: ["8806"], edition: 2022, when: [flies, {fact: bare_mass, op: ">", value: 4, unit: kg}]}
  - id: REST
    title: other flyers not for the military
    effect: prohibit
    confidence: quoted
    items: [{text: flyer, hs: ["8806"], edition: 2022}]
    end_use: [military]
    knowledge: [knows]
    unless: [HEAVY]
  - {id: NOTICE, title: tell somebody, effect: notify, confidence: quoted, destinations: [ISLES], items: [{text: chips, hs: ["8542"], edition: 2022}]}
  - {id: WEAK, title: from memory, effect: prohibit, confidence: memory, destinations: [FR], items: [{text: chips, hs: ["8542"], edition: 2022}]}
  - {id: NAMED, title: not to this firm, effect: prohibit, confidence: quoted, items: [{text: all, any: true}], parties: {names: ["Red Kite Co., Ltd."]}}
  - {id: CATCH, title: anything known to be military, effect: catch_all, confidence: quoted, general_catch_all: true, items: [{text: all, any: true}], end_use: [military], knowledge: [knows]}
  - {id: GOVERNMENTS, title: binds governments, effect: inform, confidence: quoted, never_decides: binds governments, items: [{text: all, any: true}]}
  - {id: OWNED, title: half owned by the named, effect: license, confidence: quoted, items: [{text: all, any: true}], ownership: {fact: owned, op: ">=", value: 50, unit: "%", named_by: [NAMED]}}
)"));
}

std::string DroneOrder(std::string_view facts, std::string_view rest = {}) {
  return R"({"exporter": {"country": "CN"}, "destination": "KZ", "origin": "CN", "departure": "CN", )" +
         std::string(rest) + R"("items": [{"hs": "8806221011", "hs_edition": 2022, "facts": {)" +
         std::string(facts) + "}}]}";
}

TEST(RuleSet, AppliesDependsOrNot) {
  const auto rules = Sample();
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": true, "mass": 9)")), "HEAVY"), "applies");
  EXPECT_EQ(
      StatusOf(Judge(*rules, DroneOrder(R"("flies": true, "mass": 7, "bare_mass": 4)")), "HEAVY"),
      "no");
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": true)")), "HEAVY"), "depends");
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": false)")), "HEAVY"), "no");
  EXPECT_EQ(Judge(*rules, DroneOrder(R"("flies": true, "mass": 9)")).outcome, Outcome::kStop);
}

TEST(RuleSet, UnitsAndRangesAndContradictingSources) {
  const auto rules = Sample();
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": true, "mass": "7001 g")")), "HEAVY"),
            "applies");
  EXPECT_EQ(
      StatusOf(Judge(*rules, DroneOrder(R"("flies": true, "mass": "6 to 8 kg", "bare_mass": 1)")),
               "HEAVY"),
      "depends");
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": true, "mass": "8 to 9 kg")")), "HEAVY"),
            "applies");
  EXPECT_EQ(
      StatusOf(
          Judge(
              *rules,
              DroneOrder(
                  R"("flies": true, "bare_mass": 1, "mass": [{"value": 6, "source": "a"}, {"value": 8, "source": "b"}])")),
          "HEAVY"),
      "depends");
  const Evaluation wrong = Judge(*rules, DroneOrder(R"("flies": true, "mass": "46 min")"));
  EXPECT_EQ(StatusOf(wrong, "HEAVY"), "depends");
  ASSERT_FALSE(wrong.warnings.empty());
  EXPECT_THAT(wrong.warnings[0], HasSubstr("must be a number in kg"));
}

TEST(RuleSet, AnOrderThatStatesMinutesForAMassIsRefused) {
  const auto rules = Sample();
  const auto check = [&](const std::string& facts) {
    return rules->CheckFacts(*ParseOrder(DroneOrder(facts)));
  };
  EXPECT_TRUE(check(R"("mass": "7 kg", "unheard_of": "46 min")"));
  EXPECT_TRUE(check(R"("mass": null)"));
  const Status refused = check(R"("mass": "46 min")");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kBadInput);
  EXPECT_THAT(refused.error().ToString(), HasSubstr("facts.mass"));
}

TEST(RuleSet, ABoundFollowsFromAnotherFact) {
  const auto rules = Sample();
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": true, "mass": 3)")), "HEAVY"), "no");
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": true, "mass": 5)")), "HEAVY"), "depends");
}

TEST(RuleSet, BothDaysOfAnIntervalHold) {
  const auto rules = Sample();
  const std::string order = DroneOrder(R"("flies": true, "mass": 9)");
  EXPECT_EQ(StatusOf(Judge(*rules, order, "2019-12-31"), "HEAVY"), "no");
  EXPECT_EQ(StatusOf(Judge(*rules, order, "2020-01-01"), "HEAVY"), "applies");
  EXPECT_EQ(StatusOf(Judge(*rules, order, "2025-12-31"), "HEAVY"), "applies");
  EXPECT_EQ(StatusOf(Judge(*rules, order, "2026-01-01"), "HEAVY"), "no");
  EXPECT_THAT(rules->change_days(), ElementsAre(Day("2020-01-01"), Day("2026-01-01")));
}

TEST(RuleSet, ALicenceAnswersALicenceRuleAndNoProhibition) {
  const auto rules = Sample();
  const std::string licence = R"("license": {"authority": "Test", "number": "1"}, )";
  const Evaluation licensed = Judge(*rules, DroneOrder(R"("flies": true, "mass": 9)", licence));
  EXPECT_EQ(licensed.outcome, Outcome::kClear);
  EXPECT_EQ(StatusOf(licensed, "HEAVY"), "applies");
  const Evaluation other = Judge(
      *rules, DroneOrder(R"("flies": true, "mass": 9)", R"("license": {"authority": "Tes"}, )"));
  EXPECT_EQ(other.outcome, Outcome::kStop);
  const Evaluation prohibited = Judge(
      *rules,
      DroneOrder(R"("flies": false)", licence + R"("facts": {"military": true, "knows": true}, )"));
  EXPECT_EQ(prohibited.outcome, Outcome::kStop);
}

TEST(RuleSet, TheRemainderFollowsTheOtherRule) {
  const auto rules = Sample();
  const std::string use = R"("facts": {"military": true, "knows": true}, )";
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": true, "mass": 9)", use)), "REST"), "no");
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": true)", use)), "REST"), "depends");
  EXPECT_EQ(StatusOf(Judge(*rules, DroneOrder(R"("flies": false)", use)), "REST"), "applies");
  // One of the two applies whatever the mass: nothing is asked.
  const Evaluation either = Judge(*rules, DroneOrder(R"("flies": true)", use));
  EXPECT_EQ(either.outcome, Outcome::kStop);
  EXPECT_THAT(either.questions, IsEmpty());
}

TEST(RuleSet, AsksOnlyWhatCanMatter) {
  const auto rules = Sample();
  EXPECT_THAT(Asked(Judge(*rules, DroneOrder(R"("flies": true, "mass": 9)"))), IsEmpty());
  EXPECT_THAT(Asked(Judge(*rules, DroneOrder(R"("flies": false)"))),
              UnorderedElementsAre("military", "knows"));
  EXPECT_THAT(
      Asked(Judge(*rules, DroneOrder(R"("flies": false)", R"("facts": {"military": false}, )"))),
      IsEmpty());
  EXPECT_THAT(Asked(Judge(*rules, DroneOrder(""))),
              UnorderedElementsAre("flies", "mass", "bare_mass", "military", "knows"));
}

TEST(RuleSet, WeakRulesReviewAndNeverStop) {
  const auto rules = Sample();
  const Evaluation weak = Judge(*rules, R"({"destination": "FR", "items": [{"hs": "854231"}]})");
  EXPECT_EQ(weak.outcome, Outcome::kReview);
  EXPECT_EQ(StatusOf(weak, "WEAK"), "applies");
  EXPECT_EQ(Judge(*rules, R"({"destination": "IE", "items": [{"hs": "854231"}]})").outcome,
            Outcome::kReview);
  EXPECT_EQ(Judge(*rules, R"({"destination": "DE", "items": [{"hs": "854231"}]})").outcome,
            Outcome::kClear);
}

TEST(RuleSet, NamesAreFoldedAndOnlyRecipientsCount) {
  const auto rules = Sample();
  const auto order = [](std::string_view role, std::string_view name) {
    return R"({"destination": "DE", "parties": [{"role": ")" + std::string(role) +
           R"(", "name": ")" + std::string(name) + R"("}], "items": [{"hs": "0901"}]})";
  };
  EXPECT_EQ(StatusOf(Judge(*rules, order("buyer", "RED KITE co ltd")), "NAMED"), "applies");
  EXPECT_EQ(StatusOf(Judge(*rules, order("end_user", "Red-Kite")), "NAMED"), "applies");
  EXPECT_EQ(StatusOf(Judge(*rules, order("buyer", "Red Kites")), "NAMED"), "no");
  EXPECT_EQ(StatusOf(Judge(*rules, order("manufacturer", "Red Kite Co., Ltd.")), "NAMED"), "no");
  EXPECT_EQ(rules->NamedAs("Red Kite"), "red kite");
  EXPECT_EQ(rules->NamedAs("Blue Kite"), "");
}

TEST(RuleSet, NamesThatWereFoldedBeforeSayTheSame) {
  for (const char* name : {"RED KITE co ltd", "Red Kites", "", "Red-Kite", "Blue Kite"}) {
    const auto rules = Sample(), others = Sample();
    const Order order =
        MustRead(R"({"destination": "DE", "parties": [{"role": "seller", "name": "S"},
        {"role": "buyer", "name": ")" +
                 std::string(name) + R"("}], "items": [{"hs": "0901"}]})");
    std::vector<std::string> named;
    for (const OrderParty& party : order.parties) named.push_back(others->NamedAs(party.name));
    Context context;
    context.as_of = Day("2024-01-01");
    context.named_as.assign(named.begin(), named.end());
    EXPECT_EQ(JsonOf(others->Evaluate(order, context)->text.rules),
              JsonOf(Judge(*rules, order).text.rules))
        << name;
  }
}

TEST(RuleSet, ListedSharesAreAdded) {
  const auto rules = Sample();
  const auto order = [](std::string_view owners) {
    return R"({"destination": "DE", "parties": [{"role": "buyer", "name": "Child", "owners": [)" +
           std::string(owners) + R"(]}], "items": [{"hs": "0901"}]})";
  };
  EXPECT_EQ(StatusOf(Judge(*rules, order(R"({"name": "Red Kite", "share_percent": 50})")), "OWNED"),
            "applies");
  EXPECT_EQ(
      StatusOf(Judge(*rules, order(R"({"name": "Red Kite", "share_percent": 49.9})")), "OWNED"),
      "no");
  EXPECT_EQ(StatusOf(Judge(*rules, order(R"({"name": "Red Kite"})")), "OWNED"), "depends");
  EXPECT_EQ(StatusOf(Judge(*rules, order("")), "OWNED"), "no");
  Context context;
  context.as_of = Day("2024-01-01");
  context.is_listed = [](std::string_view name, std::string_view) { return name == "Grey Heron"; };
  const Order both = MustRead(order(
      R"({"name": "Red Kite", "share_percent": 26}, {"name": "Grey Heron", "share_percent": 24})"));
  EXPECT_EQ(StatusOf(*rules->Evaluate(both, context), "OWNED"), "applies");
}

TEST(RuleSet, GeneralCatchAllsStandAsideUntilSomethingRaisesTheLine) {
  const auto rules = Sample();
  const auto coffee = [](std::string_view rest) {
    return R"({"destination": "KZ", )" + std::string(rest) + R"("items": [{"hs": "090111"}]})";
  };
  const Evaluation quiet = Judge(*rules, coffee(""));
  EXPECT_EQ(quiet.outcome, Outcome::kClear);
  EXPECT_THAT(quiet.standing, ElementsAre("CATCH"));
  EXPECT_THAT(quiet.questions, IsEmpty());
  EXPECT_THAT(Asked(Judge(*rules, coffee(R"("facts": {"knows": true}, )"))),
              ElementsAre("military"));
  EXPECT_EQ(
      StatusOf(Judge(*rules, R"({"destination": "IR", "items": [{"hs": "090111"}]})"), "CATCH"),
      "depends");
  EXPECT_EQ(
      StatusOf(
          Judge(*rules, R"({"destination": "KZ", "items": [{"hs": "090111", "eccn": "9A012"}]})"),
          "CATCH"),
      "depends");
  EXPECT_EQ(
      StatusOf(
          Judge(*rules, R"({"destination": "KZ", "items": [{"hs": "090111", "eccn": "EAR99"}]})"),
          "CATCH"),
      "standing");
  Context context;
  context.as_of = Day("2024-01-01");
  context.party_hit = true;
  EXPECT_EQ(StatusOf(*rules->Evaluate(MustRead(coffee("")), context), "CATCH"), "depends");
}

TEST(RuleSet, SaysWhoseWordTheClearIs) {
  const auto rules = Sample();
  const Evaluation clear =
      Judge(*rules, DroneOrder(R"("flies": false)", R"("facts": {"military": false}, )"));
  EXPECT_EQ(clear.outcome, Outcome::kClear);
  std::vector<std::string> declared;
  for (const DeclaredFact& each : clear.declared) declared.push_back(each.fact + " by " + each.by);
  EXPECT_THAT(declared, UnorderedElementsAre("flies by exporter", "military by exporter"));
}

TEST(RuleSet, EachLineHasItsOwnFacts) {
  const auto rules = Sample();
  const Evaluation two = Judge(
      *rules, R"({"exporter": {"country": "CN"}, "destination": "KZ", "facts": {"military": false},
    "items": [{"hs": "880622", "facts": {"flies": true, "mass": 1}}, {"hs": "880622", "facts": {"mass": 9}}]})");
  EXPECT_EQ(two.outcome, Outcome::kAsk);
  ASSERT_EQ(two.questions.size(), 1);
  EXPECT_EQ(two.questions[0].fact, "flies");
  EXPECT_EQ(two.questions[0].line, 2);
  EXPECT_THAT(two.outcomes, ElementsAre(Outcome::kClear, Outcome::kStop));
}

TEST(RuleSet, NeverDecidingRulesAreNotAmongTheResults) {
  const auto rules = Sample();
  Context context;
  context.as_of = Day("2024-01-01");
  context.explain_all = true;
  for (const RuleResult& result : rules->Evaluate(MustRead(DroneOrder("")), context)->rules)
    EXPECT_NE(result.id, "GOVERNMENTS");
}

// --- Derived facts and control codes
// -------------------------------------------------------------------------
std::shared_ptr<const RuleSet> Derived() {
  return MustLoad(RulePack(R"(
derived:
  - {fact: share, text: share of parts, share_of_components: {origin: [US], control_code_other_than: [EAR99]}}
  - fact: bound_to_us
    text: origin or content
    true_when: {any: [{field: origin, in: [US]}, {fact: share, op: ">", value: 25, unit: "%"}]}
    false_when: {all: [{field: origin, not_in: [US]}, {fact: share, op: "<=", value: 25, unit: "%"}]}
rules:
  - {id: BOUND, title: bound goods, effect: license, confidence: quoted, binds: bound_to_us, items: [{text: drones, hs: ["8806"], edition: 2022}]}
  - {id: CODED, title: listed goods, effect: license, confidence: quoted, items: [{text: engines, control: ["9A012.b"], possible_hs: ["8407"]}]}
  - {id: BOTH, title: by either code, effect: license, confidence: quoted, items: [{text: either, hs: ["8411"], edition: 2022, control: ["9A012.c"]}]}
  - {id: UNSEEN, title: a list nobody saw, effect: prohibit, confidence: quoted, items: [{text: toys, hs: ["9503"], edition: 2022, unseen: flies}]}
)"));
}

TEST(DerivedFacts, FollowFromTheirCondition) {
  const auto rules = Derived();
  EXPECT_EQ(StatusOf(Judge(*rules, R"({"origin": "US", "items": [{"hs": "8806"}]})"), "BOUND"),
            "applies");
  const Evaluation open = Judge(*rules, R"({"origin": "CN", "items": [{"hs": "8806"}]})");
  EXPECT_EQ(StatusOf(open, "BOUND"), "depends");
  EXPECT_THAT(Asked(open), ElementsAre("bound_to_us"));
  EXPECT_EQ(
      StatusOf(
          Judge(*rules, R"({"origin": "CN", "items": [{"hs": "8806", "facts": {"share": 25}}]})"),
          "BOUND"),
      "no");
  EXPECT_EQ(
      StatusOf(
          Judge(*rules,
                R"({"origin": "US", "items": [{"hs": "8806", "facts": {"bound_to_us": false}}]})"),
          "BOUND"),
      "no");
}

std::string Parts(std::string_view parts) {
  return R"({"origin": "CN", "items": [{"hs": "8806", "components": [)" + std::string(parts) +
         "]}]}";
}

TEST(DerivedFacts, TheBillOfMaterialsGivesAShare) {
  const auto rules = Derived();
  EXPECT_EQ(
      StatusOf(
          Judge(
              *rules,
              Parts(
                  R"({"eccn": "3A991", "origin": "US", "value": 26}, {"origin": "CN", "value": 74})")),
          "BOUND"),
      "applies");
  EXPECT_EQ(
      StatusOf(
          Judge(
              *rules,
              Parts(
                  R"({"eccn": "3A991", "origin": "US", "value": 25}, {"origin": "CN", "value": 75})")),
          "BOUND"),
      "no");
  EXPECT_EQ(
      StatusOf(
          Judge(
              *rules,
              Parts(
                  R"({"eccn": "EAR99", "origin": "US", "value": 90}, {"origin": "CN", "value": 10})")),
          "BOUND"),
      "no");
  const Evaluation open = Judge(
      *rules,
      Parts(
          R"({"description": "radio", "origin": "US", "value": 90}, {"origin": "CN", "value": 10})"));
  EXPECT_EQ(StatusOf(open, "BOUND"), "depends");
  EXPECT_THAT(open.questions.front().text, HasSubstr("radio"));
  EXPECT_EQ(
      StatusOf(Judge(*rules,
                     Parts(R"({"eccn": "3A991", "origin": "US"}, {"origin": "CN", "value": 10})")),
               "BOUND"),
      "depends");
}

TEST(ControlCodeLimb, AsksWhereSuchGoodsCanBe) {
  const auto rules = Derived();
  EXPECT_THAT(Asked(Judge(*rules, R"({"origin": "CN", "items": [{"hs": "8407"}]})")),
              ElementsAre("eccn"));
  EXPECT_EQ(Judge(*rules, R"({"origin": "CN", "items": [{"hs": "0901"}]})").outcome,
            Outcome::kClear);
  EXPECT_EQ(StatusOf(Judge(*rules, R"({"items": [{"hs": "8407", "eccn": "9A012.b.4"}]})"), "CODED"),
            "applies");
  EXPECT_EQ(StatusOf(Judge(*rules, R"({"items": [{"hs": "8407", "eccn": "9A012"}]})"), "CODED"),
            "depends");
  EXPECT_EQ(StatusOf(Judge(*rules, R"({"items": [{"hs": "8407", "eccn": "EAR99"}]})"), "CODED"),
            "no");
  EXPECT_EQ(StatusOf(Judge(*rules, R"({"items": [{"hs": "0901", "eccn": "9A012.c"}]})"), "BOTH"),
            "applies");
  EXPECT_EQ(StatusOf(Judge(*rules, R"({"items": [{"hs": "0901"}]})"), "BOTH"), "no");
}

TEST(UnseenLists, AreUnknownAndNeverStop) {
  const auto rules = Derived();
  EXPECT_EQ(StatusOf(Judge(*rules, R"({"items": [{"hs": "9503"}]})"), "UNSEEN"), "depends");
  EXPECT_EQ(Judge(*rules, R"({"items": [{"hs": "9503", "facts": {"flies": true}}]})").outcome,
            Outcome::kReview);
}

}  // namespace
}  // namespace tidewaiter::rules
