#include "rules/diagram.h"

#include <algorithm>

namespace tidewaiter::rules {
namespace {

constexpr size_t kMaxNodes = 200000;

}  // namespace

bool Diagram::Shortcut(Operation operation, Ref a, Ref b, Ref& result) {
  const bool constants = a < kTerminals && b < kTerminals;
  switch (operation) {
    case Operation::kMin:
      if (constants)
        result = std::min(a, b);
      else if (a == 0 || b == 0)
        result = 0;
      else if (a == 1 || a == b)
        result = b;  // Min is used on 0 and 1 only
      else if (b == 1)
        result = a;
      else
        return false;
      return true;
    case Operation::kMax:
      if (constants)
        result = std::max(a, b);
      else if (a == kTerminals - 1 || b == kTerminals - 1)
        result = kTerminals - 1;
      else if (a == 0 || a == b)
        result = b;
      else if (b == 0)
        result = a;
      else
        return false;
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

uint64_t Diagram::HashOf(uint32_t variable, const Ref* children) const {
  uint64_t hash = variable * 0x9E3779B97F4A7C15ULL;
  for (uint32_t value = 0; value < domains_[variable]; ++value) {
    hash = (hash ^ children[value]) * 0xFF51AFD7ED558CCDULL;
    hash ^= hash >> 32;
  }
  return hash;
}

void Diagram::GrowUnique() {
  std::vector<Ref> larger(unique_.size() * 2);
  for (uint32_t node = 0; node < nodes_.size(); ++node) {
    uint64_t place = HashOf(nodes_[node].variable, &children_[nodes_[node].first_child]);
    while (larger[place & (larger.size() - 1)] != 0) ++place;
    larger[place & (larger.size() - 1)] = node + kTerminals;
  }
  unique_ = std::move(larger);
}

Diagram::Ref Diagram::Make(uint32_t variable) {
  const size_t count = domains_[variable];
  const Ref* children = scratch_.data() + scratch_.size() - count;
  const Ref first = children[0];
  if (std::all_of(children, children + count, [&](Ref child) { return child == first; })) {
    scratch_.resize(scratch_.size() - count);
    return first;
  }
  uint64_t place = HashOf(variable, children);
  for (;; ++place) {
    const Ref ref = unique_[place & (unique_.size() - 1)];
    if (ref == 0) break;
    if (VariableOf(ref) == variable &&
        std::equal(children, children + count,
                   children_.begin() + nodes_[ref - kTerminals].first_child)) {
      scratch_.resize(scratch_.size() - count);
      return ref;
    }
  }
  if (nodes_.size() >= kMaxNodes) overflow_ = true;
  nodes_.push_back({variable, static_cast<uint32_t>(children_.size())});
  children_.insert(children_.end(), children, children + count);
  scratch_.resize(scratch_.size() - count);
  const Ref made = static_cast<Ref>(nodes_.size() - 1) + kTerminals;
  unique_[place & (unique_.size() - 1)] = made;
  if (nodes_.size() * 2 > unique_.size()) GrowUnique();
  return made;
}

Diagram::Ref Diagram::Literal(uint32_t variable, const std::vector<bool>& truth) {
  scratch_.insert(scratch_.end(), truth.begin(), truth.end());
  return Make(variable);
}

const Diagram::Ref* Diagram::Recall(uint64_t key) const {
  for (uint64_t place = key * 0x9E3779B97F4A7C15ULL >> 20;; ++place) {
    const Done& done = done_[place & (done_.size() - 1)];
    if (done.key == key) return &done.result;
    if (done.key == 0) return nullptr;
  }
}

void Diagram::Remember(uint64_t key, Ref result) {
  if (++done_count_ * 2 > done_.size()) {
    std::vector<Done> old(done_.size() * 2);
    old.swap(done_);
    done_count_ = 1;
    for (const Done& done : old) {
      if (done.key != 0) Remember(done.key, done.result);
    }
  }
  uint64_t place = key * 0x9E3779B97F4A7C15ULL >> 20;
  while (done_[place & (done_.size() - 1)].key != 0) ++place;
  done_[place & (done_.size() - 1)] = {key, result};
}

Diagram::Ref Diagram::Apply(Operation operation, Ref a, Ref b) {
  if ((operation == Operation::kMin || operation == Operation::kMax) && b < a) std::swap(a, b);
  Ref result = 0;
  if (overflow_ || Shortcut(operation, a, b, result)) return result;
  const uint64_t key =
      ((uint64_t{static_cast<uint8_t>(operation)} << 62) ^ (uint64_t{a} << 31) ^ b) + 1;
  if (const Ref* done = Recall(key)) return *done;
  const uint32_t variable = std::min(VariableOf(a), VariableOf(b));
  const bool in_a = VariableOf(a) == variable, in_b = VariableOf(b) == variable;
  for (uint32_t value = 0; value < domains_[variable]; ++value) {
    const Ref child = Apply(operation, in_a ? Child(a, value) : a, in_b ? Child(b, value) : b);
    scratch_.push_back(child);
  }
  result = Make(variable);
  Remember(key, result);
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
    for (uint32_t value = 0; value < domains_[VariableOf(ref)]; ++value)
      open.push_back(Child(ref, value));
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
      for (uint32_t value = 0; value < domains_[VariableOf(ref)]; ++value)
        open.push_back(Child(ref, value));
    }
  }
  return reachable;
}

Diagram::Ref Diagram::Evaluate(Ref root, const std::vector<uint32_t>& values) const {
  while (root >= kTerminals) root = Child(root, values[VariableOf(root)]);
  return root;
}

}  // namespace tidewaiter::rules
