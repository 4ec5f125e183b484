#include "lists/delimited.h"

#include <gtest/gtest.h>

namespace tidewaiter::lists {
namespace {

TEST(Delimited, QuotesHoldDelimitersLineEndsAndQuotes) {
  const auto rows = SplitRows("a,\"b, \"\"c\"\"\nd\",e\r\n\r\nf,,g\x1a", ',', "t");
  ASSERT_TRUE(rows) << rows.error().ToString();
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ((*rows)[0].fields, (std::vector<std::string>{"a", "b, \"c\"\nd", "e"}));
  EXPECT_EQ((*rows)[1].fields, (std::vector<std::string>{"f", "", "g"}));
  EXPECT_EQ((*rows)[0].line, 1U);
  EXPECT_EQ((*rows)[1].line, 4U);
}

TEST(Delimited, ACutQuoteIsRefusedWithTheLineItOpensOn) {
  const auto rows = SplitRows("a,b\nc,\"d", ',', "t.csv");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().line, 2U);
  EXPECT_EQ(rows.error().file, "t.csv");
}

TEST(Delimited, ZeroBytesAreRefused) {
  const auto rows = SplitRows(std::string_view("a,b\nc\0d", 7), ',', "t.csv");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().line, 2U);
}

TEST(Delimited, OldEncodingBecomesUtf8) {
  EXPECT_EQ(ToUtf8("Jos\xE9 \x93q\x94"), "José “q”");
  EXPECT_EQ(ToUtf8("José"), "José");
}

TEST(Delimited, ByteOrderMarkIsNoText) {
  EXPECT_EQ(FirstRow("\xEF\xBB\xBF_id,source\n", ','), (std::vector<std::string>{"_id", "source"}));
}

TEST(Delimited, ATextWithoutRowsIsRefused) {
  for (const char* text : {"", "\x1a", "\xEF\xBB\xBF"}) {
    const auto rows = SplitRows(text, '\t', "empty.txt");
    ASSERT_FALSE(rows);
    EXPECT_NE(rows.error().ToString().find("empty.txt"), std::string::npos);
  }
}

}  // namespace
}  // namespace tidewaiter::lists
