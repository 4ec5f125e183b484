#include "lists/csl_csv/mapper.h"

#include <algorithm>

#include "lists/bis_dpl/mapper.h"
#include "lists/dates.h"
#include "lists/delimited.h"
#include "lists/identifiers.h"
#include "model/country.h"

namespace tidewaiter::lists::csl_csv {
namespace {

PartyKind Kind(std::string_view type) {
  if (type == "Individual") return PartyKind::kPerson;
  if (type == "Entity") return PartyKind::kOrganization;
  if (type == "Vessel") return PartyKind::kVessel;
  if (type == "Aircraft") return PartyKind::kAircraft;
  return PartyKind::kUnknown;  // the lists of Commerce and State do not say
}

bool IsTreasury(const ScreeningRow& row) { return row.source.ends_with("Treasury Department"); }

void SetOrigin(const ScreeningRow& row, ListedParty& party) {
  if (IsTreasury(row) && !row.entity_number.empty()) {
    party.origin_list = row.source.find("(SDN)") != std::string::npos ? "ofac_sdn" : "ofac_nonsdn";
    party.origin_id = row.entity_number;
  } else if (row.source.find("(DPL)") != std::string::npos) {
    party.origin_list = "bis_dpl";
    party.origin_id = bis_dpl::StableId(row.name, party.listed_on);
  }
}

void AddName(std::string_view text, NameStrength strength, const char* type, ListedParty& party) {
  Name name{std::string(Trim(text)), strength, type, {}, {}};
  const size_t comma = name.text.find(", ");
  if (party.kind == PartyKind::kPerson && comma != std::string::npos) {
    name.family_name = name.text.substr(0, comma);
    name.given_names = name.text.substr(comma + 2);
  }
  if (!name.text.empty()) party.names.push_back(std::move(name));
}

// "Fleming, Brian (a.k.a. Brian McSulla; B. McSulla)": names in brackets, as the State Department
// writes them.
void AddNames(const ScreeningRow& row, ListedParty& party) {
  std::string_view name = row.name, inside;
  const size_t open = name.find("(a.k.a. ");
  if (open != std::string_view::npos && open > 0 && name.ends_with(')')) {
    inside = name.substr(open + 8, name.size() - open - 9);
    name = Trim(name.substr(0, open));
  }
  AddName(name, NameStrength::kPrimary, "", party);
  for (const auto& alias : SplitTrimmed(inside, ";"))
    AddName(alias, NameStrength::kStrong, "aka", party);
  for (const auto& alias : SplitTrimmed(row.alt_names, ";")) {
    std::string_view text = alias;
    for (const std::string_view word : {"and ", "a.k.a. ", "a.k.a., "}) {
      if (text.starts_with(word)) text = Trim(text.substr(word.size()));
    }
    AddName(text, NameStrength::kStrong, "aka", party);
  }
}

// The country code that an address ends with, "" when none.
std::string_view ClosingCountry(std::string_view text) {
  const size_t comma = text.rfind(", ");
  const std::string_view last = comma == std::string_view::npos ? text : text.substr(comma + 2);
  return last.size() == 2 && IsCountryCode(last) ? last : std::string_view();
}

// Addresses stand between semicolons, which also occur inside of them: one ends where a country
// code does.
void AddAddresses(std::string_view text, ListedParty& party) {
  std::string pending;
  for (const auto& part : SplitTrimmed(text, ";")) {
    if (!pending.empty()) pending += "; ";
    pending += part;
    if (ClosingCountry(part).empty()) continue;
    party.addresses.push_back({pending, {}, {}, {}, std::string(ClosingCountry(part))});
    pending.clear();
  }
  if (!pending.empty()) party.addresses.push_back({pending, {}, {}, {}, {}});
}

void AddCountries(std::string_view text, ListedParty& party) {
  for (const auto& part : SplitTrimmed(text, ";")) {
    const auto country = ParseCountry(part);
    auto& known = party.nationalities;
    if (country && std::find(known.begin(), known.end(), *country) == known.end())
      known.push_back(*country);
  }
}

// "CA, BC166787, Passport": country (may be missing), value (may hold commas), label.
void AddIdentifier(std::string_view text, ListedParty& party) {
  const size_t last = text.rfind(", ");
  if (last == std::string_view::npos) return;
  const std::string_view label = Trim(text.substr(last + 2));
  std::string_view value = text.substr(0, last), country;
  if (label == "Gender") {
    party.gender = value == "Male" ? "male" : value == "Female" ? "female" : "";
    return;
  }
  if (value.size() > 4 && value.substr(2, 2) == ", " && IsCountryCode(value.substr(0, 2))) {
    country = value.substr(0, 2);
    value = value.substr(4);
  }
  const bool sentence = value.size() > 120 || label.find("Information") != std::string_view::npos ||
                        label.find("Date") != std::string_view::npos || label.ends_with(':') ||
                        label.ends_with('-');
  if (sentence || !IsIdentifierLabel(label)) return;
  party.identifiers.push_back(MakeIdentifier(label, value, country));
}

void AddIdentifiers(const ScreeningRow& row, ListedParty& party) {
  for (const auto& part : SplitTrimmed(row.ids, "; ")) AddIdentifier(part, party);
  if (!row.call_sign.empty())
    party.identifiers.push_back({"call_sign", row.call_sign, {}, "Call Sign"});
}

void AddBirth(const ScreeningRow& row, ListedParty& party) {
  for (const auto& text : SplitTrimmed(row.dates_of_birth, ";")) {
    if (auto date = ParsePartialDate(text)) party.birth_dates.push_back(std::move(*date));
  }
  party.birth_places = SplitTrimmed(row.places_of_birth, ";");
}

std::string Remarks(const ScreeningRow& row) {
  std::string out = row.remarks;
  const auto add = [&](const char* title, const std::string& text) {
    if (text.empty()) return;
    if (!out.empty()) out += "; ";
    out += title + text;
  };
  // Publishers mistype dates ("0097-06-30"); the row counts all the same.
  if (!ParseDay(row.start_date)) add("Start date as published: ", row.start_date);
  if (!ParseDay(row.end_date)) add("End date as published: ", row.end_date);
  add("License requirement: ", row.license_requirement);
  add("License policy: ", row.license_policy);
  return out;
}

}  // namespace

ListedParty Map(const ScreeningRow& row) {
  ListedParty party;
  party.list = "us_csl";
  party.id = row.id;
  party.kind = Kind(row.type);
  party.listing_name = row.source;
  party.listed_on = ParseDay(row.start_date);
  party.ends_on = ParseDay(row.end_date);
  SetOrigin(row, party);
  AddNames(row, party);
  AddBirth(row, party);
  AddCountries(row.nationalities, party);
  AddCountries(row.citizenships, party);
  AddCountries(row.vessel_flag, party);
  AddIdentifiers(row, party);
  AddAddresses(row.addresses, party);
  party.programs = SplitTrimmed(row.programs, ";");
  party.title = row.title;
  party.remarks = Remarks(row);
  if (!row.notice.empty()) party.citations.push_back(row.notice);
  party.source_url = row.information_url;
  if (!row.vessel_owner.empty()) party.owners.push_back(row.vessel_owner);
  return party;
}

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  TW_ASSIGN_OR_RETURN(const auto rows, Read(files[0]));
  ParsedList list;
  list.list = "us_csl";
  list.parties.reserve(rows.size());
  for (const auto& row : rows) {
    ListedParty party = Map(row);
    if (party.names.empty())
      return BadInput("a row without a name", files[0].name, row.line, "name");
    list.counts.aliases += party.names.size() - 1;
    list.counts.addresses += party.addresses.size();
    list.counts.identifiers += party.identifiers.size();
    list.parties.push_back(std::move(party));
  }
  list.counts.entries = list.parties.size();
  return list;
}

}  // namespace tidewaiter::lists::csl_csv
