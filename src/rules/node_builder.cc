#include "rules/node_builder.h"

#include <algorithm>
#include <map>

#include "base/json.h"

namespace tidewaiter::rules {
namespace {

void Put(std::string& key, std::string_view part) {
  key += part;
  key += '\x1f';
}

void Put(std::string& key, double number) {
  AppendJsonNumber(number, key);
  key += '\x1f';
}

std::string KeyOf(const CompiledTest& compiled) {
  std::string key = "fact ";
  const FactTest& test = compiled.test;
  Put(key, test.fact);
  Put(key, ToString(test.op));
  Put(key, static_cast<double>(test.operand));
  Put(key, test.truth ? "true" : "false");
  Put(key, test.number);
  for (const double number : test.numbers) Put(key, number);
  for (const std::string& text : test.texts) Put(key, text);
  Put(key, test.unit);
  return key;
}

std::vector<HsList> ByEdition(std::vector<HsCodes> codes) {
  std::map<int, std::vector<std::string>> editions;
  for (HsCodes& each : codes) {
    auto& list = editions[each.edition];
    list.insert(list.end(), each.codes.begin(), each.codes.end());
  }
  std::vector<HsList> lists;
  for (auto& [edition, list] : editions) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    lists.push_back({edition, std::move(list)});
  }
  return lists;
}

std::string KeyOf(const std::vector<std::string>& texts, std::string key) {
  for (const std::string& text : texts) Put(key, text);
  return key;
}

}  // namespace

NodeBuilder::NodeBuilder(Program& program) : program_(program) {
  program_.nodes.resize(2);
  program_.nodes[kTrueNode].kind = Node::Kind::kTrue;
  program_.nodes[kFalseNode].kind = Node::Kind::kFalse;
}

NodeId NodeBuilder::Intern(Node node) {
  std::string key(1, static_cast<char>(node.kind));
  key += std::to_string(node.index);
  for (const NodeId child : node.children) (key += ',') += std::to_string(child);
  const auto [place, fresh] =
      nodes_.emplace(std::move(key), static_cast<NodeId>(program_.nodes.size()));
  if (fresh) program_.nodes.push_back(std::move(node));
  return place->second;
}

NodeId NodeBuilder::Leaf(Node::Kind kind, uint32_t index) {
  Node node;
  node.kind = kind;
  node.index = index;
  return Intern(std::move(node));
}

NodeId NodeBuilder::Join(Node::Kind kind, std::vector<NodeId> children, NodeId neutral,
                         NodeId absorbing) {
  if (std::find(children.begin(), children.end(), absorbing) != children.end()) return absorbing;
  // Order is kept: reasons are given in the order of the pack.
  std::vector<NodeId> kept;
  for (const NodeId child : children) {
    if (child == neutral || std::find(kept.begin(), kept.end(), child) != kept.end()) continue;
    kept.push_back(child);
  }
  if (kept.empty()) return neutral;
  if (kept.size() == 1) return kept.front();
  Node node;
  node.kind = kind;
  node.children = std::move(kept);
  return Intern(std::move(node));
}

NodeId NodeBuilder::And(std::vector<NodeId> children) {
  return Join(Node::Kind::kAnd, std::move(children), kTrueNode, kFalseNode);
}

NodeId NodeBuilder::Or(std::vector<NodeId> children) {
  return Join(Node::Kind::kOr, std::move(children), kFalseNode, kTrueNode);
}

NodeId NodeBuilder::Not(NodeId child) {
  if (child == kTrueNode) return kFalseNode;
  if (child == kFalseNode) return kTrueNode;
  const Node& inner = program_.nodes[child];
  if (inner.kind == Node::Kind::kNot) return inner.children.front();
  Node node;
  node.kind = Node::Kind::kNot;
  node.children = {child};
  return Intern(std::move(node));
}

template <typename T>
uint32_t NodeBuilder::Add(std::vector<T>& table, std::string key, T value) {
  const auto [place, fresh] = entries_.emplace(std::move(key), static_cast<uint32_t>(table.size()));
  if (fresh) table.push_back(std::move(value));
  return place->second;
}

NodeId NodeBuilder::Fact(CompiledTest test) {
  std::string key = KeyOf(test);
  return Leaf(Node::Kind::kFact, Add(program_.fact_tests, std::move(key), std::move(test)));
}

NodeId NodeBuilder::In(FieldTest test) {
  std::string key = "field " + std::to_string(static_cast<int>(test.field)) +
                    (test.negated ? "-" : "+") + test.countries.to_string();
  return Leaf(Node::Kind::kField, Add(program_.field_tests, std::move(key), std::move(test)));
}

uint32_t NodeBuilder::HsTestIndex(std::vector<HsCodes> codes) {
  HsTest test{ByEdition(std::move(codes))};
  std::string key = "hs ";
  for (const HsList& list : test.lists)
    key = KeyOf(list.codes, key + std::to_string(list.edition) + ":");
  return Add(program_.hs_tests, std::move(key), std::move(test));
}

NodeId NodeBuilder::Hs(std::vector<HsCodes> codes) {
  const bool empty = std::all_of(codes.begin(), codes.end(),
                                 [](const HsCodes& each) { return each.codes.empty(); });
  return empty ? kFalseNode : Leaf(Node::Kind::kHs, HsTestIndex(std::move(codes)));
}

NodeId NodeBuilder::Control(ControlTest test) {
  std::string key = "control " + test.text + (test.beside_hs ? " hs" : "") +
                    (test.any_possible ? " any " : " ") + std::to_string(test.possible);
  return Leaf(Node::Kind::kControl, Add(program_.control_tests, std::move(key), std::move(test)));
}

NodeId NodeBuilder::Class(std::vector<std::string> classes) {
  if (classes.empty()) return kFalseNode;
  std::string key = KeyOf(classes, "class ");
  return Leaf(Node::Kind::kClass, Add(program_.class_tests, std::move(key), std::move(classes)));
}

NodeId NodeBuilder::Recipient(RecipientTest test) {
  if (test.names.empty()) return kFalseNode;
  std::string key = KeyOf(test.names, "recipient ");
  return Leaf(Node::Kind::kRecipient,
              Add(program_.recipient_tests, std::move(key), std::move(test)));
}

NodeId NodeBuilder::Ownership(OwnershipTest test) {
  program_.ownership_tests.push_back(std::move(test));
  return Leaf(Node::Kind::kOwnership, static_cast<uint32_t>(program_.ownership_tests.size() - 1));
}

uint32_t NodeBuilder::DateIndex(Interval days) {
  std::string key = "days " + std::to_string(days.from.days) + " " + std::to_string(days.to.days);
  return Add(program_.dates, std::move(key), days);
}

NodeId NodeBuilder::Dated(Interval days) {
  if (days == Interval{}) return kTrueNode;
  return Leaf(Node::Kind::kDated, DateIndex(days));
}

}  // namespace tidewaiter::rules
