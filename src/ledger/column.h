// The vocabulary of a mapping: which fields a line has, what a column can say about a party, and
// what one column of a file is taken for.
#ifndef TIDEWAITER_LEDGER_COLUMN_H_
#define TIDEWAITER_LEDGER_COLUMN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/role.h"

namespace tidewaiter::ledger {

// The fields of a line that a column can fill.
enum class Field : uint8_t {
  kDate,
  kDeclaration,
  kDirection,
  kProcedure,
  kHs,
  kDescription,
  kDescriptionEn,
  kBrand,
  kModel,
  kQuantity,
  kUnit,
  kNetMassKg,
  kGrossMassKg,
  kValue,
  kCurrency,
  kValueUsd,
  kOrigin,
  kDeparture,
  kDestination,
  kMassUnit,  // of every mass whose column says so (ColumnUse::unit_by_row)
  kNetMassUnit,
  kGrossMassUnit,
};
inline constexpr size_t kFieldCount = 22;
std::string_view ToString(Field field);  // "net_mass_kg"
std::optional<Field> ParseField(std::string_view text);
bool IsNumeric(Field field);
bool IsMass(Field field);
bool IsMassUnit(Field field);

// What a column can say about a party.
enum class Attribute : uint8_t {
  kName,
  kNameEn,
  kNameRaw,
  kNameStandard,
  kAddress,
  kAddressEn,
  kAddressRaw,
  kCity,
  kRegion,
  kPostalCode,
  kCountry,
  kIdentifier,
  kPhone,
  kEmail,
  kWebsite,
  kAddressStandard,
  kOther,  // belongs to the party and is not used: fax, department, check digit
};
inline constexpr size_t kAttributeCount = 17;
std::string_view ToString(Attribute attribute);  // "name_en"
std::optional<Attribute> ParseAttribute(std::string_view text);

// On what a party's presence in its role rests. Stored in the ledger, append only.
enum class Basis : uint8_t {
  kDeclared,      // the declaration's own column
  kVendorMapped,  // the data vendor cleaned, completed or moved it
  kInferred,      // worked out by this program
};
std::string_view ToString(Basis basis);

// What one column of a file is taken for.
struct ColumnUse {
  enum class Kind : uint8_t { kUnknown, kIgnored, kField, kParty };
  Kind kind = Kind::kUnknown;
  Field field = Field::kDate;              // of kField
  Role role = Role::kExporter;             // of kParty
  Attribute attribute = Attribute::kName;  // of kParty
  std::string identifier_kind;             // of kIdentifier: inn, bin, ...; "other" when not stated
  Basis basis = Basis::kDeclared;          // of kParty
  double scale = 1;                        // of a numeric field: file's number x scale = field
  bool unit_by_row = false;  // of a mass: its unit stands row by row in a column of units
  bool operator==(const ColumnUse&) const = default;
};
// "importer.name_en", "net_mass_kg", "ignored", "unknown". An identifier is "importer.identifier".
std::string ToString(const ColumnUse& use);
// Reads these words; an identifier may name its kind: "importer.identifier.inn".
Result<ColumnUse> ParseColumnUse(std::string_view text);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_COLUMN_H_
