// Indicators about parties that need history, prices, addresses or lists: what each finds when it
// is planted, and what it leaves alone.
#include <gmock/gmock.h>

#include "trace/ledger_fixture.h"

namespace tidewaiter::trace {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Quoted(const std::string& text) { return "'" + text + "'"; }

class Parties : public LedgerTest {
 protected:
  void SetUp() override {
    LedgerTest::SetUp();
    options_.control_dates = {*ParseIsoDate("2023-09-01")};
    for (const char* day : {"2022-08-15", "2025-08-31"}) Line(Tiles(day, "edge", 1));
  }
  static Cells Tiles(const std::string& day, const std::string& importer, int usd = 5000) {
    return {{"date", "DATE " + Quoted(day)},
            {"hs", "'6907210000'"},
            {"importer", Quoted(importer)},
            {"supplier", "'tilemaker'"},
            {"destination", "'RU'"},
            {"value_usd", std::to_string(usd)},
            {"description", "'TILES'"},
            {"quantity", "10"},
            {"origin", "'CN'"},
            {"departure", "'CN'"}};
  }
  static Cells Drones(const std::string& day, const std::string& importer, int usd = 60000) {
    Cells cells = Tiles(day, importer, usd);
    cells["hs"] = "'8806220000'", cells["component_class"] = "'drone'";
    cells["description"] = "'QUADCOPTER'", cells["supplier"] = "'dronemaker'";
    return cells;
  }
  static std::string DayOf(int month_from_start, int day = 5) {
    const int month = 2022 * 12 + 8 + month_from_start;  // 0: September 2022
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", month / 12, month % 12 + 1, day);
    return text;
  }
};

TEST_F(Parties, FreshIncorporationByNumberOrName) {
  Line(Drones("2023-10-01", "new_firm"));
  Line(Drones("2023-10-01", "old_firm"));
  Line(Drones("2021-10-01", "young_then"));
  Line(Drones("2023-10-01", "unknown"));
  Cells germany = Drones("2023-10-01", "new_elsewhere");
  germany["destination"] = "'DE'";
  Line(germany);
  Run("INSERT INTO parties VALUES ('new_firm', 'Novaya', NULL, NULL, 'RU', '{\"inn\":\"770\"}')");
  for (const char* name : {"old_firm", "young_then", "unknown", "new_elsewhere"})
    PartyAt(name, "1 Street");
  UserTable("company_registry",
            "identifier,name,incorporated,source\n770,another name,2022-04-01,SYNTHETIC\n"
            ",OLD_FIRM,2005-01-01,SYNTHETIC\n,young_then,2021-05-01,SYNTHETIC\n"
            ",new_elsewhere,2023-01-01,SYNTHETIC\n");
  EXPECT_THAT(Subjects("fresh-incorporation"), ElementsAre("new_firm", "young_then"));
}

TEST_F(Parties, FreshIncorporationNeedsARegister) {
  Line(Drones("2023-10-01", "anybody"));
  const auto findings = Find("2");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].status, "not_computable");
  EXPECT_THAT(findings[0].reason, HasSubstr("--table company_registry=FILE"));
}

TEST_F(Parties, AUserTableWithoutAColumnIsRefusedByName) {
  UserTable("company_registry", "name,incorporated\nx,2022-01-01\n");
  options_.indicators = JoinPath(*ResourceFolder(), "indicators");
  options_.only = {"2"};
  auto connection = database_.Connect();
  NoProgress progress;
  const auto findings = RunIndicators(*connection, options_, progress);
  ASSERT_FALSE(findings.has_value());
  EXPECT_THAT(findings.error().ToString(), HasSubstr("identifier: has no such column"));
}

TEST_F(Parties, FirstControlledGoodsOfAnOldCustomer) {
  for (const char* importer : {"turned", "twice_before", "always", "stayed"}) {
    const int before = std::string(importer) == "twice_before" ? 2 : 3;
    for (int i = 0; i < before; ++i) Line(Tiles(DayOf(2 + i), importer));
  }
  Line(Drones("2023-05-01", "always"));
  for (const char* importer : {"turned", "twice_before", "always"})
    Line(Drones("2023-11-01", importer));
  const auto findings = Find("first-controlled");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "turned");
  EXPECT_EQ(findings[0].rows.size(), 1U);
  EXPECT_THAT(findings[0].statistic, HasSubstr("3 lines in the year before 2023-09-01"));
}

TEST_F(Parties, SurgeOfAnOldCustomer) {
  auto ship = [&](const std::string& importer, int before, int after) {
    for (int i = 0; i < before; ++i) Line(Drones(DayOf(i % 12, 1 + i / 12), importer));
    for (int i = 0; i < after; ++i) Line(Drones(DayOf(12 + i % 12, 1 + i / 12), importer));
  };
  ship("surges", 6, 60);
  ship("doubles", 12, 24);  // ratio below 3
  ship("few", 1, 3);        // below 5 shipments
  ship("newcomer", 0, 40);  // no old customer
  ship("by_chance", 2, 6);  // three times as many, and a wide interval
  const auto findings = Find("surge");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "surges");
  EXPECT_THAT(findings[0].statistic, HasSubstr("6 shipments"));
  EXPECT_THAT(findings[0].statistic, HasSubstr("10.0 times"));
  ASSERT_TRUE(findings[0].q_value.has_value());
  EXPECT_LE(*findings[0].q_value, 0.05);
  EXPECT_GE(*findings[0].q_value, *findings[0].p_value);
}

// One burst within a month is no steady rise: the interval is as wide as the months differ.
TEST_F(Parties, ABurstWithinOneMonthIsNoSurge) {
  for (int i = 0; i < 4; ++i) Line(Drones(DayOf(0, 1 + i), "bursts"));
  for (int i = 0; i < 16; ++i) Line(Drones(DayOf(20, 1 + i), "bursts"));
  EXPECT_THAT(Subjects("surge"), IsEmpty());
}

TEST_F(Parties, ControlledGoodsOutsideTheLineOfBusiness) {
  for (const char* importer : {"tiler", "airline", "small"}) {
    const int lines = std::string(importer) == "small" ? 9 : 10;
    for (int i = 0; i < lines; ++i) {
      Cells other = Tiles(DayOf(i), importer);
      if (std::string(importer) == "airline") other["hs"] = "'8805100000'";
      Line(other);
    }
    Line(Drones("2024-01-01", importer));
  }
  for (int i = 0; i < 10; ++i) Line(Tiles(DayOf(i), "toy_buyer"));
  Line(Drones("2024-01-01", "toy_buyer", 49000));  // less than the parameter says
  EXPECT_THAT(Subjects("business-mismatch"), ElementsAre("tiler"));
}

TEST_F(Parties, ManyPartiesAtOneUnit) {
  const char* written[] = {
      "Room 1203, 135 Harbour Street, Kowloon", "RM 1203 135 HARBOUR STREET KOWLOON",
      "135 Harbour Street, Room 1203, Kowloon", "Rm. 1203, 135 Harbour street Kowloon"};
  for (int i = 0; i < 4; ++i) {
    const std::string name = "at_unit_" + std::to_string(i);
    Line(i == 0 ? Drones("2023-10-01", name) : Tiles("2023-10-01", name));
    PartyAt(name, written[i]);
  }
  for (int i = 0; i < 5; ++i) {  // a street without a number of a unit
    const std::string name = "in_street_" + std::to_string(i);
    Line(Drones("2023-10-01", name));
    PartyAt(name, "Long Street, Kowloon, Hong Kong, 7");
  }
  for (int i = 0; i < 4; ++i) {  // nobody trades in controlled goods
    const std::string name = "tilers_" + std::to_string(i);
    Line(Tiles("2023-10-01", name));
    PartyAt(name, "Office 5, Tile Lane 9, Moscow");
  }
  const auto findings = Find("shared-address");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "address-of-at_unit_0");
  EXPECT_THAT(findings[0].statistic, HasSubstr("4 parties at one unit"));
}

TEST_F(Parties, ABuildingOrAPostalCodeIsNoUnit) {
  for (const char* address : {"882 Pier Lane, building 7, Dubai", "Pier Lane 9, 123456 Dubai"}) {
    for (int i = 0; i < 4; ++i) {
      Line(Drones("2023-10-01", address + std::to_string(i)));
      PartyAt(address + std::to_string(i), address);
    }
  }
  EXPECT_THAT(Find("shared-address")[0].reason, HasSubstr("no address names a unit"));
}

TEST_F(Parties, OneListedPartyAtTheUnitIsEnough) {
  for (const char* name : {"neighbour", "listed"}) {
    Line(Drones("2023-10-01", name));
    PartyAt(name, "Office 5, Pier Lane 9, Dubai");
  }
  EXPECT_THAT(Subjects("shared-address"), IsEmpty());
  LooksListed("listed", 0.99);
  WriteHits();
  EXPECT_THAT(Find("shared-address")[0].statistic, HasSubstr("one of them listed"));
}

TEST_F(Parties, NamesNearListedOnes) {
  for (const char* name : {"like", "unlike"}) {
    Line(Drones("2023-10-01", name));
    Run("CREATE OR REPLACE TABLE mentions AS SELECT source, \"row\", 'importer' AS role, importer "
        "AS "
        "name, importer_entity AS entity FROM lines");
  }
  EXPECT_EQ(Find("near-name")[0].reason, "no party was screened");
  LooksListed("like", 0.91);
  LooksListed("unlike", 0.7);
  WriteHits();
  const auto findings = Find("near-name");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "like");
  EXPECT_THAT(findings[0].statistic, HasSubstr("likeness 0.91 with LISTED like (ofac_sdn 1)"));
}

TEST_F(Parties, AForwarderAsRecipient) {
  Line(Drones("2023-10-01", "OOO \"ALFA LOGISTIKA\""));
  Line(Drones("2023-10-01", "BANKNOTE MUSEUM"));  // the word must stand alone
  Line(Tiles("2023-10-01", "TILE CARGO"));        // no controlled goods
  for (int i = 0; i < 24; ++i) {
    Cells many = Drones("2023-10-01", "collector");
    many["hs"] = Quoted(std::to_string(10 + i % 8) + "01100000");
    many["supplier"] = Quoted("s" + std::to_string(i));
    Line(many);
  }
  EXPECT_THAT(Subjects("forwarder-consignee"), ElementsAre("OOO \"ALFA LOGISTIKA\"", "collector"));
}

TEST_F(Parties, RecipientsThatAreNotNamed) {
  const auto six_lines_each = [&] {
    for (int i = 0; i < 6; ++i) {
      Cells hidden = Tiles(DayOf(i), i < 4 ? "TO THE ORDER OF A BANK" : "somebody");
      hidden["supplier"] = "'hides'";
      Line(hidden);
      for (const char* sender : {"open1", "open2", "open3"}) {
        Cells open = Tiles(DayOf(i), i == 0 ? "TO ORDER" : "somebody");
        open["supplier"] = Quoted(sender);
        Line(open);
      }
    }
  };
  six_lines_each();
  EXPECT_THAT(Subjects("masked-party"), IsEmpty());  // four of six may be chance
  for (int more = 0; more < 3; ++more) six_lines_each();
  const auto findings = Find("masked-party");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "hides");
  EXPECT_EQ(findings[0].rows.size(), 16U);
}

TEST_F(Parties, StepsFromAListedParty) {
  auto trade = [&](const std::string& from, const std::string& to, int lines) {
    for (int i = 0; i < lines; ++i) {
      Cells one = Drones(DayOf(i), to);
      one["supplier"] = Quoted(from);
      Line(one);
    }
  };
  trade("listed", "partner", 3);
  trade("listed", "met_twice", 2);  // no repeated trade
  trade("partner", "second", 3);
  trade("far_away", "other", 3);
  EXPECT_EQ(Find("near-listed")[0].status, "not_computable");
  LooksListed("listed", 0.99);
  WriteHits();
  const auto findings = Find("near-listed");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].subject, "partner");
  EXPECT_THAT(findings[0].statistic,
              HasSubstr("1 step, weight 0.50: LISTED listed (ofac_sdn) -trade- "));
  EXPECT_EQ(findings[1].subject, "second");
  EXPECT_THAT(findings[1].statistic, HasSubstr("2 steps"));
}

// Chance alone: many parties whose shipments rise and fall at random, a few of them by much.
TEST_F(Parties, FewSurgesAmongManyPartiesThatOnlyVary) {
  uint64_t state = 7;
  auto draw = [&](int below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<int>((state >> 33) % static_cast<uint64_t>(below));
  };
  for (int party = 0; party < 120; ++party) {
    for (int i = 0; i < 8; ++i)
      Line(Drones(DayOf(draw(24), 1 + draw(27)), "p" + std::to_string(party)));
  }
  EXPECT_LE(Subjects("surge").size(), 1U);
}

}  // namespace
}  // namespace tidewaiter::trace
