#include "screen/owner_screening.h"

#include <algorithm>
#include <cstdio>

#include "screen/desk.h"

namespace tidewaiter::screen {
namespace {

std::string Percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%g%%", share);
  return text;
}

// "X is owned 60% by Y (order)".
std::string InWords(const Holding& holding) {
  std::string text = holding.owned + " is ";
  if (holding.percent) {
    text += "owned " + Percent(*holding.percent) + " by ";
  } else {
    text += holding.control ? "controlled by " : "owned, in an unknown share, by ";
  }
  text += holding.owner;
  if (holding.held.from != kDistantPast) text += " since " + ToString(holding.held.from);
  if (holding.held.to != kDistantFuture) text += " until " + ToString(holding.held.to);
  return text + " (" + holding.source + ")";
}

std::string Joined(const std::vector<std::string>& parts, const char* glue) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : glue) + part;
  return out;
}

}  // namespace

const std::vector<Hit>& OwnerScreening::HitsOf(const std::string& name) {
  const auto [at, is_new] = known_.try_emplace(name);
  if (is_new) {
    match::Query query;
    query.names = {name};
    match::Options options;
    options.as_of = day_;
    options.top = 0;
    if (auto hits = desk_.ScreenParty(query, options)) at->second = std::move(*hits);
  }
  return at->second;
}

bool OwnerScreening::IsNamed(const std::string& name, const Hit& hit, const Regime& regime) const {
  if (hit.pair == "different") return false;
  const std::string part = desk_.watchlist()->record(hit.entry).party.listing_name;
  if (!Counts(regime, hit.list, part)) return false;
  return hit.identifier_agrees || hit.pair == "same" || FoldOwner(hit.name) == FoldOwner(name);
}

bool OwnerScreening::IsListed(const std::string& name, const Regime& regime) {
  const auto& hits = HitsOf(name);
  return std::any_of(hits.begin(), hits.end(),
                     [&](const Hit& hit) { return IsNamed(name, hit, regime); });
}

bool OwnerScreening::CountsFor(const std::string& name, std::string_view fact) {
  if (desk_.matcher() == nullptr) return false;
  for (const Regime& regime : desk_.regimes()) {
    if (regime.fact != fact || !regime.in_force.Contains(day_)) continue;
    if (IsListed(name, regime)) return true;
    const auto listed = [&](const std::string& owner) { return IsListed(owner, regime); };
    if (ReachOf(graph_, regime, name, day_, listed).reached) return true;
  }
  return false;
}

void OwnerScreening::Explain(const OwnerAbove& above, Hit& hit) {
  hit.path = above.path;
  for (const Holding* holding : above.holdings) hit.why.push_back(InWords(*holding));
  const std::string& party = above.path.front();
  for (const Regime& regime : desk_.regimes()) {
    if (!regime.in_force.Contains(day_) || !IsNamed(above.name, hit, regime)) continue;
    const auto listed = [&](const std::string& owner) { return IsListed(owner, regime); };
    const Reach reach = ReachOf(graph_, regime, party, day_, listed);
    hit.why.push_back(regime.title + (reach.reached ? ": reaches " : ": does not reach ") + party +
                      " (" + Percent(reach.share) + " by owners that count, " +
                      (regime.more_than ? "more than " : "at least ") + Percent(regime.share) +
                      " needed" + (regime.aggregate ? ", added up)" : ", by one of them)"));
  }
}

Result<std::vector<Hit>> OwnerScreening::HitsAbove(const std::string& party,
                                                   const match::Options& options) {
  std::vector<Hit> out;
  for (const OwnerAbove& above : OwnersAbove(graph_, party, day_)) {
    match::Query query;
    query.names = {above.name};
    TW_ASSIGN_OR_RETURN(std::vector<Hit> hits, desk_.ScreenParty(query, options));
    for (Hit& hit : hits) {
      Explain(above, hit);
      out.push_back(std::move(hit));
    }
  }
  return out;
}

bool OwnerScreening::TellReached(const Order& order, Decision& decision) {
  if (desk_.matcher() == nullptr || graph_.empty()) return false;
  bool any = false;
  for (const OrderParty& party : order.parties) {
    for (const Regime& regime : desk_.regimes()) {
      if (!regime.rule.empty() || !regime.in_force.Contains(day_)) continue;
      bool certain = false;
      const auto listed = [&](const std::string& owner) {
        for (const Hit& hit : HitsOf(owner)) {
          if (!IsNamed(owner, hit, regime)) continue;
          certain |= hit.identifier_agrees || hit.pair == "same";
          return true;
        }
        return false;
      };
      const Reach reach = ReachOf(graph_, regime, party.name, day_, listed);
      if (!reach.reached) continue;
      Hit hit;
      hit.list = regime.lists.front();
      hit.pair = certain ? "same" : "";
      const Outcome outcome =
          desk_.policies().OutcomeOf(hit, party.role, ExporterCountry(order), order.licenses);
      if (outcome == Outcome::kClear) continue;
      any = true;
      decision.outcome = Stronger(decision.outcome, outcome);
      decision.reasons.push_back(std::string(ToString(party.role)) + " " + party.name +
                                 " counts as listed: " + regime.title + ", owned by " +
                                 Joined(reach.owners, " + ") + " (" + regime.confidence + ")");
    }
  }
  return any;
}

Order WithOwners(const Order& order, const OwnershipGraph& graph, Date day) {
  Order out = order;
  for (OrderParty& party : out.parties) {
    party.owners.clear();
    for (const Holding* holding : graph.In(party.name, day))
      party.owners.push_back({holding->owner, holding->percent, {}});
  }
  return out;
}

}  // namespace tidewaiter::screen
