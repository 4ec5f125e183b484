// Reads packs: one small function for each shape of rulepacks/README.md. Every mapping is held
// against its list of keys before anything of it is used.
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "rules/condition_reader.h"
#include "rules/pack.h"

namespace tidewaiter::rules {
namespace {

constexpr int kFormat = 1;

// `confidence: memory` and `uncertain: TEXT` of an item come to one text.
Result<std::string> ReadItemUncertainty(const YamlNode& node) {
  TW_ASSIGN_OR_RETURN(
      const std::string confidence,
      OneOf(node, "confidence", {"quoted", "quoted-secondary", "memory"}, "quoted"));
  TW_ASSIGN_OR_RETURN(std::string why, TextOr(node, "uncertain"));
  if (why.empty() && confidence == "memory") why = "this item is from memory";
  return why;
}

Status ReadItemLists(const YamlNode& node, PackItem& item) {
  TW_ASSIGN_OR_RETURN(item.hs, ReadHs(node));
  TW_ASSIGN_OR_RETURN(item.code_sets, TextsIfAny(node, "codes"));
  TW_ASSIGN_OR_RETURN(item.control, TextsIfAny(node, "control"));
  TW_ASSIGN_OR_RETURN(item.possible_hs, TextsIfAny(node, "possible_hs"));
  TW_ASSIGN_OR_RETURN(item.classes, TextsIfAny(node, "classes"));
  TW_ASSIGN_OR_RETURN(item.items_of, TextsIfAny(node, "items_of"));
  TW_ASSIGN_OR_RETURN(item.exceptions, TextsIfAny(node, "exceptions"));
  TW_ASSIGN_OR_RETURN(item.notes, TextsIfAny(node, "notes"));
  return {};
}

Status CheckItem(const YamlNode& node, const PackItem& item) {
  if (!item.possible_hs.empty() && item.control.empty()) {
    return node.Problem("only makes sense beside 'control'", "possible_hs");
  }
  if (item.possible_hs == std::vector<std::string>{"*"} || item.possible_hs.empty()) return {};
  return CheckDigits(*node.Find("possible_hs"), item.possible_hs, "possible_hs");
}

Result<PackItem> ReadItem(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"text", "any", "hs", "codes", "edition", "control",
                                     "possible_hs", "classes", "items_of", "when", "unseen",
                                     "confidence", "uncertain", "exceptions", "notes"}));
  PackItem item;
  item.place = PlaceOf(node);
  TW_ASSIGN_OR_RETURN(item.text, RequiredText(node, "text"));
  TW_ASSIGN_OR_RETURN(item.any, BooleanOr(node, "any", false));
  TW_RETURN_IF_ERROR(ReadItemLists(node, item));
  TW_ASSIGN_OR_RETURN(item.when, ConditionsIfAny(node, "when"));
  TW_ASSIGN_OR_RETURN(item.unseen, TextOr(node, "unseen"));
  TW_ASSIGN_OR_RETURN(item.uncertain, ReadItemUncertainty(node));
  if (!item.unseen.empty() && item.uncertain.empty())
    item.uncertain = "its list or criteria were not seen";
  TW_RETURN_IF_ERROR(CheckItem(node, item));
  return item;
}

// A list of places, or the word "all" which sets `all` instead.
Result<std::vector<std::string>> ReadPlaces(const YamlNode& node, std::string_view key, bool& all) {
  const YamlNode* list = node.Find(key);
  if (list == nullptr || list->is_null()) return std::vector<std::string>();
  all = list->is_scalar() && list->scalar == "all";
  if (all) return std::vector<std::string>();
  return list->Texts();
}

Result<Destinations> ReadDestinations(const YamlNode& rule) {
  Destinations destinations;
  const YamlNode* node = rule.Find("destinations");
  if (node == nullptr || node->is_null() || (node->is_scalar() && node->scalar == "all"))
    return destinations;
  destinations.everywhere = false;
  if (!node->is_mapping()) {
    TW_ASSIGN_OR_RETURN(destinations.in, node->Texts());
    return destinations;
  }
  TW_RETURN_IF_ERROR(node->CheckKeys({"in", "except", "unknown", "fact"}));
  bool except_all = false;
  TW_ASSIGN_OR_RETURN(destinations.in, ReadPlaces(*node, "in", destinations.in_all));
  TW_ASSIGN_OR_RETURN(destinations.except, ReadPlaces(*node, "except", except_all));
  TW_ASSIGN_OR_RETURN(destinations.unknown, ReadPlaces(*node, "unknown", destinations.unknown_all));
  TW_ASSIGN_OR_RETURN(destinations.fact, TextOr(*node, "fact"));
  const bool unknown = destinations.unknown_all || !destinations.unknown.empty();
  if (except_all) return node->Problem("cannot be all", "except");
  if (unknown == destinations.fact.empty()) {
    return node->Problem("'unknown' and 'fact' belong together: the fact is what is asked there",
                         "fact");
  }
  return destinations;
}

Result<std::optional<Parties>> ReadParties(const YamlNode& rule) {
  const YamlNode* node = rule.Find("parties");
  if (node == nullptr || node->is_null()) return std::optional<Parties>();
  TW_RETURN_IF_ERROR(node->CheckKeys({"names", "incomplete", "any_of"}));
  Parties parties;
  TW_ASSIGN_OR_RETURN(parties.names, TextsIfAny(*node, "names"));
  TW_ASSIGN_OR_RETURN(parties.incomplete, BooleanOr(*node, "incomplete", false));
  TW_ASSIGN_OR_RETURN(parties.any_of, ConditionsIfAny(*node, "any_of"));
  if (parties.names.empty() && parties.any_of.empty())
    return node->Problem("needs names or any_of");
  return std::optional<Parties>(std::move(parties));
}

Result<std::optional<Ownership>> ReadOwnership(const YamlNode& rule) {
  const YamlNode* node = rule.Find("ownership");
  if (node == nullptr || node->is_null()) return std::optional<Ownership>();
  TW_RETURN_IF_ERROR(node->CheckKeys({"fact", "op", "value", "unit", "named_by"}));
  Ownership ownership;
  TW_ASSIGN_OR_RETURN(ownership.test, ReadFactTest(*node));
  TW_ASSIGN_OR_RETURN(ownership.named_by, TextsIfAny(*node, "named_by"));
  if (ownership.test.operand != FactTest::Operand::kNumber)
    return node->Problem("must be a share", "value");
  return std::optional<Ownership>(std::move(ownership));
}

Result<Uncertainty> ReadUncertainty(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"before", "from", "when", "because"}));
  Uncertainty uncertainty;
  TW_ASSIGN_OR_RETURN(uncertainty.before, DayIfAny(node, "before"));
  TW_ASSIGN_OR_RETURN(uncertainty.from, DayIfAny(node, "from"));
  TW_ASSIGN_OR_RETURN(uncertainty.when, ConditionIfAny(node, "when"));
  TW_ASSIGN_OR_RETURN(uncertainty.because, RequiredText(node, "because"));
  return uncertainty;
}

// Calls read(element) for each element of the list `key`, which may be absent, and collects the
// results.
template <typename T, typename Read>
Result<std::vector<T>> ListOf(const YamlNode& node, std::string_view key, const Read& read) {
  std::vector<T> all;
  const YamlNode* list = node.Find(key);
  if (list == nullptr || list->is_null()) return all;
  if (!list->is_sequence()) return list->Problem("must be a list", std::string(key));
  for (const YamlNode& item : list->items) {
    TW_ASSIGN_OR_RETURN(T value, read(item));
    all.push_back(std::move(value));
  }
  return all;
}

Status ReadRuleTexts(const YamlNode& node, const Pack& pack, PackRule& rule) {
  TW_ASSIGN_OR_RETURN(rule.title, RequiredText(node, "title"));
  TW_ASSIGN_OR_RETURN(rule.date_confidence, TextOr(node, "date_confidence"));
  TW_ASSIGN_OR_RETURN(rule.authority, TextOr(node, "authority", pack.authority));
  TW_ASSIGN_OR_RETURN(rule.instrument, TextOr(node, "instrument", pack.instrument));
  TW_ASSIGN_OR_RETURN(rule.citation, TextOr(node, "citation", rule.instrument));
  TW_ASSIGN_OR_RETURN(rule.license_policy, TextOr(node, "license_policy"));
  TW_ASSIGN_OR_RETURN(rule.never_decides, TextOr(node, "never_decides"));
  TW_ASSIGN_OR_RETURN(rule.sources, TextsIfAny(node, "sources"));
  TW_ASSIGN_OR_RETURN(rule.exceptions, TextsIfAny(node, "exceptions"));
  TW_ASSIGN_OR_RETURN(rule.notes, TextsIfAny(node, "notes"));
  TW_ASSIGN_OR_RETURN(rule.doubts, TextsIfAny(node, "doubts"));
  if (rule.sources.empty()) rule.sources = pack.sources;
  if (rule.authority.empty()) return node.Problem("is missing", "authority");
  return {};
}

Status ReadRuleWords(const YamlNode& node, PackRule& rule) {
  TW_ASSIGN_OR_RETURN(
      rule.effect,
      OneOf(node, "effect", {"prohibit", "license", "catch_all", "notify", "inform"}, ""));
  TW_ASSIGN_OR_RETURN(
      rule.status, OneOf(node, "status", {"in_force", "ended", "stayed", "uncertain"}, "in_force"));
  TW_ASSIGN_OR_RETURN(rule.confidence,
                      OneOf(node, "confidence", {"quoted", "quoted-secondary", "memory"}, ""));
  TW_ASSIGN_OR_RETURN(rule.general_catch_all, BooleanOr(node, "general_catch_all", false));
  return {};
}

Status ReadRuleDates(const YamlNode& node, PackRule& rule) {
  TW_ASSIGN_OR_RETURN(const auto from, DayIfAny(node, "from"));
  TW_ASSIGN_OR_RETURN(const auto to, DayIfAny(node, "to"));
  rule.in_force = {from.value_or(kDistantPast), to.value_or(kDistantFuture)};
  if (rule.in_force.to < rule.in_force.from) return node.Problem("ends before it begins", "to");
  return {};
}

Status ReadLimbs(const YamlNode& node, PackRule& rule) {
  TW_ASSIGN_OR_RETURN(rule.binds, ConditionIfAny(node, "binds"));
  TW_ASSIGN_OR_RETURN(rule.items, ListOf<PackItem>(node, "items", ReadItem));
  TW_ASSIGN_OR_RETURN(rule.destinations, ReadDestinations(node));
  TW_ASSIGN_OR_RETURN(rule.end_use, ConditionsIfAny(node, "end_use"));
  TW_ASSIGN_OR_RETURN(rule.knowledge, ConditionsIfAny(node, "knowledge"));
  TW_ASSIGN_OR_RETURN(rule.parties, ReadParties(node));
  TW_ASSIGN_OR_RETURN(rule.ownership, ReadOwnership(node));
  TW_ASSIGN_OR_RETURN(rule.unless, TextsIfAny(node, "unless"));
  TW_ASSIGN_OR_RETURN(rule.uncertain, ListOf<Uncertainty>(node, "uncertain", ReadUncertainty));
  return {};
}

Result<PackRule> ReadRule(const YamlNode& node, const Pack& pack) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"id",
                                     "title",
                                     "effect",
                                     "from",
                                     "to",
                                     "status",
                                     "confidence",
                                     "date_confidence",
                                     "citation",
                                     "authority",
                                     "instrument",
                                     "sources",
                                     "binds",
                                     "items",
                                     "destinations",
                                     "end_use",
                                     "knowledge",
                                     "parties",
                                     "ownership",
                                     "unless",
                                     "general_catch_all",
                                     "never_decides",
                                     "uncertain",
                                     "exceptions",
                                     "notes",
                                     "doubts",
                                     "license_policy"}));
  PackRule rule;
  rule.place = PlaceOf(node);
  TW_ASSIGN_OR_RETURN(rule.id, RequiredText(node, "id"));
  TW_RETURN_IF_ERROR(ReadRuleTexts(node, pack, rule));
  TW_RETURN_IF_ERROR(ReadRuleWords(node, rule));
  TW_RETURN_IF_ERROR(ReadRuleDates(node, rule));
  TW_RETURN_IF_ERROR(ReadLimbs(node, rule));
  return rule;
}

Result<Group> ReadGroup(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"name", "text", "countries", "source"}));
  Group group;
  group.place = PlaceOf(node);
  TW_ASSIGN_OR_RETURN(group.name, RequiredText(node, "name"));
  TW_ASSIGN_OR_RETURN(group.text, TextOr(node, "text"));
  TW_ASSIGN_OR_RETURN(group.countries, TextsIfAny(node, "countries"));
  if (group.name.size() < 3)
    return node.Problem("a group's name has three letters or more", "name");
  return group;
}

Result<CodeSet> ReadCodeSet(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"name", "text", "edition", "hs", "source"}));
  CodeSet set;
  set.place = PlaceOf(node);
  TW_ASSIGN_OR_RETURN(set.name, RequiredText(node, "name"));
  TW_ASSIGN_OR_RETURN(set.text, TextOr(node, "text"));
  TW_ASSIGN_OR_RETURN(set.hs, ReadHs(node));
  if (set.hs.codes.empty()) return node.Problem("is missing", "hs");
  return set;
}

Result<FactDefinition::Kind> ReadKind(const YamlNode& node) {
  TW_ASSIGN_OR_RETURN(const std::string kind,
                      OneOf(node, "kind", {"bool", "number", "text", "set"}, ""));
  if (kind == "bool") return FactDefinition::Kind::kBool;
  if (kind == "number") return FactDefinition::Kind::kNumber;
  return kind == "text" ? FactDefinition::Kind::kText : FactDefinition::Kind::kSet;
}

Result<FactDefinition> ReadFact(const YamlNode& node) {
  TW_RETURN_IF_ERROR(
      node.CheckKeys({"fact", "kind", "unit", "about", "ask", "at_most", "by", "options"}));
  FactDefinition fact;
  fact.place = PlaceOf(node);
  TW_ASSIGN_OR_RETURN(fact.name, RequiredText(node, "fact"));
  TW_ASSIGN_OR_RETURN(fact.kind, ReadKind(node));
  TW_ASSIGN_OR_RETURN(fact.unit, TextOr(node, "unit"));
  TW_ASSIGN_OR_RETURN(const std::string about, OneOf(node, "about", {"line", "order"}, ""));
  fact.of_line = about == "line";
  TW_ASSIGN_OR_RETURN(fact.ask, RequiredText(node, "ask"));
  TW_ASSIGN_OR_RETURN(fact.at_most, TextOr(node, "at_most"));
  TW_ASSIGN_OR_RETURN(fact.by, TextOr(node, "by"));
  TW_ASSIGN_OR_RETURN(fact.options, TextsIfAny(node, "options"));
  return fact;
}

Result<NamedCondition> ReadNamed(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"name", "text", "when"}));
  NamedCondition named;
  named.place = PlaceOf(node);
  TW_ASSIGN_OR_RETURN(named.name, RequiredText(node, "name"));
  TW_ASSIGN_OR_RETURN(named.text, RequiredText(node, "text"));
  const YamlNode* when = node.Find("when");
  if (when == nullptr) return node.Problem("is missing", "when");
  TW_ASSIGN_OR_RETURN(named.when, ReadCondition(*when));
  return named;
}

Result<std::optional<ComponentShare>> ReadShare(const YamlNode& node) {
  const YamlNode* share = node.Find("share_of_components");
  if (share == nullptr || share->is_null()) return std::optional<ComponentShare>();
  TW_RETURN_IF_ERROR(share->CheckKeys({"origin", "control_code_other_than"}));
  ComponentShare result;
  TW_ASSIGN_OR_RETURN(result.origin, TextsIfAny(*share, "origin"));
  TW_ASSIGN_OR_RETURN(result.control_code_other_than,
                      TextsIfAny(*share, "control_code_other_than"));
  return std::optional<ComponentShare>(std::move(result));
}

Result<DerivedFact> ReadDerived(const YamlNode& node) {
  TW_RETURN_IF_ERROR(
      node.CheckKeys({"fact", "text", "true_when", "false_when", "share_of_components"}));
  DerivedFact derived;
  derived.place = PlaceOf(node);
  TW_ASSIGN_OR_RETURN(derived.fact, RequiredText(node, "fact"));
  TW_ASSIGN_OR_RETURN(derived.text, TextOr(node, "text"));
  TW_ASSIGN_OR_RETURN(derived.true_when, ConditionIfAny(node, "true_when"));
  TW_ASSIGN_OR_RETURN(derived.false_when, ConditionIfAny(node, "false_when"));
  TW_ASSIGN_OR_RETURN(derived.share, ReadShare(node));
  if (!derived.true_when && !derived.false_when && !derived.share) {
    return node.Problem("needs true_when, false_when or share_of_components");
  }
  return derived;
}

Result<Raises> ReadRaises(const YamlNode& root) {
  Raises raises;
  const YamlNode* node = root.Find("raises");
  if (node == nullptr || node->is_null()) return raises;
  TW_RETURN_IF_ERROR(node->CheckKeys(
      {"destinations", "codes", "control_code_other_than", "classes", "party_hit"}));
  raises.stated = true;
  raises.place = PlaceOf(*node);
  TW_ASSIGN_OR_RETURN(raises.destinations, TextsIfAny(*node, "destinations"));
  TW_ASSIGN_OR_RETURN(raises.codes, TextsIfAny(*node, "codes"));
  TW_ASSIGN_OR_RETURN(raises.control_code_other_than, TextsIfAny(*node, "control_code_other_than"));
  TW_ASSIGN_OR_RETURN(raises.classes, TextsIfAny(*node, "classes"));
  TW_ASSIGN_OR_RETURN(raises.party_hit, BooleanOr(*node, "party_hit", false));
  return raises;
}

Status ReadHead(const YamlNode& root, Pack& pack) {
  TW_ASSIGN_OR_RETURN(const auto format, NumberIfAny(root, "pack"));
  if (format != kFormat) return root.Problem("must be 1, the version of the format", "pack");
  TW_ASSIGN_OR_RETURN(pack.authority, TextOr(root, "authority"));
  TW_ASSIGN_OR_RETURN(pack.instrument, TextOr(root, "instrument"));
  TW_ASSIGN_OR_RETURN(pack.title, TextOr(root, "title"));
  TW_ASSIGN_OR_RETURN(pack.reviewed, DayIfAny(root, "reviewed"));
  TW_ASSIGN_OR_RETURN(pack.sources, TextsIfAny(root, "sources"));
  TW_ASSIGN_OR_RETURN(pack.notes, TextsIfAny(root, "notes"));
  TW_ASSIGN_OR_RETURN(pack.legal_forms, TextsIfAny(root, "legal_forms"));
  return {};
}

Status ReadSections(const YamlNode& root, Pack& pack) {
  TW_ASSIGN_OR_RETURN(pack.groups, ListOf<Group>(root, "groups", ReadGroup));
  TW_ASSIGN_OR_RETURN(pack.codes, ListOf<CodeSet>(root, "codes", ReadCodeSet));
  TW_ASSIGN_OR_RETURN(pack.facts, ListOf<FactDefinition>(root, "facts", ReadFact));
  TW_ASSIGN_OR_RETURN(pack.conditions, ListOf<NamedCondition>(root, "conditions", ReadNamed));
  TW_ASSIGN_OR_RETURN(pack.derived, ListOf<DerivedFact>(root, "derived", ReadDerived));
  TW_ASSIGN_OR_RETURN(pack.raises, ReadRaises(root));
  TW_ASSIGN_OR_RETURN(pack.rules, ListOf<PackRule>(root, "rules", [&](const YamlNode& node) {
                        return ReadRule(node, pack);
                      }));
  return {};
}

}  // namespace

Error Place::Problem(std::string message, std::string field) const {
  return BadInput(std::move(message), file ? *file : std::string(), line, std::move(field));
}

Result<Pack> ReadPack(const YamlNode& root) {
  TW_RETURN_IF_ERROR(root.CheckKeys({"pack", "authority", "instrument", "title", "reviewed",
                                     "sources", "notes", "groups", "codes", "facts", "conditions",
                                     "derived", "raises", "legal_forms", "rules"}));
  Pack pack;
  if (root.file) pack.file = *root.file;
  TW_RETURN_IF_ERROR(ReadHead(root, pack));
  TW_RETURN_IF_ERROR(ReadSections(root, pack));
  if (!pack.rules.empty() && !pack.reviewed) {
    return root.Problem(
        "is missing; the day on which a person last held this file against its source", "reviewed");
  }
  return pack;
}

bool MatchesGlob(std::string_view glob, std::string_view text) {
  size_t g = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      resume = t;
    } else if (g < glob.size() && glob[g] == text[t]) {
      ++g, ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

}  // namespace tidewaiter::rules
