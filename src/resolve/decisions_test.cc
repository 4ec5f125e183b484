#include "resolve/decisions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "resolve/snapshot.h"

namespace tidewaiter::resolve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

// Mentions "0" to "9".
Result<Decided> DecideText(std::string_view jsonl) {
  TW_ASSIGN_OR_RETURN(const auto decisions, ParseDecisions(jsonl, "d.jsonl"));
  return Decide(decisions, [](const std::string& id) {
    return id.size() == 1 && id[0] >= '0' && id[0] <= '9'
               ? std::vector<uint32_t>{static_cast<uint32_t>(id[0] - '0')}
               : std::vector<uint32_t>();
  });
}

std::string Line(std::string_view what, std::string_view mentions, std::string_view on = {}) {
  return R"({"decision":")" + std::string(what) + R"(","mentions":[)" + std::string(mentions) +
         R"(],"by":"an analyst","on":")" + std::string(on) + R"(","why":"paper"})" + "\n";
}

TEST(Decisions, BecomePairs) {
  const auto decided = DecideText(Line("split", R"("4","5")", "2026-01-02") +
                                  Line("merge", R"("6","7","8")", "2026-01-02"));
  ASSERT_TRUE(decided);
  EXPECT_THAT(decided->apart, ElementsAre(Pair(4, 5)));
  EXPECT_THAT(decided->together, ElementsAre(Pair(6, 7), Pair(6, 8), Pair(7, 8)));
  EXPECT_THAT(decided->notes, IsEmpty());
}

TEST(Decisions, AMentionThatIsNotThereIsSaidAndNotFatal) {
  const auto decided = DecideText(Line("merge", R"("6","7","gone")", "2026-01-02"));
  ASSERT_TRUE(decided);
  EXPECT_THAT(decided->together, ElementsAre(Pair(6, 7)));
  EXPECT_THAT(decided->notes, ElementsAre(HasSubstr("d.jsonl:1: there is no 'gone' here; the "
                                                    "decision of an analyst of 2026-01-02")));
}

TEST(Decisions, WhoDoesNotSayWhoWhenAndWhyIsAsked) {
  const auto decided = DecideText(R"({"decision":"merge","mentions":["1","2"]})");
  ASSERT_TRUE(decided);
  EXPECT_THAT(decided->notes, ElementsAre(HasSubstr("add by, on (a date) and why")));
}

TEST(Decisions, TheLaterOneHolds) {
  const std::string merge = Line("merge", R"("4","5")", "2026-01-02");
  const std::string split = Line("split", R"("5","4")", "2026-03-04");
  for (const std::string& both : {merge + split, split + merge}) {
    const auto decided = DecideText(both);
    ASSERT_TRUE(decided);
    EXPECT_THAT(decided->together, IsEmpty());
    EXPECT_THAT(decided->apart, ElementsAre(Pair(4, 5)));
  }
}

TEST(Decisions, SayWhatIsWrong) {
  const auto bad = ParseDecisions("\n{\"decision\":\"marry\",\"mentions\":[\"1\",\"2\"]}\n", "d");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().line, 2U);
  const auto date = ParseDecisions(Line("merge", R"("1","2")", "yesterday"), "d");
  ASSERT_FALSE(date);
  EXPECT_EQ(date.error().field, "on");
  const auto both = DecideText(Line("split", R"("4","5")", "2026-01-02") +
                               Line("merge", R"("5","4")", "2026-01-02"));
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().line, 1U);
  EXPECT_FALSE(DecideText(Line("split", R"("4","6")", "2026-01-02") +
                          Line("merge", R"("4","5","6")", "2026-01-01") +
                          Line("merge", R"("4","5")", "2026-01-01")))
      << "4 is 5, 5 is 6, and 4 is not 6";
}

Json Record(const std::string& snapshot) { return Json(Json::Object{{"snapshot", snapshot}}); }

TEST(Snapshots, AreCountedWhenTheyDiffer) {
  const auto one = NumberSnapshot("", "log", Record("r1"));
  ASSERT_TRUE(one);
  EXPECT_EQ(one->number, 1U);
  const auto again = NumberSnapshot(one->log, "log", Record("r1"));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->number, 1U);
  EXPECT_EQ(again->log, one->log);
  const auto two = NumberSnapshot(one->log, "log", Record("r2"));
  ASSERT_TRUE(two);
  EXPECT_EQ(two->number, 2U);
  EXPECT_EQ(two->previous, "r1");
  const auto three = NumberSnapshot(two->log + "{\"numb", "log", Record("r1"));
  ASSERT_TRUE(three) << "a line cut off by a crash is dropped";
  EXPECT_EQ(three->number, 3U);
  EXPECT_FALSE(NumberSnapshot("no log\n", "log", Record("r1")));
}

TEST(Snapshots, AreNamedByWhatTheySay) {
  const auto id = [](std::string_view entity, std::string_view decisions) {
    SnapshotId out;
    out.Add("1", entity);
    out.AddDecisions(decisions);
    return out.Finish();
  };
  EXPECT_EQ(id("e1", ""), id("e1", ""));
  EXPECT_NE(id("e1", ""), id("e2", ""));
  EXPECT_NE(id("e1", ""), id("e1", "split"));
  EXPECT_EQ(id("e1", "").size(), 17U);
}

}  // namespace
}  // namespace tidewaiter::resolve
