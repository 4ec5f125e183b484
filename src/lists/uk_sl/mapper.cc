#include "lists/uk_sl/mapper.h"

#include <algorithm>
#include <unordered_map>

#include "lists/collect.h"
#include "lists/dates.h"
#include "lists/delimited.h"
#include "lists/identifiers.h"
#include "lists/uk_sl/reader.h"

namespace tidewaiter::lists::uk_sl {
namespace {

PartyKind Kind(std::string_view text) {
  if (text == "Individual") return PartyKind::kPerson;
  if (text == "Entity") return PartyKind::kOrganization;
  if (text == "Ship") return PartyKind::kVessel;
  return PartyKind::kUnknown;
}

void AddName(const SanctionsRow& row, ListedParty& party) {
  Name name;
  for (size_t i = 0; i < 5; ++i)
    name.given_names = JoinParts({name.given_names, row.names[i]}, " ");
  name.family_name = row.names[5];
  name.text = JoinParts({name.given_names, name.family_name}, " ");
  if (name.given_names.empty()) name.family_name.clear();
  const bool primary = Lower(row.name_type).starts_with("primary name") &&
                       Lower(row.name_type).find("variation") == std::string::npos;
  if (!primary) {
    const bool weak = ContainsNoCase(row.alias_strength, "low");
    name.strength = weak ? NameStrength::kWeak : NameStrength::kStrong;
    name.type = "aka";
  }
  const auto same = [&](const Name& known) { return known.text == name.text; };
  if (!name.text.empty() && std::none_of(party.names.begin(), party.names.end(), same))
    party.names.push_back(std::move(name));
  if (!row.original_name.empty()) {
    AddOnce(party.names, Name{row.original_name, NameStrength::kStrong, "original script", "", ""});
  }
}

void AddAddress(const SanctionsRow& row, ListedParty& party) {
  Address address;
  for (const auto& line : row.address) address.text = JoinParts({address.text, line}, ", ");
  address.text = JoinParts({address.text, row.postal_code, row.country}, ", ");
  if (address.text.empty()) return;
  address.postal_code = row.postal_code;
  address.country = ParseCountry(row.country).value_or("");
  AddOnce(party.addresses, std::move(address));
}

// "(1)Value (2)Value" and "Value; Value".
std::vector<std::string> Values(std::string_view text) {
  std::string plain(text);
  for (size_t at = plain.find('('); at != std::string::npos; at = plain.find('(', at + 1)) {
    const size_t close = plain.find(')', at);
    const bool number = close != std::string::npos && close > at + 1 && close <= at + 3 &&
                        plain.find_first_not_of("0123456789", at + 1) == close;
    if (number) plain.replace(at, close - at + 1, ";");
  }
  return SplitTrimmed(plain, ";");
}

void AddIdentifiers(std::string_view text, std::string_view label, ListedParty& party) {
  for (const auto& value : Values(text))
    AddOnce(party.identifiers, MakeIdentifier(label, value, ""));
}

void AddPerson(const SanctionsRow& row, ListedParty& party) {
  for (const auto& text : Values(row.birth_date)) {
    if (auto date = ParsePartialDate(DayFirst(text))) {
      date->text = text;
      AddOnce(party.birth_dates, std::move(*date));
    }
  }
  std::string place = JoinParts({row.birth_town, row.birth_country}, ", ");
  if (!place.empty()) AddOnce(party.birth_places, std::move(place));
  for (const auto& text : Values(row.nationality)) AddCountry(text, party.nationalities);
  const std::string gender = Lower(row.gender);
  if (gender == "male" || gender == "female") party.gender = gender;
  AddIdentifiers(row.passport, "Passport number", party);
  AddIdentifiers(row.national_id, "National Identifier number", party);
  if (!row.position.empty() && party.title.find(row.position) == std::string::npos)
    party.title = JoinParts({party.title, row.position}, "; ");
}

void AddBusiness(const SanctionsRow& row, ListedParty& party) {
  AddIdentifiers(row.registration, "Business registration number", party);
  AddIdentifiers(row.imo, "IMO number", party);
  AddIdentifiers(row.phone, "Phone number", party);
  AddIdentifiers(row.website, "Website", party);
  AddIdentifiers(row.email, "Email address", party);
  for (const auto& flag : Values(row.flag)) AddCountry(flag, party.nationalities);
  for (const std::string* owners : {&row.parent, &row.owner}) {
    for (auto& owner : Values(*owners)) AddOnce(party.owners, std::move(owner));
  }
}

ListedParty Begin(const SanctionsRow& row) {
  ListedParty party;
  party.list = "uk_sl";
  party.id = row.id;
  party.kind = Kind(row.kind);
  if (!row.regime.empty()) party.programs.push_back(row.regime);
  party.listed_on = ParseIsoDate(DayFirst(row.designated));
  party.remarks = JoinParts({row.imposed, row.other_information, row.reasons}, " ");
  if (!row.un_reference.empty()) party.citations.push_back("UN " + row.un_reference);
  return party;
}

// The primary name first; a party whose rows name none keeps the first.
void SortNames(ListedParty& party) {
  std::stable_sort(party.names.begin(), party.names.end(), [](const Name& a, const Name& b) {
    return (a.strength == NameStrength::kPrimary) > (b.strength == NameStrength::kPrimary);
  });
  for (size_t i = 0; i < party.names.size(); ++i) {
    NameStrength& strength = party.names[i].strength;
    if (i == 0) strength = NameStrength::kPrimary;
    if (i > 0 && strength == NameStrength::kPrimary) strength = NameStrength::kStrong;
  }
}

}  // namespace

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  TW_ASSIGN_OR_RETURN(const auto file, Read(files[0]));
  ParsedList list;
  list.list = "uk_sl";
  list.date = file.date;
  std::unordered_map<std::string, size_t> known;
  for (const SanctionsRow& row : file.rows) {
    const auto [at, is_new] = known.try_emplace(row.id, list.parties.size());
    if (is_new) list.parties.push_back(Begin(row));
    ListedParty& party = list.parties[at->second];
    AddName(row, party);
    AddAddress(row, party);
    AddPerson(row, party);
    AddBusiness(row, party);
    if (party.names.empty()) return BadInput("a row without a name", files[0].name, row.line);
  }
  for (auto& party : list.parties) SortNames(party);
  CountParties(list);
  return list;
}

}  // namespace tidewaiter::lists::uk_sl
