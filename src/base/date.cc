#include "base/date.h"

#include <cstdio>

namespace tidewaiter {

// Days from civil: the calendar is shifted to start in March, so that the leap day is the last of a
// year and every 400 years ("era") have the same 146,097 days.
Date FromYearMonthDay(YearMonthDay ymd) {
  const int y = ymd.month <= 2 ? ymd.year - 1 : ymd.year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int year_of_era = y - era * 400;
  const int month_from_march = (ymd.month + 9) % 12;
  const int day_of_year = (153 * month_from_march + 2) / 5 + ymd.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return Date{era * 146097 + day_of_era - 719468};
}

YearMonthDay ToYearMonthDay(Date date) {
  const int z = date.days + 719468;
  const int era = (z >= 0 ? z : z - 146096) / 146097;
  const int day_of_era = z - era * 146097;
  const int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int month_from_march = (5 * day_of_year + 2) / 153;
  const int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * month_from_march + 2) / 5 + 1};
}

int DaysInMonth(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

bool IsValid(YearMonthDay ymd) {
  return ymd.year >= 1 && ymd.year <= 9999 && ymd.month >= 1 && ymd.month <= 12 && ymd.day >= 1 &&
         ymd.day <= DaysInMonth(ymd.year, ymd.month);
}

std::optional<Date> ParseIsoDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto number = [&](size_t at, size_t length) {
    int value = 0;
    for (char c : text.substr(at, length)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const YearMonthDay ymd{number(0, 4), number(5, 2), number(8, 2)};
  if (!IsValid(ymd)) return std::nullopt;
  return FromYearMonthDay(ymd);
}

std::string ToString(Date date) {
  if (date == kDistantPast || date == kDistantFuture) return {};
  const YearMonthDay ymd = ToYearMonthDay(date);
  if (ymd.year < 0 || ymd.year > 9999) {
    char buffer[48];
    std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
    return buffer;
  }
  std::string text = "0000-00-00";
  const auto put = [&](size_t last, int value) {
    for (; value > 0; value /= 10) text[last--] = static_cast<char>('0' + value % 10);
  };
  put(3, ymd.year);
  put(6, ymd.month);
  put(9, ymd.day);
  return text;
}

}  // namespace tidewaiter
