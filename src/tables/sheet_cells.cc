#include "tables/sheet_cells.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

#include "base/date.h"

namespace tidewaiter::tables {
namespace {

constexpr int kMostColumns = 16384;
constexpr double kLargestPlain = 1e15;  // whole numbers up to here are exact and printed in full

std::optional<double> Number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<unsigned> HexDigits(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

bool IsDateFormat(uint32_t id) {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
         (id >= 50 && id <= 58);
}

bool IsDateFormatCode(std::string_view code) {
  for (size_t at = 0; at < code.size(); ++at) {
    const char c = code[at];
    if (c == '\\' || c == '_' || c == '*') {
      ++at;
    } else if (c == '"' || c == '[') {
      const size_t close = code.find(c == '"' ? '"' : ']', at + 1);
      if (close == code.npos) return false;
      at = close;
    } else if (c == ';') {
      return false;  // the first section decides
    } else if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

std::string PlainNumber(std::string_view text) {
  if (text.size() < 15 && text.find_first_of("eE") == text.npos) return std::string(text);
  const auto value = Number(text);
  if (!value) return std::string(text);
  std::array<char, 32> buffer;
  const bool whole = std::trunc(*value) == *value && std::abs(*value) < kLargestPlain;
  const auto end = whole ? std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                         static_cast<int64_t>(*value))
                         : std::to_chars(buffer.data(), buffer.data() + buffer.size(), *value);
  return std::string(buffer.data(), end.ptr);
}

std::string DayText(std::string_view serial, bool from_1904) {
  const auto value = Number(serial);
  // 2958466 is the first day of the year 10000.
  if (!value || *value < 0 || *value >= 2958466) return std::string(serial);
  int64_t seconds = std::llround(*value * 86400);
  const int64_t day = seconds / 86400;
  seconds %= 86400;
  std::array<char, 16> time;
  std::snprintf(time.data(), time.size(), "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  if (day == 0 && !from_1904) return time.data();
  // The sheet believes in a 29 February 1900, so days before it are one off; day 1 is 1 January
  // 1900.
  const Date epoch = from_1904  ? FromYearMonthDay({1904, 1, 1})
                     : day > 59 ? FromYearMonthDay({1899, 12, 30})
                                : FromYearMonthDay({1899, 12, 31});
  const std::string date = ToString(Date{epoch.days + static_cast<int32_t>(day)});
  return seconds == 0 ? date : date + " " + time.data();
}

std::string WithoutEscapes(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t next = std::min(text.find("_x", at), text.size());
    out.append(text.substr(at, next - at));
    if (next == text.size()) break;
    const bool shaped = next + 7 <= text.size() && text[next + 6] == '_';
    const auto code = shaped ? HexDigits(text.substr(next + 2, 4)) : std::nullopt;
    if (code && *code < 0x80) {
      out += static_cast<char>(*code);
      at = next + 7;
    } else {
      out.append(text.substr(next, 2));
      at = next + 2;
    }
  }
  return out;
}

int ColumnOf(std::string_view reference) {
  int column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + (c - 'A' + 1);
    if (column > kMostColumns) return -1;
  }
  return column - 1;
}

}  // namespace tidewaiter::tables
