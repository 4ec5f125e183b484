#include <gmock/gmock.h>

#include "trace/ledger_fixture.h"

namespace tidewaiter::trace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MassImplausible : public LedgerTest {
 protected:
  // Ten pieces of the model that weighs 0.9 kg.
  Cells Kite(const std::string& importer, double net_kg) {
    return {{"date", "DATE '2023-05-01'"},
            {"hs", "'8806220000'"},
            {"brand", "'Testbrand'"},
            {"model", "'Kite'"},
            {"component_class", "'drone'"},
            {"quantity", "10"},
            {"net_mass_kg", std::to_string(net_kg)},
            {"value_usd", "9000"},
            {"importer", "'" + importer + "'"},
            {"description", "'QUADCOPTER KITE'"}};
  }
};

TEST_F(MassImplausible, FlagsMoreThanTwiceAndLessThanHalf) {
  Line(Kite("right", 9.0));
  Line(Kite("almost_twice", 17.9));
  Line(Kite("over_twice", 18.1));
  Line(Kite("almost_half", 4.51));
  Line(Kite("under_half", 4.49));
  EXPECT_THAT(Subjects("mass-implausible"), ElementsAre("over_twice", "under_half"));
}

TEST_F(MassImplausible, ASetMayWeighMore) {
  Cells set = Kite("set", 40);
  set["description"] = "'QUADCOPTER KITE FLY MORE COMBO'";
  Line(set);
  EXPECT_THAT(Subjects("mass-implausible"), IsEmpty());
}

TEST_F(MassImplausible, AToyAtAMachinesPrice) {
  Cells toy{{"date", "DATE '2023-05-01'"},
            {"hs", "'9503008500'"},
            {"quantity", "10"},
            {"net_mass_kg", "5"}};
  toy["value_usd"] = "2999", toy["importer"] = "'cheap'";
  Line(toy);
  toy["value_usd"] = "3001", toy["importer"] = "'dear'";
  Line(toy);
  EXPECT_THAT(Subjects("18"), ElementsAre("dear"));
}

TEST_F(MassImplausible, OneFindingAPartyWithAllItsRows) {
  Line(Kite("twice_wrong", 90));
  Line(Kite("fine", 9));
  Line(Kite("twice_wrong", 1));
  const auto findings = Find("mass-implausible");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].rows, (std::vector<RowReference>{{"t.csv", 1}, {"t.csv", 3}}));
  EXPECT_EQ(findings[0].indicator, 18);
  EXPECT_EQ(findings[0].subject_kind, "party");
  EXPECT_EQ(ToString(*findings[0].from), "2023-05-01");
  EXPECT_EQ(findings[0].parameters, R"({"factor":"2.0","toy_usd":"300.0"})");
  EXPECT_THAT(findings[0].statistic, ::testing::StartsWith("2 lines; Testbrand Kite: "));
}

TEST_F(MassImplausible, NotComputableWithoutQuantity) {
  Cells line = Kite("x", 90);
  line.erase("quantity");
  Line(line);
  const auto findings = Find("mass-implausible");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].status, "not_computable");
  EXPECT_EQ(findings[0].reason, "no source has quantity");
  EXPECT_THAT(findings[0].rows, IsEmpty());
}

TEST_F(MassImplausible, AParameterOfTheUser) {
  Line(Kite("heavy", 30));
  options_.set = {{"mass-implausible.factor", "4"}};
  EXPECT_THAT(Subjects("mass-implausible"), IsEmpty());
}

TEST_F(LedgerTest, TextAndCodeDisagree) {
  Cells line{{"date", "DATE '2023-05-01'"},
             {"hs", "'9503008500'"},
             {"description", "'TOY'"},
             {"component_class", "'drone'"}};
  line["code_agreement"] = "false", line["importer"] = "'says_toy'";
  Line(line);
  line["code_agreement"] = "true", line["importer"] = "'agrees'";
  Line(line);
  line["code_agreement"] = "NULL", line["importer"] = "'says_nothing'";
  Line(line);
  EXPECT_THAT(Subjects("text-code-mismatch"), ElementsAre("says_toy"));
}

// What most recipients of a kind of goods do says nothing about one of them.
TEST_F(LedgerTest, AKindOfGoodsThatMostDeclareOtherwiseIsOneFinding) {
  Cells line{{"date", "DATE '2023-05-01'"}, {"hs", "'8525890000'"}, {"description", "'X'"}};
  auto with = [&](const std::string& kind, const std::string& agrees, int from, int to) {
    for (int i = from; i < to; ++i) {
      line["component_class"] = "'" + kind + "'", line["code_agreement"] = agrees;
      line["importer"] = "'buyer" + std::to_string(i) + "'";
      Line(line);
    }
  };
  with("drone", "true", 0, 19);
  with("drone", "false", 19, 20);
  with("radio", "false", 0, 15);
  with("radio", "true", 15, 20);
  const auto findings = Find("14");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].subject, "buyer19");
  EXPECT_EQ(findings[0].subject_kind, "party");
  EXPECT_EQ(findings[1].subject, "codes of radio");
  EXPECT_EQ(findings[1].subject_kind, "product");
  EXPECT_EQ(findings[1].rows.size(), 15U);
}

TEST_F(LedgerTest, WordsThatSpeakForControlledHeadingsAreWeakEvidence) {
  Cells line{{"date", "DATE '2023-05-01'"}, {"hs", "'950300'"}, {"description", "'TOY'"}};
  line["text_headings"] = "'8806 0.80; 8807 0.10'", line["text_heading_margin"] = "0.8";
  line["importer"] = "'weak'";
  Line(line);
  line["text_heading_margin"] = "0.2", line["importer"] = "'near'";
  Line(line);
  line["text_headings"] = "'0803 0.80; 8807 0.10'", line["text_heading_margin"] = "0.8";
  line["importer"] = "'fruit'";
  Line(line);
  line["text_headings"] = "'8806 0.80'", line["hs"] = "'880690'", line["importer"] = "'declared'";
  Line(line);
  const auto findings = Find("14");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "weak");
  EXPECT_EQ(findings[0].grade, "weak");
  EXPECT_EQ(findings[0].statistic, "1 lines declared under 9503 whose text says words of 8806");
}

}  // namespace
}  // namespace tidewaiter::trace
