#include "report/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace tidewaiter::report {
namespace {

TEST(Clean, KeepsWhatIsTextAndReplacesWhatIsNot) {
  EXPECT_EQ(Clean("ООО \"Тест\" 有限公司"), "ООО \"Тест\" 有限公司");
  EXPECT_EQ(Clean("a\tb\nc"), "a b c");
  EXPECT_EQ(Clean(std::string("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(Clean("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong
  EXPECT_EQ(Clean("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // surrogate
  EXPECT_EQ(Clean("\xE2\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // cut off
  EXPECT_EQ(Clean("a\xE2\x80\xAE"
                  "b"),
            "a\xEF\xBF\xBD"
            "b");  // right-to-left override
}

TEST(Escape, TheFiveSigns) {
  EXPECT_EQ(Escape("<a b='c'>&\""), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;");
}

TEST(Shorten, CountsCharacters) {
  EXPECT_EQ(Shorten("абвгд", 5), "абвгд");
  EXPECT_EQ(Shorten("абвгде", 5), "аб...");
}

TEST(Numbers, AsPeopleReadThem) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1234567), "1,234,567");
  EXPECT_EQ(Amount(1234.5, 2), "1,234.5");
  EXPECT_EQ(Amount(-0.001, 1), "0");
  EXPECT_EQ(Amount(std::numeric_limits<double>::quiet_NaN()), "unknown");
  EXPECT_EQ(UsdInWords(12345678), "USD 12.3 million");
  EXPECT_EQ(UsdInWords(999999), "USD 999,999");
  EXPECT_EQ(UsdInWords(999960000), "USD 1 billion");
  EXPECT_EQ(UsdRange(12.3e6, 11.2e6), "USD 11.2 to 12.3 million");
  EXPECT_EQ(UsdRange(12.3e6, 12.3e6), "USD 12.3 million");
  EXPECT_EQ(UsdRange(12.3e6, std::nullopt), "USD 12.3 million");
}

TEST(InForce, NamesUnknownEnds) {
  const Date from = FromYearMonthDay({2023, 9, 1});
  EXPECT_EQ(InForce({from, kDistantFuture}), "since 2023-09-01");
  EXPECT_EQ(InForce({kDistantPast, from}), "until 2023-09-01, start not known");
  EXPECT_EQ(InForce({from, from + 1}), "from 2023-09-01 to 2023-09-02");
  EXPECT_EQ(InForce({}), "start and end not known");
}

}  // namespace
}  // namespace tidewaiter::report
