// Calendar days, and intervals of them. The engine knows no time of day: lists, rules and customs
// rows are dated by day, and the day is the publisher's.
#ifndef TIDEWAITER_BASE_DATE_H_
#define TIDEWAITER_BASE_DATE_H_

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace tidewaiter {

// A day of the proleptic Gregorian calendar, as days since 1970-01-01. Stored on disk.
struct Date {
  int32_t days = 0;

  auto operator<=>(const Date&) const = default;
  Date operator+(int32_t n) const { return {days + n}; }
  Date operator-(int32_t n) const { return {days - n}; }
  int32_t operator-(Date other) const { return days - other.days; }
};

inline constexpr Date kDistantPast{std::numeric_limits<int32_t>::min() / 2};
inline constexpr Date kDistantFuture{std::numeric_limits<int32_t>::max() / 2};

struct YearMonthDay {
  int year;
  int month;  // 1 to 12
  int day;    // 1 to 31
};

Date FromYearMonthDay(YearMonthDay ymd);
YearMonthDay ToYearMonthDay(Date date);
bool IsValid(YearMonthDay ymd);
int DaysInMonth(int year, int month);

// "2024-02-29" and nothing else; nullopt for anything that is not a real day.
std::optional<Date> ParseIsoDate(std::string_view text);
std::string ToString(Date date);  // ISO; "" for the two distant dates

// The days from `from` to `to`, both included. An unknown end is one of the distant dates.
struct Interval {
  Date from = kDistantPast;
  Date to = kDistantFuture;

  bool Contains(Date date) const { return from <= date && date <= to; }
  bool operator==(const Interval&) const = default;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_DATE_H_
