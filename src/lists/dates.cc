#include "lists/dates.h"

#include <array>
#include <charconv>
#include <string>
#include <vector>

#include "lists/delimited.h"

namespace tidewaiter::lists {
namespace {

std::optional<int> Number(std::string_view text) {
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

// 1 to 12 for an English month name of at least three letters ("Sep", "Sept.", "September"); 0:
// none.
int Month(std::string_view word) {
  constexpr std::array<std::string_view, 12> kMonths = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  std::string folded = Lower(word);
  if (folded.ends_with('.')) folded.pop_back();
  if (folded.size() < 3) return 0;
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i].starts_with(folded)) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<Interval> Days(int year, int month, int day) {
  if (year < 1000 || year > 2200 || month > 12) return std::nullopt;
  if (month == 0) return WholeYear(year);
  if (day == 0) {
    return Interval{FromYearMonthDay({year, month, 1}),
                    FromYearMonthDay({year, month, DaysInMonth(year, month)})};
  }
  if (!IsValid({year, month, day})) return std::nullopt;
  const Date date = FromYearMonthDay({year, month, day});
  return Interval{date, date};
}

std::optional<Interval> FromNumbers(const std::vector<std::string>& parts, bool year_first) {
  if (parts.size() != 3) return std::nullopt;
  const auto a = Number(parts[0]), b = Number(parts[1]), c = Number(parts[2]);
  if (!a || !b || !c) return std::nullopt;
  return year_first ? Days(*a, *b, *c) : Days(*c, *a, *b);
}

// "1959-1962".
std::optional<Interval> FromYears(std::string_view first, std::string_view last) {
  const auto from = Number(first), to = Number(last);
  if (!from || !to || *from > *to) return std::nullopt;
  const auto begin = Days(*from, 0, 0), end = Days(*to, 0, 0);
  if (!begin || !end) return std::nullopt;
  return Interval{begin->from, end->to};
}

// "24 Sep 1959", "Sep 1959", "September 24, 1959", "1959".
std::optional<Interval> FromWords(std::string_view text) {
  std::string spaced(text);
  for (char& c : spaced) {
    if (c == ',') c = ' ';
  }
  int year = 0, month = 0, day = 0;
  for (const auto& word : SplitTrimmed(spaced, " ")) {
    if (const int m = Month(word); m != 0 && month == 0) {
      month = m;
    } else if (const auto n = Number(word); n && word.size() == 4 && year == 0) {
      year = *n;
    } else if (n && word.size() <= 2 && *n > 0 && day == 0) {
      day = *n;
    } else {
      return std::nullopt;
    }
  }
  if (day != 0 && month == 0) return std::nullopt;
  return Days(year, month, day);
}

std::optional<Interval> OneDate(std::string_view text) {
  const size_t digits = text.find_first_not_of("0123456789");
  if (digits == 4 && text[4] == '-') {
    const auto parts = SplitTrimmed(text, "-");
    if (parts.size() == 2 && parts[1].size() == 4) return FromYears(parts[0], parts[1]);
    return FromNumbers(parts, true);
  }
  if (digits != std::string_view::npos && text[digits] == '/') {
    return FromNumbers(SplitTrimmed(text, "/"), digits == 4);
  }
  return FromWords(text);
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!Lower(text.substr(0, prefix.size())).starts_with(prefix)) return false;
  text = Trim(text.substr(prefix.size()));
  return true;
}

bool TakeCirca(std::string_view& text) {
  bool any = false;
  for (const std::string_view word :
       {"circa ", "c. ", "ca. ", "approximately ", "about ", "between "}) {
    if (TakePrefix(text, word)) any |= word != "between ";
  }
  return any;
}

}  // namespace

std::optional<Date> DayOfTime(std::string_view text) { return ParseIsoDate(text.substr(0, 10)); }

std::optional<int> ParseYear(std::string_view text) {
  int year = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (problem != std::errc() || end != text.data() + text.size() || year < 1000 || year > 2200)
    return std::nullopt;
  return year;
}

Interval WholeYear(int year) {
  return {FromYearMonthDay({year, 1, 1}), FromYearMonthDay({year, 12, 31})};
}

std::optional<PartialDate> ParsePartialDate(std::string_view text) {
  PartialDate date;
  std::string_view rest = Trim(text);
  date.text = rest;
  date.circa = TakeCirca(rest);
  for (const std::string_view word : {" to ", " and "}) {
    const size_t at = rest.find(word);
    if (at == std::string_view::npos) continue;
    std::string_view last = Trim(rest.substr(at + word.size()));
    date.circa |= TakeCirca(last);
    const auto from = OneDate(Trim(rest.substr(0, at))), to = OneDate(last);
    if (!from || !to || to->to < from->from) return std::nullopt;
    date.days = {from->from, to->to};
    return date;
  }
  const auto days = OneDate(rest);
  if (!days) return std::nullopt;
  date.days = *days;
  return date;
}

std::optional<Date> ParseDay(std::string_view text) {
  const auto days = OneDate(Trim(text));
  if (!days || days->from != days->to) return std::nullopt;
  return days->from;
}

}  // namespace tidewaiter::lists
