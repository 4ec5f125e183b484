#include <cmath>
#include <random>

#include "base/hash.h"
#include "ledger/testing.h"

namespace tidewaiter::ledger {
namespace {

// Everything of two ledgers that outputs are made of.
void ExpectEqual(const Ledger& a, const Ledger& b) {
  ASSERT_EQ(a.strings.size(), b.strings.size());
  for (Id id = 0; id < a.strings.size(); ++id) ASSERT_EQ(a.Text(id), b.Text(id));
  EXPECT_EQ(a.lines.row, b.lines.row);
  EXPECT_EQ(a.lines.offset, b.lines.offset);
  EXPECT_EQ(a.lines.hash, b.lines.hash);
  EXPECT_EQ(a.lines.from, b.lines.from);
  EXPECT_EQ(a.lines.declaration, b.lines.declaration);
  EXPECT_EQ(a.lines.goods, b.lines.goods);
  EXPECT_EQ(a.lines.route, b.lines.route);
  EXPECT_EQ(a.lines.party, b.lines.party);
  EXPECT_EQ(a.goods, b.goods);
  EXPECT_EQ(a.routes, b.routes);
  ASSERT_EQ(a.parties.size(), b.parties.size());
  for (size_t i = 0; i < a.parties.size(); ++i) EXPECT_EQ(a.parties[i].entity, b.parties[i].entity);
  ASSERT_EQ(a.rejects.size(), b.rejects.size());
  for (size_t i = 0; i < a.rejects.size(); ++i) EXPECT_EQ(a.rejects[i].offset, b.rejects[i].offset);
  for (size_t i = 0; i < a.sources.size(); ++i) EXPECT_EQ(a.sources[i].notes, b.sources[i].notes);
}

TEST(Import, TheKoreanDeclarationsComeInWithoutALostRow) {
  const std::vector<std::string> files = {Shared("customs/korea_syn_train.csv"),
                                          Shared("customs/korea_syn_valid.csv"),
                                          Shared("customs/korea_syn_test.csv")};
  for (const auto& file : files) {
    if (file.empty()) GTEST_SKIP() << "SKIPPED: the shared data is not there";
  }
  const auto one = ImportFiles(files, 1);
  ASSERT_TRUE(one) << one.error().ToString();
  EXPECT_EQ(one->lines.size(), 54000U);
  EXPECT_EQ(one->rejects.size(), 0U);
  for (const Source& source : one->sources) {
    EXPECT_EQ(source.mapping.layout, "korea-import");
    EXPECT_EQ(source.rows, source.lines + source.rejects);
  }
  const auto two = ImportFiles(files, 2, 100000);
  ASSERT_TRUE(two);
  ExpectEqual(*one, *two);
}

constexpr std::string_view kHeader =
    "date,declaration,exporter_name,exporter_country,consignee_name,consignee_inn,"
    "description,hs_code,quantity,net_mass_kg,value,currency,origin,destination\n";

TEST(Import, EveryColumnOfAPartyStaysInItsRole) {
  const std::string path =
      TestFile("rows.csv", std::string(kHeader) +
                               "2023-10-05,D1,Synthetic Alpha Ltd,China,OOO "
                               "Sintez,7700000001,drone,8806221011,10,8.95,12000,USD,"
                               "CN,Russia\n");
  const auto ledger = ImportFiles({path});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  ASSERT_EQ(ledger->lines.size(), 1U);
  const Party& exporter = ledger->parties[ledger->lines.PartyOf(Role::kExporter, 0)];
  EXPECT_EQ(ledger->Text(exporter.Get(Attribute::kName)), "Synthetic Alpha Ltd");
  EXPECT_EQ(ledger->Text(exporter.Get(Attribute::kCountry)), "CN");
  const Party& consignee = ledger->parties[ledger->lines.PartyOf(Role::kConsignee, 0)];
  ASSERT_EQ(consignee.identifiers.size(), 1U);
  EXPECT_EQ(ledger->Text(consignee.identifiers[0].first), "inn");
  EXPECT_EQ(ledger->Text(consignee.identifiers[0].second), "7700000001");
  EXPECT_EQ(ledger->lines.PartyOf(Role::kImporter, 0), 0U);
  const Route& route = ledger->routes[ledger->lines.route[0]];
  EXPECT_EQ(ledger->Text(route.destination), "RU");
  EXPECT_EQ(ToString(ledger->lines.from[0]), "2023-10-05");
  EXPECT_EQ(ledger->lines.quantity[0], 10);
  EXPECT_EQ(ledger->lines.value_usd[0], 12000);
  EXPECT_EQ(ledger->Text(ledger->goods[ledger->lines.goods[0]].hs), "8806221011");
}

TEST(Import, ARowIsFoundAgainByOffsetLengthAndHash) {
  const std::string row =
      "2023-10-05,D2,\"Synthetic \"\"B\"\", Ltd\",CN,Someone,,x,9503,1,1,1,USD,CN,RU";
  const std::string text = std::string(kHeader) + row + "\r\n" + row + "\n";
  const auto ledger = ImportFiles({TestFile("rows.csv", text)});
  ASSERT_TRUE(ledger);
  ASSERT_EQ(ledger->lines.size(), 2U);
  for (size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(text.substr(ledger->lines.offset[i], ledger->lines.length[i]), row);
    EXPECT_EQ(ledger->RowHash(i), RowHashHex(row));
  }
}

TEST(Import, RowsReadAreLinesPlusRejectsAndEachRejectSaysWhy) {
  const std::string good = "2023-10-05,D,A,CN,B,,x,9503,1,1,1,USD,CN,RU\n";
  const std::string path =
      TestFile("faults.csv", std::string(kHeader) + good + "too,few\n" + good +
                                 "2023-10-05,\"never closed,A,CN\n" + good +
                                 std::string("nul\0byte\n", 9) + "not utf8 \xFF\n" + good);
  const auto ledger = ImportFiles({path});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  EXPECT_EQ(ledger->sources[0].rows, 8U);
  EXPECT_EQ(ledger->lines.size(), 4U);
  ASSERT_EQ(ledger->rejects.size(), 4U);
  EXPECT_EQ(ledger->rejects[0].reason, "2 fields where the header has 14");
  EXPECT_EQ(ledger->rejects[0].text, "too,few");
  EXPECT_EQ(ledger->rejects[0].row, 2U);
  EXPECT_EQ(ledger->rejects[0].line, 3U);
  EXPECT_EQ(ledger->rejects[1].reason, "a quote opens and is never closed");
  EXPECT_EQ(ledger->rejects[2].reason, "a NUL byte");
  EXPECT_EQ(ledger->rejects[3].reason, "not UTF-8");
  EXPECT_EQ(ledger->lines.row, (std::vector<uint32_t>{1, 3, 5, 8}));
}

TEST(Import, WhateverTheBytesNoRowIsLostAndThreadsChangeNothing) {
  std::mt19937 random(11);
  const std::vector<std::string> cells = {"",
                                          "A Ltd",
                                          "\"q, \"\"x\"\"\"",
                                          "\"two\nlines\"",
                                          "\"open",
                                          "2023-01-02",
                                          "NULL",
                                          "1,5",
                                          "880622",
                                          "CN",
                                          "Россия",
                                          "\xFF",
                                          "8.640000000000001"};
  for (int round = 0; round < 40; ++round) {
    std::string text(kHeader);
    for (int row = 0; row < 60; ++row) {
      const int fields = random() % 9 == 0 ? 13 : 14;
      for (int i = 0; i < fields; ++i)
        text += (i > 0 ? "," : "") + cells[random() % (random() % 20 ? 11 : cells.size())];
      text += "\n";
    }
    const std::string path = TestFile("random.csv", text);
    const auto one = ImportFiles({path}, 1);
    ASSERT_TRUE(one);
    const Source& source = one->sources[0];
    EXPECT_EQ(source.rows, one->lines.size() + one->rejects.size());
    const auto two = ImportFiles({path}, 2, 300);
    ASSERT_TRUE(two);
    ExpectEqual(*one, *two);
  }
}

TEST(Import, NumbersDatesAndCodesAreReadByColumn) {
  const std::string path =
      TestFile("semicolons.csv",
               "date;declaration;exporter;description;hs;quantity;net_mass_kg;value;currency\n"
               "31.12.2023;1;A;x;880622;1;1.234,5;0,25;EUR\n"
               "01.02.2023;2;A;x;88062;0;8,640000000000001;7;EUR\n"
               "02.02.2023;3;A;x;NULL;;many;7;EUR\n");
  const auto ledger = ImportFiles({path});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  const Lines& lines = ledger->lines;
  EXPECT_EQ(ToString(lines.from[0]), "2023-12-31");
  EXPECT_EQ(lines.net_mass_kg[0], 1234.5);
  EXPECT_EQ(lines.value[0], 0.25);
  EXPECT_TRUE(std::isnan(lines.quantity[1])) << "nothing is shipped in quantity 0";
  EXPECT_EQ(lines.net_mass_kg[1], 8.64);
  EXPECT_EQ(ledger->Text(ledger->goods[lines.goods[1]].hs), "088062");
  EXPECT_EQ(ledger->goods[lines.goods[2]].hs, 0U);
  EXPECT_TRUE(std::isnan(lines.net_mass_kg[2]));
  EXPECT_TRUE(std::isnan(lines.value_usd[0]));
  const auto& notes = ledger->sources[0].notes;
  auto noted = [&](std::string_view what) {
    return std::any_of(notes.begin(), notes.end(),
                       [&](const auto& note) { return note.find(what) != note.npos; });
  };
  EXPECT_TRUE(noted("net_mass_kg: numbers are read with a decimal comma"));
  EXPECT_TRUE(noted("net_mass_kg: 1 cell could not be read, first in line 4: \"many\""));
  EXPECT_TRUE(
      noted("hs: 1 cell had lost a leading zero, which was put back, first in line 3: \"88062\""));
}

TEST(Import, NumbersThatNoShipmentHasAreUnreadableNotSummed) {
  const auto ledger =
      ImportFiles({TestFile("large.csv",
                            "date,exporter,description,quantity,value_usd\n"
                            "2023-12-31,A,x,1e15,999999999999\n2023-12-31,A,x,9e14,1e12\n")});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  EXPECT_TRUE(std::isnan(ledger->lines.quantity[0]));
  EXPECT_EQ(ledger->lines.quantity[1], 9e14);
  EXPECT_EQ(ledger->lines.value_usd[0], 999999999999);
  EXPECT_TRUE(std::isnan(ledger->lines.value_usd[1]));
}

TEST(Import, DatesThatCanBeReadTwoWaysAreUnknownAndSaid) {
  const auto ledger = ImportFiles(
      {TestFile("ambiguous.csv", "date,exporter,description\n03/04/2023,A,x\n05/06/2023,A,x\n")});
  ASSERT_TRUE(ledger);
  EXPECT_EQ(ledger->lines.from[0], kDistantPast);
  ASSERT_FALSE(ledger->sources[0].notes.empty());
  EXPECT_NE(ledger->sources[0].notes[0].find("can be read as DD/MM/YYYY and as MM/DD/YYYY"),
            std::string::npos);
}

TEST(Import, AMonthIsAllItsDays) {
  const auto ledger = ImportFiles(
      {TestFile("months.csv", "date,exporter,description\n2024-02,A,x\n2023-11,A,x\n")});
  ASSERT_TRUE(ledger);
  EXPECT_EQ(ToString(ledger->lines.from[0]), "2024-02-01");
  EXPECT_EQ(ToString(ledger->lines.to[0]), "2024-02-29");
}

TEST(Import, AColumnOfUnitsSaysRowByRowWhatAMassIs) {
  const auto ledger = ImportFiles(
      {TestFile("units.csv",
                "importer,description,Net weight,Gross weight,Weight unit,NET_WEIGHT_UNIT,hs\n"
                "A,x,2,4,lb,KG,9503\nA,x,2000,3,Tonne,g,9503\nA,x,2,5,кг,ctn,9503\n"
                "A,x,2,6,,,9503\nA,x,,7,TON,,9503\nA,x,1.5,8,168,Oz.,9503\n")});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  const auto& net = ledger->lines.net_mass_kg;
  const auto& gross = ledger->lines.gross_mass_kg;
  ASSERT_EQ(net.size(), 6U);
  EXPECT_EQ(net[0], 2);
  EXPECT_EQ(net[1], 2);
  EXPECT_TRUE(std::isnan(net[2])) << "a carton is no mass";
  EXPECT_TRUE(std::isnan(net[3]));
  EXPECT_TRUE(std::isnan(net[4]));
  EXPECT_DOUBLE_EQ(net[5], 1.5 * 0.028349523125);
  EXPECT_DOUBLE_EQ(gross[0], 4 * 0.45359237);
  EXPECT_EQ(gross[1], 3000);
  EXPECT_EQ(gross[2], 5);
  EXPECT_TRUE(std::isnan(gross[3]));
  EXPECT_TRUE(std::isnan(gross[4])) << "which ton?";
  EXPECT_EQ(gross[5], 8000);
  const auto& notes = ledger->sources[0].notes;
  const auto said = [&](const std::string& text) {
    return std::any_of(notes.begin(), notes.end(),
                       [&](const auto& note) { return note.find(text) != note.npos; });
  };
  EXPECT_TRUE(
      said("Net weight: 2 cells without a known unit beside, and so unknown, first in "
           "line 4: \"ctn\""));
  EXPECT_TRUE(said("Gross weight: its unit is read row by row from Weight unit"));
}

TEST(Import, ATitleRowBeforeTheHeaderIsPassedOver) {
  const auto ledger = ImportFiles({TestFile(
      "title.csv",
      "\xEF\xBB\xBFSYNTHETIC export of 2023\n,,\ndate,exporter,description\n2023-01-01,A,x\n")});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  EXPECT_EQ(ledger->lines.size(), 1U);
  EXPECT_EQ(ledger->lines.row[0], 1U);
}

TEST(Import, EntitiesJoinByIdentifierAndByName) {
  const auto ledger =
      ImportFiles({TestFile("entities.csv",
                            "date,exporter,consignee,consignee_inn,description\n"
                            "2023-01-01,Ooo Sintez,\"OOO \"\"SINTEZ\"\"\",7700000001,x\n"
                            "2023-01-01,Another,Sintez Trade,7700000001,x\n"
                            "2023-01-01,Another Ltd,Other,7700000002,x\n")});
  ASSERT_TRUE(ledger);
  auto entity = [&](Role role, size_t line) {
    return ledger->EntityText(ledger->lines.PartyOf(role, line));
  };
  EXPECT_EQ(entity(Role::kConsignee, 0), entity(Role::kConsignee, 1));
  EXPECT_EQ(entity(Role::kExporter, 0), entity(Role::kConsignee, 0)) << "the same name, one number";
  EXPECT_NE(entity(Role::kConsignee, 2), entity(Role::kConsignee, 0));
  EXPECT_EQ(entity(Role::kExporter, 0).size(), 17U);
  EXPECT_EQ(entity(Role::kExporter, 0).find_first_of(" ,;|>"), std::string::npos);
}

TEST(Import, SaysWhatIsWrongWithAFile) {
  struct Case {
    std::string content, message;
    ErrorCode code;
  };
  const std::vector<Case> cases = {
      {"", "is empty", ErrorCode::kBadInput},
      {"\n\n", "is empty", ErrorCode::kBadInput},
      {"1,2,3\n4,5,6\n", "no header", ErrorCode::kBadInput},
      {"alpha,beta\n1,2\n", "no layout fits", ErrorCode::kBadInput},
      {"PK\x03\x04 zip", "damaged", ErrorCode::kBadInput},
  };
  for (const Case& c : cases) {
    const auto ledger = ImportFiles({TestFile("bad.csv", c.content)});
    ASSERT_FALSE(ledger) << c.message;
    EXPECT_EQ(ledger.error().code, c.code);
    EXPECT_NE(ledger.error().ToString().find(c.message), std::string::npos)
        << ledger.error().ToString();
    EXPECT_NE(ledger.error().file.find("bad.csv"), std::string::npos);
  }
  EXPECT_EQ(ImportFiles({TestFolder()}).error().code, ErrorCode::kBadInput);
  EXPECT_EQ(ImportFiles({TestFolder() + "/none.csv"}).error().code, ErrorCode::kMissingData);
}

TEST(Import, AHeaderWithoutRowsIsAnEmptyLedger) {
  const auto ledger = ImportFiles({TestFile("header.csv", std::string(kHeader))});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  EXPECT_EQ(ledger->lines.size(), 0U);
  EXPECT_EQ(ledger->sources[0].rows, 0U);
}

TEST(Import, AZeroInThePlaceOfATextIsAMissingOne) {
  const auto ledger = ImportFiles({TestFile(
      "zeros.csv",
      "date,declaration,exporter,importer,importer_inn,description,brand,unit,currency,value\n"
      "2023-10-05,0,A Ltd,0,0,drone,0,0,0,0\n")});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  const Lines& lines = ledger->lines;
  EXPECT_EQ(lines.PartyOf(Role::kImporter, 0), 0U) << "nobody is called 0";
  EXPECT_EQ(lines.unit[0], 0U);
  EXPECT_EQ(lines.currency[0], 0U);
  EXPECT_EQ(ledger->goods[lines.goods[0]].brand, 0U);
  EXPECT_EQ(ledger->Text(lines.declaration[0]), "0");
  EXPECT_EQ(lines.value[0], 0);
  EXPECT_EQ(ledger->sources[0].doubts, std::vector<std::string>());
}

TEST(Import, ARepeatedRowIsCountedAndSaid) {
  const std::string row = "2023-10-05,D1,A Ltd,CN,B Ltd,,drone,8806,1,1,1,USD,CN,RU\n";
  const std::string other = "2023-10-06,D2,A Ltd,CN,B Ltd,,drone,8806,1,1,1,USD,CN,RU\n";
  const std::string folder = TestFolder();
  const std::string first = JoinPath(folder, "first.csv"), second = JoinPath(folder, "second.csv"),
                    third = JoinPath(folder, "third.csv");
  ASSERT_TRUE(WriteAtomically(first, std::string(kHeader) + row + other + row + row));
  ASSERT_TRUE(WriteAtomically(second, std::string(kHeader) + other));
  ASSERT_TRUE(WriteAtomically(third, std::string(kHeader) + other));
  const auto ledger = ImportFiles({first, second, third}, 2, 50);
  ASSERT_TRUE(ledger);
  EXPECT_EQ(ledger->lines.size(), 6U) << "a repeated row stays a line";
  EXPECT_EQ(ledger->sources[0].repeated, 2U);
  EXPECT_EQ(ledger->sources[1].repeated, 1U);
  EXPECT_EQ(
      ledger->sources[0].notes.back(),
      "2 rows repeat an earlier row byte for byte (row 3 repeats row 1); each is counted as a "
      "line of its own");
  EXPECT_EQ(
      ledger->sources[1].notes.back(),
      "1 row repeats an earlier row byte for byte (row 1 repeats row 2 of first.csv); each is "
      "counted as a line of its own");
  EXPECT_NE(ledger->sources[2].notes[ledger->sources[2].notes.size() - 2].find("second.csv"),
            std::string::npos)
      << "the same file under another name";
}

TEST(Import, AWrongMappingIsExplainedByColumnAndValue) {
  const auto layout = ParseLayout(
      "name: wrong\ncolumns: {A: date, B: quantity, C: importer.name, D: hs, E: origin, F: "
      "currency, "
      "G: description}\n",
      "wrong.yaml");
  ASSERT_TRUE(layout);
  ImportOptions options = TestOptions();
  options.layout = &*layout;
  NoProgress progress;
  const auto ledger = Import(
      {TestFile("wrong.csv", "A,B,C,D,E,F,G\n1,pcs,77,drone,8806,X,ok\n2,pcs,78,,NULL,YY,ok\n")},
      options, progress);
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  const std::string behind = "; correct the layout (tidewaiter layout FILE --write my.yaml)";
  EXPECT_EQ(
      ledger->sources[0].doubts,
      (std::vector<std::string>{
          "A: taken for date, but 2 of 2 values are not a date, such as \"1\"" + behind,
          "B: taken for quantity, but 2 of 2 values are not a number, such as \"pcs\"" + behind,
          "C: taken for importer.name, but 2 of 2 values are not a name, such as \"77\"" + behind,
          "D: taken for hs, but 1 of 1 value is not a customs code, such as \"drone\"" + behind,
          "E: taken for origin, but 1 of 1 value is not a country, such as \"8806\"" + behind,
          "F: taken for currency, but 2 of 2 values are not a currency code, such as \"X\"" +
              behind}));
}

TEST(Import, AColumnThatALayoutOfOnesOwnNamesAndTheFileHasNotIsSaid) {
  const auto layout = ParseLayout(
      "name: own\ncolumns: {Importr: importer.name, Exporter: exporter.name, Goods: description, "
      "Gone: "
      "ignored}\n",
      "own.yaml");
  ASSERT_TRUE(layout);
  ImportOptions options = TestOptions();
  options.layout = &*layout;
  NoProgress progress;
  const auto ledger = Import({TestFile("own.csv", "Importer,Exporter,Goods\nB Ltd,A Ltd,drone\n")},
                             options, progress);
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  EXPECT_EQ(ledger->sources[0].doubts,
            (std::vector<std::string>{
                "IMPORTR: taken for importer.name by the layout, but the file has no "
                "such column; did you mean IMPORTER?"}));
}

TEST(Import, TwoInputsOfOneNameAreRefused) {
  const std::string path = TestFile("same.csv", std::string(kHeader));
  EXPECT_EQ(ImportFiles({path, path}).error().code, ErrorCode::kUsage);
}

}  // namespace
}  // namespace tidewaiter::ledger
