// What a cell of a workbook holds, as text: numbers without binary noise in their digits, dates as
// ISO days. Source of the rules: ECMA-376 part 1, 18.8.30 (number formats) and 18.17.4 (dates).
#ifndef TIDEWAITER_TABLES_SHEET_CELLS_H_
#define TIDEWAITER_TABLES_SHEET_CELLS_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace tidewaiter::tables {

// Whether a number format shows dates or times: one of the built-in ones, or a code with y, m, d, h
// or s outside quotes and brackets.
bool IsDateFormat(uint32_t built_in);
bool IsDateFormatCode(std::string_view code);

// "8.806221011E9" -> "8806221011", "0.10000000000000001" -> "0.1". What is no number stays as it
// is.
std::string PlainNumber(std::string_view text);

// A day count as "2023-10-05", with a part of a day as "2023-10-05 14:30:00", below one day as
// "14:30:00". What is no day count stays as it is.
std::string DayText(std::string_view serial, bool from_1904);

// Undoes the escapes of workbooks: "a_x000D_b" -> "a\rb".
std::string WithoutEscapes(std::string_view text);

// "BC12" -> 54 (from 0); -1 when the reference is none.
int ColumnOf(std::string_view reference);

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_SHEET_CELLS_H_
