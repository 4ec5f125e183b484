#include "names/identifiers.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tidewaiter::names {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool AllDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), IsDigit); }

template <size_t N>
int WeightedSum(std::string_view digits, const std::array<int, N>& weights) {
  int sum = 0;
  for (size_t i = 0; i < N; ++i) sum += (digits[i] - '0') * weights[i];
  return sum;
}

// The remainder of a long number of decimal digits.
int Remainder(std::string_view digits, int divisor) {
  int rest = 0;
  for (const char c : digits) rest = (rest * 10 + (c - '0')) % divisor;
  return rest;
}

}  // namespace

bool IsImo(std::string_view text) {
  if (text.size() != 7 || !AllDigits(text)) return false;
  return WeightedSum(text, std::array{7, 6, 5, 4, 3, 2}) % 10 == text[6] - '0';
}

bool IsInn(std::string_view text) {
  if (!AllDigits(text)) return false;
  if (text.size() == 10) {
    return WeightedSum(text, std::array{2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == text[9] - '0';
  }
  return text.size() == 12 &&
         WeightedSum(text, std::array{7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == text[10] - '0' &&
         WeightedSum(text, std::array{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 ==
             text[11] - '0';
}

bool IsOgrn(std::string_view text) {
  if (!AllDigits(text)) return false;
  if (text.size() == 13) return Remainder(text.substr(0, 12), 11) % 10 == text[12] - '0';
  return text.size() == 15 && Remainder(text.substr(0, 14), 13) % 10 == text[14] - '0';
}

bool IsLei(std::string_view text) {
  if (text.size() != 20 || !IsDigit(text[18]) || !IsDigit(text[19])) return false;
  int rest = 0;
  for (const char c : text) {
    if (!IsDigit(c) && !IsUpper(c)) return false;
    const int value = IsDigit(c) ? c - '0' : c - 'A' + 10;
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest == 1;
}

bool IsUscc(std::string_view text) {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  if (text.size() != 18) return false;
  int sum = 0, weight = 1;
  for (size_t i = 0; i < 17; ++i) {
    const size_t value = kAlphabet.find(text[i]);
    if (value == std::string_view::npos) return false;
    sum += static_cast<int>(value) * weight;
    weight = weight * 3 % 31;
  }
  return kAlphabet[static_cast<size_t>((31 - sum % 31) % 31)] == text[17];
}

bool IsBic(std::string_view text) {
  if (text.size() != 8 && text.size() != 11) return false;
  return std::all_of(text.begin(), text.begin() + 6, IsUpper) &&
         std::all_of(text.begin() + 6, text.end(), [](char c) { return IsDigit(c) || IsUpper(c); });
}

std::string ComparableIdentifier(std::string_view kind, std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (IsDigit(c) || IsUpper(c))
      out += c;
    else if (c >= 'a' && c <= 'z')
      out += static_cast<char>(c - 'a' + 'A');
  }
  if (kind == "imo" && out.starts_with("IMO")) out.erase(0, 3);
  if (out.size() < 5 || out.find_first_not_of(out[0]) == std::string::npos) return {};
  const bool good = kind == "imo"    ? IsImo(out)
                    : kind == "inn"  ? IsInn(out)
                    : kind == "ogrn" ? IsOgrn(out)
                    : kind == "lei"  ? IsLei(out)
                    : kind == "uscc" ? IsUscc(out)
                    : kind == "bic"  ? IsBic(out)
                                     : true;
  if (!good) return {};
  // The branch of a bank is not another bank.
  if (kind == "bic") out.resize(8);
  return out;
}

std::string_view KindOfWord(std::string_view word) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"e_mail", "email"},      {"mail", "email"},
      {"tel", "phone"},         {"telephone", "phone"},
      {"mobile", "phone"},      {"fax", "phone"},
      {"web", "website"},       {"site", "website"},
      {"url", "website"},       {"swift", "bic"},
      {"tail", "tail_number"},  {"aircraft_registration", "tail_number"},
      {"msn", "serial_number"}, {"serial", "serial_number"},
      {"imo_number", "imo"}};
  for (const auto& [other, kind] : kWords) {
    if (word == other) return kind;
  }
  return word;
}

bool IsDecisiveKind(std::string_view kind) {
  constexpr std::array<std::string_view, 11> kKinds = {
      "imo",      "inn",         "ogrn",       "lei", "uscc", "bic", "mmsi", "crypto_address",
      "passport", "national_id", "tail_number"};
  return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

}  // namespace tidewaiter::names
