// Dates as lists write them: "24 Sep 1959", "Sep 1959", "1959", "circa 1960", "1970 to 1975",
// "1959-09-24", "09/24/1959" (month first, as US files have it).
#ifndef TIDEWAITER_LISTS_DATES_H_
#define TIDEWAITER_LISTS_DATES_H_

#include <optional>
#include <string_view>

#include "base/date.h"
#include "model/party.h"

namespace tidewaiter::lists {

// nullopt: not understood. `text` of the result is `text` as given, without blanks at the ends.
std::optional<PartialDate> ParsePartialDate(std::string_view text);

// A whole day in one of the forms above.
std::optional<Date> ParseDay(std::string_view text);

// The day of "2012-12-31", "2010-04-12-04:00" or "2026-02-27T00:00:09.554Z".
std::optional<Date> DayOfTime(std::string_view text);
// Of four digits, 1000 to 2200: what XML lists give in a field of its own.
std::optional<int> ParseYear(std::string_view text);

Interval WholeYear(int year);

}  // namespace tidewaiter::lists

#endif  // TIDEWAITER_LISTS_DATES_H_
