#include "rules/evaluation_key.h"

#include <algorithm>
#include <bitset>

#include "rules/explain.h"
#include "rules/key_bytes.h"

namespace tidewaiter::rules {
namespace {

// Follows the explanation of a rule (explain.h) and notes what it says, without saying it.
class Walk {
 public:
  Walk(Line& line, std::string& key)
      : line_(line), program_(line.program()), key_(key), seen_(program_.nodes.size()) {}

  void Rule(const CompiledRule& rule) {
    for (size_t limb = 0; limb < kLimbs; ++limb) {
      if (static_cast<Limb>(limb) == Limb::kItems && !rule.items.empty())
        Items(rule);
      else
        Visit(rule.limbs[limb]);
    }
    for (const NodeId entry : rule.uncertain) AppendTruth(line_.Value(entry), key_);
    for (size_t i = 0; i < rule.items.size(); ++i) {
      if (!rule.pack->items[i].uncertain.empty()) AppendTruth(line_.Value(rule.items[i]), key_);
    }
  }

  // The values that the words of what was visited hold.
  void Finish() {
    for (size_t field = 0; field < fields_.size(); ++field) {
      if (fields_.test(field)) AppendText(line_.FieldValue(static_cast<Field>(field)), key_);
    }
    if (hs_) {
      AppendText(line_.hs(), key_);
      AppendRaw(line_.hs_edition(), key_);
    }
    if (control_ && line_.item() != nullptr) AppendText(line_.item()->eccn, key_);
    if (class_ && line_.goods() != nullptr) AppendText(line_.goods()->component_class, key_);
    if (recipient_) {
      for (const auto& [party, name] : line_.view().named) {
        AppendRaw(party->role, key_);
        AppendText(party->name, key_);
        AppendText(name, key_);
      }
    }
    for (const FactId fact : line_.touched()) AppendRaw(fact, key_);
    AppendRaw(line_.goods() == nullptr ? nullptr : line_.goods()->catalogue, key_);
  }

 private:
  // No further than the explanation goes: what a line has been asked is part of what it says.
  void Items(const CompiledRule& rule) {
    const Truth truth = line_.Value(rule.limbs[static_cast<size_t>(Limb::kItems)]);
    AppendTruth(truth, key_);
    for (size_t i = 0; i < rule.items.size(); ++i) {
      AppendTruth(line_.Value(rule.items[i]), key_);
      if (line_.Value(rule.items[i]) != truth) continue;
      if (rule.pack->items[i].any) return;
      Visit(rule.items[i]);
      if (truth == Truth::kTrue) return;
    }
  }

  void Visit(NodeId id) {
    const Node& node = program_.nodes[id];
    const Truth truth = line_.Value(id);
    AppendTruth(truth, key_);
    if (seen_[id]) return;
    seen_[id] = true;
    if (node.children.empty()) return Leaf(node);
    if (node.kind == Node::Kind::kNot) return Visit(node.children.front());
    for (const NodeId child : Deciding(node, truth, line_)) {
      AppendRaw(child, key_);
      Visit(child);
    }
  }

  void Leaf(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kField:
        fields_.set(static_cast<size_t>(program_.field_tests[node.index].field));
        return;
      case Node::Kind::kHs:
        hs_ = true;
        return;
      case Node::Kind::kControl:
        control_ = true;
        return;
      case Node::Kind::kClass:
        class_ = true;
        return;
      case Node::Kind::kRecipient:
        recipient_ = true;
        return;
      case Node::Kind::kFact:
        return Derived(program_.fact_tests[node.index].fact);
      default:
        return;
    }
  }

  void Derived(FactId fact) {
    const FactInfo& info = program_.facts[fact];
    if (line_.Known(fact).fact != nullptr) return;
    for (const NodeId side : {info.true_when, info.false_when}) {
      if (side == kNone) continue;
      AppendTruth(line_.Value(side), key_);
      if (line_.Value(side) == Truth::kTrue) return Visit(side);
    }
  }

  Line& line_;
  const Program& program_;
  std::string& key_;
  std::vector<bool> seen_;
  std::bitset<8> fields_;  // by Field
  bool hs_ = false, control_ = false, class_ = false, recipient_ = false;
};

}  // namespace

bool StatesMore(const Order& order) {
  const auto states = [](const Item& item) {
    return !item.facts.empty() || !item.components.empty();
  };
  return !order.facts.empty() || !order.licenses.empty() ||
         std::any_of(order.items.begin(), order.items.end(), states) ||
         std::any_of(order.parties.begin(), order.parties.end(),
                     [](const OrderParty& party) { return !party.owners.empty(); });
}

std::string EvaluationKey(std::vector<Line>& lines, const std::vector<Verdict>& verdicts) {
  std::string key;
  size_t at = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    Walk walk(lines[i], key);
    bool said = false;
    for (; at < verdicts.size() && verdicts[at].line == static_cast<int32_t>(i); ++at) {
      const Verdict& verdict = verdicts[at];
      if (verdict.applies == Truth::kFalse) continue;
      said = true;
      AppendRaw(verdict.rule, key);
      AppendTruth(verdict.applies, key);
      AppendTruth(verdict.strong, key);
      key += verdict.standing ? 's' : '-';
      if (!verdict.standing) walk.Rule(*verdict.rule);
    }
    AppendRaw(lines[i].number(), key);
    key += said ? '+' : '-';
    if (said || !lines[i].touched().empty()) walk.Finish();
  }
  return key;
}

}  // namespace tidewaiter::rules
