#include "tables/virtual_table.h"

#include <gtest/gtest.h>

#include <deque>
#include <filesystem>

#include "base/file.h"

namespace tidewaiter::tables {
namespace {

// Numbers, each with a text and its digits; every seventh row is null but for its number.
class Numbers : public VirtualTable {
 public:
  explicit Numbers(uint64_t rows) : rows_(rows) {}
  const std::vector<VirtualColumn>& columns() const override { return columns_; }
  uint64_t rows() const override { return rows_; }
  void Fill(size_t column, uint64_t first, size_t count, CellWriter& cells) const override {
    for (size_t i = 0; i < count; ++i) {
      const uint64_t n = first + i;
      if (column == 0) {
        cells.Integer(i, static_cast<int64_t>(n));
      } else if (n % 7 != 0) {
        Put(column, n, i, cells);
      }
    }
  }

 private:
  static void Put(size_t column, uint64_t n, size_t i, CellWriter& cells) {
    if (column == 1)
      cells.Text(i, cells.Kept("a text longer than twelve bytes " + std::to_string(n)));
    if (column == 2) cells.Texts(i, digits_);
    if (column == 3) cells.Number(i, static_cast<double>(n) / 2);
    if (column == 4) cells.Boolean(i, n % 2 == 0);
    if (column == 5) cells.Day(i, Date{static_cast<int32_t>(n)});
  }
  inline static const std::vector<std::string> digits_ = {"one", "another, longer than twelve"};
  std::vector<VirtualColumn> columns_ = {{"n", CellType::kInteger},    {"name", CellType::kText},
                                         {"digits", CellType::kTexts}, {"half", CellType::kNumber},
                                         {"even", CellType::kBoolean}, {"day", CellType::kDay}};
  uint64_t rows_;
};

class VirtualTableTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(Register(connection_, "numbers", table_)); }
  // The one number that the query gives.
  double Number(const std::string& sql) {
    auto rows = connection_.Query(sql);
    EXPECT_TRUE(rows) << rows.error().ToString();
    EXPECT_TRUE(rows->Next());
    return rows->Number(0);
  }

  static DatabaseOptions TwoThreads() {
    DatabaseOptions options;
    options.threads = 2;
    return options;
  }
  Numbers table_{5000};
  Database database_ = *Database::Open("", TwoThreads());
  Connection connection_ = *database_.Connect();
};

TEST_F(VirtualTableTest, EveryRowIsReadOnceOnSeveralThreads) {
  EXPECT_EQ(Number("SELECT count(*) FROM numbers()"), 5000);
  EXPECT_EQ(Number("SELECT sum(n) FROM numbers()"), 4999.0 * 5000 / 2);
  EXPECT_EQ(Number("SELECT count(name) FROM numbers()"), 5000 - 715);
}

TEST_F(VirtualTableTest, CellsAreWhatWasFilled) {
  EXPECT_EQ(Number("SELECT count(*) FROM numbers() WHERE n % 7 <> 0 AND (half <> n / 2 OR even <> "
                   "(n % 2 = 0) OR day <> DATE '1970-01-01' + n::INTEGER OR name <> 'a text longer "
                   "than twelve bytes ' || n OR digits <> ['one', 'another, longer than twelve'])"),
            0);
  EXPECT_EQ(Number("SELECT count(*) FROM numbers() WHERE n % 7 = 0 AND (half IS NOT NULL OR "
                   "digits IS NOT NULL OR name IS NOT NULL)"),
            0);
}

TEST_F(VirtualTableTest, ParquetKeepsTheOrderOfTheRows) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "tidewaiter_virtual_table.parquet").string();
  ASSERT_TRUE(connection_.WriteParquet("SELECT * FROM numbers()", path));
  EXPECT_EQ(Number("SELECT count(*) FROM (SELECT n, file_row_number AS place FROM read_parquet(" +
                   QuoteText(path) + ", file_row_number = true)) WHERE n <> place"),
            0);
  std::filesystem::remove(path);
}

// Texts around the length from which DuckDB keeps the bytes elsewhere, each as its number of
// letters.
class Texts : public VirtualTable {
 public:
  Texts() {
    for (size_t length = 0; length < 20; ++length) {
      texts_.emplace_back(length, 'x');
      prepared_.push_back(Prepare(texts_.back()));
    }
  }
  const std::vector<VirtualColumn>& columns() const override { return columns_; }
  uint64_t rows() const override { return texts_.size(); }
  void Fill(size_t column, uint64_t first, size_t count, CellWriter& cells) const override {
    for (size_t i = 0; i < count; ++i) {
      if (column == 0)
        cells.Text(i, texts_[first + i]);
      else if (!prepared_[first + i].empty())
        cells.Text(i, prepared_[first + i]);
    }
  }

 private:
  std::deque<std::string> texts_;
  std::vector<PreparedText> prepared_;
  std::vector<VirtualColumn> columns_ = {{"plain"}, {"prepared"}};
};

TEST_F(VirtualTableTest, PreparedTextsAreTheSame) {
  const Texts texts;
  ASSERT_TRUE(Register(connection_, "texts", texts));
  EXPECT_EQ(Number("SELECT count(*) FROM texts() WHERE plain = prepared"), 19);
  EXPECT_EQ(Number("SELECT sum(length(prepared)) FROM texts()"), 190);
  EXPECT_EQ(Number("SELECT count(*) FROM texts() WHERE prepared IS NULL"), 1);
}

TEST_F(VirtualTableTest, AnEmptyTableHasNoRows) {
  const Numbers empty(0);
  ASSERT_TRUE(Register(connection_, "nothing", empty));
  EXPECT_EQ(Number("SELECT count(*) FROM nothing()"), 0);
}

}  // namespace
}  // namespace tidewaiter::tables
