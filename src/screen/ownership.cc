#include "screen/ownership.h"

#include <algorithm>
#include <charconv>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/yaml.h"
#include "lists/delimited.h"
#include "names/name_tokens.h"

namespace tidewaiter::screen {
namespace {

std::optional<double> Percent(std::string_view text) {
  text = lists::Trim(text);
  if (text.ends_with('%')) text = lists::Trim(text.substr(0, text.size() - 1));
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= 100))
    return std::nullopt;
  return value;
}

bool IsYes(std::string_view text) {
  const std::string folded = lists::Lower(text);
  return folded == "yes" || folded == "true" || folded == "1";
}

// Fields of one relation, by name.
using Fields = std::map<std::string, std::string>;

Result<Holding> MakeHolding(const Fields& fields, const std::string& path, uint64_t line) {
  const auto text = [&](const char* key) {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string() : found->second;
  };
  Holding holding;
  holding.owner = text("owner");
  holding.owned = text("owned");
  for (const char* key : {"owner", "owned"}) {
    if (text(key).empty()) return BadInput("a relation needs it", path, line, key);
  }
  if (const std::string share = text("share_percent"); !share.empty()) {
    holding.percent = Percent(share);
    if (!holding.percent)
      return BadInput("'" + share + "' is no share between 0 and 100", path, line, "share_percent");
  }
  holding.control = IsYes(text("control"));
  for (const auto& [key, day] :
       {std::pair{"from", &holding.held.from}, std::pair{"to", &holding.held.to}}) {
    if (text(key).empty()) continue;
    const auto date = ParseIsoDate(text(key));
    if (!date) return BadInput("'" + text(key) + "' is no day; write 2024-01-31", path, line, key);
    *day = *date;
  }
  holding.source = text("source");
  if (holding.source.empty()) holding.source = BaseName(path) + ":" + std::to_string(line);
  return holding;
}

Status ReadCsv(const std::string& bytes, const std::string& path, OwnershipGraph& graph) {
  TW_ASSIGN_OR_RETURN(const auto rows, lists::SplitRows(bytes, ',', path));
  if (rows.empty()) return BadInput("the file is empty", path, 1);
  const auto& header = rows.front().fields;
  for (size_t r = 1; r < rows.size(); ++r) {
    if (rows[r].fields.size() != header.size()) {
      return BadInput(std::to_string(rows[r].fields.size()) + " columns where the header has " +
                          std::to_string(header.size()),
                      path, rows[r].line);
    }
    Fields fields;
    for (size_t c = 0; c < header.size(); ++c)
      fields[lists::Lower(lists::Trim(header[c]))] = lists::Trim(rows[r].fields[c]);
    TW_ASSIGN_OR_RETURN(Holding holding, MakeHolding(fields, path, rows[r].line));
    graph.Add(std::move(holding));
  }
  return {};
}

Status ReadJsonl(const std::string& bytes, const std::string& path, OwnershipGraph& graph) {
  uint64_t line = 0;
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view text = lists::Trim(std::string_view(bytes).substr(at, end - at));
    at = end + 1;
    ++line;
    if (text.empty()) continue;
    const auto json = ParseJson(text);
    if (!json || !json->is_object()) return BadInput("expected a JSON object", path, line);
    Fields fields;
    for (const auto& [key, value] : json->as_object()) {
      if (!value.is_null()) fields[key] = value.is_string() ? value.as_string() : value.Dump();
    }
    TW_ASSIGN_OR_RETURN(Holding holding, MakeHolding(fields, path, line));
    graph.Add(std::move(holding));
  }
  return {};
}

std::string InWords(const Holding& holding) {
  if (!holding.percent)
    return holding.owner + (holding.control ? " (control)" : " (unknown share)");
  char share[32];
  std::snprintf(share, sizeof share, "%g%%", *holding.percent);
  return holding.owner + " " + share + (holding.control ? " and control" : "");
}

Result<Regime> ReadRegime(const YamlNode& node) {
  TW_RETURN_IF_ERROR(
      node.CheckKeys({"regime", "title", "lists", "parts", "test", "share", "aggregate", "control",
                      "from", "to", "rule", "fact", "confidence"}));
  Regime regime;
  for (const auto& [key, text] :
       {std::pair{"regime", &regime.regime}, std::pair{"title", &regime.title},
        std::pair{"rule", &regime.rule}, std::pair{"fact", &regime.fact},
        std::pair{"confidence", &regime.confidence}}) {
    TW_ASSIGN_OR_RETURN(*text, TextOr(node, key));
  }
  TW_ASSIGN_OR_RETURN(regime.lists, TextsIfAny(node, "lists"));
  TW_ASSIGN_OR_RETURN(regime.parts, TextsIfAny(node, "parts"));
  TW_ASSIGN_OR_RETURN(const std::string test, TextOr(node, "test"));
  if (test != "at_least" && test != "more_than")
    return node.Problem("expected at_least or more_than", "test");
  regime.more_than = test == "more_than";
  TW_ASSIGN_OR_RETURN(const auto share, NumberIfAny(node, "share"));
  if (!share) return node.Problem("missing", "share");
  regime.share = *share;
  for (const auto& [key, flag] :
       {std::pair{"aggregate", &regime.aggregate}, std::pair{"control", &regime.control}}) {
    const YamlNode* member = node.Find(key);
    if (member == nullptr) return node.Problem("missing", key);
    TW_ASSIGN_OR_RETURN(*flag, member->Boolean());
  }
  for (const auto& [key, day] :
       {std::pair{"from", &regime.in_force.from}, std::pair{"to", &regime.in_force.to}}) {
    if (const YamlNode* member = node.Find(key)) {
      TW_ASSIGN_OR_RETURN(*day, member->Day());
    }
  }
  return regime;
}

// All that stands above a party, and the party: folded name -> a way of writing it.
std::map<std::string, std::string> NodesAbove(const OwnershipGraph& graph, const std::string& party,
                                              Date day) {
  std::map<std::string, std::string> nodes = {{FoldOwner(party), party}};
  for (const auto& above : OwnersAbove(graph, party, day))
    nodes.try_emplace(FoldOwner(above.name), above.name);
  return nodes;
}

// What the owners in `counted` do to `party`.
Reach Judge(const OwnershipGraph& graph, const Regime& regime, const std::string& party, Date day,
            const std::set<std::string>& counted) {
  Reach reach;
  double sum = 0, most = 0;
  bool control = false;
  for (const Holding* holding : graph.In(party, day)) {
    if (!counted.contains(FoldOwner(holding->owner))) continue;
    sum += holding->percent.value_or(0);
    most = std::max(most, holding->percent.value_or(0));
    control |= holding->control && regime.control;
    reach.owners.push_back(InWords(*holding));
  }
  reach.share = std::min(100.0, regime.aggregate ? sum : most);
  const bool enough = regime.more_than ? reach.share > regime.share : reach.share >= regime.share;
  reach.reached = !reach.owners.empty() && (enough || control);
  return reach;
}

}  // namespace

std::string FoldOwner(std::string_view name) {
  std::vector<std::string> all, kept;
  for (const auto& token : names::AnalyseName(name, PartyKind::kUnknown).tokens) {
    all.push_back(token.text);
    if (!token.Is(names::kLegal)) kept.push_back(token.text);
  }
  if (kept.empty()) kept = all;
  std::sort(kept.begin(), kept.end());
  std::string out;
  for (const auto& word : kept) out += word + " ";
  return out.empty() ? std::string(name) : out;
}

Result<OwnershipGraph> OwnershipGraph::Read(const std::string& path) {
  if (!FileExists(path)) return MissingData("no such file of relations", path);
  TW_ASSIGN_OR_RETURN(const std::string bytes, ReadMaybeGzip(path));
  OwnershipGraph graph;
  const Status status = lists::Trim(bytes).starts_with('{') ? ReadJsonl(bytes, path, graph)
                                                            : ReadCsv(bytes, path, graph);
  if (!status) return status.error();
  graph.hash_ = Sha256Hex(bytes);
  return graph;
}

void OwnershipGraph::Add(Holding holding) {
  by_owned_.emplace(FoldOwner(holding.owned), holdings_.size());
  holdings_.push_back(std::move(holding));
}

void OwnershipGraph::AddOwners(const std::string& owned, const std::vector<Owner>& owners) {
  for (const Owner& owner : owners) {
    if (owner.name.empty()) continue;
    Add({owner.name, owned, owner.share_percent, false, {}, "order"});
    AddOwners(owner.name, owner.owners);
  }
}

void OwnershipGraph::AddOrder(const Order& order) {
  for (const OrderParty& party : order.parties) AddOwners(party.name, party.owners);
}

std::vector<const Holding*> OwnershipGraph::In(std::string_view owned, Date day) const {
  std::vector<const Holding*> out = Owners(owned);
  std::erase_if(out, [&](const Holding* holding) { return !holding->held.Contains(day); });
  return out;
}

std::vector<const Holding*> OwnershipGraph::Owners(std::string_view owned) const {
  std::vector<const Holding*> out;
  if (empty()) return out;
  if (base_ != nullptr) out = base_->Owners(owned);
  const auto [first, last] = by_owned_.equal_range(FoldOwner(owned));
  for (auto at = first; at != last; ++at) out.push_back(&holdings_[at->second]);
  return out;
}

std::vector<OwnerAbove> OwnersAbove(const OwnershipGraph& graph, const std::string& party,
                                    Date day) {
  std::vector<OwnerAbove> out;
  if (graph.empty()) return out;
  std::set<std::string> seen = {FoldOwner(party)};
  const auto visit = [&](const std::string& name, const std::vector<std::string>& path,
                         const std::vector<const Holding*>& holdings) {
    for (const Holding* holding : graph.In(name, day)) {
      if (out.size() >= kMostOwners || path.size() > kDeepest) return;
      if (!seen.insert(FoldOwner(holding->owner)).second) continue;
      OwnerAbove above{holding->owner, path, holdings};
      above.path.push_back(holding->owner);
      above.holdings.push_back(holding);
      out.push_back(std::move(above));
    }
  };
  visit(party, {party}, {});
  for (size_t i = 0; i < out.size(); ++i) {
    const OwnerAbove above = out[i];  // a copy: `out` grows
    visit(above.name, above.path, above.holdings);
  }
  return out;
}

Result<std::vector<Regime>> LoadRegimes(const std::string& resources) {
  TW_ASSIGN_OR_RETURN(const YamlNode root,
                      ReadYaml(JoinPath(resources, "reference/ownership.yaml")));
  TW_RETURN_IF_ERROR(root.CheckKeys({"regimes"}));
  const YamlNode* list = root.Find("regimes");
  if (list == nullptr || !list->is_sequence()) return root.Problem("expected a list", "regimes");
  std::vector<Regime> regimes;
  for (const auto& item : list->items) {
    TW_ASSIGN_OR_RETURN(regimes.emplace_back(), ReadRegime(item));
  }
  return regimes;
}

bool Counts(const Regime& regime, std::string_view list, std::string_view part) {
  if (std::find(regime.lists.begin(), regime.lists.end(), list) == regime.lists.end()) return false;
  if (list != "us_csl" || regime.parts.empty()) return true;
  return std::any_of(regime.parts.begin(), regime.parts.end(), [&](const std::string& words) {
    return part.find(words) != std::string_view::npos;
  });
}

Reach ReachOf(const OwnershipGraph& graph, const Regime& regime, const std::string& party, Date day,
              const std::function<bool(const std::string&)>& is_listed) {
  const auto nodes = NodesAbove(graph, party, day);
  std::set<std::string> counted;
  for (const auto& [folded, name] : nodes) {
    if (folded != FoldOwner(party) && is_listed(name)) counted.insert(folded);
  }
  for (bool grown = !counted.empty(); grown;) {
    grown = false;
    for (const auto& [folded, name] : nodes) {
      if (counted.contains(folded) || !Judge(graph, regime, name, day, counted).reached) continue;
      grown = counted.insert(folded).second;
    }
  }
  return Judge(graph, regime, party, day, counted);
}

}  // namespace tidewaiter::screen
