#include "resolve/normal.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/date.h"
#include "model/country.h"
#include "names/identifiers.h"
#include "resolve/table.h"
#include "text/tokenize.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kLongestText = 512;  // bytes of a value that are looked at

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string Digits(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), IsDigit);
  return out;
}

// Of a part of a date: four digits at most.
int ToInt(std::string_view digits) {
  int out = 0;
  for (const char c : digits) out = out * 10 + (c - '0');
  return out;
}

std::string Packed(int year, int month, int day) {
  std::array<char, 8> out;
  const int number = year * 10000 + month * 100 + day;
  for (int i = 7, rest = number; i >= 0; --i, rest /= 10)
    out[static_cast<size_t>(i)] = static_cast<char>('0' + rest % 10);
  return {out.data(), out.size()};
}

// Runs of digits and of letters, in order.
std::vector<std::string> Runs(std::string_view text) {
  std::vector<std::string> out;
  char last = 0;  // 'd', 'l' or 0
  for (const char c : text) {
    const char kind = IsDigit(c) ? 'd' : IsLetter(c) ? 'l' : 0;
    if (kind != 0 && kind != last) out.emplace_back();
    if (kind != 0) out.back() += Lower(c);
    last = kind;
  }
  return out;
}

int MonthOf(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
  if (word.size() < 3) return 0;
  const auto found = std::find(kMonths.begin(), kMonths.end(), word.substr(0, 3));
  return found == kMonths.end() ? 0 : static_cast<int>(found - kMonths.begin()) + 1;
}

// Two digits of a year: of the years that lie behind us, the last one.
int FullYear(std::string_view digits) {
  constexpr int kPivot = 30;
  const int year = ToInt(digits);
  return digits.size() > 2 ? year : year < kPivot ? 2000 + year : 1900 + year;
}

std::string BothReadings(int year, int a, int b) {
  const bool month_first = IsValid({year, a, b}), day_first = IsValid({year, b, a});
  if (!month_first && !day_first) return {};
  const std::string one = Packed(year, a, b), other = Packed(year, b, a);
  if (!day_first || a == b) return one;
  if (!month_first) return other;
  return std::min(one, other) + kValueSeparator + std::max(one, other);
}

// Three runs of digits: which of them is the year decides the order.
std::string DateOfNumbers(const std::vector<std::string>& runs) {
  if (runs[0].size() == 4 && runs[1].size() <= 2 && runs[2].size() <= 2)
    return Packed(ToInt(runs[0]), ToInt(runs[1]), ToInt(runs[2]));
  if (runs[0].size() > 2 || runs[1].size() > 2 || runs[2].size() > 4) return {};
  return BothReadings(FullYear(runs[2]), ToInt(runs[0]), ToInt(runs[1]));
}

// "24-May-11", "Mar 1 1970".
std::string DateWithMonthName(const std::vector<std::string>& runs) {
  int month = 0;
  std::vector<std::string_view> numbers;
  for (const auto& run : runs) {
    if (IsDigit(run[0]))
      numbers.push_back(run);
    else if (month == 0)
      month = MonthOf(run);
  }
  if (month == 0 || numbers.empty() || numbers.back().size() > 4) return {};
  if (numbers.size() == 1) return Packed(FullYear(numbers[0]), month, 0);
  if (numbers[0].size() == 4 && numbers[1].size() <= 2)
    return Packed(ToInt(numbers[0]), month, ToInt(numbers[1]));
  if (numbers[0].size() > 2) return {};
  return Packed(FullYear(numbers.back()), month, ToInt(numbers[0]));
}

}  // namespace

std::string NormalText(std::string_view text) {
  std::string out;
  for (const auto& token : text::Tokenize(text.substr(0, kLongestText))) {
    if (!out.empty()) out += ' ';
    out += token.latin;
  }
  return out;
}

std::string NormalDate(std::string_view text) {
  text = text.substr(0, kLongestText);
  const auto runs = Runs(text);
  const bool numbers =
      std::all_of(runs.begin(), runs.end(), [](const auto& run) { return IsDigit(run[0]); });
  std::string out;
  if (numbers && runs.size() == 3) out = DateOfNumbers(runs);
  if (!numbers) out = DateWithMonthName(runs);
  if (out.empty() && numbers && runs.size() == 1 && runs[0].size() == 4) out = runs[0] + "0000";
  if (out.empty()) out = Digits(text);
  return out.size() < 4 || (out.size() > 8 && out.find(kValueSeparator) == std::string::npos)
             ? std::string()
             : out;
}

std::string NormalGender(std::string_view text) {
  std::string word = NormalText(text);
  if (word == "male" || word == "m" || word == "man" || word == "muzhskoi") return "m";
  if (word == "female" || word == "f" || word == "woman" || word == "w") return "f";
  return word;
}

std::string NormalCountry(std::string_view text) {
  if (auto code = ParseCountry(text)) return *code;
  return NormalText(text);
}

std::string NormalPostcode(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kLongestText)) {
    if (IsDigit(c) || IsLetter(c)) out += Lower(c);
  }
  // ZIP+4: the last four digits are often zeros or absent.
  if (out.size() == 9 && std::all_of(out.begin(), out.end(), IsDigit)) out.resize(5);
  return out.size() > 12 ? std::string() : out;
}

std::string NormalEmail(std::string_view text) {
  text = text.substr(0, kLongestText);
  if (const size_t open = text.rfind('<'); open != std::string_view::npos) {
    text.remove_prefix(open + 1);
    text = text.substr(0, text.find('>'));
  }
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) > ' ') out += Lower(c);
  }
  const size_t at = out.find('@');
  return at == std::string::npos || at == 0 || at + 1 == out.size() ? std::string() : out;
}

std::string NormalPhone(std::string_view text) {
  std::string out = Digits(text.substr(0, kLongestText));
  while (out.size() > 7 && out[0] == '0') out.erase(0, 1);
  return out.size() < 5 || out.size() > 20 ? std::string() : out;
}

std::string NormalIdentifier(std::string_view kind, std::string_view text) {
  const std::string value = names::ComparableIdentifier(kind, text.substr(0, kLongestText));
  return value.empty() ? value : std::string(kind) + ":" + value;
}

std::string_view PostcodeArea(std::string_view normal) {
  const bool letters = std::any_of(normal.begin(), normal.end(), IsLetter);
  if (letters) return normal.size() > 4 ? normal.substr(0, normal.size() - 3) : normal;
  return normal.substr(0, normal.size() > 3 ? 3 : normal.size());
}

}  // namespace tidewaiter::resolve
