// The same rows in every format give the same lines.parquet.
#include <iconv.h>

#include <algorithm>

#include "ledger/testing.h"
#include "ledger/write.h"
#include "tables/duckdb.h"
#include "tables/test_files.h"

namespace tidewaiter::ledger {
namespace {

using Table = std::vector<std::vector<std::string>>;

// SYNTHETIC rows with everything that a format could spoil: quotes, line ends, two scripts, leading
// zeros, binary noise, missing values, a repeated row.
Table Rows() {
  Table rows = {{"date", "declaration", "exporter_name", "importer_name", "importer_inn",
                 "description", "hs_code", "quantity", "net_mass_kg", "value", "currency", "origin",
                 "destination"}};
  for (int i = 0; i < 300; ++i) {
    const std::string number = std::to_string(i);
    rows.push_back({"2023-10-" + std::string(i % 9 == 8 ? "28" : "0" + std::to_string(1 + i % 9)),
                    "SYN/" + number, "Synthetic " + std::to_string(i % 7) + ", Ltd.",
                    "ООО \"Синтез " + std::to_string(i % 5) + "\"",
                    "770000000" + std::to_string(i % 5),
                    i % 4 == 0 ? "Беспилотник\nс камерой" : "Двигатель, запасной", "0880622100",
                    std::to_string(i % 11), i % 3 == 0 ? "" : "8.640000000000001", number + ".25",
                    "USD", i % 10 == 0 ? "" : "CN", "RU"});
  }
  rows.push_back(rows[5]);
  return rows;
}

std::string Delimited(const Table& rows, char delimiter) {
  std::string out;
  for (const auto& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += delimiter;
      if (row[i].find_first_of("\"\n,;\t") == std::string::npos) {
        out += row[i];
        continue;
      }
      out += '"';
      for (const char c : row[i]) out += c == '"' ? "\"\"" : std::string(1, c);
      out += '"';
    }
    out += '\n';
  }
  return out;
}

std::string JsonLines(const Table& rows) {
  std::string out;
  for (size_t r = 1; r < rows.size(); ++r) {
    Json row;
    for (size_t i = 0; i < rows[r].size(); ++i) row.Set(rows[0][i], rows[r][i]);
    out += row.Dump() + "\n";
  }
  return out;
}

std::string Parquet(const Table& rows) {
  const std::string folder = TestFolder(), csv = JoinPath(folder, "rows.csv"),
                    path = JoinPath(folder, "rows.parquet");
  EXPECT_TRUE(WriteAtomically(csv, Delimited(rows, ',')));
  const auto database = tables::Database::Open({});
  auto connection = database->Connect();
  const Status written = connection->WriteParquet(
      "SELECT * FROM read_csv(" + tables::QuoteText(csv) + ", all_varchar = true)", path);
  EXPECT_TRUE(written) << written.error().ToString();
  return *ReadFile(path);
}

std::string Encoded(std::string text, const char* encoding) {
  const iconv_t handle = iconv_open(encoding, "UTF-8");
  std::string out(text.size() * 4 + 16, '\0');
  char *in = text.data(), *to = out.data();
  size_t left = text.size(), room = out.size();
  EXPECT_NE(iconv(handle, &in, &left, &to, &room), static_cast<size_t>(-1));
  iconv_close(handle);
  out.resize(out.size() - room);
  return out;
}

// lines.parquet of a file with these bytes; its name is the same for all.
std::string LinesOf(const std::string& bytes, const std::string& encoding = "") {
  const std::string folder = TestFolder(), path = JoinPath(folder, "rows"),
                    lines = JoinPath(folder, "lines.parquet");
  EXPECT_TRUE(WriteAtomically(path, bytes));
  NoProgress progress;
  ImportOptions options = TestOptions(2, 5000);
  options.encoding = encoding;
  const auto ledger = Import({path}, options, progress);
  EXPECT_TRUE(ledger) << ledger.error().ToString();
  if (!ledger) return {};
  EXPECT_EQ(ledger->sources[0].rows, 301U);
  EXPECT_EQ(ledger->rejects.size(), 0U);
  EXPECT_EQ(ledger->sources[0].repeated, 1U);
  EXPECT_EQ(ledger->sources[0].doubts, std::vector<std::string>());
  for (size_t i = 0; i < 300; i += 50) {
    const auto cells =
        CellsAt(ledger->sources[0], ledger->lines.offset[i], ledger->lines.length[i]);
    EXPECT_TRUE(cells && std::count(cells->begin(), cells->end(), "SYN/" + std::to_string(i)) == 1);
  }
  KnownGoods goods;
  goods.recognitions.resize(1);
  goods.recognised_as.resize(ledger->goods.size());
  auto tables = LedgerTables::Open(*ledger, goods, 1);
  EXPECT_TRUE(tables) << tables.error().ToString();
  const Status written = tables->WriteLines(folder);
  EXPECT_TRUE(written) << written.error().ToString();
  return *ReadFile(lines);
}

// Everything but where the row lies and what its bytes were.
std::string WithoutPlaces(const std::string& parquet) {
  const std::string folder = TestFolder(), in = JoinPath(folder, "in.parquet"),
                    out = JoinPath(folder, "out.parquet");
  EXPECT_TRUE(WriteAtomically(in, parquet));
  const auto database = tables::Database::Open({});
  auto connection = database->Connect();
  EXPECT_TRUE(connection->WriteParquet(
      "SELECT * EXCLUDE (row_offset, row_length, row_hash) FROM " + tables::QuoteText(in), out));
  return *ReadFile(out);
}

TEST(Formats, SameRowsSameLinesBytesAndAll) {
  const Table rows = Rows();
  const std::string csv = Delimited(rows, ','), expected = LinesOf(csv);
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(LinesOf(tables::Gzipped(csv)), expected) << "gzip";
  EXPECT_EQ(LinesOf(tables::Zstandard(csv)), expected) << "zstd";
  const std::string workbook = tables::MakeWorkbook(rows), parquet = Parquet(rows);
  for (const auto& table : {workbook, parquet}) {
    EXPECT_EQ(LinesOf(table), expected);
    EXPECT_EQ(LinesOf(tables::Gzipped(table)), expected);
    EXPECT_EQ(LinesOf(tables::Zstandard(table)), expected);
  }
  EXPECT_EQ(LinesOf("\xFF\xFE" + Encoded(csv, "UTF-16LE")), expected) << "UTF-16LE";
  EXPECT_EQ(LinesOf(Encoded(csv, "UTF-16BE")), expected) << "UTF-16BE";
  EXPECT_EQ(LinesOf(Encoded(csv, "WINDOWS-1251")), expected) << "windows-1251";
  EXPECT_EQ(LinesOf(Encoded(csv, "GB18030"), "gb18030"), expected) << "GB18030";
}

TEST(Formats, SameRowsSameLinesWhereTheBytesDiffer) {
  const Table rows = Rows();
  const std::string expected = WithoutPlaces(LinesOf(Delimited(rows, ',')));
  const std::string json = JsonLines(rows);
  for (const std::string& text :
       {Delimited(rows, '\t'), Delimited(rows, ';'), Delimited(rows, '|'), json,
        "\xEF\xBB\xBF" + Delimited(rows, ','), "\xEF\xBB\xBF" + json}) {
    EXPECT_EQ(WithoutPlaces(LinesOf(text)), expected);
    EXPECT_EQ(WithoutPlaces(LinesOf(tables::Gzipped(text))), expected);
    EXPECT_EQ(WithoutPlaces(LinesOf(tables::Zstandard(text))), expected);
  }
}

TEST(Formats, AWorkbookWithATitleAndAnUnnamedFirstColumnIsRead) {
  Table rows = {{"", "SYNTHETIC export of a vendor"}, {}, {""}};
  rows[2].insert(rows[2].end(), {"date", "exporter", "importer", "description", "hs", "origin"});
  rows.push_back({"DATA", "2023-10-05", "Synthetic A", "Synthetic B", "drone", "880622", "CN"});
  const auto ledger = ImportFiles({TestFile("title.xlsx", tables::MakeWorkbook(rows))});
  ASSERT_TRUE(ledger) << ledger.error().ToString();
  ASSERT_EQ(ledger->lines.size(), 1U);
  EXPECT_EQ(ToString(ledger->lines.from[0]), "2023-10-05");
  EXPECT_EQ(ledger->lines.row[0], 1U);
}

}  // namespace
}  // namespace tidewaiter::ledger
