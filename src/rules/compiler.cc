// Resolves the names of all packs and turns their conditions into nodes. Named conditions, derived
// facts and rules refer to each other; each is compiled when first named, and one that is named
// while it is being compiled is a circle.
#include <algorithm>
#include <map>
#include <set>

#include "model/country.h"
#include "model/units.h"
#include "rules/condition_names.h"
#include "rules/fact_fit.h"
#include "rules/node_builder.h"
#include "rules/program.h"

namespace tidewaiter::rules {
namespace {

constexpr int kEditions[] = {1992, 1996, 2002, 2007, 2012, 2017, 2022};

std::string NearIn(const std::string& word, const std::vector<std::string>& known) {
  const std::string near = NearestWord(word, known);
  return near.empty() ? std::string() : "; did you mean '" + near + "'?";
}

template <typename Map>
std::vector<std::string> KeysOf(const Map& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.emplace_back(key);
  return keys;
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all.append(all.empty() ? "" : ", ").append(text);
  return all;
}

class Compiler {
 public:
  explicit Compiler(Program& program) : program_(program), build_(program) {}

  Status Run() {
    TW_RETURN_IF_ERROR(Collect());
    TW_RETURN_IF_ERROR(CompileFacts());
    TW_RETURN_IF_ERROR(CompileConditions());
    TW_RETURN_IF_ERROR(CompileRules());
    TW_RETURN_IF_ERROR(CompileRaises());
    CollectPartyNames();
    program_.FindChangeDays();
    return {};
  }

 private:
  // --- Names
  // -------------------------------------------------------------------------------------------------
  template <typename T>
  static Status Define(std::map<std::string, const T*, std::less<>>& table, const std::string& name,
                       const T& value, std::string_view what) {
    if (table.emplace(name, &value).second) return {};
    const Place& first = table.find(name)->second->place;
    return value.place.Problem(std::string(what) + " '" + name + "' is already defined at " +
                               (first.file ? *first.file : std::string("?")) + ":" +
                               std::to_string(first.line));
  }

  Status Collect() {
    for (const auto& pack : program_.packs) TW_RETURN_IF_ERROR(CollectPack(*pack));
    return CheckVersions();
  }

  Status CollectPack(const Pack& pack) {
    for (const Group& group : pack.groups)
      TW_RETURN_IF_ERROR(Define(groups_, group.name, group, "group"));
    for (const CodeSet& set : pack.codes)
      TW_RETURN_IF_ERROR(Define(code_sets_, set.name, set, "code set"));
    for (const auto& each : pack.conditions) {
      TW_RETURN_IF_ERROR(Define(conditions_, each.name, each, "condition"));
    }
    for (const auto& fact : pack.facts) TW_RETURN_IF_ERROR(Define(facts_, fact.name, fact, "fact"));
    for (const DerivedFact& each : pack.derived) {
      TW_RETURN_IF_ERROR(Define(derived_, each.fact, each, "derived fact"));
      if (pack.own_policy && !DefinesFact(pack, each.fact)) {
        return each.place.Problem("an own policy can derive its own facts only", each.fact);
      }
    }
    for (const std::string& form : pack.legal_forms) program_.legal_forms.insert(form);
    for (const PackRule& rule : pack.rules) {
      rules_[rule.id].push_back(&rule);
      own_[&rule] = pack.own_policy;
    }
    return {};
  }

  static bool DefinesFact(const Pack& pack, const std::string& name) {
    return std::any_of(pack.facts.begin(), pack.facts.end(),
                       [&](const auto& fact) { return fact.name == name; });
  }

  // The versions of a rule must not overlap, and an own policy must not pose as one.
  Status CheckVersions() {
    for (auto& [id, versions] : rules_) {
      std::stable_sort(versions.begin(), versions.end(),
                       [](auto* a, auto* b) { return a->in_force.from < b->in_force.from; });
      for (size_t i = 1; i < versions.size(); ++i) {
        if (own_[versions[i]] != own_[versions[i - 1]]) {
          return versions[i]->place.Problem("rule '" + id +
                                            "' exists already; an own policy needs ids of its own");
        }
        if (versions[i]->in_force.from <= versions[i - 1]->in_force.to) {
          return versions[i]->place.Problem(
              "rule '" + id + "' holds on days on which another version of it holds", "from");
        }
      }
    }
    return {};
  }

  // --- Facts
  // -------------------------------------------------------------------------------------------------
  void AddEditionFact(int edition) {
    FactInfo info;
    info.hs_edition = edition;
    info.definition.name = "hs_" + std::to_string(edition);
    info.definition.kind = FactDefinition::Kind::kText;
    info.definition.ask = "Which code has the item in the " + std::to_string(edition) +
                          " edition of the Harmonized System?";
    program_.facts.push_back(std::move(info));
  }

  Status CompileFacts() {
    for (const auto& [name, definition] : facts_) {
      FactInfo info;
      info.definition = *definition;
      if (!definition->unit.empty() && FindUnit(definition->unit) == nullptr) {
        return definition->place.Problem("unknown unit '" + definition->unit + "'", "unit");
      }
      program_.facts.push_back(std::move(info));
    }
    for (const int edition : kEditions) AddEditionFact(edition);
    for (FactId id = 0; id < program_.facts.size(); ++id) {
      program_.fact_ids.emplace(program_.facts[id].definition.name, id);
    }
    return CompileBounds();
  }

  Status CompileBounds() {
    for (FactInfo& info : program_.facts) {
      if (info.definition.at_most.empty()) continue;
      TW_ASSIGN_OR_RETURN(info.at_most,
                          RequireFact(info.definition.at_most, info.definition.place));
      const auto& bound = program_.facts[info.at_most].definition;
      if (!ConvertUnit(1, bound.unit, info.definition.unit)) {
        return info.definition.place.Problem("its unit and that of '" + bound.name + "' do not fit",
                                             "at_most");
      }
    }
    return {};
  }

  Result<FactId> RequireFact(const std::string& name, const Place& place) {
    const FactId id = program_.FindFact(name);
    if (id == kNone) {
      return place.Problem("no pack defines the fact '" + name + "'" + NearIn(name, KeysOf(facts_)),
                           name);
    }
    if (derived_done_.insert(name).second) TW_RETURN_IF_ERROR(CompileDerived(id));
    return id;
  }

  Status CompileDerived(FactId id) {
    const auto found = derived_.find(program_.facts[id].definition.name);
    if (found == derived_.end()) return {};
    const DerivedFact& derived = *found->second;
    if (!circle_.insert("fact " + derived.fact).second)
      return derived.place.Problem("derives from itself", derived.fact);
    NodeId true_when = derived.true_when ? kTrueNode : kNone,
           false_when = derived.false_when ? kTrueNode : kNone;
    if (derived.true_when) {
      TW_ASSIGN_OR_RETURN(true_when, Build(*derived.true_when));
    }
    if (derived.false_when) {
      TW_ASSIGN_OR_RETURN(false_when, Build(*derived.false_when));
    }
    circle_.erase("fact " + derived.fact);
    FactInfo& info = program_.facts[id];
    info.true_when = true_when;
    info.false_when = false_when;
    info.has_share = derived.share.has_value();
    if (derived.share) info.share = *derived.share;
    info.derived_text = derived.text;
    CollectLeaves(info);
    return {};
  }

  void CollectLeaves(FactInfo& info) {
    std::set<FactId> leaves;
    if (info.true_when != kNone) CollectFacts(info.true_when, leaves);
    if (info.false_when != kNone) CollectFacts(info.false_when, leaves);
    info.leaves.assign(leaves.begin(), leaves.end());
  }

  // Nodes are shared, so each is looked at once.
  void CollectFacts(NodeId root, std::set<FactId>& facts) const {
    std::set<NodeId> seen = {root};
    std::vector<NodeId> open = {root};
    while (!open.empty()) {
      const Node& node = program_.nodes[open.back()];
      open.pop_back();
      if (node.kind == Node::Kind::kFact) facts.insert(program_.fact_tests[node.index].fact);
      for (const NodeId child : node.children) {
        if (seen.insert(child).second) open.push_back(child);
      }
    }
  }

  // --- Conditions
  // --------------------------------------------------------------------------------------------
  Status CompileConditions() {
    for (const auto& [name, condition] : conditions_) {
      TW_ASSIGN_OR_RETURN(const NodeId node, BuildNamed(name, condition->place));
      (void)node;
    }
    for (const auto& [name, derived] : derived_) {
      TW_ASSIGN_OR_RETURN(const FactId id, RequireFact(name, derived->place));
      (void)id;
    }
    return {};
  }

  Result<NodeId> BuildNamed(const std::string& name, const Place& place) {
    if (const auto done = named_.find(name); done != named_.end()) return done->second;
    const auto found = conditions_.find(name);
    if (found == conditions_.end()) {
      return place.Problem(
          "no pack defines the condition '" + name + "'" + NearIn(name, KeysOf(conditions_)), name);
    }
    if (!circle_.insert("condition " + name).second)
      return place.Problem("the condition refers to itself", name);
    TW_ASSIGN_OR_RETURN(const NodeId node, Build(found->second->when));
    circle_.erase("condition " + name);
    program_.labels.emplace(node, found->second->text);
    named_.emplace(name, node);
    return node;
  }

  Result<NodeId> Build(const Condition& condition) {
    using Kind = Condition::Kind;
    switch (condition.kind) {
      case Kind::kFact:
        return BuildFact(condition.test, condition.place);
      case Kind::kField:
        return BuildField(condition);
      case Kind::kHs:
        return BuildHs(condition.hs, condition.list, condition.place);
      case Kind::kControl:
        return BuildControl(condition.list, false, {"*"});
      case Kind::kClass:
        return build_.Class(condition.list);
      case Kind::kRecipient:
        return BuildRecipient(condition.list);
      case Kind::kNamed:
        return BuildNamed(condition.name, condition.place);
      case Kind::kRule:
        return BuildRuleReference(condition.name, condition.place);
      case Kind::kNot: {
        TW_ASSIGN_OR_RETURN(const NodeId child, Build(condition.children.front()));
        return build_.Not(child);
      }
      case Kind::kAll:
      case Kind::kAny:
        break;
    }
    TW_ASSIGN_OR_RETURN(std::vector<NodeId> children, BuildAll(condition.children));
    return condition.kind == Kind::kAll ? build_.And(std::move(children))
                                        : build_.Or(std::move(children));
  }

  Result<std::vector<NodeId>> BuildAll(const std::vector<Condition>& conditions) {
    std::vector<NodeId> nodes;
    for (const Condition& condition : conditions) {
      TW_ASSIGN_OR_RETURN(const NodeId node, Build(condition));
      nodes.push_back(node);
    }
    return nodes;
  }

  Result<NodeId> BuildAny(const std::vector<Condition>& conditions) {
    if (conditions.empty()) return kTrueNode;
    TW_ASSIGN_OR_RETURN(std::vector<NodeId> nodes, BuildAll(conditions));
    return build_.Or(std::move(nodes));
  }

  Result<NodeId> BuildFact(const FactTest& test, const Place& place) {
    TW_ASSIGN_OR_RETURN(CompiledTest compiled, CompileTest(test, place));
    return build_.Fact(std::move(compiled));
  }

  Result<CompiledTest> CompileTest(const FactTest& test, const Place& place) {
    CompiledTest compiled;
    TW_ASSIGN_OR_RETURN(compiled.fact, RequireFact(test.fact, place));
    compiled.test = test;
    const FactDefinition& definition = program_.facts[compiled.fact].definition;
    TW_RETURN_IF_ERROR(FitToDefinition(definition, place, compiled.test));
    return compiled;
  }

  Status AddCountry(const std::string& name, const Place& place, std::set<std::string>& seen,
                    FieldTest& test) {
    if (!seen.insert(name).second) return {};
    const uint32_t index = IsCountryCode(name) ? CountryIndex(name) : kNone;
    if (index != kNone) {
      if (!test.countries.test(index)) test.names.push_back(name);
      test.countries.set(index);
      return {};
    }
    const auto group = groups_.find(name);
    if (group == groups_.end()) {
      return place.Problem("neither a country code nor a group" + NearIn(name, KeysOf(groups_)),
                           name);
    }
    for (const auto& member : group->second->countries) {
      TW_RETURN_IF_ERROR(AddCountry(member, group->second->place, seen, test));
    }
    return {};
  }

  Result<NodeId> BuildPlaces(Field field, const std::vector<std::string>& list, bool negated,
                             const Place& place) {
    FieldTest test;
    test.field = field;
    test.negated = negated;
    test.text = Joined(list);
    std::set<std::string> seen;
    for (const std::string& name : list) TW_RETURN_IF_ERROR(AddCountry(name, place, seen, test));
    return build_.In(std::move(test));
  }

  Result<NodeId> BuildField(const Condition& condition) {
    Field field = Field::kExporterCountry;
    for (const Field each : {Field::kExporterCountry, Field::kOrigin, Field::kDeparture,
                             Field::kDestination, Field::kVia}) {
      if (ToString(each) == condition.name) field = each;
    }
    return BuildPlaces(field, condition.list, condition.negated, condition.place);
  }

  Result<std::vector<HsCodes>> CodesOf(const HsCodes& own, const std::vector<std::string>& sets,
                                       const Place& place) {
    std::vector<HsCodes> codes;
    if (!own.codes.empty()) codes.push_back(own);
    for (const std::string& name : sets) {
      const auto set = code_sets_.find(name);
      if (set == code_sets_.end()) {
        return place.Problem(
            "no pack defines the code set '" + name + "'" + NearIn(name, KeysOf(code_sets_)), name);
      }
      codes.push_back(set->second->hs);
    }
    return codes;
  }

  Result<NodeId> BuildHs(const HsCodes& own, const std::vector<std::string>& sets,
                         const Place& place) {
    TW_ASSIGN_OR_RETURN(std::vector<HsCodes> codes, CodesOf(own, sets, place));
    return build_.Hs(std::move(codes));
  }

  NodeId BuildControl(const std::vector<std::string>& codes, bool beside_hs,
                      const std::vector<std::string>& possible) {
    if (codes.empty()) return kFalseNode;
    ControlTest test;
    for (const std::string& code : codes) test.patterns.push_back(ParseControlPattern(code));
    test.text = Joined(codes);
    test.beside_hs = beside_hs;
    test.any_possible = possible == std::vector<std::string>{"*"};
    if (!possible.empty() && !test.any_possible)
      test.possible = build_.HsTestIndex({HsCodes{2022, possible}});
    return build_.Control(std::move(test));
  }

  NodeId BuildRecipient(const std::vector<std::string>& names) {
    RecipientTest test;
    for (const std::string& name : names) {
      test.names.push_back(name);
      test.folded.push_back(FoldPartyName(name, program_.legal_forms));
    }
    return build_.Recipient(std::move(test));
  }

  // --- Rules
  // -------------------------------------------------------------------------------------------------
  Status CompileRules() {
    for (const auto& [id, versions] : rules_) {
      for (const PackRule* rule : versions) {
        TW_ASSIGN_OR_RETURN(const size_t index, BuildRule(*rule));
        (void)index;
      }
    }
    std::sort(program_.rules.begin(), program_.rules.end(),
              [](const CompiledRule& a, const CompiledRule& b) {
                return std::tie(a.pack->id, a.pack->in_force.from) <
                       std::tie(b.pack->id, b.pack->in_force.from);
              });
    return {};
  }

  Result<NodeId> BuildRuleReference(const std::string& id, const Place& place) {
    const auto found = rules_.find(id);
    if (found == rules_.end()) {
      return place.Problem("there is no rule '" + id + "'" + NearIn(id, KeysOf(rules_)), id);
    }
    std::vector<NodeId> nodes;
    for (const PackRule* rule : found->second) {
      TW_ASSIGN_OR_RETURN(const size_t index, BuildRule(*rule));
      nodes.push_back(program_.rules[index].applies);
    }
    return build_.Or(std::move(nodes));
  }

  Result<size_t> BuildRule(const PackRule& pack) {
    if (const auto done = rule_index_.find(&pack); done != rule_index_.end()) return done->second;
    if (!circle_.insert("rule " + pack.id + ToString(pack.in_force.from)).second) {
      return pack.place.Problem("the rule refers to itself", pack.id);
    }
    CompiledRule rule;
    rule.pack = &pack;
    TW_RETURN_IF_ERROR(BuildLimbs(pack, rule));
    TW_RETURN_IF_ERROR(FinishRule(pack, rule));
    circle_.erase("rule " + pack.id + ToString(pack.in_force.from));
    rule_index_.emplace(&pack, program_.rules.size());
    program_.rules.push_back(std::move(rule));
    return program_.rules.size() - 1;
  }

  NodeId& At(CompiledRule& rule, Limb limb) { return rule.limbs[static_cast<size_t>(limb)]; }

  Status BuildLimbs(const PackRule& pack, CompiledRule& rule) {
    rule.limbs.fill(kTrueNode);
    if (pack.binds) {
      TW_ASSIGN_OR_RETURN(At(rule, Limb::kBinds), Build(*pack.binds));
    }
    TW_ASSIGN_OR_RETURN(At(rule, Limb::kItems), BuildItems(pack, rule.items));
    TW_ASSIGN_OR_RETURN(At(rule, Limb::kDestination), BuildDestinations(pack));
    TW_ASSIGN_OR_RETURN(At(rule, Limb::kEndUse), BuildAny(pack.end_use));
    TW_ASSIGN_OR_RETURN(At(rule, Limb::kKnowledge), BuildAny(pack.knowledge));
    if (pack.parties) {
      TW_ASSIGN_OR_RETURN(At(rule, Limb::kParties), BuildParties(*pack.parties));
    }
    if (pack.ownership) {
      TW_ASSIGN_OR_RETURN(At(rule, Limb::kOwnership), BuildOwnership(pack));
    }
    TW_ASSIGN_OR_RETURN(At(rule, Limb::kUnless), BuildUnless(pack));
    return {};
  }

  Result<NodeId> BuildUnless(const PackRule& pack) {
    std::vector<NodeId> nodes;
    for (const std::string& id : pack.unless) {
      TW_ASSIGN_OR_RETURN(const NodeId node, BuildRuleReference(id, pack.place));
      nodes.push_back(node);
    }
    return build_.Not(build_.Or(std::move(nodes)));
  }

  Result<NodeId> BuildItems(const PackRule& pack, std::vector<NodeId>& each) {
    for (const PackItem& item : pack.items) {
      TW_ASSIGN_OR_RETURN(const NodeId node, BuildItem(pack, item));
      each.push_back(node);
    }
    return pack.items.empty() ? kTrueNode : build_.Or(each);
  }

  // The ways of naming goods, ORed, and the parameters, ANDed.
  Result<NodeId> BuildItem(const PackRule& pack, const PackItem& item) {
    TW_ASSIGN_OR_RETURN(std::vector<HsCodes> codes, CodesOf(item.hs, item.code_sets, item.place));
    const bool has_hs = !codes.empty();
    std::vector<NodeId> ways = {item.any ? kTrueNode : kFalseNode, build_.Hs(std::move(codes)),
                                BuildControl(item.control, has_hs, item.possible_hs),
                                build_.Class(item.classes)};
    TW_ASSIGN_OR_RETURN(const NodeId listed, BuildItemsOf(pack, item));
    ways.push_back(listed);
    TW_ASSIGN_OR_RETURN(std::vector<NodeId> all, BuildAll(item.when));
    all.insert(all.begin(), build_.Or(std::move(ways)));
    if (!item.unseen.empty()) {
      FactTest test;
      test.fact = item.unseen;
      TW_ASSIGN_OR_RETURN(const NodeId unseen, BuildFact(test, item.place));
      all.push_back(unseen);
    }
    return build_.And(std::move(all));
  }

  Result<NodeId> BuildItemsOf(const PackRule& pack, const PackItem& item) {
    std::vector<NodeId> nodes;
    for (const std::string& glob : item.items_of) {
      bool found = false;
      for (const auto& [id, versions] : rules_) {
        if (id == pack.id || !MatchesGlob(glob, id)) continue;
        found = true;
        TW_RETURN_IF_ERROR(AddItemsOf(versions, nodes));
      }
      if (!found)
        return item.place.Problem("no rule has such an id" + NearIn(glob, KeysOf(rules_)), glob);
    }
    return build_.Or(std::move(nodes));
  }

  Status AddItemsOf(const std::vector<const PackRule*>& versions, std::vector<NodeId>& nodes) {
    for (const PackRule* version : versions) {
      TW_ASSIGN_OR_RETURN(const size_t index, BuildRule(*version));
      const NodeId items = program_.rules[index].limbs[static_cast<size_t>(Limb::kItems)];
      nodes.push_back(build_.And({build_.Dated(version->in_force), items}));
    }
    return {};
  }

  Result<NodeId> BuildDestinations(const PackRule& pack) {
    const Destinations& to = pack.destinations;
    if (to.everywhere) return kTrueNode;
    std::vector<NodeId> ways;
    if (to.in_all) ways.push_back(kTrueNode);
    if (!to.in.empty()) {
      TW_ASSIGN_OR_RETURN(const NodeId in,
                          BuildPlaces(Field::kDestination, to.in, false, pack.place));
      ways.push_back(in);
    }
    if (!to.fact.empty()) {
      TW_ASSIGN_OR_RETURN(const NodeId asked, BuildAskedDestinations(pack));
      ways.push_back(asked);
    }
    NodeId except = kTrueNode;
    if (!to.except.empty()) {
      TW_ASSIGN_OR_RETURN(except, BuildPlaces(Field::kDestination, to.except, true, pack.place));
    }
    return build_.And({except, build_.Or(std::move(ways))});
  }

  Result<NodeId> BuildAskedDestinations(const PackRule& pack) {
    FactTest test;
    test.fact = pack.destinations.fact;
    TW_ASSIGN_OR_RETURN(const NodeId fact, BuildFact(test, pack.place));
    if (pack.destinations.unknown_all) return fact;
    TW_ASSIGN_OR_RETURN(const NodeId in, BuildPlaces(Field::kDestination, pack.destinations.unknown,
                                                     false, pack.place));
    return build_.And({in, fact});
  }

  Result<NodeId> BuildParties(const Parties& parties) {
    std::vector<NodeId> ways = {BuildRecipient(parties.names)};
    if (!parties.any_of.empty()) {
      TW_ASSIGN_OR_RETURN(const NodeId other, BuildAny(parties.any_of));
      ways.push_back(other);
    }
    return build_.Or(std::move(ways));
  }

  Result<NodeId> BuildOwnership(const PackRule& pack) {
    OwnershipTest test;
    TW_ASSIGN_OR_RETURN(test.test, CompileTest(pack.ownership->test, pack.place));
    for (const auto& [id, versions] : rules_) {
      const auto& globs = pack.ownership->named_by;
      if (!std::any_of(globs.begin(), globs.end(),
                       [&](const auto& glob) { return MatchesGlob(glob, id); }))
        continue;
      for (const PackRule* version : versions) AddOwners(*version, test);
    }
    return build_.Ownership(std::move(test));
  }

  void AddOwners(const PackRule& rule, OwnershipTest& test) {
    if (!rule.parties || rule.status == "stayed") return;
    const uint32_t days = build_.DateIndex(rule.in_force);
    for (const std::string& name : rule.parties->names) {
      test.named_by.emplace_back(FoldPartyName(name, program_.legal_forms), days);
    }
  }

  Result<NodeId> BuildUncertainty(const PackRule& pack, const Uncertainty& uncertainty) {
    Interval days;
    if (uncertainty.before) days.to = *uncertainty.before - 1;
    if (uncertainty.from) days.from = *uncertainty.from;
    NodeId when = kTrueNode;
    if (uncertainty.when) {
      TW_ASSIGN_OR_RETURN(when, Build(*uncertainty.when));
    }
    if (days.to < days.from)
      return pack.place.Problem("the uncertain days end before they begin", "uncertain");
    return build_.And({build_.Dated(days), when});
  }

  Status FinishRule(const PackRule& pack, CompiledRule& rule) {
    if (!pack.never_decides.empty() || pack.status == "stayed") return {};
    std::vector<NodeId> limbs(rule.limbs.begin(), rule.limbs.end());
    limbs.insert(limbs.begin(), build_.Dated(pack.in_force));
    rule.applies = build_.And(limbs);
    for (const Uncertainty& each : pack.uncertain) {
      TW_ASSIGN_OR_RETURN(const NodeId node, BuildUncertainty(pack, each));
      rule.uncertain.push_back(node);
    }
    rule.strong = StrongNode(pack, rule);
    rule.full = FullOutcome(pack);
    if (pack.general_catch_all) CollectStatedFacts(rule);
    return {};
  }

  NodeId StrongNode(const PackRule& pack, const CompiledRule& rule) {
    if (pack.weak()) return kFalseNode;
    std::vector<NodeId> certain;
    for (size_t i = 0; i < pack.items.size(); ++i) {
      if (pack.items[i].uncertain.empty()) certain.push_back(rule.items[i]);
    }
    const NodeId items = pack.items.empty() ? kTrueNode : build_.Or(certain);
    return build_.And({rule.applies, items, build_.Not(build_.Or(rule.uncertain))});
  }

  static Outcome FullOutcome(const PackRule& pack) {
    if (pack.effect == "inform") return Outcome::kClear;
    return pack.effect == "notify" ? Outcome::kReview : Outcome::kStop;
  }

  void CollectStatedFacts(CompiledRule& rule) const {
    std::set<FactId> facts;
    CollectFacts(rule.limbs[static_cast<size_t>(Limb::kEndUse)], facts);
    CollectFacts(rule.limbs[static_cast<size_t>(Limb::kKnowledge)], facts);
    CollectFacts(rule.limbs[static_cast<size_t>(Limb::kParties)], facts);
    for (const FactId fact : facts) {
      if (program_.facts[fact].definition.kind == FactDefinition::Kind::kBool)
        rule.stated_facts.push_back(fact);
    }
  }

  // --- What stands over all rules
  // ----------------------------------------------------------------------------
  Status CompileRaises() {
    std::vector<NodeId> ways;
    for (const auto& pack : program_.packs) {
      const Raises& raises = pack->raises;
      if (!raises.stated) continue;
      TW_RETURN_IF_ERROR(AddRaises(raises, ways));
    }
    program_.raised = build_.Or(std::move(ways));
    return {};
  }

  Status AddRaises(const Raises& raises, std::vector<NodeId>& ways) {
    if (!raises.destinations.empty()) {
      TW_ASSIGN_OR_RETURN(const NodeId to, BuildPlaces(Field::kDestination, raises.destinations,
                                                       false, raises.place));
      ways.push_back(to);
    }
    TW_ASSIGN_OR_RETURN(const NodeId hs, BuildHs({}, raises.codes, raises.place));
    ways.push_back(hs);
    ways.push_back(build_.Class(raises.classes));
    for (const auto& code : raises.control_code_other_than) {
      program_.not_raising.push_back(ParseControlPattern(code));
      program_.code_raises = true;
    }
    program_.party_hit_raises = program_.party_hit_raises || raises.party_hit;
    return {};
  }

  void CollectPartyNames() {
    for (const RecipientTest& test : program_.recipient_tests) {
      program_.party_names.insert(test.folded.begin(), test.folded.end());
    }
    for (const OwnershipTest& test : program_.ownership_tests) {
      for (const auto& [name, days] : test.named_by) program_.party_names.insert(name);
    }
  }

  Program& program_;
  NodeBuilder build_;
  std::map<std::string, const Group*, std::less<>> groups_;
  std::map<std::string, const CodeSet*, std::less<>> code_sets_;
  std::map<std::string, const FactDefinition*, std::less<>> facts_;
  std::map<std::string, const NamedCondition*, std::less<>> conditions_;
  std::map<std::string, const DerivedFact*, std::less<>> derived_;
  std::map<std::string, std::vector<const PackRule*>, std::less<>> rules_;
  std::map<const PackRule*, bool> own_;
  std::map<std::string, NodeId, std::less<>> named_;
  std::map<const PackRule*, size_t> rule_index_;
  std::set<std::string, std::less<>> circle_, derived_done_;
};

}  // namespace

Result<std::unique_ptr<const Program>> Compile(std::vector<std::unique_ptr<Pack>> packs) {
  auto program = std::make_unique<Program>();
  program->packs = std::move(packs);
  PutNamesIntoWords(program->packs);
  TW_RETURN_IF_ERROR(Compiler(*program).Run());
  return std::unique_ptr<const Program>(std::move(program));
}

}  // namespace tidewaiter::rules
