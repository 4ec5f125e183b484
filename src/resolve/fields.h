// What a column of a table can say about a mention, and what of it is compared.
//
// Kind: what a column holds. Field: what a mention has, made of one or several columns. Aspect: one
// thing on which two mentions agree or not; the name alone has several. Level: how far they agree.
#ifndef TIDEWAITER_RESOLVE_FIELDS_H_
#define TIDEWAITER_RESOLVE_FIELDS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tidewaiter::resolve {

enum class Kind : uint8_t {
  kIgnored,
  kName,          // a person's or an organisation's
  kFullName,      // a person's
  kOrganization,  // an organisation's
  kGivenName,
  kMiddleName,
  kFamilyName,
  kBirthDate,
  kBirthPlace,
  kGender,
  kOccupation,
  kCountry,
  kParty,  // name, address and numbers in one text, as customs files have them
  kAddress,
  kStreet,
  kHouseNumber,
  kCity,
  kState,
  kPostcode,
  kEmail,
  kPhone,
  kIdentifier,
  kEntityType,
};
std::optional<Kind> ParseKind(std::string_view text);
std::string_view ToString(Kind kind);

enum class Field : uint8_t {
  kName,
  kBirthDate,
  kBirthPlace,
  kGender,
  kOccupation,
  kCountry,
  kAddress,
  kCity,
  kState,
  kPostcode,
  kEmail,
  kPhone,
  kIdentifier,
};
inline constexpr size_t kFields = 13;
std::string_view ToString(Field field);

enum class Aspect : uint8_t {
  kGiven,
  kFamily,
  kMiddle,
  kOrganization,
  kBirthDate,
  kBirthPlace,
  kGender,
  kOccupation,
  kCountry,
  kAddress,
  kCity,
  kState,
  kPostcode,
  kEmail,
  kPhone,
  kIdentifier,
};
inline constexpr size_t kAspects = 16;
std::string_view ToString(Aspect aspect);
std::optional<Aspect> ParseAspect(std::string_view text);
inline constexpr size_t kNameAspects = 4;  // the first of them belong to Field::kName

// The aspect of any field but the name.
inline Aspect AspectOf(Field field) {
  return static_cast<Aspect>(static_cast<size_t>(field) + kNameAspects - 1);
}

// 0: one of the two says nothing. 1: the same. The last one of an aspect: different.
using Level = uint8_t;
inline constexpr size_t kLevels = 8;
inline constexpr Level kNothing = 0, kSame = 1;

// The names of an aspect's levels from 1, the last one being "different".
struct LevelNames {
  std::array<std::string_view, kLevels> names;  // [0] "nothing"; empty beyond `count`
  size_t count = 0;                             // with [0]
};
const LevelNames& LevelsOf(Aspect aspect);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_FIELDS_H_
