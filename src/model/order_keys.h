// The keys of an order and of the objects within it, so that a member is filed by its key once and
// found by a number afterwards.
#ifndef TIDEWAITER_MODEL_ORDER_KEYS_H_
#define TIDEWAITER_MODEL_ORDER_KEYS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tidewaiter {

enum class Key : uint8_t {
  kAddress,
  kAuthority,
  kBirthDate,
  kComponents,
  kCountry,
  kCurrency,
  kDate,
  kDeparture,
  kDescription,
  kDestination,
  kEccn,
  kEmail,
  kExporter,
  kFacts,
  kHs,
  kHsEdition,
  kId,
  kIdentifiers,
  kItems,
  kLicense,
  kLine,
  kName,
  kNetMassKg,
  kNumber,
  kOrigin,
  kOwners,
  kParties,
  kPhone,
  kQuantity,
  kRole,
  kSchema,
  kSharePercent,
  kUnit,
  kValue,
  kVia,
  kWebsite,
};
inline constexpr size_t kKeyCount = 36;

inline constexpr std::array<std::string_view, kKeyCount> kKeyNames = {
    "address",  "authority",     "birth_date",  "components",  "country",     "currency",
    "date",     "departure",     "description", "destination", "eccn",        "email",
    "exporter", "facts",         "hs",          "hs_edition",  "id",          "identifiers",
    "items",    "license",       "line",        "name",        "net_mass_kg", "number",
    "origin",   "owners",        "parties",     "phone",       "quantity",    "role",
    "schema",   "share_percent", "unit",        "value",       "via",         "website"};

constexpr std::string_view ToString(Key key) { return kKeyNames[static_cast<size_t>(key)]; }

// Names are looked up in a table of twice their number and more, the next place being tried when
// one is taken.
class KeyTable {
 public:
  constexpr KeyTable() {
    for (size_t key = 0; key < kKeyCount; ++key) {
      size_t at = PlaceOf(kKeyNames[key]);
      while (keys_[at] != 0) at = (at + 1) % kPlaces;
      keys_[at] = static_cast<uint8_t>(key + 1);
    }
  }
  constexpr std::optional<Key> Find(std::string_view name) const {
    if (name.empty()) return std::nullopt;
    for (size_t at = PlaceOf(name); keys_[at] != 0; at = (at + 1) % kPlaces) {
      if (kKeyNames[keys_[at] - 1] == name) return static_cast<Key>(keys_[at] - 1);
    }
    return std::nullopt;
  }

 private:
  static constexpr size_t kPlaces = 128;
  static constexpr size_t PlaceOf(std::string_view name) {
    const auto first = static_cast<unsigned char>(name.front());
    const auto last = static_cast<unsigned char>(name.back());
    return (name.size() * 5 + first * size_t{3} + last * size_t{11}) % kPlaces;
  }

  std::array<uint8_t, kPlaces> keys_{};  // Key + 1; 0: free
};
inline constexpr KeyTable kKeyTable;
static_assert(kKeyTable.Find("share_percent") == Key::kSharePercent && !kKeyTable.Find("names"));

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_ORDER_KEYS_H_
