// Who owns whom, and whom that makes count as listed under each regime's own variant of the 50
// percent rule (reference/ownership.yaml).
//
// Owners come from the order (parties[].owners, which may have owners themselves) and from a file
// of relations, which dates them. Names are nodes; two names are one node when they are equal but
// for case, punctuation, order of words and legal form.
#ifndef TIDEWAITER_SCREEN_OWNERSHIP_H_
#define TIDEWAITER_SCREEN_OWNERSHIP_H_

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/order.h"

namespace tidewaiter::screen {

// One owner's holding in what it owns.
struct Holding {
  std::string owner, owned;       // as written
  std::optional<double> percent;  // absent: unknown
  bool control = false;           // controls it, whatever its share
  Interval held;
  std::string source;  // "order", or the file and line
};

std::string FoldOwner(std::string_view name);  // equal for names of one node

class OwnershipGraph {
 public:
  OwnershipGraph() = default;
  // Adds to what another graph says, which must outlive this one.
  explicit OwnershipGraph(const OwnershipGraph* base) : base_(base) {}
  // CSV or JSONL with owner, owned, share_percent and optional control (yes/no), from, to, source.
  static Result<OwnershipGraph> Read(const std::string& path);

  void Add(Holding holding);
  void AddOwners(const std::string& owned, const std::vector<Owner>& owners);
  void AddOrder(const Order& order);
  bool empty() const { return holdings_.empty() && (base_ == nullptr || base_->empty()); }
  const std::string& hash() const { return hash_; }  // of the file; empty: not from a file
  // Holdings in what is called so, on any day.
  std::vector<const Holding*> Owners(std::string_view owned) const;
  // Holdings in what is called so, on that day; in order of addition.
  std::vector<const Holding*> In(std::string_view owned, Date day) const;

 private:
  const OwnershipGraph* base_ = nullptr;
  std::string hash_;
  std::vector<Holding> holdings_;
  std::multimap<std::string, size_t> by_owned_;  // folded name -> holdings_
};

// An owner somewhere above a party, and the way to it.
struct OwnerAbove {
  std::string name;
  std::vector<std::string> path;  // from the party to the owner, both included
  std::vector<const Holding*> holdings;
};

// Every owner above, nearest first, each once; at most kMostOwners, at most kDeepest steps away.
inline constexpr size_t kMostOwners = 200, kDeepest = 12;
std::vector<OwnerAbove> OwnersAbove(const OwnershipGraph& graph, const std::string& party,
                                    Date day);

struct Regime {
  std::string regime, title, rule, fact, confidence;
  std::vector<std::string> lists, parts;
  double share = 50;
  bool more_than = false, aggregate = false, control = false;
  Interval in_force;
};
Result<std::vector<Regime>> LoadRegimes(const std::string& resources);

// Whether an entry of `list` (and of `part`, where the list is made of lists) counts for a regime.
bool Counts(const Regime& regime, std::string_view list, std::string_view part);

struct Reach {
  bool reached = false;
  double share = 0;                 // of the owners that count, added where the regime adds
  std::vector<std::string> owners;  // that count, with their shares, in words
};

// Whether `party` counts through its owners. `is_listed` says of a name whether the watchlist names
// it for this regime. The least answer: owners that own each other make nobody listed.
Reach ReachOf(const OwnershipGraph& graph, const Regime& regime, const std::string& party, Date day,
              const std::function<bool(const std::string&)>& is_listed);

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_OWNERSHIP_H_
