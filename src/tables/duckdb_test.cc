#include "tables/duckdb.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"

namespace tidewaiter::tables {
namespace {

// A database in memory with its one connection; the test fails where it cannot be had.
Connection Memory() {
  auto database = Database::Open("");
  EXPECT_TRUE(database) << database.error().ToString();
  auto connection = database->Connect();
  EXPECT_TRUE(connection);
  return std::move(*connection);
}

TEST(DuckDb, ReadsEveryTypeItPromises) {
  Connection connection = Memory();
  auto rows = connection.Query(
      "SELECT 'a text longer than twelve bytes', 'kurz', 1::TINYINT, 2::BIGINT, 3::HUGEINT, "
      "1.5::DOUBLE, "
      "12.25::DECIMAL(9,2), true, DATE '2024-02-29', NULL::VARCHAR");
  ASSERT_TRUE(rows) << rows.error().ToString();
  ASSERT_TRUE(rows->Next());
  EXPECT_EQ(rows->Text(0), "a text longer than twelve bytes");
  EXPECT_EQ(rows->Text(1), "kurz");
  EXPECT_EQ(rows->Integer(2), 1);
  EXPECT_EQ(rows->Integer(3), 2);
  EXPECT_EQ(rows->Integer(4), 3);
  EXPECT_EQ(rows->Number(5), 1.5);
  EXPECT_EQ(rows->Number(6), 12.25);
  EXPECT_TRUE(rows->Boolean(7));
  EXPECT_EQ(ToString(rows->Day(8)), "2024-02-29");
  EXPECT_TRUE(rows->IsNull(9));
  EXPECT_FALSE(rows->Next());
  EXPECT_TRUE(rows->status());
}

TEST(DuckDb, BindsParametersInOrder) {
  Connection connection = Memory();
  auto rows = connection.Query("SELECT ?::VARCHAR || 'b', ?::BIGINT + 1, ?::DATE",
                               {std::string("a'"), int64_t{41}, *ParseIsoDate("2022-04-26")});
  ASSERT_TRUE(rows) << rows.error().ToString();
  ASSERT_TRUE(rows->Next());
  EXPECT_EQ(rows->Text(0), "a'b");
  EXPECT_EQ(rows->Integer(1), 42);
  EXPECT_EQ(ToString(rows->Day(2)), "2022-04-26");
}

TEST(DuckDb, AppendsAcrossChunksAndLeavesWhatIsNotSetNull) {
  Connection connection = Memory();
  ASSERT_TRUE(connection.Run(
      "CREATE TABLE t (a VARCHAR, b BIGINT, c DOUBLE, d DATE, e BOOLEAN, f INTEGER)"));
  auto appender = connection.Append("t");
  ASSERT_TRUE(appender);
  constexpr int64_t kRows = 5000;  // more than two chunks
  for (int64_t i = 0; i < kRows; ++i) {
    if (i % 2 == 0) appender->Text(0, "row " + std::to_string(i));
    appender->Integer(1, i);
    appender->Number(2, 0.5);
    appender->Day(3, Date{static_cast<int32_t>(i)});
    appender->Boolean(4, true);
    ASSERT_TRUE(appender->EndRow());
  }
  ASSERT_TRUE(appender->Close());
  auto rows = connection.Query(
      "SELECT count(*), count(a), sum(b), sum(c), max(d), count(e), count(f) FROM t");
  ASSERT_TRUE(rows);
  ASSERT_TRUE(rows->Next());
  EXPECT_EQ(rows->Integer(0), kRows);
  EXPECT_EQ(rows->Integer(1), kRows / 2);
  EXPECT_EQ(rows->Integer(2), kRows * (kRows - 1) / 2);
  EXPECT_EQ(rows->Number(3), kRows / 2.0);
  EXPECT_EQ(rows->Day(4).days, kRows - 1);
  EXPECT_EQ(rows->Integer(5), kRows);
  EXPECT_EQ(rows->Integer(6), 0);
}

TEST(DuckDb, SaysWhatIsWrongWithAStatement) {
  Connection connection = Memory();
  const Status status = connection.Run("SELECT no_such_column");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, ErrorCode::kInternal);
  EXPECT_NE(status.error().message.find("no_such_column"), std::string::npos);
  auto rows = connection.Query("SELECT [1, 2]");
  ASSERT_TRUE(rows);
  ASSERT_TRUE(rows->Next());
  rows->Text(0);
  EXPECT_FALSE(rows->status());
}

TEST(DuckDb, WritesTheSameParquetOnAnyNumberOfThreads) {
  const std::string folder = testing::TempDir() + "/tables_parquet";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::string bytes[2];
  for (unsigned threads : {1U, 2U}) {
    auto database = Database::Open("", DatabaseOptions{threads, 2048, {}, false});
    ASSERT_TRUE(database);
    auto connection = database->Connect();
    ASSERT_TRUE(connection);
    ASSERT_TRUE(connection->Run(
        "CREATE TABLE t AS SELECT i, 'text ' || (i % 977) AS s FROM range(400000) r(i)"));
    const std::string path = JoinPath(folder, "t" + std::to_string(threads) + ".parquet");
    const Status written = connection->WriteParquet("SELECT * FROM t", path);
    ASSERT_TRUE(written) << written.error().ToString();
    auto content = ReadFile(path);
    ASSERT_TRUE(content);
    bytes[threads - 1] = *content;
  }
  EXPECT_EQ(bytes[0], bytes[1]);
}

TEST(DuckDb, AFolderIsNoDatabase) {
  const auto database = Database::Open(testing::TempDir());
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, ErrorCode::kBadInput);
}

}  // namespace
}  // namespace tidewaiter::tables
