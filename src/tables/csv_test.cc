#include "tables/csv.h"

#include <gtest/gtest.h>

#include <random>

namespace tidewaiter::tables {
namespace {

using Fields = std::vector<std::string>;

struct Seen {
  uint64_t offset, length, line;
  RejectReason reason;
  Fields fields;
  bool operator==(const Seen&) const = default;
};

std::vector<Seen> ReadAll(std::string_view text, const Dialect& dialect = {}, uint64_t from = 0,
                          uint64_t to = std::string_view::npos, uint64_t line = 1) {
  std::vector<Seen> all;
  CsvReader reader(text, from, std::min<uint64_t>(to, text.size()), line, dialect);
  for (const Record* record = reader.Next(); record != nullptr; record = reader.Next()) {
    all.push_back({record->offset, record->length, record->line, record->reason,
                   Fields(record->fields.begin(), record->fields.end())});
  }
  return all;
}

std::vector<Seen> ReadInBlocks(std::string_view text, const Dialect& dialect,
                               uint64_t block_bytes) {
  std::vector<Seen> all;
  for (const Block& block : CutBlocks(text, 0, 1, dialect, block_bytes)) {
    EXPECT_EQ(block.first_record, all.size());
    const auto part =
        ReadAll(text, dialect, block.offset, block.offset + block.length, block.first_line);
    EXPECT_EQ(part.size(), block.records);
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

TEST(Csv, SplitsFieldsAndKeepsOffsets) {
  const auto rows = ReadAll("a,b\r\n1,\n,2");
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].fields, (Fields{"a", "b"}));
  EXPECT_EQ(rows[0].length, 3U);
  EXPECT_EQ(rows[1].fields, (Fields{"1", ""}));
  EXPECT_EQ(rows[1].offset, 5U);
  EXPECT_EQ(rows[2].fields, (Fields{"", "2"}));
  EXPECT_EQ(rows[2].line, 3U);
}

TEST(Csv, QuotedFieldsHoldDelimitersQuotesAndLines) {
  const auto rows = ReadAll("\"a,1\",\"say \"\"x\"\"\",\"two\nlines\"\nnext,,\n", {',', 3});
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].fields, (Fields{"a,1", "say \"x\"", "two\nlines"}));
  EXPECT_EQ(rows[0].reason, RejectReason::kNone);
  EXPECT_EQ(rows[1].line, 3U);
}

TEST(Csv, AQuoteInsideAFieldIsACharacter) {
  EXPECT_EQ(ReadAll("OOO \"X\" LTD,5\" pipe")[0].fields, (Fields{"OOO \"X\" LTD", "5\" pipe"}));
}

TEST(Csv, AQuoteThatNeverClosesCostsOneLine) {
  const auto rows = ReadAll("1,\"open,3\n4,5,6\n7,\"8\",9\n", {',', 3});
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].reason, RejectReason::kUnclosedQuote);
  EXPECT_EQ(rows[0].length, 9U);
  EXPECT_EQ(rows[1].fields, (Fields{"4", "5", "6"}));
  EXPECT_EQ(rows[2].fields, (Fields{"7", "8", "9"}));
}

TEST(Csv, AQuoteThatClosesByChanceInALaterLineCostsOneLineToo) {
  // The quote of line 1 meets the empty quotes and the delimiter of line 2; the number of fields
  // tells.
  const auto rows = ReadAll("1,\"open,3\n4,\" , \",6\n7,8,9\n", {',', 3});
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_NE(rows[0].reason, RejectReason::kNone);
  EXPECT_EQ(rows[1].fields, (Fields{"4", " , ", "6"}));
  EXPECT_EQ(rows[2].fields, (Fields{"7", "8", "9"}));
}

TEST(Csv, SaysWhyARowIsRejected) {
  const Dialect three{',', 3};
  const auto rows =
      ReadAll(std::string_view("1,2\n1,2,3,4\n1,\"2\"x,3\n1,\0,3\n1,\xC3(,3\n1,2,3\n", 40), three);
  ASSERT_EQ(rows.size(), 6U);
  EXPECT_EQ(rows[0].reason, RejectReason::kTooFewFields);
  EXPECT_EQ(rows[1].reason, RejectReason::kTooManyFields);
  EXPECT_EQ(rows[2].reason, RejectReason::kTextAfterQuote);
  EXPECT_EQ(rows[3].reason, RejectReason::kNul);
  EXPECT_EQ(rows[4].reason, RejectReason::kNotUtf8);
  EXPECT_EQ(rows[5].reason, RejectReason::kNone);
  EXPECT_EQ(Explain(rows[0].reason, three, 2), "2 fields where the header has 3");
}

TEST(Csv, AFieldOfMoreThanTenMegabytesIsRejected) {
  const std::string big(kLongestField + 1, 'x');
  for (const std::string& text : {"1," + big + "\n1,2\n", "1,\"" + big + "\"\n1,2\n"}) {
    const auto rows = ReadAll(text, {',', 2});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].reason, RejectReason::kFieldTooLong);
    EXPECT_EQ(rows[1].fields, (Fields{"1", "2"}));
  }
}

TEST(Csv, EmptyLinesAreNoRecords) {
  const auto rows = ReadAll("\n\r\na,b\n\n1,2\n\n");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1].line, 5U);
}

TEST(Csv, DetectsTheDelimiter) {
  EXPECT_EQ(DetectDelimiter("a,b;c,d\n1,2;3,4\n"), ',');
  EXPECT_EQ(DetectDelimiter("a;b;c\n1,5;2,5;x\n"), ';');
  EXPECT_EQ(DetectDelimiter("a\tb, c\n1\t2\n"), '\t');
  EXPECT_EQ(DetectDelimiter("a|b\n1|2\n"), '|');
  EXPECT_EQ(DetectDelimiter("alone\n"), ',');
}

// Whatever the bytes: blocks of any size hold the same records as the whole, and no byte that is
// not a line end lies outside every record.
TEST(Csv, BlocksOfAnySizeGiveTheSameRecordsAndLoseNothing) {
  std::mt19937 random(7);
  const std::string_view letters("ab,,\"\"\n\n\r;\0\xC3", 12);
  for (int round = 0; round < 3000; ++round) {
    std::string text(random() % 60, ' ');
    for (char& c : text) c = letters[random() % letters.size()];
    const Dialect dialect{',', static_cast<uint32_t>(random() % 4)};
    const auto whole = ReadAll(text, dialect);
    for (const uint64_t block : {1U, 7U, 1000U})
      ASSERT_EQ(ReadInBlocks(text, dialect, block), whole) << text;
    uint64_t at = 0;
    for (const Seen& row : whole) {
      for (; at < row.offset; ++at) ASSERT_TRUE(text[at] == '\n' || text[at] == '\r') << text;
      at = row.offset + row.length;
    }
    for (; at < text.size(); ++at) ASSERT_TRUE(text[at] == '\n' || text[at] == '\r') << text;
  }
}

TEST(Csv, WhatIsWrittenReadsBack) {
  for (const std::string_view text : {"plain", "a,b", "say \"x\"", "two\nlines", "", "Привет"}) {
    std::string line;
    AppendCsvField(text, line);
    line += ",end";
    EXPECT_EQ(ReadAll(line, {',', 2})[0].fields, (Fields{std::string(text), "end"}));
  }
  std::string line;
  AppendCsvField("bad \xFF byte", line);
  EXPECT_EQ(line, "bad \xEF\xBF\xBD byte");
}

}  // namespace
}  // namespace tidewaiter::tables
