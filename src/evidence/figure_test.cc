#include "evidence/figure.h"

#include <gmock/gmock.h>

#include <random>

#include "evidence/run_fixture.h"

namespace tidewaiter::evidence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Figures : public RunTest {
 protected:
  Cells Drone(const std::string& supplier, const std::string& brand, double usd) {
    return {{"supplier", supplier},
            {"brand", brand},
            {"model", "Kite"},
            {"component_class", "drone"},
            {"hs", "8806220000"},
            {"date", "=DATE '2023-05-01'"},
            {"value_usd", "=" + std::to_string(usd)},
            {"origin", "CN"},
            {"destination", "RU"}};
  }
  Figure Compute(const FigureQuestion& question, const Disputes& disputes = {}) {
    auto figure = ComputeFigure(folder_, question, disputes, resources_);
    EXPECT_TRUE(figure.has_value()) << figure.error().ToString();
    return figure ? *figure : Figure{};
  }
  static Disputes Read(const std::string& rows, const std::string& status = "open") {
    auto disputes =
        ParseDisputes("disputes:\n  - {id: d, type: role, by: maker, status: " + status +
                          ", rows: {" + rows + "}}\n",
                      "d.yaml");
    EXPECT_TRUE(disputes.has_value()) << disputes.error().ToString();
    return *disputes;
  }
};

TEST_F(Figures, ARangeWithAndWithoutDisputedRows) {
  Line(Drone("a", "B", 100.25));
  Line(Drone("a", "B", 200));
  Cells named = Drone("b", "B", 1000);
  named["agent"] = "maker";
  Line(named);
  Cells unvalued = Drone("b", "B", 0);
  unvalued["value_usd"] = "=NULL";
  Line(unvalued);
  Write();
  const Figure figure = Compute({}, Read("party: maker, roles: [agent]"));
  EXPECT_EQ(figure.total.all.lines, 4U);
  EXPECT_EQ(figure.total.all.cents, 130025);
  EXPECT_EQ(figure.total.undisputed.lines, 3U);
  EXPECT_EQ(figure.total.undisputed.cents, 30025);
  EXPECT_EQ(figure.total.all.lines_without_value, 1U);
  EXPECT_NE(figure.total.all.hash, figure.total.undisputed.hash);
  EXPECT_THAT(figure.disputed, ElementsAre(std::pair(std::string("d"), 1U)));
  EXPECT_EQ(Compute({}, Read("party: maker, roles: [carrier]")).total.undisputed.lines, 4U);
  EXPECT_EQ(Compute({}, Read("party: maker", "withdrawn")).total.undisputed.lines, 4U);
  EXPECT_EQ(Compute({}, Read("source: t.csv, row_numbers: [1, 2]")).total.undisputed.lines, 2U);
}

// The hash is that of the definition in inspect/row_sets.h.
TEST_F(Figures, TheHashOfTheRows) {
  Line(Drone("a", "B", 1));
  Line(Drone("b", "C", 2));
  Line(Drone("a", "B", 3));
  Write();
  std::string bytes = "t.csv\n";
  for (const uint64_t row : {1, 3}) {
    bytes += std::string(7, '\0') + static_cast<char>(row);
    const std::string hex = HashOf(row);
    for (size_t i = 0; i < hex.size(); i += 2)
      bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  FigureQuestion question;
  question.brand = "b";
  EXPECT_EQ(Compute(question).total.all.hash, Sha256Hex(bytes));
}

TEST_F(Figures, ShippedByReadsFourRolesAndShowsTheOthersApart) {
  for (const char* role : {"exporter", "shipper", "supplier", "seller", "agent", "brand_owner"}) {
    Cells line = Drone("other", "B", 10);
    line.erase("supplier");
    line[role] = "maker";
    Line(line);
  }
  Cells both = Drone("maker", "B", 10);
  both["agent"] = "maker";
  Line(both);
  Write("\"agent\"");
  FigureQuestion question;
  question.shipped_by = "MAKER";
  const Figure figure = Compute(question);
  EXPECT_EQ(figure.total.all.lines, 5U);
  ASSERT_EQ(figure.apart.size(), 2U);
  EXPECT_EQ(figure.apart[0].role, "agent");
  EXPECT_EQ(figure.apart[0].sum.lines, 1U);  // the line that it shipped too is in the figure
  EXPECT_EQ(figure.apart[1].role, "brand_owner");
  EXPECT_THAT(figure.vendor_mapped, ElementsAre("agent"));
  question.shipped_by = "e-maker";  // by entity
  EXPECT_EQ(Compute(question).total.all.lines, 5U);
}

TEST_F(Figures, WhoIsTiedByAClaimOnlyIsASecondTotal) {
  Line(Drone("maker", "B", 100));
  Line(Drone("daughter", "B", 30));
  Write();
  FigureQuestion question;
  question.shipped_by = "maker";
  question.including = {"daughter"};
  const Figure figure = Compute(question);
  EXPECT_EQ(figure.total.all.cents, 10000);
  ASSERT_TRUE(figure.with_claimed.has_value());
  EXPECT_EQ(figure.with_claimed->cents, 13000);
  question.shipped_by.clear();
  EXPECT_FALSE(ComputeFigure(folder_, question, {}, resources_).has_value());
}

TEST_F(Figures, TheScopeInWordsAndWhatIsOfIt) {
  Line(Drone("a", "B", 100));
  Cells part = Drone("a", "B", 20);
  part["component_class"] = "motor";
  Line(part);
  Cells code = Drone("a", "", 7);
  code["component_class"] = "=NULL", code["brand"] = "=NULL";
  Line(code);
  Cells tile = code;
  tile["hs"] = "6907210000";
  Line(tile);
  Write();
  FigureQuestion question;
  question.goods = "controlled", question.destination = "RU", question.from = "2023-01-01";
  const Figure figure = Compute(question);
  EXPECT_EQ(figure.total.all.cents, 12700);
  EXPECT_EQ(figure.total.drone_cents, 10000);
  EXPECT_EQ(figure.total.part_cents, 2000);
  EXPECT_THAT(figure.scope,
              HasSubstr("drones, their parts and their codes for RU, from 2023-01-01"));
  question.goods = "parts";
  EXPECT_EQ(Compute(question).total.all.lines, 1U);
  question.goods = "bananas";
  EXPECT_FALSE(ComputeFigure(folder_, question, {}, resources_).has_value());
}

TEST_F(Figures, ReplayGivesTheSameBytesHereAndElsewhere) {
  for (int i = 0; i < 20; ++i) {
    Cells line = Drone(i % 2 == 0 ? "a" : "b", i % 3 == 0 ? "B" : "C", 10 * i);
    if (i % 5 == 0) line["agent"] = "maker";
    Line(line);
  }
  Write();
  FigureQuestion question;
  question.by = {"brand", "supplier", "route"};
  question.shipped_by = "a", question.including = {"b"};
  const Figure figure = Compute(question, Read("party: maker, roles: [agent]"));
  const std::string saved = ToJson(figure).Dump();
  EXPECT_TRUE(Replay(saved, folder_, resources_)->same);
  const std::string elsewhere = folder_ + "/exported";
  ASSERT_TRUE(ExportFigure(folder_, figure, elsewhere).ok());
  const auto again = Replay(saved, elsewhere, resources_);
  ASSERT_TRUE(again.has_value()) << again.error().ToString();
  EXPECT_TRUE(again->same) << (again->differences.empty() ? "" : again->differences[0]);
  EXPECT_EQ(*ReadFile(elsewhere + "/figure.json"), saved + "\n");
}

TEST_F(Figures, ReplayNamesEveryChangedRow) {
  for (int i = 0; i < 4; ++i) Line(Drone("a", "B", 10));
  Write();
  const std::string saved = ToJson(Compute({})).Dump();
  const struct {
    const char *sql, *says;
  } changes[] = {
      {"UPDATE lines SET row_hash = '00000000000000000000000000000000' WHERE \"row\" = 2",
       "row 2 of t.csv has changed"},
      {"DELETE FROM lines WHERE \"row\" = 3", "row 3 of t.csv is no longer part"},
      {"INSERT INTO lines SELECT * REPLACE (9 AS \"row\") FROM lines WHERE \"row\" = 1",
       "row 9 of t.csv was not part"},
      {"UPDATE lines SET value_usd = 11 WHERE \"row\" = 1", "total was"},
  };
  for (const auto& change : changes) {
    Run("BEGIN; CREATE OR REPLACE TEMP TABLE kept AS SELECT * FROM lines; COMMIT");
    Run(change.sql);
    Write();
    const auto answer = Replay(saved, folder_, resources_);
    ASSERT_TRUE(answer.has_value()) << answer.error().ToString();
    EXPECT_FALSE(answer->same) << change.sql;
    EXPECT_THAT(answer->differences, ::testing::Contains(HasSubstr(change.says)));
    Run("DELETE FROM lines; INSERT INTO lines SELECT * FROM kept");
  }
}

TEST_F(Figures, TheBytesOfTheOriginalAreCompared) {
  const std::string text = "head\nrow 1\nrow 2\n";
  Cells line = Drone("a", "B", 10);
  line["row_offset"] = "=5", line["row_length"] = "=5";
  Line(line);
  line["row_offset"] = "=11";
  Line(line);
  Write();
  const std::string saved = ToJson(Compute({})).Dump(), file = folder_ + "/t.csv";
  ASSERT_TRUE(WriteAtomically(file, text).ok());
  EXPECT_TRUE(ReplayBytes(saved, folder_, file)->same);
  ASSERT_TRUE(WriteAtomically(file, "head\nrow 1\nrow X\n").ok());
  EXPECT_THAT(ReplayBytes(saved, folder_, file)->differences,
              ElementsAre(HasSubstr("row 2 of t.csv has other bytes")));
  ASSERT_TRUE(WriteAtomically(file, "head\nrow 1\n").ok());
  EXPECT_FALSE(ReplayBytes(saved, folder_, file)->same);
}

TEST_F(Figures, WhatIsNoSavedFigureIsRefused) {
  Write();
  for (const char* text : {"", "{}", "[]", "{\"question\": {}, \"rows\": [1]}",
                           "{\"question\": {\"by\": [\"x\"]}, \"rows\": []}"})
    EXPECT_FALSE(Replay(text, folder_, resources_).has_value()) << text;
}

// Always: the groups add up to the total, the undisputed part is never more than all, and every
// row is in exactly one group.
TEST_F(Figures, GroupsAddUpToTheTotal) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 120; ++i) {
    Cells line = Drone("s" + std::to_string(random() % 4), "B" + std::to_string(random() % 3),
                       static_cast<double>(random() % 100000) / 100);
    if (random() % 4 == 0) line["value_usd"] = "=NULL";
    if (random() % 3 == 0) line["agent"] = "maker";
    Line(line);
  }
  Write();
  for (const auto& by :
       {std::vector<std::string>{"brand"}, {"supplier", "brand"}, {"route"}, {"month", "class"}}) {
    FigureQuestion question;
    question.by = by;
    const Figure figure = Compute(question, Read("party: maker"));
    FigureSum all, undisputed;
    for (const auto& line : figure.lines) {
      all.lines += line.all.lines, all.cents += line.all.cents;
      undisputed.lines += line.undisputed.lines, undisputed.cents += line.undisputed.cents;
      EXPECT_LE(line.undisputed.cents, line.all.cents);
    }
    EXPECT_EQ(all.lines, figure.total.all.lines);
    EXPECT_EQ(all.cents, figure.total.all.cents);
    EXPECT_EQ(undisputed.lines, figure.total.undisputed.lines);
    EXPECT_EQ(undisputed.cents, figure.total.undisputed.cents);
    EXPECT_EQ(figure.rows.size(), 120U);
  }
}

}  // namespace
}  // namespace tidewaiter::evidence
