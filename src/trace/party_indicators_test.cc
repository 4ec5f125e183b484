#include <gmock/gmock.h>
#include <unistd.h>

#include <tuple>

#include "trace/ledger_fixture.h"

namespace tidewaiter::trace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Two years of other trade around the control date, so that its windows are covered.
class AroundAControl : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    options_.control_dates = {*ParseIsoDate("2023-09-01")};
    for (const char* day : {"2022-08-15", "2023-03-01", "2024-03-01", "2025-08-31"}) {
      Line({{"date", Day(day)},
            {"hs", "'6907210000'"},
            {"importer", "'tiles'"},
            {"supplier", "'tilemaker'"},
            {"destination", "'RU'"},
            {"value_usd", "1000"},
            {"description", "'TILES'"}});
    }
  }
  static std::string Day(const std::string& day) { return "DATE '" + day + "'"; }
  static Cells Drones(const std::string& day, const std::string& supplier,
                      const std::string& importer, int usd = 60000) {
    return {{"date", Day(day)},
            {"hs", "'8806220000'"},
            {"importer", "'" + importer + "'"},
            {"supplier", "'" + supplier + "'"},
            {"destination", "'RU'"},
            {"value_usd", std::to_string(usd)},
            {"component_class", "'drone'"},
            {"description", "'QUADCOPTER'"}};
  }
};

TEST_F(AroundAControl, NewImporterAfterTheControl) {
  Line(Drones("2023-10-01", "s", "new_and_big"));
  Line(Drones("2023-10-01", "s", "new_and_small", 49999));
  Line(Drones("2023-05-01", "s", "old", 10));
  Line(Drones("2023-10-01", "s", "old"));
  Line(Drones("2023-08-31", "s", "a_day_before"));
  EXPECT_THAT(Subjects("new-importer"), ElementsAre("new_and_big"));
}

TEST_F(AroundAControl, NewImporterIsNotComputableWithoutTheYearBefore) {
  options_.control_dates = {*ParseIsoDate("2022-10-01")};
  const auto findings = Find("new-importer");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].status, "not_computable");
  EXPECT_EQ(findings[0].reason,
            "the lines run from 2022-08-15 to 2025-08-31 and cover 12 months before and 0 months "
            "after none of the "
            "control dates (2022-10-01)");
}

TEST_F(AroundAControl, NewImporterIsNotComputableWithoutAControl) {
  options_.control_dates = {};
  EXPECT_EQ(Find("new-importer")[0].reason, "no control date concerns these goods");
}

TEST_F(AroundAControl, BurnerTrader) {
  for (const char* party : {"burner", "too_long", "too_mixed"}) {
    for (const char* day : {"2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10"})
      Line(Drones(day, "shop", party, 30000));
  }
  Line(Drones("2024-07-20", "shop", "too_long"));
  Cells tiles = Drones("2024-02-01", "tilemaker", "too_mixed", 40000);
  tiles["hs"] = "'6907210000'", tiles["component_class"] = "NULL";
  Line(tiles);
  Line(Drones("2025-07-01", "shop", "seen_lately", 200000));
  Line(Drones("2024-02-01", "shop", "too_little", 99999));
  Line(Drones("2023-01-01", "shop", "filler", 10));
  // Who sells to nobody but the burner is no second one.
  Line(Drones("2024-02-01", "shadow", "burner", 110000));
  EXPECT_THAT(Subjects("burner-trader"), ElementsAre("burner"));
}

// To be new is no sign where who receives other goods is new as often.
TEST_F(AroundAControl, NewcomersAmongNewcomersAreOneFinding) {
  auto others = [&](int from, int to, const char* day) {
    for (int i = from; i < to; ++i) {
      Cells tiles = Drones(day, "tilemaker", "tiler" + std::to_string(i));
      tiles["hs"] = "'6907210000'", tiles["component_class"] = "NULL";
      Line(tiles);
    }
  };
  for (int i = 0; i < 4; ++i) {
    Line(Drones("2023-10-01", "s", "new" + std::to_string(i)));
    Line(Drones("2023-05-01", "s", "old" + std::to_string(i)));
  }
  others(0, 100, "2023-05-01");
  EXPECT_THAT(Subjects("new-importer"), ElementsAre("new0", "new1", "new2", "new3"));
  others(100, 200, "2023-10-02");
  const auto findings = Find("new-importer");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "newcomers in RU");
  EXPECT_EQ(findings[0].subject_kind, "group");
  EXPECT_EQ(findings[0].rows.size(), 4U);
  EXPECT_THAT(findings[0].statistic, HasSubstr("50% of those who receive controlled goods"));
}

// Of many parties with few days of trade some trade within half a year by chance.
TEST_F(AroundAControl, WhatChanceExplainsIsNoBurner) {
  auto trade = [&](const std::string& party, std::initializer_list<const char*> days) {
    for (const char* day : days) Line(Drones(day, "shop", party, 30000));
  };
  trade("burner", {"2024-01-10", "2024-02-10", "2024-03-10", "2024-04-10", "2024-05-10"});
  trade("filler", {"2022-08-15", "2025-08-31"});
  EXPECT_THAT(Subjects("burner-trader"), ElementsAre("burner"));
  for (int i = 0; i < 40; ++i)
    trade("p" + std::to_string(i),
          {"2022-09-01", "2023-01-10", "2023-08-10", "2024-02-10", "2025-03-01"});
  EXPECT_THAT(Subjects("burner-trader"), IsEmpty());
}

TEST_F(AroundAControl, SuccessorNeedsTwoSigns) {
  for (const char* day : {"2023-06-01", "2023-07-01", "2023-08-01"}) {
    Line(Drones(day, "maker", "old_firm"));
    Line(Drones(day, "another", "stranger"));
  }
  for (const char* day : {"2023-09-15", "2023-10-15", "2023-11-15"})
    Line(Drones(day, "maker", "new_firm"));
  // Starts too late.
  for (const char* day : {"2024-03-01", "2024-03-15", "2024-04-15"})
    Line(Drones(day, "maker", "late_firm"));
  EXPECT_THAT(Subjects("successor"), ElementsAre("old_firm|new_firm"));
}

TEST_F(AroundAControl, SuccessorByAddressAndGoods) {
  for (const char* day : {"2023-06-01", "2023-07-01", "2023-08-01"})
    Line(Drones(day, "maker", "old_firm"));
  for (const char* day : {"2023-09-15", "2023-10-15", "2023-11-15"})
    Line(Drones(day, "seller_x", "new_firm"));
  EXPECT_THAT(Subjects("successor"), IsEmpty());
  PartyAt("old_firm", "UL. TEST 1, OF. 7, MOSCOW, RUSSIA");
  PartyAt("new_firm", "UL. TEST 1, OF. 7, MOSCOW, RUSSIA");
  const auto findings = Find("successor");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject_kind, "pair");
  EXPECT_EQ(findings[0].rows.size(), 6U);
  EXPECT_THAT(findings[0].statistic, HasSubstr("same address, same goods"));
}

TEST_F(LedgerTest, RoleConflict) {
  const Cells own{{"date", "DATE '2023-05-01'"},
                  {"manufacturer", "'maker'"},
                  {"brand", "'Own'"},
                  {"importer", "'x'"}};
  Line(own);
  Line(own);
  Line({{"brand", "'Own'"}, {"agent", "'maker'"}, {"manufacturer", "'maker'"}});
  Line({{"brand", "'Other'"}, {"agent", "'honest agent'"}});
  EXPECT_THAT(Subjects("role-conflict"), IsEmpty());
  Line({{"brand", "'Other'"}, {"agent", "'maker'"}});
  const auto findings = Find("12");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "maker");
  EXPECT_EQ(findings[0].rows, (std::vector<RowReference>{{"t.csv", 5}}));
}

// Files without a column for the maker: who bears the brand's name and sends its goods makes them.
TEST_F(LedgerTest, RoleConflictOfAMakerKnownByItsName) {
  for (int i = 0; i < 2; ++i)
    Line({{"date", "DATE '2023-05-01'"},
          {"brand", "'Kestrel'"},
          {"supplier", "'KESTREL ROBOTICS CO'"},
          {"importer", "'x'"}});
  Line({{"date", "DATE '2023-05-01'"},
        {"brand", "'Other'"},
        {"agent", "'KESTREL STORE MOSCOW'"},
        {"importer", "'x'"}});
  EXPECT_THAT(Subjects("12"), IsEmpty());
  Line({{"date", "DATE '2023-05-01'"},
        {"brand", "'Other'"},
        {"supplier", "'y'"},
        {"shipper", "'KESTREL ROBOTICS CO'"}});
  EXPECT_THAT(Subjects("12"), ElementsAre("KESTREL ROBOTICS CO"));
}

// Bills of lading name no makers at all. A seller of drone parts in its own name who is to be
// notified at the other end of a competitor's consignment is one that a column was mapped wrongly
// for.
TEST_F(LedgerTest, RoleConflictWhereNobodyIsNamedAsMaker) {
  PartyAt("parts", "ROOM 1, ROAD 2, SHENZHEN, CHINA");
  PartyAt("seller", "ROOM 7, ROAD 9, SHENZHEN, CHINA");
  PartyAt("XIN LOGISTICS", "ROOM 8, ROAD 9, SHENZHEN, CHINA");
  PartyAt("broker", "STREET 5, NO. 9, NEWARK, UNITED STATES");
  auto with = [&](const std::string& shipper, const std::string& brand, const std::string& notify) {
    Cells line{{"date", "DATE '2023-05-01'"},    {"hs", "'850131'"},
               {"component_class", "'motor'"},   {"origin", "'CN'"},
               {"destination", "'US'"},          {"consignee", "'x'"},
               {"shipper", "'" + shipper + "'"}, {"notify_party", "'" + notify + "'"}};
    if (!brand.empty()) line["brand"] = "'" + brand + "'";
    Line(line);
  };
  for (const auto* own : {"parts", "XIN LOGISTICS", "broker"}) {
    for (int i = 0; i < 2; ++i) with(own, "", own);
  }
  with("seller", "Other", "XIN LOGISTICS");  // a forwarder by its name
  with("seller", "Other", "broker");         // sits where the goods arrive
  with("seller", "", "parts");               // nobody's brand
  EXPECT_THAT(Subjects("12"), IsEmpty());
  with("seller", "Other", "parts");
  EXPECT_THAT(Subjects("12"), ElementsAre("parts"));
  with("parts", "Other", "parts");  // deals in that brand itself
  EXPECT_THAT(Subjects("12"), IsEmpty());
}

TEST_F(AroundAControl, CodeDriftOfTheSameGoods) {
  for (int i = 0; i < 10; ++i) {
    for (const char* importer : {"drifts", "stays", "few"}) {
      Cells before = Drones("2023-07-" + std::to_string(10 + i), "s", importer);
      before["brand"] = "'B'", before["model"] = "'M'";
      Cells after = before;
      after["date"] = Day("2023-10-" + std::to_string(10 + i));
      if (std::string(importer) != "stays") after["hs"] = "'8525890000'";
      Line(before);
      if (std::string(importer) != "few" || i < 9) Line(after);
    }
  }
  EXPECT_THAT(Subjects("code-drift"), ElementsAre("drifts"));
}

TEST_F(LedgerTest, KitSplittingWithinAFortnight) {
  const char* parts[] = {"frame", "motor", "esc", "battery"};
  for (int i = 0; i < 4; ++i) {
    const std::string part = "'" + std::string(parts[i]) + "'";
    Line({{"date", "DATE '2023-05-0" + std::to_string(1 + i) + "'"},
          {"component_class", part},
          {"importer", "'kit'"},
          {"description", "'x'"}});
    Line({{"date", "DATE '2023-0" + std::to_string(5 + i) + "-01'"},
          {"component_class", part},
          {"importer", "'slow'"},
          {"description", "'x'"}});
    if (i < 3)
      Line({{"date", "DATE '2023-05-01'"},
            {"component_class", part},
            {"importer", "'three'"},
            {"description", "'x'"}});
  }
  // A gimbal is no more than a camera.
  Line({{"date", "DATE '2023-05-01'"},
        {"component_class", "'frame'"},
        {"importer", "'three'"},
        {"description", "'x'"}});
  EXPECT_THAT(Subjects("kit-splitting"), ElementsAre("kit"));
}

TEST_F(LedgerTest, VagueAmongClearOnes) {
  const auto six_lines_each = [&] {
    for (int i = 0; i < 6; ++i) {
      Line({{"date", "DATE '2023-05-01'"},
            {"description", "'x'"},
            {"importer", "'vague'"},
            {"vagueness", i < 4 ? "0.9" : "0.1"}});
      for (const char* clear : {"'a'", "'b'", "'c'"}) {
        Line({{"date", "DATE '2023-05-01'"},
              {"description", "'x'"},
              {"importer", clear},
              {"vagueness", i < 1 ? "0.9" : "0.1"}});
      }
    }
  };
  six_lines_each();
  EXPECT_THAT(Subjects("vague-description"), IsEmpty());  // four of six may be chance
  for (int more = 0; more < 3; ++more) six_lines_each();
  EXPECT_THAT(Subjects("vague-description"), ElementsAre("vague"));
}

TEST_F(LedgerTest, HubRoute) {
  Cells line{{"date", "DATE '2023-05-01'"},  {"hs", "'8806220000'"},
             {"component_class", "'drone'"}, {"origin", "'CN'"},
             {"destination", "'RU'"},        {"value_usd", "1000"}};
  auto with = [&](const std::string& supplier, const std::string& origin,
                  const std::string& destination) {
    Cells one = line;
    one["supplier"] = "'" + supplier + "'", one["importer"] = "'buyer'";
    one["origin"] = "'" + origin + "'", one["destination"] = "'" + destination + "'";
    Line(one);
  };
  PartyAt("dubai", "OFFICE 1, TOWER, DUBAI, UNITED ARAB EMIRATES");
  PartyAt("shenzhen", "ROOM 1, ROAD 2, SHENZHEN, CHINA");
  PartyAt("hamburg", "STREET 1, HAMBURG, GERMANY");
  with("dubai", "CN", "RU");
  with("shenzhen", "CN", "RU");  // direct
  with("hamburg", "CN", "RU");   // no hub
  with("dubai", "CN", "DE");     // no destination of concern
  with("dubai", "AE", "RU");     // made in the hub
  const auto findings = Find("hub-route");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "CN>AE>buyer>RU");
  EXPECT_EQ(findings[0].subject_kind, "route");
  EXPECT_THAT(findings[0].statistic, HasSubstr("hub inferred from the sender"));
}

// A file of one hub's imports ends in the hub, unless it shows goods leaving it.
TEST_F(LedgerTest, HubRouteWhereTheDataEndsInAHub) {
  auto with = [&](const std::string& supplier, const std::string& destination) {
    Line({{"date", "DATE '2023-05-01'"},
          {"hs", "'8806220000'"},
          {"component_class", "'drone'"},
          {"origin", "'CN'"},
          {"destination", "'" + destination + "'"},
          {"supplier", "'" + supplier + "'"},
          {"importer", "'buyer'"}});
  };
  PartyAt("dubai", "OFFICE 1, TOWER, DUBAI, UNITED ARAB EMIRATES");
  PartyAt("shenzhen", "ROOM 1, ROAD 2, SHENZHEN, CHINA");
  PartyAt("astana", "STREET 1, HOUSE 2, ASTANA, KAZAKHSTAN");
  with("shenzhen", "KZ");
  EXPECT_THAT(Subjects("hub-route"), IsEmpty());
  with("dubai", "KZ");
  const auto findings = Find("hub-route");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "CN>AE>buyer>KZ");
  EXPECT_THAT(findings[0].statistic, HasSubstr("where they went from KZ the data does not show"));
  Run("UPDATE lines SET source = 'other.csv' WHERE row = 1");
  Run("UPDATE lines SET supplier = 'astana', supplier_entity = 'astana', destination = 'DE' "
      "WHERE row = 1");
  EXPECT_THAT(Subjects("hub-route"), IsEmpty());
}

TEST_F(LedgerTest, HubRouteThatTheDataCannotShow) {
  const Cells line{{"date", "DATE '2023-05-01'"},  {"hs", "'8806220000'"},
                   {"component_class", "'drone'"}, {"origin", "'CN'"},
                   {"importer", "'buyer'"},        {"departure", "'CN'"}};
  Cells to_us = line;
  to_us["destination"] = "'US'";
  Line(to_us);
  EXPECT_THAT(Find("hub-route")[0].reason, HasSubstr("go to one country"));
  Cells to_ru = line;
  to_ru["destination"] = "'RU'";
  Line(to_ru);
  EXPECT_THAT(Subjects("hub-route"), IsEmpty());  // direct trade only: a real no
  Run("UPDATE lines SET direction = 'export'");
  EXPECT_THAT(Find("hub-route")[0].reason, HasSubstr("exports of the country"));
}

// A hub hides little from whoever gets most of the same goods straight at the same time; a direct
// trade that ended before does not count.
TEST_F(LedgerTest, NoHubRouteBesideAnOpenDirectTrade) {
  auto with = [&](const std::string& supplier, const std::string& buyer, const std::string& day) {
    Line({{"date", "DATE '" + day + "'"},
          {"hs", "'8806220000'"},
          {"component_class", "'drone'"},
          {"origin", "'CN'"},
          {"destination", "'RU'"},
          {"supplier", "'" + supplier + "'"},
          {"importer", "'" + buyer + "'"}});
  };
  PartyAt("dubai", "OFFICE 1, TOWER, DUBAI, UNITED ARAB EMIRATES");
  PartyAt("shenzhen", "ROOM 1, ROAD 2, SHENZHEN, CHINA");
  for (const auto* buyer : {"open", "turned"}) {
    with("dubai", buyer, "2023-05-01");
    with("dubai", buyer, "2023-07-01");
    for (const auto* day : {"-01", "-02", "-03"})
      with("shenzhen", buyer,
           (buyer == std::string("open") ? "2023-06" : "2023-04") + std::string(day));
  }
  EXPECT_THAT(Subjects("hub-route"), ElementsAre("CN>AE>turned>RU"));
  options_.set["hub-route.least_share"] = "0.4";
  EXPECT_THAT(Subjects("hub-route"), ElementsAre("CN>AE>open>RU", "CN>AE>turned>RU"));
}

// A hub that other goods for the same country take as often tells nothing about a recipient.
TEST_F(LedgerTest, TheUsualWayIsOneFinding) {
  auto with = [&](const std::string& buyer, const std::string& departure, bool drone) {
    Line({{"date", "DATE '2023-05-01'"},
          {"hs", drone ? "'8806220000'" : "'6907210000'"},
          {"component_class", drone ? "'drone'" : "NULL"},
          {"origin", "'CN'"},
          {"departure", "'" + departure + "'"},
          {"destination", "'RU'"},
          {"supplier", "'seller'"},
          {"importer", "'" + buyer + "'"}});
  };
  for (const auto* buyer : {"a", "b", "c"}) with(buyer, "AE", true), with("straight", "CN", true);
  for (int i = 0; i < 120; ++i) with("tiler", "CN", false);
  EXPECT_THAT(Subjects("hub-route"), ElementsAre("CN>AE>a>RU", "CN>AE>b>RU", "CN>AE>c>RU"));
  for (int i = 0; i < 120; ++i) with("tiler", "AE", false);
  const auto findings = Find("hub-route");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "CN>AE>RU");
  EXPECT_EQ(findings[0].rows.size(), 3U);
  EXPECT_THAT(findings[0].statistic, HasSubstr("50% of such goods take this hub, and 50%"));
  options_.set["hub-route.least_odds"] = "0.0";
  EXPECT_EQ(Subjects("hub-route").size(), 3U);
}

class FalseTransit : public LedgerTest {
 protected:
  static Cells Goods(const std::string& day, const std::string& destination,
                     const std::string& procedure, int quantity) {
    return {{"date", "DATE '" + day + "'"},
            {"hs", "'8806220000'"},
            {"component_class", "'drone'"},
            {"origin", "'CN'"},
            {"destination", "'" + destination + "'"},
            {"procedure", "'" + procedure + "'"},
            {"quantity", std::to_string(quantity)},
            {"supplier", "'s'"},
            {"importer", "'i" + std::to_string(quantity) + "'"}};
  }
};

TEST_F(FalseTransit, NotComputableWithoutArrivals) {
  Line(Goods("2023-05-01", "KZ", "8000000", 1));
  EXPECT_EQ(Find("false-transit")[0].status, "not_computable");
}

TEST_F(FalseTransit, OnlyWhatDidNotArriveInTime) {
  Line(Goods("2023-05-01", "KZ", "8000000", 11));
  Line(Goods("2023-06-01", "KZ", "4000000", 11));
  Line(Goods("2023-05-01", "KZ", "8000000", 22));
  Line(Goods("2023-08-30", "KZ", "4000000", 22));  // 121 days later
  Line(Goods("2023-05-01", "UZ", "8000000", 33));  // nobody shows arrivals in UZ
  Line(Goods("2024-05-01", "KZ", "4000000", 44));
  EXPECT_THAT(Subjects("false-transit"), ElementsAre("CN>s>i22>KZ"));
}

class PassThrough : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    PartyAt("hub", "OFFICE 1, TOWER, DUBAI, UNITED ARAB EMIRATES");
  }
  void Leg(const std::string& day, const std::string& from, const std::string& to,
           const std::string& destination, int quantity, const std::string& model = "M") {
    Line({{"date", "DATE '" + day + "'"},
          {"hs", "'8806220000'"},
          {"component_class", "'drone'"},
          {"brand", "'B'"},
          {"model", "'" + model + "'"},
          {"supplier", "'" + from + "'"},
          {"importer", "'" + to + "'"},
          {"destination", "'" + destination + "'"},
          {"quantity", std::to_string(quantity)}});
  }
};

TEST_F(PassThrough, NotComputableFromOneSide) {
  Leg("2023-05-01", "maker", "hub", "AE", 10);
  EXPECT_EQ(Find("pass-through")[0].status, "not_computable");
}

TEST_F(PassThrough, TheSameModelAndQuantityIsG2) {
  Leg("2023-05-01", "maker", "hub", "AE", 10);
  Leg("2023-07-30", "hub", "end", "RU", 10);  // 90 days
  const auto findings = Find("pass-through");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "hub");
  EXPECT_EQ(findings[0].grade, "G2");
  EXPECT_EQ(findings[0].rows.size(), 2U);
}

TEST_F(PassThrough, TooLateTooLittleOrToNobodyOfConcern) {
  Leg("2023-05-01", "maker", "hub", "AE", 10);
  Leg("2023-07-31", "hub", "end", "RU", 10);  // 91 days
  Leg("2023-05-20", "hub", "other", "DE", 10);
  Leg("2023-05-20", "hub", "end", "RU", 13);
  EXPECT_THAT(Subjects("pass-through"), IsEmpty());
}

TEST_F(PassThrough, AnotherModelOfTheSameCodeIsG3) {
  Leg("2023-05-01", "maker", "hub", "AE", 100);
  Leg("2023-05-20", "hub", "end", "RU", 104, "N");
  EXPECT_EQ(Find("23")[0].grade, "G3");
}

class SerialLinks : public PassThrough {
 protected:
  void Numbered(const std::string& day, const std::string& from, const std::string& to,
                const std::string& destination, const std::string& serial,
                const std::string& model = "") {
    Cells line{{"date", "DATE '" + day + "'"},
               {"hs", "'8806220000'"},
               {"description", "'QUADCOPTER S/N " + serial + "'"},
               {"supplier", "'" + from + "'"},
               {"importer", "'" + to + "'"},
               {"destination", "'" + destination + "'"},
               {"quantity", "10"}};
    if (!model.empty()) line["brand"] = "'B'", line["model"] = "'" + model + "'";
    Line(line);
  }
  std::string Grade() {
    const auto findings = Find("23");
    return findings.empty() ? "none" : findings[0].grade;
  }
};

TEST_F(SerialLinks, InBothTextsIsG1) {
  Numbered("2023-05-01", "maker", "hub", "AE", "1581F5FJD228A00A");
  Numbered("2023-06-01", "hub", "end", "RU", "1581F5FJD228A00A");
  EXPECT_EQ(Grade(), "G1");
}

// What a second party sends that never received it is the number of an article.
TEST_F(SerialLinks, OfTwoFirstSendersAreNone) {
  Numbered("2023-05-01", "maker", "hub", "AE", "1581F5FJD228A00A");
  Numbered("2023-06-01", "hub", "end", "RU", "1581F5FJD228A00A");
  Numbered("2023-05-03", "another maker", "buyer", "DE", "1581F5FJD228A00A");
  EXPECT_EQ(Grade(), "G3");
}

TEST_F(SerialLinks, OnAnotherModelAreNone) {
  Numbered("2023-05-01", "maker", "hub", "AE", "1581F5FJD228A00A", "M");
  Numbered("2023-06-01", "hub", "end", "RU", "1581F5FJD228A00A", "N");
  EXPECT_EQ(Grade(), "G3");
}

// The beginning of a longer number ended with its text.
TEST_F(SerialLinks, CutOffAreNone) {
  Numbered("2023-05-01", "maker", "hub", "AE", "1581F5FJD");
  Numbered("2023-06-01", "hub", "end", "RU", "1581F5FJD");
  EXPECT_EQ(Grade(), "G1");
  Numbered("2023-05-07", "maker", "buyer", "DE", "1581F5FJD228A00A");
  EXPECT_EQ(Grade(), "G3");
}

TEST_F(PassThrough, AChainIsOneFinding) {
  PartyAt("hub2", "OFFICE 2, STREET 5, ISTANBUL, TURKEY");
  Leg("2023-05-01", "maker", "hub", "AE", 10);
  Leg("2023-06-01", "hub", "hub2", "TR", 10);
  Leg("2023-07-01", "hub2", "end", "RU", 10);
  const auto findings = Find("pass-through");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "hub2");
  EXPECT_EQ(findings[0].rows.size(), 3U);
  EXPECT_THAT(findings[0].statistic, HasSubstr("1 parties before it in the chain"));
}

TEST_F(PassThrough, WhatCameInCountsOnce) {
  Leg("2023-05-01", "maker", "hub", "AE", 10);
  for (const char* day : {"2023-05-10", "2023-05-20", "2023-05-30"})
    Leg(day, "hub", "end", "RU", 10);
  EXPECT_THAT(Subjects("pass-through"), IsEmpty());
}

TEST_F(LedgerTest, AUsersOwnFileRunsLikeOurs) {
  const std::string path =
      ::testing::TempDir() + "own_indicator_" + std::to_string(getpid()) + ".sql";
  ASSERT_TRUE(WriteAtomically(path, R"(-- key: dear
-- title: More than so much
-- subject: line
-- needs: value_usd
-- parameter: usd = 100 | dollars
SELECT source || ':' || CAST(row_no AS VARCHAR) AS subject, recipient_name AS subject_name, source, row_no, day,
  CAST(value_usd AS VARCHAR) AS statistic
FROM trades WHERE value_usd > :usd
)")
                  .ok());
  Line({{"value_usd", "99"}, {"importer", "'a'"}, {"date", "DATE '2023-05-01'"}});
  Line({{"value_usd", "101"}, {"importer", "'b'"}, {"date", "DATE '2023-05-01'"}});
  options_.own = {path};
  const auto findings = Find("dear");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "t.csv:2");
  EXPECT_EQ(findings[0].indicator, 0);
  EXPECT_EQ(findings[0].subject_name, "b");
}

}  // namespace
}  // namespace tidewaiter::trace
