#include "resolve/fields.h"

#include <algorithm>

namespace tidewaiter::resolve {
namespace {

constexpr std::array<std::string_view, 23> kKindNames = {
    "ignored",     "name",       "full_name",   "organization", "given_name", "middle_name",
    "family_name", "birth_date", "birth_place", "gender",       "occupation", "country",
    "party",       "address",    "street",      "house_number", "city",       "state",
    "postcode",    "email",      "phone",       "identifier",   "entity_type"};

constexpr std::array<std::string_view, kFields> kFieldNames = {
    "name", "birth_date", "birth_place", "gender", "occupation", "country",   "address",
    "city", "state",      "postcode",    "email",  "phone",      "identifier"};

constexpr std::array<std::string_view, kAspects> kAspectNames = {
    "given_name", "family_name", "middle_name", "organization", "birth_date", "birth_place",
    "gender",     "occupation",  "country",     "address",      "city",       "state",
    "postcode",   "email",       "phone",       "identifier"};

constexpr LevelNames kGivenLevels = {
    {"nothing", "same", "variant", "close", "initial", "crossed", "different"}, 7};
constexpr LevelNames kFamilyLevels = {
    {"nothing", "same", "variant", "close", "crossed", "different"}, 6};
constexpr LevelNames kMiddleLevels = {{"nothing", "same", "initial", "different"}, 4};
constexpr LevelNames kOrganizationLevels = {
    {"nothing", "same", "nearly", "mostly", "partly", "different"}, 6};
constexpr LevelNames kDateLevels = {
    {"nothing", "same", "swapped", "one_digit", "two_digits", "same_year", "different"}, 7};
constexpr LevelNames kTextLevels = {{"nothing", "same", "close", "partly", "different"}, 5};
constexpr LevelNames kSimpleLevels = {{"nothing", "same", "different"}, 3};
constexpr LevelNames kAddressLevels = {
    {"nothing", "same", "nearly", "mostly", "partly", "different"}, 6};
constexpr LevelNames kPostcodeLevels = {{"nothing", "same", "close", "district", "different"}, 5};
constexpr LevelNames kEmailLevels = {
    {"nothing", "same", "close", "same_user", "same_domain", "different"}, 6};
constexpr LevelNames kPhoneLevels = {{"nothing", "same", "same_end", "close", "different"}, 5};
constexpr LevelNames kIdentifierLevels = {{"nothing", "same", "close", "different"}, 4};

template <typename E, size_t N>
std::optional<E> Parse(const std::array<std::string_view, N>& names, std::string_view text) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return std::nullopt;
  return static_cast<E>(found - names.begin());
}

}  // namespace

std::optional<Kind> ParseKind(std::string_view text) { return Parse<Kind>(kKindNames, text); }
std::string_view ToString(Kind kind) { return kKindNames[static_cast<size_t>(kind)]; }
std::string_view ToString(Field field) { return kFieldNames[static_cast<size_t>(field)]; }
std::string_view ToString(Aspect aspect) { return kAspectNames[static_cast<size_t>(aspect)]; }
std::optional<Aspect> ParseAspect(std::string_view text) {
  return Parse<Aspect>(kAspectNames, text);
}

const LevelNames& LevelsOf(Aspect aspect) {
  switch (aspect) {
    case Aspect::kGiven:
      return kGivenLevels;
    case Aspect::kFamily:
      return kFamilyLevels;
    case Aspect::kMiddle:
      return kMiddleLevels;
    case Aspect::kOrganization:
      return kOrganizationLevels;
    case Aspect::kBirthDate:
      return kDateLevels;
    case Aspect::kGender:
    case Aspect::kCountry:
    case Aspect::kState:
      return kSimpleLevels;
    case Aspect::kAddress:
      return kAddressLevels;
    case Aspect::kPostcode:
      return kPostcodeLevels;
    case Aspect::kEmail:
      return kEmailLevels;
    case Aspect::kPhone:
      return kPhoneLevels;
    case Aspect::kIdentifier:
      return kIdentifierLevels;
    default:
      return kTextLevels;
  }
}

}  // namespace tidewaiter::resolve
