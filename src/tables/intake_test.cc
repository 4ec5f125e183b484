#include "tables/intake.h"

#include <gtest/gtest.h>

#include "tables/duckdb.h"
#include "tables/test_files.h"

namespace tidewaiter::tables {
namespace {

using Table = std::vector<std::vector<std::string>>;

Table RowsOf(const Intake& intake) {
  Table rows;
  RowReader reader(intake.bytes(), AfterByteOrderMark(intake.bytes()), intake.bytes().size(), 1,
                   intake.format());
  if (intake.json_lines()) rows.push_back(intake.format().keys->names);
  for (const Record* record = reader.Next(); record != nullptr; record = reader.Next()) {
    EXPECT_EQ(record->reason, RejectReason::kNone);
    rows.emplace_back(record->fields.begin(), record->fields.end());
  }
  return rows;
}

Table RowsOf(const std::string& bytes) {
  const auto intake = Intake::OfBytes(bytes, "file");
  EXPECT_TRUE(intake) << intake.error().ToString();
  return intake ? RowsOf(**intake) : Table();
}

std::string MakeParquet(const std::string& select) {
  const std::string path = JoinPath(testing::TempDir(), "intake_test.parquet");
  const auto database = Database::Open({});
  auto connection = database->Connect();
  EXPECT_TRUE(connection->WriteParquet(select, path));
  auto bytes = ReadFile(path);
  EXPECT_TRUE(RemoveAll(path));
  return *bytes;
}

const Table kTable = {{"date", "importer", "hs"},
                      {"2023-10-05", "Синтетик, \"ООО\"", "0880622"},
                      {"2023-10-06", "示例\n公司", ""}};

TEST(Intake, EveryFormatGivesTheSameRows) {
  const std::string csv =
      "date,importer,hs\n2023-10-05,\"Синтетик, "
      "\"\"ООО\"\"\",0880622\n2023-10-06,\"示例\n公司\",\n";
  const std::string jsonl =
      "{\"date\":\"2023-10-05\",\"importer\":\"Синтетик, \\\"ООО\\\"\",\"hs\":\"0880622\"}\n\n"
      "{\"hs\":null,\"importer\":\"示例\\n公司\",\"date\":\"2023-10-06\"}";
  const std::string parquet = MakeParquet(
      "SELECT DATE '2023-10-05' + i::INT AS date, ['Синтетик, \"ООО\"', '示例\n公司'][i + 1] AS "
      "importer, "
      "CASE WHEN i = 0 THEN '0880622' END AS hs FROM range(2) t(i)");
  for (const std::string& plain : {csv, jsonl, MakeWorkbook(kTable), parquet}) {
    EXPECT_EQ(RowsOf(plain), kTable);
    EXPECT_EQ(RowsOf(Gzipped(plain)), kTable);
    EXPECT_EQ(RowsOf(Zstandard(plain)), kTable);
    EXPECT_EQ(RowsOf(Gzipped(plain.substr(0, 9)) + Gzipped(plain.substr(9))), kTable);
    EXPECT_EQ(RowsOf(Zstandard(plain.substr(0, 9)) + Zstandard(plain.substr(9))), kTable);
  }
  EXPECT_EQ((*Intake::OfBytes(Zstandard(jsonl), "x"))->kind(), "jsonl (zstd)");
  EXPECT_EQ((*Intake::OfBytes(parquet, "x"))->bytes(), csv) << "the CSV that it would have been";
  EXPECT_EQ((*Intake::OfBytes(MakeWorkbook(kTable), "x"))->bytes(), csv);
}

TEST(Intake, ParquetNumbersArePlain) {
  EXPECT_EQ(RowsOf(MakeParquet("SELECT 8806221011::DOUBLE AS hs, 0.1::DOUBLE AS mass, 7::INT AS n, "
                               "true AS b, 'x'::BLOB AS raw, NULL::DOUBLE AS none")),
            (Table{{"hs", "mass", "n", "b", "raw", "none"},
                   {"8806221011", "0.1", "7", "true", "x", ""}}));
}

TEST(Intake, JsonLinesFlattenWhatIsNested) {
  EXPECT_EQ(RowsOf(std::string("{\"a\":{\"b\":1.50,\"c\":{\"d\":true}},\"e\":[1,\"x\"]}\n"
                               "{\"z\":[{\"k\":1}],\"a\":{\"b\":8640000000000001}}\n")),
            (Table{{"a.b", "a.c.d", "e", "z"},
                   {"1.5", "true", "1; x", ""},
                   {"8640000000000001", "", "", "[{\"k\":1}]"}}));
}

TEST(Intake, ABadLineOfJsonIsOneReject) {
  const auto intake = Intake::OfBytes("{\"a\":1}\nnot json\n[2]\n{\"a\":\"\xFF\"}\n{\"a\":5}", "x");
  ASSERT_TRUE(intake);
  const std::string_view bytes = (*intake)->bytes();
  for (const uint64_t block_bytes : {uint64_t{1}, uint64_t{1000}}) {
    std::vector<RejectReason> reasons;
    std::vector<uint64_t> lines;
    for (const Block& block : CutBlocks(bytes, 0, 1, (*intake)->format(), block_bytes)) {
      RowReader reader(bytes, block.offset, block.offset + block.length, block.first_line,
                       (*intake)->format());
      EXPECT_EQ(block.first_record, reasons.size());
      while (const Record* record = reader.Next()) {
        reasons.push_back(record->reason);
        lines.push_back(record->line);
        EXPECT_EQ(bytes[record->offset + record->length - 1],
                  std::string("}n]}}")[lines.size() - 1]);
      }
    }
    EXPECT_EQ(lines, (std::vector<uint64_t>{1, 2, 3, 4, 5}));
    EXPECT_EQ(reasons,
              (std::vector{RejectReason::kNone, RejectReason::kNotJson, RejectReason::kNotJson,
                           RejectReason::kNotUtf8, RejectReason::kNone}));
  }
}

TEST(Intake, KeysDoNotDependOnThreads) {
  std::string text;
  for (int i = 0; text.size() < (10U << 20); ++i)
    text += "{\"k" + std::to_string(i / 1000 * 37 % 50) + "\":\"" + std::string(200, 'x') + "\"}\n";
  IntakeOptions options;
  const auto one = Intake::OfBytes(text, "x", options);
  options.threads = 3;
  const auto three = Intake::OfBytes(text, "x", options);
  ASSERT_TRUE(one && three);
  EXPECT_EQ((*one)->format().keys->names, (*three)->format().keys->names);
  EXPECT_EQ((*one)->format().keys->names.front(), "k0");
  EXPECT_EQ((*one)->format().keys->names.size(), 50U);
}

TEST(Intake, AnotherEncodingIsSaidWithItsEvidenceOrTakenAsStated) {
  const std::string russian =
      "date;importer\n2023;\xCF\xF0\xE8\xEC\xE5\xF0 \xEF\xEE\xF1\xF2\xE0\xE2\xEA\xE8 \xE4"
      "\xE5\xF2\xE0\xEB\xE5\xE9\n";
  const auto guessed = Intake::OfBytes(russian, "x");
  ASSERT_TRUE(guessed) << guessed.error().ToString();
  EXPECT_EQ((*guessed)->bytes(), "date;importer\n2023;Пример поставки деталей\n");
  EXPECT_EQ((*guessed)->kind(), "csv (windows-1251)");
  EXPECT_EQ(
      (*guessed)->notes(),
      (std::vector<std::string>{"read as windows-1251: 100% of the bytes above 7F are Cyrillic "
                                "letters"}));
  IntakeOptions options;
  options.encoding = "latin1";
  const auto stated = Intake::OfBytes("name\nM\xFCller\n", "x", options);
  ASSERT_TRUE(stated);
  EXPECT_EQ((*stated)->bytes(), "name\nMüller\n");
  options.encoding = "klingon";
  EXPECT_EQ(Intake::OfBytes("a\n", "x", options).error().code, ErrorCode::kUsage);
}

TEST(Intake, OrdersAreReadPackedAndEncodedToo) {
  const std::string path = JoinPath(testing::TempDir(), "intake_test.json");
  const std::string order = "{\"id\": 1}";
  const std::string utf16("\xFF\xFE{\0\"\0i\0d\0\"\0:\0 \0001\0}\0", 20);
  for (const std::string& bytes :
       {order, "\xEF\xBB\xBF" + order, Gzipped(order), Zstandard(order), utf16}) {
    ASSERT_TRUE(WriteAtomically(path, bytes));
    const auto text = ReadText(path);
    ASSERT_TRUE(text) << text.error().ToString();
    EXPECT_EQ(*text, order);
  }
  ASSERT_TRUE(RemoveAll(path));
}

TEST(Intake, SaysWhatIsNotReadAndWhatToDo) {
  const std::string gzip = Gzipped(std::string(100000, 'x')),
                    zstd = Zstandard(std::string(100000, 'x'));
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"\xD0\xCF\x11\xE0\xA1\xB1", "old Excel"},
      {"%PDF-1.7", "PDF"},
      {"PK\x03\x04 nothing", "damaged"},
      {"PAR1 nothing", "no Parquet file"},
      {MakeParquet("SELECT 1 AS a").substr(0, 60), "no Parquet file"},
      {"[{\"a\":1}]", "one object a line"},
      {gzip.substr(0, gzip.size() / 2), "cut off"},
      {zstd.substr(0, zstd.size() / 2), "cut off"},
      {"\x28\xB5\x2F\xFD nothing", "damaged"}};
  for (const auto& [bytes, message] : cases) {
    const auto intake = Intake::OfBytes(bytes, "some.file");
    ASSERT_FALSE(intake) << message;
    EXPECT_EQ(intake.error().code, ErrorCode::kBadInput);
    EXPECT_EQ(intake.error().file, "some.file");
    EXPECT_NE(intake.error().message.find(message), std::string::npos) << intake.error().message;
  }
  IntakeOptions options;
  options.limit = 1000;
  for (const auto& packed : {gzip, zstd})
    EXPECT_NE(Intake::OfBytes(packed, "x", options).error().message.find("unpacks to more"),
              std::string::npos);
  EXPECT_EQ(Intake::Open(testing::TempDir()).error().code, ErrorCode::kBadInput);
  EXPECT_EQ(Intake::Open("/nowhere/at.all").error().code, ErrorCode::kMissingData);
}

}  // namespace
}  // namespace tidewaiter::tables
