#include "ledger/write.h"

#include "ledger/testing.h"
#include "tables/duckdb.h"

namespace tidewaiter::ledger {
namespace {

constexpr std::string_view kRows =
    "date,declaration,exporter,importer,importer_inn,description,hs,quantity,net_mass_kg,value,"
    "currency,origin\n"
    "2023-10-05,D1,Synthetic Alpha,OOO Sintez,7700000001,drone,8806221011,10,8.95,12000,USD,CN\n"
    "broken row\n"
    ",D2,,OOO Sintez,7700000001,drone,8806221011,,,,EUR,CN\n";

struct Paths {
  std::string lines_parquet, ledger_duckdb, rejects_csv;
};

Paths PathsIn(const std::string& folder) {
  return {JoinPath(folder, "lines.parquet"), JoinPath(folder, "ledger.duckdb"),
          JoinPath(folder, "rejects.csv")};
}

// Imports kRows and writes its files; the folder they are in.
std::string WriteRows(unsigned threads = 1) {
  const std::string folder = TestFolder();
  const std::string file = JoinPath(folder, "rows.csv");
  EXPECT_TRUE(WriteAtomically(file, kRows));
  const auto ledger = ImportFiles({file}, threads);
  EXPECT_TRUE(ledger) << ledger.error().ToString();
  KnownGoods goods;
  goods.recognitions.resize(2);
  goods.recognitions[1].component_class = "drone";
  goods.recognitions[1].component_class_confidence = 0.75;
  goods.recognitions[1].code_agreement = true;
  goods.recognised_as.resize(ledger->goods.size());
  goods.recognised_as[1] = 1;
  auto written = LedgerTables::Open(*ledger, goods, threads);
  EXPECT_TRUE(written) << written.error().ToString();
  for (const Status& status :
       {written->WriteLines(folder), written->WriteParties(folder), written->Save(folder),
        WriteRejects(*ledger, PathsIn(folder).rejects_csv)}) {
    EXPECT_TRUE(status) << status.error().ToString();
  }
  return folder;
}

TEST(Write, LinesHaveTheColumnsOfTheContractAndNullForUnknown) {
  const std::string folder = WriteRows();
  const auto database = tables::Database::Open("");
  ASSERT_TRUE(database);
  auto connection = database->Connect();
  ASSERT_TRUE(connection);
  auto rows =
      connection->Query("SELECT * FROM " + tables::QuoteText(PathsIn(folder).lines_parquet));
  ASSERT_TRUE(rows) << rows.error().ToString();
  const Ledger nothing;
  const auto columns = LineTable(nothing, {}).columns();
  ASSERT_EQ(rows->columns(), columns.size());
  for (size_t i = 0; i < columns.size(); ++i) EXPECT_EQ(rows->name(i), columns[i].name);
  auto at = [&](std::string_view name) { return static_cast<size_t>(rows->Find(name)); };
  ASSERT_TRUE(rows->Next());
  EXPECT_EQ(rows->Text(at("source")), "rows.csv");
  EXPECT_EQ(rows->Integer(at("row")), 1);
  EXPECT_EQ(ToString(rows->Day(at("date"))), "2023-10-05");
  EXPECT_EQ(rows->Text(at("importer")), "OOO Sintez");
  EXPECT_EQ(rows->Text(at("importer_entity")).size(), 17U);
  EXPECT_EQ(rows->Text(at("component_class")), "drone");
  EXPECT_EQ(rows->Number(at("component_class_confidence")), 0.75);
  EXPECT_TRUE(rows->Boolean(at("code_agreement")));
  EXPECT_EQ(rows->Number(at("net_mass_kg")), 8.95);
  EXPECT_EQ(rows->Number(at("value_usd")), 12000);
  EXPECT_TRUE(rows->IsNull(at("brand")));
  EXPECT_TRUE(rows->IsNull(at("brand_confidence")));
  EXPECT_TRUE(rows->IsNull(at("consignee")));
  ASSERT_TRUE(rows->Next());
  EXPECT_EQ(rows->Integer(at("row")), 3);
  for (const auto* unknown : {"date", "exporter", "exporter_entity", "quantity", "value",
                              "currency", "value_usd", "destination"}) {
    EXPECT_TRUE(rows->IsNull(at(unknown))) << unknown;
  }
  EXPECT_FALSE(rows->Next());
  ASSERT_TRUE(rows->status()) << rows->status().error().ToString();
}

TEST(Write, TheDatabaseHoldsTheSameLinesAndWhatTraceAsks) {
  const std::string folder = WriteRows();
  const auto database = tables::Database::Open({});
  ASSERT_TRUE(database);
  auto connection = database->Connect();
  ASSERT_TRUE(connection);
  const Status attached = AttachLedger(PathsIn(folder).ledger_duckdb, *connection);
  ASSERT_TRUE(attached) << attached.error().ToString();
  auto difference = connection->Query("SELECT count(*) FROM (FROM lines EXCEPT ALL FROM " +
                                      tables::QuoteText(PathsIn(folder).lines_parquet) + ")");
  ASSERT_TRUE(difference) << difference.error().ToString();
  ASSERT_TRUE(difference->Next());
  EXPECT_EQ(difference->Integer(0), 0);
  auto mentions = connection->Query(
      "SELECT count(*), count(DISTINCT entity) FROM mentions WHERE role = 'importer'");
  ASSERT_TRUE(mentions) << mentions.error().ToString();
  ASSERT_TRUE(mentions->Next());
  EXPECT_EQ(mentions->Integer(0), 2);
  EXPECT_EQ(mentions->Integer(1), 1);
  auto coverage = connection->Query(
      "SELECT count(*) FROM coverage WHERE field IN ('exporter', 'net_mass_kg', 'consignee')");
  ASSERT_TRUE(coverage->Next());
  EXPECT_EQ(coverage->Integer(0), 2);
}

TEST(Write, RejectsSayWhichRowAndWhy) {
  const std::string folder = WriteRows();
  const auto text = ReadFile(PathsIn(folder).rejects_csv);
  ASSERT_TRUE(text);
  EXPECT_EQ(*text, "source,row,row_offset,reason,text\nrows.csv,2," +
                       std::to_string(kRows.find("broken")) +
                       ",1 field where the header has 12,broken row\n");
}

TEST(Write, TheSameParquetOnAnyNumberOfThreads) {
  const auto one = ReadFile(PathsIn(WriteRows(1)).lines_parquet);
  const auto two = ReadFile(PathsIn(WriteRows(2)).lines_parquet);
  ASSERT_TRUE(one);
  ASSERT_TRUE(two);
  EXPECT_EQ(*one, *two);
}

TEST(Write, RecognitionOfAnotherLedgerIsRefused) {
  const Ledger ledger;
  EXPECT_FALSE(LedgerTables::Open(ledger, {}, 1));
}

}  // namespace
}  // namespace tidewaiter::ledger
