#include "rules/evaluation_key.h"

#include <algorithm>
#include <bitset>
#include <type_traits>

#include "rules/explain.h"

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
    for (const NodeId entry : rule.uncertain) Note(line_.Value(entry));
    for (size_t i = 0; i < rule.items.size(); ++i) {
      if (!rule.pack->items[i].uncertain.empty()) Note(line_.Value(rule.items[i]));
    }
  }

  // The values that the words of what was visited hold.
  void Finish() {
    for (size_t field = 0; field < fields_.size(); ++field) {
      if (fields_.test(field)) Text(line_.FieldValue(static_cast<Field>(field)));
    }
    if (hs_) {
      Text(line_.hs());
      Raw(line_.hs_edition());
    }
    if (control_ && line_.item() != nullptr) Text(line_.item()->eccn);
    if (class_ && line_.goods() != nullptr) Text(line_.goods()->component_class);
    if (recipient_) {
      for (const auto& [party, name] : line_.view().named) {
        Raw(party->role);
        Text(party->name);
        Text(name);
      }
    }
    for (const FactId fact : line_.touched()) Raw(fact);
    Raw(line_.goods() == nullptr ? nullptr : line_.goods()->catalogue);
  }

 private:
  // No further than the explanation goes: what a line has been asked is part of what it says.
  void Items(const CompiledRule& rule) {
    const Truth truth = line_.Value(rule.limbs[static_cast<size_t>(Limb::kItems)]);
    Note(truth);
    for (size_t i = 0; i < rule.items.size(); ++i) {
      Note(line_.Value(rule.items[i]));
      if (line_.Value(rule.items[i]) != truth) continue;
      if (rule.pack->items[i].any) return;
      Visit(rule.items[i]);
      if (truth == Truth::kTrue) return;
    }
  }

  void Visit(NodeId id) {
    const Node& node = program_.nodes[id];
    const Truth truth = line_.Value(id);
    Note(truth);
    if (seen_[id]) return;
    seen_[id] = true;
    if (node.children.empty()) return Leaf(node);
    if (node.kind == Node::Kind::kNot) return Visit(node.children.front());
    for (const NodeId child : Deciding(node, truth, line_)) {
      Raw(child);
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
      Note(line_.Value(side));
      if (line_.Value(side) == Truth::kTrue) return Visit(side);
    }
  }

  void Note(Truth truth) { key_ += static_cast<char>('0' + static_cast<int>(truth)); }
  template <typename T>
  void Raw(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    key_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void Text(std::string_view text) {
    Raw(static_cast<uint32_t>(text.size()));
    key_ += text;
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
      key.append(reinterpret_cast<const char*>(&verdict.rule), sizeof verdict.rule);
      key += static_cast<char>('0' + static_cast<int>(verdict.applies));
      key += static_cast<char>('0' + static_cast<int>(verdict.strong));
      key += verdict.standing ? 's' : '-';
      if (!verdict.standing) walk.Rule(*verdict.rule);
    }
    const int64_t number = lines[i].number();
    key.append(reinterpret_cast<const char*>(&number), sizeof number);
    key += said ? '+' : '-';
    if (said || !lines[i].touched().empty()) walk.Finish();
  }
  return key;
}

}  // namespace tidewaiter::rules
