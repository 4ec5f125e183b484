// Builds the nodes of a Program: equal nodes are one, constants fold away.
#ifndef TIDEWAITER_RULES_NODE_BUILDER_H_
#define TIDEWAITER_RULES_NODE_BUILDER_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "rules/program.h"

namespace tidewaiter::rules {

class NodeBuilder {
 public:
  explicit NodeBuilder(Program& program);

  NodeId And(std::vector<NodeId> children);
  NodeId Or(std::vector<NodeId> children);
  NodeId Not(NodeId child);

  NodeId Fact(CompiledTest test);
  NodeId In(FieldTest test);
  NodeId Hs(std::vector<HsCodes> codes);
  uint32_t HsTestIndex(std::vector<HsCodes> codes);
  NodeId Control(ControlTest test);
  NodeId Class(std::vector<std::string> classes);
  NodeId Recipient(RecipientTest test);
  NodeId Ownership(OwnershipTest test);
  NodeId Dated(Interval days);
  uint32_t DateIndex(Interval days);

 private:
  NodeId Intern(Node node);
  NodeId Leaf(Node::Kind kind, uint32_t index);
  NodeId Join(Node::Kind kind, std::vector<NodeId> children, NodeId neutral, NodeId absorbing);
  // The index of `value` in `table`, found by `key` among earlier ones.
  template <typename T>
  uint32_t Add(std::vector<T>& table, std::string key, T value);

  Program& program_;
  std::unordered_map<std::string, NodeId> nodes_;
  std::unordered_map<std::string, uint32_t> entries_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_NODE_BUILDER_H_
