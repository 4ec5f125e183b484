// Text and numbers as people read them, and the one place where data is made safe to show.
#ifndef TIDEWAITER_REPORT_TEXT_H_
#define TIDEWAITER_REPORT_TEXT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace tidewaiter::report {

// Valid UTF-8 without control characters (a line break and a tab become a blank) and without marks
// that turn the direction of what follows: each of those and each invalid byte becomes U+FFFD.
std::string Clean(std::string_view text);

// Clean text for HTML, in an element or in a quoted attribute.
std::string Escape(std::string_view text);

// The text cut to `characters` (not bytes), with "..." in place of what was cut.
std::string Shorten(std::string_view text, size_t characters);

std::string Grouped(uint64_t number);  // 20,000
std::string Amount(double number,
                   int decimals = 0);   // 1,234.5: at most so many decimals, no trailing zeros
std::string Coordinate(double number);  // 1234.5, for SVG and sort keys
std::string Usd(double value);          // "USD 12,345"
std::string UsdInWords(double value);   // "USD 12.3 million"; below a million as Usd()
// "USD 11.2 to 12.3 million" when some of it is disputed, else UsdInWords(total).
std::string UsdRange(double total, const std::optional<double>& without_disputed);

// "1 line", "20,000 lines".
std::string Count(uint64_t number, std::string_view one, std::string_view many);

// "from 2023-09-01 to 2024-08-31", "since 2023-09-01", "until ...", "no dates known".
std::string InForce(const Interval& interval);

std::string_view RoleInWords(std::string_view role);  // "end_user" -> "end user"

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_TEXT_H_
