// Indicators about codes, prices, flows and routes: what each finds when it is planted, and what it
// leaves alone.
#include <gmock/gmock.h>

#include "trace/indicator.h"
#include "trace/ledger_fixture.h"

namespace tidewaiter::trace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Quoted(const std::string& text) { return "'" + text + "'"; }

class Goods : public LedgerTest {
 protected:
  static Cells Kites(const std::string& day, const std::string& from, const std::string& to,
                     double quantity, double usd) {
    return {{"date", "DATE " + Quoted(day)},
            {"hs", "'8806220000'"},
            {"component_class", "'drone'"},
            {"brand", "'Testbrand'"},
            {"model", "'Kite'"},
            {"description", "'QUADCOPTER KITE'"},
            {"supplier", Quoted(from)},
            {"importer", Quoted(to)},
            {"origin", "'CN'"},
            {"departure", "'CN'"},
            {"destination", "'RU'"},
            {"quantity", std::to_string(quantity)},
            {"unit", "'pcs'"},
            {"value_usd", std::to_string(usd)}};
  }
};

TEST_F(Goods, ControlledCodesByEdition) {
  Cells line = Kites("2023-05-01", "s", "i", 1, 100);
  for (const char* hs :
       {"'8806220000'", "'8806910000'", "'8803300000'", "'8805100000'", "'95030085'"}) {
    line["hs"] = hs;
    Line(line);
  }
  const auto findings = Find("controlled-code");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].subject, "8803");
  EXPECT_THAT(findings[0].statistic, HasSubstr("edition 2017, n:n"));
  EXPECT_EQ(findings[1].subject, "8806");
  EXPECT_EQ(findings[1].rows.size(), 2U);
}

// Forty lines at about 900 dollars a piece, give or take a tenth.
class Prices : public Goods {
 protected:
  void SetUp() override {
    Goods::SetUp();
    for (int i = 0; i < 40; ++i)
      Line(Kites("2023-05-10", "s", "usual" + std::to_string(i % 4), 10,
                 9000.0 + 45 * (i % 21 - 10)));
  }
};

TEST_F(Prices, FarAboveAndFarBelow) {
  Line(Kites("2023-05-11", "s", "dear", 10, 40000));
  Line(Kites("2023-05-11", "s", "cheap", 10, 2000));
  Line(Kites("2023-05-11", "s", "near", 10, 9500));
  Line(Kites("2023-08-11", "s", "alone_in_its_quarter", 10, 40000));
  const auto findings = Find("price-outlier");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].subject, "cheap");
  EXPECT_THAT(findings[0].statistic,
              HasSubstr("0 lines far above the price of their peers, 1 far below"));
  EXPECT_EQ(findings[1].subject, "dear");
  EXPECT_LT(*findings[1].p_value, 0.001);
}

TEST_F(Prices, NothingInAnOrdinaryCell) { EXPECT_THAT(Subjects("19"), IsEmpty()); }

// In a cell with a long upper tail a value in that tail is no outlier.
TEST_F(Goods, ASkewedCellHasItsOwnFences) {
  const double tail[] = {1, 1.01, 1.02, 1.03, 1.05, 1.1, 1.2, 1.5, 2.2, 3.6, 7};
  for (int i = 0; i < 66; ++i)
    Line(Kites("2023-05-10", "s", "p" + std::to_string(i), 10, 9000 * tail[i % 11]));
  EXPECT_THAT(Subjects("19"), IsEmpty());
  options_.set = {{"skewed", "9"}};  // as if no cell were skewed
  EXPECT_FALSE(Find("19").empty());
}

TEST_F(Goods, DearerToDestinationsOfConcern) {
  auto sell = [&](const std::string& from, double here, double elsewhere, int lines) {
    for (int i = 0; i < lines; ++i) {
      Line(Kites("2023-05-1" + std::to_string(i), from, "ru", 10, here));
      Cells other = Kites("2023-05-1" + std::to_string(i), from, "de", 10, elsewhere);
      other["destination"] = "'DE'";
      Line(other);
    }
  };
  sell("marks_up", 16000, 10000, 3);
  sell("a_little", 14000, 10000, 3);
  sell("too_few", 30000, 10000, 2);
  const auto findings = Find("mark-up");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "marks_up");
  EXPECT_THAT(findings[0].statistic, HasSubstr("up to 1.60 times"));
}

TEST_F(Goods, NoMarkUpFromOneSide) {
  Line(Kites("2023-05-01", "s", "i", 10, 1000));
  EXPECT_EQ(Find("20")[0].status, "not_computable");
}

TEST_F(Goods, ConsignmentsJustBelowAThreshold) {
  for (int i = 0; i < 24; ++i) {
    Line(Kites("2023-05-10", "s", "splits", 1, i < 22 ? 2400 : 2600));
    Line(Kites("2023-05-10", "s", "even", 1, i % 2 == 0 ? 2400 : 2600));
    if (i < 19) Line(Kites("2023-05-10", "s", "few", 1, 2400));
  }
  // Two lines of one declaration are one consignment, above the band.
  for (int i = 0; i < 44; ++i) {
    Cells half = Kites("2023-05-10", "s", "declares_together", 1, 2400);
    half["declaration"] = Quoted("d" + std::to_string(i / 2));
    Line(half);
  }
  const auto findings = Find("structuring");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "splits");
  EXPECT_EQ(findings[0].rows.size(), 22U);
  options_.set = {{"threshold", "10000"}};
  EXPECT_THAT(Subjects("structuring"), IsEmpty());
}

class Flows : public Goods {
 protected:
  void SetUp() override {
    Goods::SetUp();
    Line(Kites("2023-05-01", "s", "i", 1, 1));
  }
};

TEST_F(Flows, NotComputableWithoutThem) {
  EXPECT_EQ(Find("mirror-gap")[0].status, "not_computable");
  EXPECT_EQ(Find("country-surge")[0].status, "not_computable");
}

TEST_F(Flows, ExportsThatThePartnerDoesNotShow) {
  std::string csv = "period,reporter,partner,flow,hs6,value_usd\n";
  auto both = [&](const std::string& hs, const std::string& period, int sent, int received) {
    csv += period + ",LT,KZ,export," + hs + "," + std::to_string(sent) + "\n";
    if (received > 0) csv += period + ",KZ,LT,import," + hs + "," + std::to_string(received) + "\n";
  };
  both("847150", "2021", 2000000, 1900000), both("847150", "2023", 9000000, 1000000);  // opens
  both("847160", "2021", 2000000, 400000), both("847160", "2023", 9000000, 1000000);  // always open
  both("847170", "2021", 200000, 190000), both("847170", "2023", 900000, 1000);       // small
  both("847180", "2021", 2000000, 1900000), both("847180", "2023", 9000000, 8000000);  // none
  // Sent in February, received in May: within the tolerance.
  both("850110", "2021-06", 2000000, 2100000);
  csv += "2023-01,LT,KZ,export,850110,5000000\n2023-04,KZ,LT,import,850110,5200000\n";
  // A country that reports nothing in a year shows no gap.
  csv +=
      "2021,LT,KG,export,847150,5000000\n2021,KG,LT,import,847150,5000000\n2023,LT,KG,export,"
      "847150,5000000\n";
  UserTable("flows", csv);
  const auto findings = Find("mirror-gap");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "LT>KZ>847150");
  EXPECT_THAT(findings[0].rows, IsEmpty());
  EXPECT_THAT(findings[0].statistic, HasSubstr("gap 0.12 before, 0.90 after"));
}

TEST_F(Flows, AHubThatGrowsWhereOthersDoNot) {
  std::string csv = "period,reporter,partner,flow,hs6,value_usd\n";
  auto grow = [&](const std::string& partner, int listed_after, int other_after) {
    csv += "2021,DE," + partner + ",export,880622,1000\n2023,DE," + partner + ",export,880622," +
           std::to_string(listed_after) + "\n";
    csv += "2021,DE," + partner + ",export,690721,100000\n2023,DE," + partner + ",export,690721," +
           std::to_string(other_after) + "\n";
  };
  const char* controls[] = {"FR", "IT", "ES", "PT", "NL", "BE", "SE", "NO", "FI", "DK", "PL",
                            "CZ", "AT", "CH", "GB", "IE", "GR", "HU", "RO", "BG", "CA", "US"};
  int i = 0;
  for (const char* country : controls) grow(country, 900 + 20 * (i++ % 11), 100000);
  grow("KG", 8000, 100000);  // a hub that surges
  grow("AM", 4000, 400000);  // everything to it grew alike
  grow("AE", 1100, 100000);  // a hub that does not
  UserTable("flows", csv);
  const auto findings = Find("country-surge");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "KG");
  EXPECT_THAT(findings[0].statistic, HasSubstr("22 control countries explain (p 0.043)"));
}

class Routes : public Goods {
 protected:
  void Leg(const std::string& day, const std::string& from, const std::string& from_country,
           const std::string& to, const std::string& to_country, int quantity,
           const std::string& model = "Kite") {
    Cells leg = Kites(day, from, to, quantity, 1000);
    leg["departure"] = Quoted(from_country), leg["destination"] = Quoted(to_country);
    leg["model"] = Quoted(model);
    Line(leg);
  }
};

TEST_F(Routes, OutToAHubAndBackOrOn) {
  Leg("2023-05-01", "maker", "CN", "hub", "AE", 17);
  Leg("2023-06-01", "hub", "AE", "buyer", "RU", 17);
  Leg("2023-05-01", "maker", "CN", "hub", "AE", 23);
  Leg("2023-10-29", "hub", "AE", "buyer", "RU", 23);  // 181 days
  Leg("2023-05-01", "maker", "CN", "hub", "AE", 31);
  Leg("2023-06-01", "hub", "AE", "buyer", "DE", 31);  // where nobody minds
  Leg("2023-05-01", "maker", "CN", "hub2", "KZ", 41);
  Leg("2023-06-01", "hub2", "KZ", "maker", "CN", 41);  // home again
  Leg("2023-05-01", "maker", "CN", "hub3", "TR", 43);
  Leg("2023-06-01", "somebody_else", "TR", "buyer", "RU", 43);
  const auto findings = Find("round-trip");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].subject, "CN>AE>hub>RU");
  EXPECT_EQ(findings[0].grade, "G2");
  EXPECT_EQ(findings[0].rows.size(), 2U);
  EXPECT_EQ(findings[1].subject, "CN>KZ>hub2>CN");
}

TEST_F(Routes, AUsualQuantityProvesNothing) {
  for (int i = 1; i <= 4; ++i) {
    Leg("2023-05-0" + std::to_string(i), "maker", "CN", "hub", "AE", 10);
    Leg("2023-06-0" + std::to_string(i), "hub", "AE", "buyer", "RU", 10);
  }
  EXPECT_THAT(Subjects("round-trip"), IsEmpty());
}

TEST_F(Routes, NoRoundTripFromOneSide) {
  Leg("2023-05-01", "maker", "CN", "hub", "AE", 17);
  EXPECT_EQ(Find("27")[0].status, "not_computable");
}

TEST_F(Routes, AWayRoundThatNobodyTakes) {
  for (int i = 0; i < 240; ++i) Leg("2023-05-01", "maker", "CN", "b" + std::to_string(i), "KZ", 5);
  Leg("2023-05-02", "detour", "US", "odd", "KZ", 5);
  Leg("2023-05-02", "on_the_way", "MN", "fine", "KZ", 5);
  const auto findings = Find("abnormal-route");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "CN>US>detour>odd>KZ");
  EXPECT_THAT(findings[0].statistic, HasSubstr("1 of 242 lines of chapter 88"));
}

TEST_F(Goods, ABrandWhereItsOwnerSaysItIsNot) {
  auto sell = [&](const std::string& day, const std::string& from, const std::string& brand) {
    Cells line = Kites(day, from, "buyer", 1, 1000);
    line["brand"] = Quoted(brand);
    Line(line);
  };
  sell("2022-04-25", "dealer", "DJI");  // before
  sell("2022-04-26", "dealer", "DJI");
  sell("2023-01-01", "SZ DJI TECHNOLOGY", "DJI");
  sell("2023-01-01", "dealer", "Testbrand");
  const auto findings = Find("brand-presence");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "DJI in RU");
  EXPECT_EQ(findings[0].rows.size(), 1U);
  EXPECT_THAT(findings[0].statistic, HasSubstr("this does not show that the brand sold them"));
}

TEST_F(LedgerTest, AStatementWithAPValueNeedsARate) {
  const std::string path = Scratch("chance.sql");
  ASSERT_TRUE(WriteAtomically(path,
                              "-- key: chance\n-- title: T\n-- subject: party\n"
                              "SELECT importer AS subject, importer AS subject_name, source, "
                              "\"row\" AS row_no, date AS day, 'x' AS statistic, 0.01 AS "
                              "p_value, 3 AS tests FROM lines\n")
                  .ok());
  Line({{"date", "DATE '2023-05-01'"}, {"importer", "'a'"}});
  options_.own = {path};
  options_.indicators = JoinPath(*ResourceFolder(), "indicators");
  options_.only = {"chance"};
  auto connection = database_.Connect();
  NoProgress progress;
  const auto findings = RunIndicators(*connection, options_, progress);
  ASSERT_FALSE(findings.has_value());
  EXPECT_THAT(findings.error().ToString(), HasSubstr("false_discovery_rate"));
}

// All thirty are there, each with what a reader needs to judge it.
TEST(Indicators, AreThirtyAndSayWhatTheyAre) {
  const auto all = LoadIndicators(JoinPath(*ResourceFolder(), "indicators"), {});
  ASSERT_TRUE(all.has_value()) << all.error().ToString();
  std::vector<int> ids;
  for (const auto& indicator : *all) {
    ids.push_back(indicator.id);
    EXPECT_FALSE(indicator.source.empty()) << indicator.key;
    EXPECT_GT(indicator.doc.size(), 60U) << indicator.key;
    for (const auto& parameter : indicator.parameters)
      EXPECT_FALSE(parameter.doc.empty()) << indicator.key;
  }
  std::vector<int> thirty(30);
  for (int i = 0; i < 30; ++i) thirty[static_cast<size_t>(i)] = i + 1;
  EXPECT_EQ(ids, thirty);
}

}  // namespace
}  // namespace tidewaiter::trace
