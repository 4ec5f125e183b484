#include "rules/diagram.h"

#include <algorithm>
#include <string_view>

#include "base/hash.h"

namespace tidewaiter::rules {
namespace {

constexpr size_t kMaxNodes = 200000;

}  // namespace

bool Diagram::Shortcut(Operation operation, Ref a, Ref b, Ref& result) {
  const bool constants = a < kTerminals && b < kTerminals;
  switch (operation) {
    case Operation::kMin:
      if (constants) result = std::min(a, b);
      else if (a == 0 || b == 0) result = 0;
      else if (a == 1 || a == b) result = b;  // Min is used on 0 and 1 only
      else if (b == 1) result = a;
      else return false;
      return true;
    case Operation::kMax:
      if (constants) result = std::max(a, b);
      else if (a == kTerminals - 1 || b == kTerminals - 1) result = kTerminals - 1;
      else if (a == 0 || a == b) result = b;
      else if (b == 0) result = a;
      else return false;
      return true;
    case Operation::kXor:
      if (!constants) return false;
      result = a ^ b;
      return true;
    case Operation::kScale:
      if (a >= kTerminals) return false;
      result = a == 0 ? 0 : b;
      return true;
  }
  return false;
}

Diagram::Ref Diagram::Make(uint32_t variable, const std::vector<Ref>& children) {
  if (std::all_of(children.begin(), children.end(), [&](Ref child) { return child == children.front(); })) {
    return children.front();
  }
  const std::string_view bytes(reinterpret_cast<const char*>(children.data()), children.size() * sizeof(Ref));
  std::vector<Ref>& same = unique_[Hash64(bytes) ^ (uint64_t{variable} << 40)];
  for (const Ref ref : same) {
    if (VariableOf(ref) != variable) continue;
    if (std::equal(children.begin(), children.end(), children_.begin() + nodes_[ref - kTerminals].first_child)) return ref;
  }
  if (nodes_.size() >= kMaxNodes) {
    overflow_ = true;
    return 0;
  }
  nodes_.push_back({variable, static_cast<uint32_t>(children_.size())});
  children_.insert(children_.end(), children.begin(), children.end());
  same.push_back(static_cast<Ref>(nodes_.size() - 1) + kTerminals);
  return same.back();
}

Diagram::Ref Diagram::Literal(uint32_t variable, const std::vector<bool>& truth) {
  return Make(variable, {truth.begin(), truth.end()});
}

Diagram::Ref Diagram::Apply(Operation operation, Ref a, Ref b) {
  if (operation == Operation::kMin || operation == Operation::kMax) {
    if (b < a) std::swap(a, b);
  }
  Ref result = 0;
  if (overflow_ || Shortcut(operation, a, b, result)) return result;
  const uint64_t key = (uint64_t{static_cast<uint8_t>(operation)} << 62) ^ (uint64_t{a} << 31) ^ b;
  if (const auto done = done_.find(key); done != done_.end()) return done->second;
  const uint32_t variable = std::min(VariableOf(a), VariableOf(b));
  std::vector<Ref> children(domains_[variable]);
  for (uint32_t value = 0; value < children.size(); ++value) {
    children[value] = Apply(operation, VariableOf(a) == variable ? Child(a, value) : a,
                            VariableOf(b) == variable ? Child(b, value) : b);
  }
  result = Make(variable, children);
  done_.emplace(key, result);
  return result;
}

std::vector<uint32_t> Diagram::Support(Ref root) const {
  std::vector<bool> seen(nodes_.size()), used(domains_.size());
  std::vector<Ref> open = {root};
  while (!open.empty()) {
    const Ref ref = open.back();
    open.pop_back();
    if (ref < kTerminals || seen[ref - kTerminals]) continue;
    seen[ref - kTerminals] = true;
    used[VariableOf(ref)] = true;
    for (uint32_t value = 0; value < domains_[VariableOf(ref)]; ++value) open.push_back(Child(ref, value));
  }
  std::vector<uint32_t> support;
  for (uint32_t variable = 0; variable < used.size(); ++variable) {
    if (used[variable]) support.push_back(variable);
  }
  return support;
}

uint32_t Diagram::Reachable(Ref root) const {
  uint32_t reachable = 0;
  std::vector<bool> seen(nodes_.size());
  std::vector<Ref> open = {root};
  while (!open.empty()) {
    const Ref ref = open.back();
    open.pop_back();
    if (ref < kTerminals) {
      reachable |= 1U << ref;
    } else if (!seen[ref - kTerminals]) {
      seen[ref - kTerminals] = true;
      for (uint32_t value = 0; value < domains_[VariableOf(ref)]; ++value) open.push_back(Child(ref, value));
    }
  }
  return reachable;
}

Diagram::Ref Diagram::Evaluate(Ref root, const std::vector<uint32_t>& values) const {
  while (root >= kTerminals) root = Child(root, values[VariableOf(root)]);
  return root;
}

}  // namespace tidewaiter::rules
