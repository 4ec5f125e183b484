#include "lists/dates.h"

#include <gtest/gtest.h>

namespace tidewaiter::lists {
namespace {

std::string Show(std::string_view text) {
  const auto date = ParsePartialDate(text);
  if (!date) return "none";
  return ToString(date->days.from) + ".." + ToString(date->days.to) + (date->circa ? " circa" : "");
}

TEST(Dates, InEveryFormThatListsUse) {
  EXPECT_EQ(Show("24 Sep 1959"), "1959-09-24..1959-09-24");
  EXPECT_EQ(Show("September 24, 1959"), "1959-09-24..1959-09-24");
  EXPECT_EQ(Show("Sep 1959"), "1959-09-01..1959-09-30");
  EXPECT_EQ(Show("Feb 1960"), "1960-02-01..1960-02-29");
  EXPECT_EQ(Show("1959"), "1959-01-01..1959-12-31");
  EXPECT_EQ(Show("circa 1960"), "1960-01-01..1960-12-31 circa");
  EXPECT_EQ(Show("circa 01 Feb 1960"), "1960-02-01..1960-02-01 circa");
  EXPECT_EQ(Show("1970 to 1975"), "1970-01-01..1975-12-31");
  EXPECT_EQ(Show("circa 1970-1975"), "1970-01-01..1975-12-31 circa");
  EXPECT_EQ(Show("Jan 1970 to 1975"), "1970-01-01..1975-12-31");
  EXPECT_EQ(Show("10 Jan 1970 to 20 Feb 1971"), "1970-01-10..1971-02-20");
  EXPECT_EQ(Show("1959-09-24"), "1959-09-24..1959-09-24");
  EXPECT_EQ(Show("1959-09-00"), "1959-09-01..1959-09-30");
  EXPECT_EQ(Show("09/24/1959"), "1959-09-24..1959-09-24");
  EXPECT_EQ(Show("3/5/1959"), "1959-03-05..1959-03-05");
}

TEST(Dates, WhatIsNoDateIsNone) {
  for (const char* text :
       {"", "unknown", "30 Feb 1960", "1959-13-01", "0097-06-30", "24 Foo 1959", "1975 to 1970",
        "24 1959", "13/32/1959", "Sep", "99999", "-1959", "1959-"}) {
    EXPECT_EQ(Show(text), "none") << text;
  }
}

TEST(Dates, TheTextIsKept) { EXPECT_EQ(ParsePartialDate(" circa 1960 ")->text, "circa 1960"); }

TEST(Dates, ADayIsOneDay) {
  EXPECT_EQ(ToString(*ParseDay("06/19/2003")), "2003-06-19");
  EXPECT_FALSE(ParseDay("Jun 2003"));
}

}  // namespace
}  // namespace tidewaiter::lists
