#include "lists/bis_dpl/mapper.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "lists/bis_dpl/reader.h"
#include "lists/dates.h"
#include "lists/delimited.h"
#include "model/country.h"

namespace tidewaiter::lists::bis_dpl {
namespace {

// Rows of the United States often leave the country out.
bool IsUsState(std::string_view state) {
  constexpr std::string_view kStates =
      " AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ "
      "NM NY NC ND OH OK OR "
      "PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR ";
  return state.size() == 2 &&
         kStates.find(" " + std::string(state) + " ") != std::string_view::npos;
}

std::string Capitals(std::string_view text) {
  std::string out;
  for (const char c : Trim(text)) {
    const bool blank = c == ' ' || c == '\t';
    if (blank && out.ends_with(' ')) continue;
    out += blank ? ' ' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return out;
}

// "FUYI SUN A/K/A FRANK SUN" names a party twice.
void AddNames(std::string_view text, ListedParty& party) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kMarks = {
      {{" A/K/A ", "aka"},
       {" A.K.A. ", "aka"},
       {" AKA ", "aka"},
       {" F/K/A ", "fka"},
       {" D/B/A ", "aka"},
       {" DBA ", "aka"}}};
  std::string type;
  for (;;) {
    size_t next = std::string_view::npos, size = 0;
    std::string_view next_type;
    for (const auto& [mark, mark_type] : kMarks) {
      const size_t at = text.find(mark);
      if (at < next) next = at, size = mark.size(), next_type = mark_type;
    }
    const std::string name(Trim(text.substr(0, next)));
    if (!name.empty()) {
      const auto strength = party.names.empty() ? NameStrength::kPrimary : NameStrength::kStrong;
      party.names.push_back({name, strength, type, {}, {}});
    }
    if (next == std::string_view::npos) return;
    text = text.substr(next + size);
    type = next_type;
  }
}

void AddAddress(const DeniedRow& row, ListedParty& party) {
  Address address;
  for (const std::string* part :
       {&row.street, &row.city, &row.state, &row.postal_code, &row.country}) {
    if (part->empty()) continue;
    if (!address.text.empty()) address.text += ", ";
    address.text += *part;
  }
  if (address.text.empty()) return;
  address.city = row.city;
  address.region = row.state;
  address.postal_code = row.postal_code;
  if (const auto country = ParseCountry(row.country)) address.country = *country;
  if (row.country.empty() && IsUsState(row.state)) address.country = "US";
  party.addresses.push_back(std::move(address));
}

Result<ListedParty> Map(const DeniedRow& row, const std::string& file) {
  if (row.name.empty()) return BadInput("a row without a name", file, row.line, "Name");
  ListedParty party;
  party.list = "bis_dpl";
  party.listed_on = ParseDay(row.effective);
  party.ends_on = ParseDay(row.expires);
  party.id = StableId(row.name, party.listed_on);
  AddNames(row.name, party);
  if (party.names.empty()) return BadInput("a row without a name", file, row.line, "Name");
  AddAddress(row, party);
  party.programs.push_back("Denied Persons List");
  party.remarks = row.action;
  // A mistyped date is kept as text; the row counts all the same.
  if (!party.listed_on && !row.effective.empty())
    party.remarks += "; effective date as published: " + row.effective;
  if (!party.ends_on && !row.expires.empty())
    party.remarks += "; expiration date as published: " + row.expires;
  if (!row.citation.empty()) party.citations.push_back(row.citation);
  return party;
}

}  // namespace

std::string StableId(std::string_view name, std::optional<Date> effective) {
  const std::string key = Capitals(name) + "|" + (effective ? ToString(*effective) : "");
  return "DPL-" + Sha256Hex(key).substr(0, 12);
}

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  TW_ASSIGN_OR_RETURN(const auto rows, Read(files[0]));
  ParsedList list;
  list.list = "bis_dpl";
  for (const auto& row : rows) {
    TW_ASSIGN_OR_RETURN(auto party, Map(row, files[0].name));
    list.counts.aliases += party.names.size() - 1;
    list.counts.addresses += party.addresses.size();
    list.parties.push_back(std::move(party));
  }
  list.counts.entries = list.parties.size();
  return list;
}

}  // namespace tidewaiter::lists::bis_dpl
