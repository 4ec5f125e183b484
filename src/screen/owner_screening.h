// The owners of a party against the lists: their hits with the way to them, and what each regime
// makes of it.
#ifndef TIDEWAITER_SCREEN_OWNER_SCREENING_H_
#define TIDEWAITER_SCREEN_OWNER_SCREENING_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "match/match.h"
#include "model/decision.h"
#include "model/order.h"
#include "screen/ownership.h"

namespace tidewaiter::screen {

class Desk;

// For one order or one party, on one day; remembers whom it has screened. Not for several threads.
class OwnerScreening {
 public:
  // Both must outlive it.
  OwnerScreening(const Desk& desk, const OwnershipGraph& graph, Date day)
      : desk_(desk), graph_(graph), day_(day) {}

  // The hits of everybody above the party, nearest owner first. `options` as for the party itself.
  Result<std::vector<Hit>> HitsAbove(const std::string& party, const match::Options& options);

  // Whether the watchlist names this party (by the same name, an identifier or a person's word) for
  // a regime in force that answers `fact`, or its owners make it count.
  bool CountsFor(const std::string& name, std::string_view fact);

  // Regimes that no rule of a pack decides: adds a reason for each party of the order that one
  // reaches, and raises the outcome. True when there was any.
  bool TellReached(const Order& order, Decision& decision);

 private:
  const std::vector<Hit>& HitsOf(const std::string& name);
  bool IsListed(const std::string& name, const Regime& regime);
  bool IsNamed(const std::string& name, const Hit& hit, const Regime& regime) const;
  void Explain(const OwnerAbove& above, Hit& hit);

  const Desk& desk_;
  const OwnershipGraph& graph_;
  Date day_;
  std::map<std::string, std::vector<Hit>> known_;  // as of the day, at the default threshold
};

// The order with the owners that the graph adds on that day.
Order WithOwners(const Order& order, const OwnershipGraph& graph, Date day);

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_OWNER_SCREENING_H_
