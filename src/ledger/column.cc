#include "ledger/column.h"

#include <algorithm>
#include <array>

namespace tidewaiter::ledger {
namespace {

constexpr std::array<std::string_view, kFieldCount> kFields = {
    "date",           "declaration", "direction",     "procedure",      "hs",     "description",
    "description_en", "brand",       "model",         "quantity",       "unit",   "net_mass_kg",
    "gross_mass_kg",  "value",       "currency",      "value_usd",      "origin", "departure",
    "destination",    "mass_unit",   "net_mass_unit", "gross_mass_unit"};

constexpr std::array<std::string_view, kAttributeCount> kAttributes = {
    "name",        "name_en", "name_raw", "name_standard",    "address", "address_en",
    "address_raw", "city",    "region",   "postal_code",      "country", "identifier",
    "phone",       "email",   "website",  "address_standard", "other"};

template <typename Enum, size_t n>
std::optional<Enum> Find(const std::array<std::string_view, n>& names, std::string_view text) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

template <size_t n>
std::string Join(const std::array<std::string_view, n>& names) {
  std::string all;
  for (const auto name : names) all.append(all.empty() ? "" : ", ").append(name);
  return all;
}

Result<ColumnUse> ParsePartyUse(std::string_view role_text, std::string_view rest) {
  ColumnUse use;
  use.kind = ColumnUse::Kind::kParty;
  const auto role = ParseRole(role_text);
  if (!role)
    return BadInput("unknown role \"" + std::string(role_text) + "\"; known: " + KnownRoles());
  use.role = *role;
  const size_t dot = rest.find('.');
  const auto attribute = ParseAttribute(rest.substr(0, dot));
  if (!attribute || (dot != rest.npos && *attribute != Attribute::kIdentifier)) {
    return BadInput("unknown part of a party \"" + std::string(rest) +
                    "\"; known: " + Join(kAttributes));
  }
  use.attribute = *attribute;
  if (*attribute == Attribute::kIdentifier) {
    use.identifier_kind = dot == rest.npos ? "other" : std::string(rest.substr(dot + 1));
  }
  return use;
}

}  // namespace

std::string_view ToString(Field field) { return kFields[static_cast<size_t>(field)]; }
std::optional<Field> ParseField(std::string_view text) { return Find<Field>(kFields, text); }
std::string_view ToString(Attribute attribute) {
  return kAttributes[static_cast<size_t>(attribute)];
}
std::optional<Attribute> ParseAttribute(std::string_view text) {
  return Find<Attribute>(kAttributes, text);
}

bool IsNumeric(Field field) {
  return field == Field::kQuantity || field == Field::kNetMassKg || field == Field::kGrossMassKg ||
         field == Field::kValue || field == Field::kValueUsd;
}

bool IsMass(Field field) { return field == Field::kNetMassKg || field == Field::kGrossMassKg; }

bool IsMassUnit(Field field) {
  return field == Field::kMassUnit || field == Field::kNetMassUnit ||
         field == Field::kGrossMassUnit;
}

std::string_view ToString(Basis basis) {
  constexpr std::array<std::string_view, 3> kNames = {"declared", "vendor_mapped", "inferred"};
  return kNames[static_cast<size_t>(basis)];
}

std::string ToString(const ColumnUse& use) {
  switch (use.kind) {
    case ColumnUse::Kind::kUnknown:
      return "unknown";
    case ColumnUse::Kind::kIgnored:
      return "ignored";
    case ColumnUse::Kind::kField:
      return std::string(ToString(use.field));
    case ColumnUse::Kind::kParty:
      return std::string(ToString(use.role)) + "." + std::string(ToString(use.attribute));
  }
  return "unknown";
}

Result<ColumnUse> ParseColumnUse(std::string_view text) {
  ColumnUse use;
  if (text == "unknown") return use;
  if (text == "ignored") {
    use.kind = ColumnUse::Kind::kIgnored;
    return use;
  }
  if (const size_t dot = text.find('.'); dot != text.npos) {
    return ParsePartyUse(text.substr(0, dot), text.substr(dot + 1));
  }
  const auto field = ParseField(text);
  if (!field) {
    return BadInput("unknown field \"" + std::string(text) +
                    "\"; known: ROLE.PART, ignored, unknown, " + Join(kFields));
  }
  use.kind = ColumnUse::Kind::kField;
  use.field = *field;
  return use;
}

}  // namespace tidewaiter::ledger
