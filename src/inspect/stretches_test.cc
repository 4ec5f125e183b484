#include "inspect/stretches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidewaiter::inspect {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Date Day(std::string_view text) { return *ParseIsoDate(text); }
const Interval kMarch{Day("2024-03-01"), Day("2024-03-31")};

std::shared_ptr<const rules::Evaluation> Saying(Outcome outcome, const std::string& rule) {
  auto evaluation = std::make_shared<rules::Evaluation>();
  evaluation->outcome = outcome;
  for (const auto& id : {std::string("ALWAYS"), rule}) {
    if (id.empty()) continue;
    RuleResult result;
    result.id = id;
    evaluation->rules.push_back(result);
  }
  return evaluation;
}

Stretch Of(std::string_view day, Outcome outcome, const std::string& rule = "") {
  return {Day(day), outcome, Saying(outcome, rule)};
}

TEST(Stretches, AMonthChangesWhereRulesAndListingsDo) {
  EXPECT_THAT(
      ChangesWithin(kMarch,
                    {Day("2024-02-10"), Day("2024-03-01"), Day("2024-03-10"), Day("2024-03-31"),
                     Day("2024-04-01")},
                    {{Day("2024-03-05"), Day("2024-03-09")},
                     {Day("2024-03-20"), kDistantFuture},
                     {kDistantPast, Day("2024-03-31")}}),
      ElementsAre(Day("2024-03-05"), Day("2024-03-10"), Day("2024-03-20"), Day("2024-03-31")));
  EXPECT_TRUE(ChangesWithin({kMarch.from, kMarch.from}, {kMarch.from}, {}).empty());
}

TEST(Stretches, NeighboursOfOneOutcomeAreOne) {
  const auto joined = Joined({Of("2024-03-01", Outcome::kAsk), Of("2024-03-05", Outcome::kAsk),
                              Of("2024-03-09", Outcome::kStop), Of("2024-03-20", Outcome::kAsk)});
  ASSERT_EQ(joined.size(), 3U);
  EXPECT_EQ(joined[0].from, Day("2024-03-01"));
  EXPECT_EQ(joined[1].from, Day("2024-03-09"));
}

TEST(Stretches, TheQuestionIsTheDayAndSaysWhatItDecides) {
  const auto asking = AskingForTheDay(
      kMarch, {Of("2024-03-01", Outcome::kClear), Of("2024-03-10", Outcome::kStop, "NEW-1")});
  EXPECT_EQ(asking->outcome, Outcome::kAsk);
  EXPECT_THAT(asking->outcomes, ElementsAre(Outcome::kClear, Outcome::kStop));
  EXPECT_EQ(asking->rules.back().id, "NEW-1") << "the rules of the strongest stretch are shown";
  ASSERT_EQ(asking->questions.size(), 1U);
  const Question& question = asking->questions.front();
  EXPECT_EQ(question.fact, "date");
  EXPECT_THAT(question.settles, ElementsAre("NEW-1"));
  EXPECT_THAT(JsonOf(asking->text.questions), HasSubstr("\"fact\":\"date\""));
  EXPECT_THAT(asking->text.reasons, HasSubstr("2024-03-01 to 2024-03-09 clear"));
  EXPECT_THAT(asking->text.reasons, HasSubstr("2024-03-10 to 2024-03-31 stop"));
}

}  // namespace
}  // namespace tidewaiter::inspect
