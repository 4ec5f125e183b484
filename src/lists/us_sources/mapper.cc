#include "lists/us_sources/mapper.h"

#include <unordered_map>

#include "lists/collect.h"
#include "lists/dates.h"
#include "lists/delimited.h"

namespace tidewaiter::lists::us_sources {
namespace {

struct Title {
  Source source;
  std::string_view list, prefix, listing;
};
constexpr Title kTitles[] = {
    {Source::kEntityList, "bis_el", "EL-", "Entity List"},
    {Source::kMilitaryEndUsers, "bis_meu", "MEU-", "Military End User List"},
    {Source::kUnverified, "bis_uvl", "UVL-", "Unverified List"},
    {Source::kNonproliferation, "state_isn", "ISN-", "Nonproliferation Sanctions"},
    {Source::kAeca, "state_aeca", "AECA-", "AECA Debarred"},
};

const Title& TitleOf(Source source) {
  for (const auto& title : kTitles) {
    if (title.source == source) return title;
  }
  return kTitles[0];
}

// "Hukic, Bajro (a.k.a. Bob Hukic; Bab Hucici)": other names in brackets.
void AddNames(const SourceRow& row, ListedParty& party) {
  std::string_view name = row.name, inside;
  const size_t open = name.find("(a.k.a. ");
  if (open != std::string_view::npos && open > 0 && name.ends_with(')')) {
    inside = name.substr(open + 8, name.size() - open - 9);
    name = Trim(name.substr(0, open));
  }
  if (party.names.empty())
    party.names.push_back({std::string(name), NameStrength::kPrimary, "", "", ""});
  for (const std::string_view text : {inside, std::string_view(row.aliases)}) {
    for (auto& alias : SplitTrimmed(text, ";")) {
      if (alias != party.names.front().text)
        AddOnce(party.names, Name{std::move(alias), NameStrength::kStrong, "aka", "", ""});
    }
  }
}

void AddAddress(const SourceRow& row, ListedParty& party) {
  const std::string country = ParseCountry(row.country).value_or("");
  if (row.address.empty() && row.city.empty()) {
    if (!country.empty()) AddOnce(party.nationalities, country);
    return;
  }
  AddOnce(party.addresses,
          Address{JoinParts({row.address, row.city, row.state, row.postal_code, row.country}, ", "),
                  row.city, row.state, row.postal_code, country});
}

ListedParty Begin(const SourceRow& row, const Title& title, std::string id) {
  ListedParty party;
  party.list = title.list;
  party.id = std::move(id);
  party.listing_name = title.listing;
  party.listed_on = ParseDay(row.start_date);
  if (const auto end = ParseDay(row.end_date)) party.ends_on = *end;
  party.remarks = JoinParts({row.requirement, row.policy, row.remarks}, " ");
  party.programs = SplitTrimmed(row.programs, ";");
  if (!row.notice.empty()) party.citations.push_back(row.notice);
  party.source_url = row.link;
  if (auto born = ParsePartialDate(row.birth_date)) party.birth_dates.push_back(std::move(*born));
  return party;
}

std::string IdOf(const SourceRow& row, const Title& title) {
  if (title.source == Source::kUnverified)
    return IdOfParts(title.prefix, {row.name, ParseCountry(row.country).value_or(row.country)});
  return IdOfParts(title.prefix, {row.name, row.programs, row.notice, row.start_date});
}

}  // namespace

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  const Source source = SourceOf(files[0].bytes);
  if (source == Source::kNone)
    return BadInput("no source of the Consolidated Screening List", files[0].name, 1);
  const Title& title = TitleOf(source);
  TW_ASSIGN_OR_RETURN(const auto rows, Read(files[0], source));
  ParsedList list;
  list.list = title.list;
  std::unordered_map<std::string, size_t> known;
  for (const SourceRow& row : rows) {
    std::string id = IdOf(row, title);
    const auto [at, is_new] = known.try_emplace(id, list.parties.size());
    if (is_new) list.parties.push_back(Begin(row, title, std::move(id)));
    ListedParty& party = list.parties[at->second];
    AddNames(row, party);
    AddAddress(row, party);
  }
  CountParties(list);
  return list;
}

}  // namespace tidewaiter::lists::us_sources
