#include "rules/explain.h"

#include <algorithm>
#include <cmath>

#include "model/units.h"

namespace tidewaiter::rules {
namespace {

constexpr size_t kMaxParts = 4;
constexpr int kMaxNodes = 100;

std::string Join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string all;
  for (size_t i = 0; i < std::min(parts.size(), kMaxParts); ++i) {
    if (i > 0) all += separator;
    all += parts[i];
  }
  if (parts.size() > kMaxParts) all += " and " + std::to_string(parts.size() - kMaxParts) + " more";
  return all;
}

std::string ReadingText(const FactReading& reading, const std::string& rule_unit) {
  const std::string& unit = reading.unit.empty() ? rule_unit : reading.unit;
  switch (reading.kind) {
    case FactReading::Kind::kBool:
      return reading.truth ? "true" : "false";
    case FactReading::Kind::kText:
      return reading.text;
    case FactReading::Kind::kSet: {
      std::string all;
      for (const double value : reading.set)
        all += (all.empty() ? "" : ", ") + FormatQuantity(value, {});
      return all + (unit.empty() ? "" : " ") + unit;
    }
    case FactReading::Kind::kInterval:
      break;
  }
  if (reading.min == reading.max) return FormatQuantity(reading.min, unit);
  if (std::isinf(reading.min)) return "at most " + FormatQuantity(reading.max, unit);
  if (std::isinf(reading.max)) return "at least " + FormatQuantity(reading.min, unit);
  return FormatQuantity(reading.min, {}) + " to " + FormatQuantity(reading.max, unit);
}

std::string Quoted(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

std::string SourceText(const KnownFact& known, const Line& line) {
  switch (known.origin) {
    case FactOrigin::kCatalogue:
      return " (catalogue: " + std::string(known.source) + ")";
    case FactOrigin::kDerived:
      return " (" + std::string(known.source) + ": " + line.arithmetic() + ")";
    default:
      return {};
  }
}

std::string ExplainDerived(const FactInfo& info, Line& line) {
  for (const NodeId side : {info.true_when, info.false_when}) {
    if (side != kNone && line.Value(side) == Truth::kTrue) return Explain(side, line);
  }
  std::string text = info.derived_text;
  for (const FactId leaf : info.leaves) {
    const KnownFact& known = line.Known(leaf);
    if (known.origin != FactOrigin::kDerived) continue;
    text += "; " + FactWords(line.program().facts[leaf].definition.name) +
            " from the bill of materials: " + line.arithmetic();
  }
  return text;
}

std::string ExplainFact(const CompiledTest& compiled, Truth truth, Line& line) {
  const FactInfo& info = line.program().facts[compiled.fact];
  const std::string name = FactWords(info.definition.name);
  const KnownFact known = line.Known(compiled.fact);
  const std::string asked = TestText(compiled.test, info.definition);
  if (known.fact != nullptr) {
    return name + " is " + FactText(*known.fact, info.definition) + SourceText(known, line) +
           (info.definition.kind == FactDefinition::Kind::kBool ? std::string()
            : truth == Truth::kTrue                             ? ", " + asked
            : truth == Truth::kFalse                            ? ", not " + asked
                                     : ", which leaves open whether it is " + asked);
  }
  if (info.true_when != kNone || info.false_when != kNone) {
    const std::string why = ExplainDerived(info, line);
    const std::string verdict = truth == Truth::kUnknown ? "is not known"
                                : truth == Truth::kTrue  ? "holds"
                                                         : "does not hold";
    return name + " " + verdict + (why.empty() ? "" : " (" + why + ")");
  }
  if (const auto bound = line.BoundOf(compiled.fact)) {
    return name + " is at most " + FormatQuantity(bound->max, info.definition.unit) + ", the " +
           FactWords(line.program().facts[info.at_most].definition.name) + " (asked: " + asked +
           ")";
  }
  return name + " is not stated" +
         (info.definition.kind == FactDefinition::Kind::kBool ? std::string()
                                                              : " (asked: " + asked + ")");
}

std::string ExplainField(const FieldTest& test, Truth truth, const Line& line) {
  const std::string name(ToString(test.field));
  if (truth == Truth::kUnknown) return name + " is not stated (asked: one of " + test.text + ")";
  const std::string value(line.FieldValue(test.field));
  const bool in = (truth == Truth::kTrue) != test.negated;
  return name + (value.empty() ? "" : " " + value) + (in ? " is among " : " is not among ") +
         test.text;
}

std::string HsName(const Line& line) {
  return "HS " + std::string(line.hs()) + " (" + std::to_string(line.hs_edition()) + ")";
}

std::string ExplainHs(uint32_t hs_test, Truth truth, Line& line) {
  if (line.hs().empty()) return "no HS code is stated";
  if (truth == Truth::kTrue) return HsName(line) + " is on the list";
  if (truth == Truth::kFalse) return HsName(line) + " is not on the list";
  const auto& matches = line.MatchesOf(hs_test);
  for (size_t i = 0; i < matches.size(); ++i) {
    if (!matches[i].other_edition) continue;
    const int edition = line.program().hs_tests[hs_test].lists[i].edition;
    return HsName(line) + " may be one of " + Join(matches[i].candidates, ", ") +
           " in the edition of " + std::to_string(edition) + ", in which the rule is written";
  }
  return HsName(line) + " is shorter than the codes of the rule";
}

std::string ExplainControl(const ControlTest& test, Truth truth, const Line& line) {
  if (line.control_code().empty()) {
    return truth == Truth::kUnknown
               ? "no control code is stated (asked: " + test.text + ")"
               : "no control code is stated, and such goods are not under " + test.text;
  }
  const std::string code = "control code " + line.item()->eccn;
  if (truth == Truth::kTrue) return code + " falls under " + test.text;
  return truth == Truth::kFalse ? code + " does not fall under " + test.text
                                : code + " is wider than " + test.text;
}

std::string ExplainClass(const std::vector<std::string>& classes, const Line& line) {
  const std::string found = line.goods() == nullptr ? std::string() : line.goods()->component_class;
  if (found.empty()) return "the goods were not recognised as " + Join(classes, ", ");
  return "the goods were recognised as " + found;
}

std::string ExplainOwnership(const OwnershipTest& test, Truth truth, Line& line) {
  if (line.Known(test.test.fact).origin != FactOrigin::kNobody)
    return ExplainFact(test.test, truth, line);
  const auto owned = line.OwnedShare(test);
  return owned.text.empty() ? "no stated owner of a recipient is listed" : owned.text;
}

std::string ExplainLeaf(const Node& node, Truth truth, Line& line) {
  const Program& program = line.program();
  switch (node.kind) {
    case Node::Kind::kFact:
      return ExplainFact(program.fact_tests[node.index], truth, line);
    case Node::Kind::kField:
      return ExplainField(program.field_tests[node.index], truth, line);
    case Node::Kind::kHs:
      return ExplainHs(node.index, truth, line);
    case Node::Kind::kControl:
      return ExplainControl(program.control_tests[node.index], truth, line);
    case Node::Kind::kClass:
      return ExplainClass(program.class_tests[node.index], line);
    case Node::Kind::kOwnership:
      return ExplainOwnership(program.ownership_tests[node.index], truth, line);
    case Node::Kind::kRecipient: {
      const OrderParty* party = line.NamedRecipient(program.recipient_tests[node.index]);
      if (party == nullptr) return "no recipient has one of the names that the rule lists";
      return std::string(ToString(party->role)) + " " + party->name + " is named by the rule";
    }
    case Node::Kind::kDated:
      return std::string("the day is ") + (truth == Truth::kTrue ? "inside" : "outside") +
             " the days on which it holds";
    default:
      return "holds for everything";
  }
}

// `budget`: how many more nodes are put into words; conditions that share conditions could go on
// for ever.
std::string ExplainWithin(NodeId id, Line& line, int& budget) {
  if (--budget < 0) return "...";
  const Node& node = line.program().nodes[id];
  const Truth truth = line.Value(id);
  if (node.kind == Node::Kind::kNot)
    return "not so: " + ExplainWithin(node.children.front(), line, budget);
  if (node.kind != Node::Kind::kAnd && node.kind != Node::Kind::kOr)
    return ExplainLeaf(node, truth, line);
  std::vector<std::string> parts;
  for (const NodeId child : Deciding(node, truth, line)) {
    std::string part = ExplainWithin(child, line, budget);
    if (std::find(parts.begin(), parts.end(), part) == parts.end())
      parts.push_back(std::move(part));
    if (budget < 0) break;
  }
  return Join(parts, node.kind == Node::Kind::kOr && truth == Truth::kUnknown ? " or " : "; ");
}

std::string ExplainItems(const CompiledRule& rule, Line& line) {
  const Truth truth = line.Value(rule.limbs[static_cast<size_t>(Limb::kItems)]);
  const auto& items = rule.pack->items;
  if (truth == Truth::kFalse) {
    std::vector<std::string> whys;
    for (const NodeId item : rule.items) {
      std::string why = Explain(item, line);
      if (std::find(whys.begin(), whys.end(), why) == whys.end()) whys.push_back(std::move(why));
    }
    return Join(whys, "; ");
  }
  std::vector<std::string> texts;
  for (size_t i = 0; i < items.size(); ++i) {
    if (line.Value(rule.items[i]) != truth) continue;
    if (items[i].any) return items[i].text;
    texts.push_back(items[i].text + " (" + Explain(rule.items[i], line) + ")");
    if (truth == Truth::kTrue) break;
  }
  return Join(texts, ", or ");
}

std::string LimbText(const CompiledRule& rule, Limb limb, Line& line) {
  const NodeId node = rule.limbs[static_cast<size_t>(limb)];
  std::string text(ToString(limb));
  if (line.Value(node) == Truth::kUnknown) text += " (open)";
  text += ": ";
  const auto label = line.program().labels.find(node);
  if (label != line.program().labels.end()) text += label->second + ": ";
  return text + (limb == Limb::kItems && !rule.items.empty() ? ExplainItems(rule, line)
                                                             : Explain(node, line));
}

void AddDoubts(const CompiledRule& rule, Line& line, std::vector<std::string>& because) {
  if (rule.pack->status == "uncertain")
    because.push_back("whether the rule is in force is uncertain, so it asks for a review at most");
  if (rule.pack->confidence == "memory")
    because.push_back("the rule is from memory, so it asks for a review at most");
  for (size_t i = 0; i < rule.uncertain.size(); ++i) {
    if (line.Value(rule.uncertain[i]) == Truth::kFalse) continue;
    because.push_back("uncertain: " + rule.pack->uncertain[i].because);
  }
  for (size_t i = 0; i < rule.items.size(); ++i) {
    const std::string& why = rule.pack->items[i].uncertain;
    if (why.empty() || line.Value(rule.items[i]) == Truth::kFalse) continue;
    because.push_back("uncertain: " + why);
  }
}

}  // namespace

std::vector<NodeId> Deciding(const Node& node, Truth truth, Line& line) {
  const bool all =
      (node.kind == Node::Kind::kAnd) == (truth == Truth::kTrue) && truth != Truth::kUnknown;
  std::vector<NodeId> deciding;
  for (const NodeId child : node.children) {
    if (line.Value(child) != truth) continue;
    deciding.push_back(child);
    if (!all && truth != Truth::kUnknown) break;
  }
  return deciding;
}

std::string FactWords(const std::string& name) {
  std::string words = name;
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

std::string FactText(const Fact& fact, const FactDefinition& definition) {
  std::string all;
  for (const FactReading& reading : fact.readings) {
    if (!all.empty()) all += " or ";
    all += ReadingText(reading, definition.unit);
    if (!reading.source.empty()) all += " (" + reading.source + ")";
  }
  return all;
}

std::string TestText(const FactTest& test, const FactDefinition& definition) {
  switch (test.operand) {
    case FactTest::Operand::kBool:
      return test.truth == (test.op == Op::kEqual) ? "true" : "false";
    case FactTest::Operand::kNumber:
      return std::string(InWords(test.op)) + " " + FormatQuantity(test.number, definition.unit);
    case FactTest::Operand::kTexts:
      return std::string(InWords(test.op)) + " " + Quoted(test.texts);
    case FactTest::Operand::kNumbers:
      break;
  }
  std::string all;
  for (const double number : test.numbers)
    all += (all.empty() ? "" : ", ") + FormatQuantity(number, {});
  return std::string(InWords(test.op)) + " " + all + (definition.unit.empty() ? "" : " ") +
         definition.unit;
}

std::string Explain(NodeId id, Line& line) {
  int budget = kMaxNodes;
  return ExplainWithin(id, line, budget);
}

std::vector<std::string> Because(const CompiledRule& rule, Line& line) {
  std::vector<std::string> because;
  for (size_t i = 0; i < kLimbs; ++i) {
    const NodeId node = rule.limbs[i];
    if (line.Value(node) != Truth::kFalse) continue;
    return {LimbText(rule, static_cast<Limb>(i), line)};
  }
  for (size_t i = 0; i < kLimbs; ++i) {
    if (rule.limbs[i] == kTrueNode && (static_cast<Limb>(i) != Limb::kItems || rule.items.empty()))
      continue;
    because.push_back(LimbText(rule, static_cast<Limb>(i), line));
  }
  AddDoubts(rule, line, because);
  return because;
}

}  // namespace tidewaiter::rules
