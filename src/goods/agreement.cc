#include "goods/agreement.h"

#include <algorithm>
#include <array>

#include "goods/hs.h"

namespace tidewaiter::goods {
namespace {

constexpr int kEdition = 2022;
constexpr std::string_view kToys = "9503";

// The digit that subheadings 8806.2x and 8806.9x share for a take-off mass.
char MassDigit(double kg) {
  constexpr std::array<double, 4> kLimits = {0.25, 7, 25, 150};
  const auto at = std::lower_bound(kLimits.begin(), kLimits.end(), kg) - kLimits.begin();
  return at == 4 ? '9' : static_cast<char>('1' + at);
}

const FactReading* NumberOf(const Model& model, std::string_view name) {
  for (const CatalogueFact& fact : model.facts) {
    if (fact.name == name && fact.value.readings.front().kind == FactReading::Kind::kInterval) {
      return &fact.value.readings.front();
    }
  }
  return nullptr;
}

// The code as it stands in the current edition, and what it was converted to from the one before.
std::vector<std::string> Candidates(std::string_view hs6) {
  std::vector<std::string> candidates;
  if (IsKnownHs(hs6, kEdition)) candidates.emplace_back(hs6);
  for (auto edition = kHsEditions.rbegin() + 1; edition != kHsEditions.rend(); ++edition) {
    if (!IsKnownHs(hs6, *edition)) continue;
    const Converted converted = ConvertHs(hs6, *edition, kEdition);
    candidates.insert(candidates.end(), converted.candidates.begin(), converted.candidates.end());
    break;
  }
  if (candidates.empty()) candidates.emplace_back(hs6);
  return candidates;
}

}  // namespace

bool BeginsWithAny(std::string_view code, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return code.starts_with(prefix); });
}

std::vector<std::string> ExpectedHs(const ComponentClass& one, const Model* model) {
  if (model == nullptr || one.expected_hs != std::vector<std::string>{"8806"})
    return one.expected_hs;
  // The law goes by take-off mass; declarations often go by the mass of the thing. Both are
  // accepted.
  std::string digits;
  for (const char* name : {"weight", "mtow"}) {
    const FactReading* mass = NumberOf(*model, name);
    if (mass == nullptr || mass->min != mass->max) continue;
    const char digit = MassDigit(mass->max);
    if (digits.find(digit) == std::string::npos) digits += digit;
  }
  if (NumberOf(*model, "mtow") == nullptr) return one.expected_hs;
  std::vector<std::string> expected;
  for (const char kind : {'2', '9'}) {
    for (const char digit : digits) expected.push_back(std::string("8806") + kind + digit);
  }
  return expected;
}

std::optional<bool> AgreesWithCode(std::string_view declared, const ComponentClass& one,
                                   const std::vector<std::string>& expected, bool toy) {
  if (declared.size() < 4) return std::nullopt;
  if (BeginsWithAny(declared, one.never_hs)) return false;
  if (expected.empty()) return std::nullopt;
  if (BeginsWithAny(declared, expected)) return true;
  const auto begins_one = [&](const std::string& code) { return code.starts_with(declared); };
  if (std::any_of(expected.begin(), expected.end(), begins_one))
    return std::nullopt;  // too short to say
  if (BeginsWithAny(declared, one.possible_hs)) return std::nullopt;
  if (toy && declared.starts_with(kToys)) return std::nullopt;
  if (declared.size() < 6) return false;
  const auto candidates = Candidates(declared.substr(0, 6));
  const auto agrees = [&](const std::string& code) { return BeginsWithAny(code, expected); };
  if (std::all_of(candidates.begin(), candidates.end(), agrees)) return true;
  if (std::any_of(candidates.begin(), candidates.end(), agrees)) return std::nullopt;
  return false;
}

}  // namespace tidewaiter::goods
