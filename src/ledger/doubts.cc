#include "ledger/doubts.h"

#include <algorithm>
#include <functional>

#include "model/country.h"

namespace tidewaiter::ledger {
namespace {

constexpr size_t kShown = 60;  // bytes of a value in a message

using Fits = std::function<bool(const std::string&)>;

struct Expectation {
  std::string what;  // "a number"; empty: nothing is expected
  Fits fits;
};

bool IsNumber(const std::string& cell) { return ParseNumber(cell, '.') || ParseNumber(cell, ','); }

bool HasLetter(const std::string& cell) {
  return std::any_of(cell.begin(), cell.end(), [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return b >= 0x80 || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
  });
}

bool IsCode(const std::string& cell) {
  bool padded = false;
  return !ReadHs(cell, 0, padded).empty();
}

bool IsCurrency(const std::string& cell) {
  return cell.size() == 3 && std::all_of(cell.begin(), cell.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

bool IsCountry(const std::string& cell) { return cell == "ZZ" || ParseCountry(cell).has_value(); }

Expectation ADate(const std::vector<std::string>& formats) {
  std::vector<DateFormat> known;
  for (const auto& text : formats) {
    if (auto format = DateFormat::Parse(text)) known.push_back(*format);
  }
  return {"a date", [known](const std::string& cell) {
            if (known.empty()) return !FormatsThatFit({cell}).empty();
            return std::any_of(known.begin(), known.end(),
                               [&](const DateFormat& f) { return f.Read(cell).has_value(); });
          }};
}

Expectation OfField(Field field, const std::vector<std::string>& date_formats) {
  switch (field) {
    case Field::kDate:
      return ADate(date_formats);
    case Field::kHs:
      return {"a customs code", IsCode};
    case Field::kCurrency:
      return {"a currency code", IsCurrency};
    case Field::kOrigin:
    case Field::kDeparture:
    case Field::kDestination:
      return {"a country", IsCountry};
    case Field::kUnit:
    case Field::kMassUnit:
    case Field::kNetMassUnit:
    case Field::kGrossMassUnit:
      return {"a unit", HasLetter};
    case Field::kDescription:
    case Field::kDescriptionEn:
      return {"a description", HasLetter};
    default:
      return IsNumeric(field) ? Expectation{"a number", IsNumber} : Expectation{};
  }
}

Expectation OfParty(Attribute attribute) {
  switch (attribute) {
    case Attribute::kName:
    case Attribute::kNameEn:
    case Attribute::kNameRaw:
    case Attribute::kNameStandard:
      return {"a name", HasLetter};
    case Attribute::kCountry:
      return {"a country", IsCountry};
    default:
      return {};
  }
}

}  // namespace

std::string Doubt(const ColumnUse& use, const std::vector<std::string>& cells,
                  const std::vector<std::string>& date_formats) {
  Expectation expected;
  if (use.kind == ColumnUse::Kind::kField) expected = OfField(use.field, date_formats);
  if (use.kind == ColumnUse::Kind::kParty) expected = OfParty(use.attribute);
  if (expected.what.empty() || cells.empty()) return {};
  const bool zero_is_a_value = expected.what == "a number" || expected.what == "a date";
  size_t wrong = 0, all = 0;
  std::string sample;
  for (const auto& cell : cells) {
    if (cell == "0" && !zero_is_a_value) continue;  // stands for a missing text
    ++all;
    if (expected.fits(cell)) continue;
    if (wrong++ == 0) sample = cell.substr(0, kShown);
  }
  if (wrong * 2 <= all) return {};
  while (!sample.empty() && sample.size() == kShown && (sample.back() & 0x80) != 0)
    sample.pop_back();
  return "taken for " + ToString(use) + ", but " + std::to_string(wrong) + " of " +
         std::to_string(cells.size()) +
         (cells.size() == 1 ? " value is not " : " values are not ") + expected.what +
         ", such as \"" + sample + "\"";
}

}  // namespace tidewaiter::ledger
