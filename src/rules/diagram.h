// Decision diagrams over variables with few values each: the outcome of an order as a function of
// what is not known. Reduced and shared, so that a variable occurs in a diagram exactly when the
// outcome can depend on it: that is what makes the questions the smallest set that settles the
// outcome.
#ifndef TIDEWAITER_RULES_DIAGRAM_H_
#define TIDEWAITER_RULES_DIAGRAM_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tidewaiter::rules {

class Diagram {
 public:
  // Refers to a node; references below kTerminals are the constants 0 to 3.
  using Ref = uint32_t;
  static constexpr Ref kTerminals = 4;

  // `domains[i]`: number of values of variable i. Variables are tested in this order.
  explicit Diagram(std::vector<uint32_t> domains) : domains_(std::move(domains)) {}

  // 1 where the variable has a value v with truth[v], else 0.
  Ref Literal(uint32_t variable, const std::vector<bool>& truth);
  Ref Min(Ref a, Ref b) { return Apply(Operation::kMin, a, b); }
  Ref Max(Ref a, Ref b) { return Apply(Operation::kMax, a, b); }
  Ref Not(Ref a) { return Apply(Operation::kXor, a, 1); }
  // 0 stays 0, all else becomes `value`.
  Ref Scale(Ref a, Ref value) { return Apply(Operation::kScale, a, value); }

  // Variables on which the value depends, ascending.
  std::vector<uint32_t> Support(Ref root) const;
  // Bit t set: the constant t can come out.
  uint32_t Reachable(Ref root) const;
  // The value under an assignment.
  Ref Evaluate(Ref root, const std::vector<uint32_t>& values) const;

  // True once the diagrams grew beyond all measure; results since then mean nothing.
  bool overflow() const { return overflow_; }
  size_t size() const { return nodes_.size(); }

 private:
  enum class Operation : uint8_t { kMin, kMax, kXor, kScale };
  struct Node {
    uint32_t variable;
    uint32_t first_child;
  };

  static bool Shortcut(Operation operation, Ref a, Ref b, Ref& result);
  Ref Apply(Operation operation, Ref a, Ref b);
  // The children are the last `domains_[variable]` of `scratch_`, and are taken off it.
  Ref Make(uint32_t variable);
  uint32_t VariableOf(Ref ref) const {
    return ref < kTerminals ? UINT32_MAX : nodes_[ref - kTerminals].variable;
  }
  Ref Child(Ref ref, uint32_t value) const {
    return children_[nodes_[ref - kTerminals].first_child + value];
  }

  std::vector<uint32_t> domains_;
  std::vector<Node> nodes_;
  std::vector<Ref> children_, scratch_;
  // Open addressing, sizes are powers of two. 0 marks a free place: no node has the number 0, no
  // operation the key 0.
  struct Done {
    uint64_t key = 0;
    Ref result = 0;
  };
  void GrowUnique();
  void Remember(uint64_t key, Ref result);
  const Ref* Recall(uint64_t key) const;
  uint64_t HashOf(uint32_t variable, const Ref* children) const;
  std::vector<Ref> unique_ = std::vector<Ref>(256);
  std::vector<Done> done_ = std::vector<Done>(1024);
  size_t done_count_ = 0;
  bool overflow_ = false;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_DIAGRAM_H_
