#include "ledger/cells.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace tidewaiter::ledger {
namespace {

constexpr std::array<std::string_view, 9> kNullsOfEveryFile = {"NULL", "N/A", "#N/A", "(NULL)", "-",
                                                               "--",   "-0-", "NONE", "NIL"};
constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 12> kLongMonths = {
    "JANUARY", "FEBRUARY", "MARCH",     "APRIL",   "MAY",      "JUNE",
    "JULY",    "AUGUST",   "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"};
constexpr std::string_view kNoBreakSpace = "\xC2\xA0";
constexpr std::string_view kNarrowNoBreakSpace = "\xE2\x80\xAF";
constexpr size_t kNoisyDigits = 15;

char UpperAscii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string UpperAscii(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return UpperAscii(c); });
  return out;
}

bool EqualsUpper(std::string_view text, std::string_view upper) {
  return text.size() == upper.size() &&
         std::equal(text.begin(), text.end(), upper.begin(),
                    [](char a, char b) { return UpperAscii(a) == b; });
}

std::optional<double> FromChars(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

double WithoutNoise(double value, std::string_view text) {
  if (text.size() < kNoisyDigits) return value;
  const auto digits = std::count_if(text.begin(), text.end(), IsDigit);
  if (static_cast<size_t>(digits) < kNoisyDigits || std::abs(value) >= 1e15) return value;
  // Both factors are exact, so the quotient is the double nearest to the rounded decimal.
  static constexpr std::array<double, 16> kPowers = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const int whole = value == 0 ? 1 : static_cast<int>(std::floor(std::log10(std::abs(value)))) + 1;
  const auto places = static_cast<size_t>(std::clamp(12 - whole, 0, 15));
  return std::round(value * kPowers[places]) / kPowers[places];
}

// Whether `separator` groups thousands in the digits before the decimal sign: groups of three
// behind the first.
bool GroupsThousands(std::string_view whole, char separator) {
  size_t at = whole.find(separator);
  if (at == whole.npos) return true;
  if (at == 0 || at > 3) return false;
  for (; at < whole.size(); at += 4) {
    if (whole[at] != separator || at + 4 > whole.size()) return false;
    if (at + 4 < whole.size() && whole[at + 4] != separator) return false;
  }
  return true;
}

// The number in plain form: no blanks, no groups, a decimal point. "" when it has not the form of a
// number.
std::string Plain(std::string_view text, char decimal) {
  std::string compact;
  for (size_t i = 0; i < text.size();) {
    if (text.substr(i).starts_with(kNoBreakSpace)) {
      i += kNoBreakSpace.size();
    } else if (text.substr(i).starts_with(kNarrowNoBreakSpace)) {
      i += kNarrowNoBreakSpace.size();
    } else {
      if (text[i] != ' ' && text[i] != '\'') compact += text[i];
      ++i;
    }
  }
  const char group = decimal == '.' ? ',' : '.';
  const size_t point = compact.find(decimal);
  std::string whole = compact.substr(0, point);
  const bool sign = whole.starts_with('-') || whole.starts_with('+');
  if (!GroupsThousands(std::string_view(whole).substr(sign ? 1 : 0), group)) return {};
  std::erase(whole, group);
  if (point == std::string::npos) return whole;
  const std::string fraction = compact.substr(point + 1);
  if (fraction.find(group) != std::string::npos) return {};
  return whole + "." + fraction;
}

// A run of letters at text[at] as a month, 1 to 12; moves `at` behind it. 0: none.
int ReadMonthName(std::string_view text, size_t& at) {
  size_t end = at;
  while (end < text.size() && UpperAscii(text[end]) >= 'A' && UpperAscii(text[end]) <= 'Z') ++end;
  const std::string_view word = text.substr(at, end - at);
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (EqualsUpper(word, kMonths[i]) || EqualsUpper(word, kLongMonths[i])) {
      at = end;
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

// Up to `most` digits, at least `least`; moves `at`. -1: fewer.
int ReadDigits(std::string_view text, size_t& at, size_t least, size_t most) {
  int value = 0;
  size_t count = 0;
  for (; count < most && at < text.size() && IsDigit(text[at]); ++count, ++at)
    value = value * 10 + (text[at] - '0');
  return count < least ? -1 : value;
}

// " 00:00:00", "T12:30:00Z" and the like.
bool IsTime(std::string_view rest) {
  if (rest.empty()) return true;
  if (rest[0] != ' ' && rest[0] != 'T') return false;
  const size_t last = rest.find_last_not_of("0123456789:.+-ZAPMapm ");
  return (last == rest.npos || last == 0) && rest.find(':') != rest.npos;
}

}  // namespace

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  if (text.starts_with(kNoBreakSpace)) return Trim(text.substr(kNoBreakSpace.size()));
  if (text.ends_with(kNoBreakSpace))
    return Trim(text.substr(0, text.size() - kNoBreakSpace.size()));
  return text;
}

Nulls::Nulls(const std::vector<std::string>& more)
    : words_(kNullsOfEveryFile.begin(), kNullsOfEveryFile.end()) {
  for (const auto& word : more) words_.push_back(UpperAscii(word));
  for (const auto& word : words_) {
    if (word.empty()) continue;
    longest_ = std::max(longest_, word.size());
    const char first = word[0];
    begins_[static_cast<unsigned char>(first)] = true;
    if (first >= 'A' && first <= 'Z') begins_[static_cast<unsigned char>(first + 32)] = true;
  }
}

bool Nulls::Contains(std::string_view text) const {
  if (text.empty()) return true;
  if (text.size() > longest_ || !begins_[static_cast<unsigned char>(text[0])]) return false;
  return std::any_of(words_.begin(), words_.end(),
                     [&](const auto& word) { return EqualsUpper(text, word); });
}

std::optional<double> ParseNumber(std::string_view text, char decimal) {
  const bool plain = text.find_first_not_of("0123456789.-") == text.npos;
  if (plain && (decimal == '.' || text.find('.') == text.npos)) {
    const auto value = FromChars(text);
    if (!value) return value;
    return WithoutNoise(*value, text);
  }
  if (text.empty() || text.find_first_not_of("0123456789.,-+ '\xC2\xA0\xE2\x80\xAF"
                                             "eE") != text.npos) {
    return std::nullopt;
  }
  const std::string rewritten = Plain(text, decimal);
  if (rewritten.empty() || rewritten.find_first_of("0123456789") == rewritten.npos)
    return std::nullopt;
  const auto value = FromChars(rewritten);
  if (!value) return value;
  return WithoutNoise(*value, rewritten);
}

void DecimalVote::Add(std::string_view text) {
  const auto commas = std::count(text.begin(), text.end(), ',');
  const auto points = std::count(text.begin(), text.end(), '.');
  if (commas == 0 && points == 0) return;
  if (commas > 0 && points > 0) {
    ++(text.rfind(',') > text.rfind('.') ? commas_ : points_);
    return;
  }
  const char sign = commas > 0 ? ',' : '.';
  if (commas + points > 1) {  // several can only group thousands
    ++(sign == ',' ? points_ : commas_);
    return;
  }
  const size_t at = text.find(sign);
  const size_t behind = text.size() - at - 1;
  const bool could_group = behind == 3 && at >= 1 && at <= 3 && text[0] != '0';
  if (!could_group) {
    ++(sign == ',' ? commas_ : points_);
  } else if (sign == ',') {
    ++unclear_;
  }
}

char DecimalVote::Decide() const { return commas_ > points_ ? ',' : '.'; }

Result<DateFormat> DateFormat::Parse(std::string_view format) {
  DateFormat parsed;
  parsed.text_ = format;
  static constexpr std::array<std::pair<std::string_view, Part>, 5> kParts = {
      {{"YYYY", Part::kYear4},
       {"YY", Part::kYear2},
       {"MON", Part::kMonthName},
       {"MM", Part::kMonth},
       {"DD", Part::kDay}}};
  for (size_t at = 0; at < format.size();) {
    const auto found = std::find_if(kParts.begin(), kParts.end(), [&](const auto& part) {
      return format.substr(at).starts_with(part.first);
    });
    if (found != kParts.end()) {
      parsed.pieces_.push_back({found->second, 0});
      at += found->first.size();
    } else if (std::string_view("-./ ,").find(format[at]) != std::string_view::npos) {
      parsed.pieces_.push_back({Part::kLiteral, format[at]});
      parsed.separated_ = true;
      ++at;
    } else {
      return BadInput("no date format: " + std::string(format) +
                      "; use YYYY, YY, MM, MON, DD and - . / between");
    }
  }
  return parsed;
}

std::optional<Interval> DateFormat::Read(std::string_view text) const {
  int year = -1, month = -1, day = -1;
  size_t at = 0;
  const size_t least = separated_ ? 1 : 2;
  for (const Piece& piece : pieces_) {
    switch (piece.part) {
      case Part::kYear4:
        if ((year = ReadDigits(text, at, 4, 4)) < 0) return std::nullopt;
        break;
      case Part::kYear2:
        if ((year = ReadDigits(text, at, 2, 2)) < 0) return std::nullopt;
        year += year < 70 ? 2000 : 1900;
        break;
      case Part::kMonth:
        if ((month = ReadDigits(text, at, least, 2)) < 0) return std::nullopt;
        break;
      case Part::kMonthName:
        if ((month = ReadMonthName(text, at)) == 0) return std::nullopt;
        break;
      case Part::kDay:
        if ((day = ReadDigits(text, at, least, 2)) < 0) return std::nullopt;
        break;
      case Part::kLiteral:
        if (at >= text.size() || text[at] != piece.literal) return std::nullopt;
        ++at;
        break;
    }
  }
  if (!IsTime(text.substr(at)) || year < 1900 || year > 2200) return std::nullopt;
  const bool whole_year = month < 0;
  const YearMonthDay first{year, whole_year ? 1 : month, day < 0 ? 1 : day};
  if (!IsValid(first)) return std::nullopt;
  const Date from = FromYearMonthDay(first);
  if (day >= 0) return Interval{from, from};
  const int last_month = whole_year ? 12 : month;
  return Interval{from, FromYearMonthDay({year, last_month, DaysInMonth(year, last_month)})};
}

std::vector<DateFormat> FormatsThatFit(const std::vector<std::string>& cells) {
  static constexpr std::array<std::string_view, 24> kKnown = {
      "YYYY-MM-DD",   "YYYY/MM/DD", "YYYY.MM.DD", "YYYYMMDD",    "DD.MM.YYYY", "DD/MM/YYYY",
      "MM/DD/YYYY",   "DD-MM-YYYY", "MM-DD-YYYY", "DD-MON-YYYY", "DD-MON-YY",  "DD MON YYYY",
      "MON DD, YYYY", "DD/MM/YY",   "MM/DD/YY",   "DD.MM.YY",    "YYYY-MM",    "YYYYMM",
      "YYYY/MM",      "MM/YYYY",    "MM-YYYY",    "MON-YYYY",    "MON-YY",     "MON YYYY"};
  std::vector<DateFormat> fitting;
  if (cells.empty()) return fitting;
  for (const auto text : kKnown) {
    const auto format = DateFormat::Parse(text);
    const bool fits = std::all_of(cells.begin(), cells.end(), [&](const std::string& cell) {
      return format->Read(cell).has_value();
    });
    if (fits) fitting.push_back(*format);
  }
  return fitting;
}

std::string ReadHs(std::string_view text, int digits, bool& padded) {
  constexpr size_t kLongest = 14;
  if (text.ends_with(".0")) text.remove_suffix(2);
  std::string code;
  for (const char c : text) {
    if (IsDigit(c)) {
      code += c;
    } else if (c != '.' && c != ' ' && c != '-' && c != '\'') {
      return {};
    }
  }
  if (code.size() > kLongest) return {};
  const bool lost = digits > 0 ? static_cast<int>(code.size()) == digits - 1 : code.size() % 2 == 1;
  if (lost && code.size() > 2) {
    code.insert(code.begin(), '0');
    padded = true;
  }
  return code.size() < 2 ? std::string() : code;
}

}  // namespace tidewaiter::ledger
