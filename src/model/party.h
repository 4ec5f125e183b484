// A party as a list publishes it: the one shape that every list reader makes, the watchlist file
// stores and the matcher scores. Everything is kept as the publisher wrote it beside what was
// understood of it; unknown is absent, never "" in disguise of a value.
#ifndef TIDEWAITER_MODEL_PARTY_H_
#define TIDEWAITER_MODEL_PARTY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace tidewaiter {

// Stored on disk, append only.
enum class PartyKind : uint8_t { kUnknown, kPerson, kOrganization, kVessel, kAircraft };
std::string_view ToString(PartyKind kind);  // "unknown", "person", ...
// These names, and FollowTheMoney's Person, Company, Organization, LegalEntity, Vessel, Airplane;
// any case.
std::optional<PartyKind> ParsePartyKind(std::string_view text);

// How well a name identifies its party, by the publisher's own word. Stored on disk, append only.
enum class NameStrength : uint8_t {
  kPrimary,
  kStrong,  // a full alias ("strong", "good")
  kWeak,    // a broad or loose one ("weak", "low"): a nickname, a nom de guerre
};
std::string_view ToString(NameStrength strength);

struct Name {
  std::string text;  // as published
  NameStrength strength = NameStrength::kPrimary;
  std::string type;                      // "aka", "fka", "nka", "original script"; empty: unknown
  std::string family_name, given_names;  // where the publisher separates them, else empty
  bool operator==(const Name&) const = default;
};

// A date as lists give it: a day, a month, a year, a range, "circa". [from, to] holds every day it
// may be.
struct PartialDate {
  Interval days;
  bool circa = false;
  std::string text;  // as published
  bool operator==(const PartialDate&) const = default;
};

struct Identifier {
  // One of: imo, mmsi, call_sign, tail_number, serial_number, inn, ogrn, kpp, lei, uscc, bic, duns,
  // bin, vat, tax_id, registration, passport, national_id, driver_license, email, phone, website,
  // crypto_address, other.
  std::string kind;
  std::string value;    // without blanks at the ends
  std::string country;  // ISO 3166 alpha-2 of the issuer; empty: unknown
  std::string label;    // the publisher's own word for the kind
  bool operator==(const Identifier&) const = default;
};

struct Address {
  std::string text;  // all of it in one line, as published
  std::string city, region, postal_code;
  std::string country;  // ISO 3166 alpha-2; empty: unknown or not understood (then it is in text)
  bool operator==(const Address&) const = default;
};

// One record of one list.
struct ListedParty {
  std::string list;  // ofac_sdn, ofac_nonsdn, us_csl, un_sc, bis_dpl, eu_fsf, uk_sl, drone_trade
  std::string id;    // the publisher's
  PartyKind kind = PartyKind::kUnknown;
  std::vector<Name> names;  // the primary one first; at least one
  std::vector<PartialDate> birth_dates;
  std::vector<std::string> birth_places;
  std::string gender;  // "male", "female"; empty: unknown
  std::vector<std::string>
      nationalities;  // ISO 3166 alpha-2: nationality, citizenship, flag, registration
  std::vector<Identifier> identifiers;
  std::vector<Address> addresses;  // only those that say something
  std::vector<std::string> programs;
  std::string title;
  std::string remarks;
  std::vector<std::string> citations;  // Federal Register notices, resolutions, decisions
  std::string source_url;
  std::string origin_list,
      origin_id;  // of a record that repeats another publisher's: whose, and its id there
  std::string listing_name;         // of a list made of lists (the CSL): the name of the part
  std::vector<std::string> owners;  // names of owners that the list itself states
  std::optional<Date> listed_on;    // the publisher's date; absent: unknown
  std::optional<Date> ends_on;  // last day on which the listing holds, where the publisher says so
  bool operator==(const ListedParty&) const = default;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_PARTY_H_
