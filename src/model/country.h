// Countries as ISO 3166 alpha-2 codes, plus UA-43, UA-14 and UA-09 for the occupied regions that
// sanctions name apart. The names come from reference/countries.tsv, compiled in.
#ifndef TIDEWAITER_MODEL_COUNTRY_H_
#define TIDEWAITER_MODEL_COUNTRY_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tidewaiter {

// The code of a country written as code (alpha-2, alpha-3) or name (English, French, Spanish,
// Russian, Chinese, Arabic, and spellings that lists and customs files use: "Korea, South",
// "BURMA"). Case and blanks at the ends do not matter. nullopt: not a country that is known here.
std::optional<std::string> ParseCountry(std::string_view text);

bool IsCountryCode(std::string_view code);
std::string_view CountryName(
    std::string_view code);  // short English name; the code itself when unknown

// One code, held as small as it is: for tables with a row for each of millions of parties.
class IsoCountry {
 public:
  IsoCountry() = default;
  // As ParseCountry and IsCountryCode know it; a longer text is cut.
  explicit IsoCountry(std::string_view code)
      : size_(static_cast<uint8_t>(code.copy(text_.data(), text_.size()))) {}
  operator std::string_view() const { return {text_.data(), size_}; }
  bool empty() const { return size_ == 0; }

 private:
  std::array<char, 5> text_{};  // "UA-43"
  uint8_t size_ = 0;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_COUNTRY_H_
