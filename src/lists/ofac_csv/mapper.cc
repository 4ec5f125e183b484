#include "lists/ofac_csv/mapper.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "lists/delimited.h"
#include "lists/ofac_csv/remarks.h"
#include "model/country.h"

namespace tidewaiter::lists::ofac_csv {
namespace {

PartyKind Kind(std::string_view type) {
  if (type == "individual") return PartyKind::kPerson;
  if (type == "vessel") return PartyKind::kVessel;
  if (type == "aircraft") return PartyKind::kAircraft;
  return PartyKind::kOrganization;
}

// "LAST, First" of a person.
void SplitName(Name& name, PartyKind kind) {
  const size_t comma = name.text.find(", ");
  if (kind != PartyKind::kPerson || comma == std::string::npos) return;
  name.family_name = name.text.substr(0, comma);
  name.given_names = name.text.substr(comma + 2);
}

// Programmes of the lists that are not the SDN list. An SDN may carry one of them too, so the
// majority decides.
bool IsOutsideSdn(std::string_view programs) {
  for (const std::string_view word :
       {"NS-PLC", "CMIC-EO13959", "561-Related", "UKRAINE-EO13662", "FSE-", "CAPTA", "MBS"}) {
    if (programs.find(word) != std::string_view::npos) return true;
  }
  return false;
}

std::string ListOf(const std::vector<MainRow>& rows) {
  std::vector<std::string_view> programs;
  for (const auto& row : rows) programs.push_back(row.programs);
  return ListOfProgrammes(programs);
}

using Index = std::unordered_map<uint64_t, size_t>;

Error Stranger(const SourceFile& file, uint64_t line, uint64_t id) {
  return BadInput("entry " + std::to_string(id) +
                      " is not in the main file; take all files of one list from the same day",
                  file.name, line, "ent_num");
}

Status AddAliases(const SourceFile& file, const Index& index, ParsedList& list) {
  TW_ASSIGN_OR_RETURN(const auto rows, ReadAliases(file));
  for (const auto& row : rows) {
    const auto found = index.find(row.id);
    if (found == index.end()) return Stranger(file, row.line, row.id);
    ListedParty& party = list.parties[found->second];
    Name name{row.name, NameStrength::kStrong, row.type, {}, {}};
    SplitName(name, party.kind);
    if (!name.text.empty()) party.names.push_back(std::move(name));
    ++list.counts.aliases;
  }
  return {};
}

Status AddAddresses(const SourceFile& file, const Index& index, ParsedList& list) {
  TW_ASSIGN_OR_RETURN(const auto rows, ReadAddresses(file));
  for (const auto& row : rows) {
    const auto found = index.find(row.id);
    if (found == index.end()) return Stranger(file, row.line, row.id);
    if (row.empty()) {
      ++list.counts.empty_addresses;
      continue;
    }
    list.parties[found->second].addresses.push_back(MapAddress(row));
    ++list.counts.addresses;
  }
  return {};
}

Status AddComments(const SourceFile& file, const Index& index, ParsedList& list) {
  TW_ASSIGN_OR_RETURN(const auto rows, ReadComments(file));
  for (const auto& row : rows) {
    const auto found = index.find(row.id);
    if (found == index.end()) return Stranger(file, row.line, row.id);
    list.parties[found->second].remarks += row.remarks;
  }
  return {};
}

const SourceFile* FindPart(std::span<const SourceFile> files, std::string_view part) {
  const auto found =
      std::find_if(files.begin(), files.end(), [&](const SourceFile& f) { return f.part == part; });
  return found == files.end() ? nullptr : &*found;
}

// Remarks are read once they are complete; names of the alias file stand before those quoted in
// remarks.
void FinishParties(ParsedList& list) {
  for (auto& party : list.parties) {
    AddRemarks(party.remarks, party);
    list.counts.identifiers += party.identifiers.size();
  }
}

std::unordered_set<std::string> EntryNumbers(const SourceFile& file) {
  std::unordered_set<std::string> ids;
  for (size_t at = 0; at < file.bytes.size();) {
    const size_t end = std::min(file.bytes.find('\n', at), file.bytes.size());
    const std::string_view line = std::string_view(file.bytes).substr(at, end - at);
    ids.emplace(Trim(line.substr(0, line.find(','))));
    at = end + 1;
  }
  return ids;
}

size_t CountShared(const std::unordered_set<std::string>& a,
                   const std::unordered_set<std::string>& b) {
  return static_cast<size_t>(
      std::count_if(a.begin(), a.end(), [&](const std::string& id) { return b.contains(id); }));
}

}  // namespace

std::string ListOfProgrammes(const std::vector<std::string_view>& programs) {
  const auto outside = std::count_if(programs.begin(), programs.end(), IsOutsideSdn);
  return static_cast<size_t>(outside) * 2 > programs.size() ? "ofac_nonsdn" : "ofac_sdn";
}

ListedParty MapMain(const MainRow& row, const std::string& list) {
  ListedParty party;
  party.list = list;
  party.id = std::to_string(row.id);
  party.kind = Kind(row.type);
  Name name{row.name, NameStrength::kPrimary, {}, {}, {}};
  SplitName(name, party.kind);
  party.names.push_back(std::move(name));
  party.programs = SplitTrimmed(row.programs, "] [");
  party.title = row.title;
  party.remarks = row.remarks;
  if (const auto flag = ParseCountry(row.flag)) party.nationalities.push_back(*flag);
  if (!row.owner.empty()) party.owners.push_back(row.owner);
  if (!row.call_sign.empty())
    party.identifiers.push_back({"call_sign", row.call_sign, {}, "Call Sign"});
  const bool one_word = row.name.find(' ') == std::string::npos;
  if (party.kind == PartyKind::kAircraft && one_word) {
    party.identifiers.push_back({"tail_number", row.name, {}, "name of the aircraft"});
  }
  return party;
}

Address MapAddress(const AddressRow& row) {
  Address address;
  for (const std::string* part : {&row.address, &row.city, &row.country}) {
    if (part->empty()) continue;
    if (!address.text.empty()) address.text += ", ";
    address.text += *part;
  }
  address.city = row.city;
  if (const auto country = ParseCountry(row.country)) address.country = *country;
  return address;
}

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  const SourceFile* main = FindPart(files, "main");
  if (main == nullptr)
    return MissingData("the main file (sdn.csv or cons_prim.csv) is missing", files[0].name);
  TW_ASSIGN_OR_RETURN(const auto rows, ReadMain(*main));
  ParsedList list;
  list.list = ListOf(rows);
  Index index;
  for (const auto& row : rows) {
    if (!index.emplace(row.id, list.parties.size()).second) {
      return BadInput("entry " + std::to_string(row.id) + " a second time", main->name, row.line,
                      "ent_num");
    }
    list.parties.push_back(MapMain(row, list.list));
  }
  list.counts.entries = list.parties.size();
  if (const auto* file = FindPart(files, "alt")) TW_RETURN_IF_ERROR(AddAliases(*file, index, list));
  if (const auto* file = FindPart(files, "add"))
    TW_RETURN_IF_ERROR(AddAddresses(*file, index, list));
  if (const auto* file = FindPart(files, "comments"))
    TW_RETURN_IF_ERROR(AddComments(*file, index, list));
  FinishParties(list);
  return list;
}

Result<std::vector<std::vector<SourceFile>>> Arrange(std::vector<SourceFile> files) {
  std::vector<std::vector<SourceFile>> groups;
  std::vector<std::unordered_set<std::string>> ids;
  for (auto& file : files) {
    if (file.part != "main") continue;
    ids.push_back(EntryNumbers(file));
    groups.emplace_back().push_back(std::move(file));
  }
  for (auto& file : files) {
    if (file.part.empty() || file.part == "main") continue;
    if (groups.empty()) {
      return MissingData("this is the '" + file.part +
                             "' file of an OFAC list; give its main file (sdn.csv or "
                             "cons_prim.csv) in the same command",
                         file.name);
    }
    const auto own = EntryNumbers(file);
    size_t best = 0, best_shared = 0;
    for (size_t g = 0; g < groups.size(); ++g) {
      const size_t shared = CountShared(own, ids[g]);
      if (shared > best_shared) best = g, best_shared = shared;
    }
    if (FindPart(groups[best], file.part) != nullptr) {
      return BadInput("a second '" + file.part + "' file for " + groups[best][0].name, file.name);
    }
    groups[best].push_back(std::move(file));
  }
  return groups;
}

}  // namespace tidewaiter::lists::ofac_csv
