#include "watchlist/shipped.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/yaml.h"
#include "model/country.h"

namespace tidewaiter::watchlist {
namespace {

constexpr const char* kListName = "drone_trade";

Status AddNames(const YamlNode& node, std::string_view key, NameStrength strength, const char* type,
                ListedParty& party) {
  TW_ASSIGN_OR_RETURN(const auto names, TextsIfAny(node, key));
  for (const auto& name : names) {
    const bool first = party.names.empty();
    party.names.push_back(
        {name, first ? NameStrength::kPrimary : strength, first ? "" : type, {}, {}});
  }
  return {};
}

Status AddCountries(const YamlNode& node, ListedParty& party) {
  TW_ASSIGN_OR_RETURN(const auto countries, TextsIfAny(node, "countries"));
  for (const auto& text : countries) {
    if (!IsCountryCode(text)) return node.Problem("'" + text + "' is no country code", "countries");
    party.nationalities.push_back(text);
  }
  return {};
}

Result<ListedParty> ReadParty(const YamlNode& node) {
  TW_RETURN_IF_ERROR(
      node.CheckKeys({"id", "names", "weak_names", "own_script", "countries", "listed_by",
                      "programs", "listed_on", "citations", "source", "remarks"}));
  ListedParty party;
  party.list = kListName;
  party.kind = PartyKind::kOrganization;
  TW_ASSIGN_OR_RETURN(party.id, TextOr(node, "id"));
  TW_RETURN_IF_ERROR(AddNames(node, "names", NameStrength::kStrong, "aka", party));
  TW_RETURN_IF_ERROR(AddNames(node, "weak_names", NameStrength::kWeak, "aka", party));
  TW_RETURN_IF_ERROR(AddNames(node, "own_script", NameStrength::kStrong, "original script", party));
  TW_RETURN_IF_ERROR(AddCountries(node, party));
  TW_ASSIGN_OR_RETURN(party.listing_name, TextOr(node, "listed_by"));
  TW_ASSIGN_OR_RETURN(party.programs, TextsIfAny(node, "programs"));
  TW_ASSIGN_OR_RETURN(party.citations, TextsIfAny(node, "citations"));
  TW_ASSIGN_OR_RETURN(party.source_url, TextOr(node, "source"));
  TW_ASSIGN_OR_RETURN(party.remarks, TextOr(node, "remarks"));
  if (const YamlNode* day = node.Find("listed_on")) {
    TW_ASSIGN_OR_RETURN(party.listed_on, day->Day());
  }
  if (party.id.empty() || party.names.empty()) return node.Problem("a party needs id and names");
  if (party.citations.empty() || party.listing_name.empty()) {
    return node.Problem("a party of this list needs the authority that listed it and a citation",
                        party.id);
  }
  return party;
}

Result<lists::ParsedList> ReadList(const YamlNode& root) {
  TW_RETURN_IF_ERROR(root.CheckKeys({"list", "dated", "parties"}));
  const YamlNode* dated = root.Find("dated");
  const YamlNode* parties = root.Find("parties");
  if (dated == nullptr || parties == nullptr || !parties->is_sequence())
    return root.Problem("needs dated and parties");
  lists::ParsedList list;
  list.list = kListName;
  TW_ASSIGN_OR_RETURN(list.date, dated->Day());
  for (const auto& item : parties->items) {
    TW_ASSIGN_OR_RETURN(auto party, ReadParty(item));
    list.counts.aliases += party.names.size() - 1;
    list.parties.push_back(std::move(party));
  }
  list.counts.entries = list.parties.size();
  return list;
}

}  // namespace

Result<ShippedList> ReadShippedList(const std::string& resources) {
  std::string folder = resources;
  if (folder.empty()) {
    TW_ASSIGN_OR_RETURN(folder, ResourceFolder());
  }
  const std::string path = JoinPath(folder, "reference/drone_trade.yaml");
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  TW_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, path));
  ShippedList shipped;
  TW_ASSIGN_OR_RETURN(shipped.list, ReadList(root));
  shipped.sha256 = Sha256Hex(text);
  return shipped;
}

}  // namespace tidewaiter::watchlist
