// Whether whatever one rule meets another meets too, read off the conditions alone: what lint needs
// to say that two rules of one authority contradict each other.
#ifndef TIDEWAITER_RULES_COVERS_H_
#define TIDEWAITER_RULES_COVERS_H_

#include <map>
#include <utility>

#include "rules/program.h"

namespace tidewaiter::rules {

// Remembers what it compared. Not for several threads; `program` must outlive it.
class Coverage {
 public:
  explicit Coverage(const Program& program) : program_(program) {}

  // True: every line that makes `narrow` true makes `wide` true. False: not so, or not to be seen
  // from the conditions (two facts that hang together are strangers here).
  bool Covers(NodeId wide, NodeId narrow);

 private:
  bool Compare(NodeId wide, NodeId narrow);
  bool CoversLeaf(const Node& wide, const Node& narrow) const;

  const Program& program_;
  std::map<std::pair<NodeId, NodeId>, bool> known_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_COVERS_H_
