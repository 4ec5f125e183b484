// The desk: everything that an answer rests on, opened once, and the answers about one party and
// one order.
//
// Immutable once opened (what was worked out before is kept, guarded); any number of threads may
// ask.
#ifndef TIDEWAITER_SCREEN_DESK_H_
#define TIDEWAITER_SCREEN_DESK_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bounded_cache.h"
#include "base/result.h"
#include "goods/goods.h"
#include "match/match.h"
#include "model/decision.h"
#include "model/order.h"
#include "rules/rules.h"
#include "screen/list_policy.h"
#include "screen/ownership.h"
#include "screen/pairs.h"
#include "screen/screened_party.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::screen {

struct DeskConfig {
  std::string data_folder;
  std::string resources;
  std::vector<std::string> policies;
  std::string cache_folder;  // of base/yaml_cache.h; empty: none
  std::string relations;     // file of who owns whom; empty: none
  int max_age_days = 30;
  int max_pack_age_days = 365;
  bool without_lists = false;
  bool without_name_groups = false;
  std::string weak_aliases;  // as match::ParseWeakAliases() reads it; empty: as the profile says
  std::string engine_version;
};

struct CheckOptions {
  Date as_of;
  bool explain_all = false;
};

class Desk {
 public:
  static Result<std::unique_ptr<const Desk>> Open(const DeskConfig& config);

  // Hits of one party as of a day, or over all history; none without lists.
  Result<std::vector<Hit>> ScreenParty(const match::Query& query, match::Options options) const;
  // Of a party of unknown kind: match::KeyOfName, as ScreenParty reads names.
  std::string KeyOfName(std::string_view name) const;

  // The same, and behind it the hits of everybody who owns the party on the day, with the way to
  // each as evidence (Hit::path).
  Result<std::vector<Hit>> ScreenWithOwners(const match::Query& query,
                                            const match::Options& options) const;

  Result<Decision> Check(const Order& order, const CheckOptions& options) const;

  // One sentence each: official lists that are missing, lists that are old on `day`, screening left
  // out.
  std::vector<std::string> ListWarnings(Date day) const;
  // One sentence when rule packs were reviewed too long before `day`.
  std::vector<std::string> PackWarnings(Date day) const;
  bool has_official_list() const;
  Json ListsUsed() const;  // [{"list", "date"}]

  const DeskConfig& config() const { return config_; }
  const rules::RuleSet& rules() const { return *rules_; }
  const goods::Goods& goods() const { return *goods_; }
  const match::Matcher* matcher() const { return matcher_.get(); }            // null without lists
  const watchlist::Watchlist* watchlist() const { return watchlist_.get(); }  // null without lists
  const ListPolicies& policies() const { return policies_; }
  const std::vector<Regime>& regimes() const { return regimes_; }
  const OwnershipGraph& relations() const { return relations_; }
  const Pairs& pairs() const { return pairs_; }
  const DecisionInputs& inputs() const { return inputs_; }

 private:
  Desk() = default;
  Status OpenLists();
  std::string ProfileInWords() const;
  Date DayOf(const match::Options& options) const;  // as_of, else the newest day of any list
  using Screened = std::shared_ptr<const ScreenedParty>;
  Result<Screened> ScreenOne(const OrderParty& party, Date day) const;
  // By Order::parties, with the hits of their owners.
  Result<std::vector<Screened>> ScreenParties(const Order& order, const OwnershipGraph& graph,
                                              Date day) const;
  std::shared_ptr<const goods::Recognition> Recognise(const Item& item) const;
  std::shared_ptr<const DayText> TextOf(Date day) const;

  DeskConfig config_;
  std::optional<match::WeakAliases> weak_aliases_;  // absent: as the profile says
  std::shared_ptr<const watchlist::Watchlist> watchlist_;
  std::unique_ptr<const match::Matcher> matcher_;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<const goods::Goods> goods_;
  ListPolicies policies_;
  std::vector<Regime> regimes_;
  OwnershipGraph relations_;
  Pairs pairs_;
  DecisionInputs inputs_;
  BoundedCache<ScreenedParty> parties_{1 << 17};  // parties and their hits: a kilobyte each
  BoundedCache<goods::Recognition> recognised_{1 << 15};
  BoundedCache<DayText> days_{1 << 10};
};

// The question that a party of an order asks of the lists.
match::Query QueryOf(const OrderParty& party);
// Where the exporter sits: its own country, else that of the seller, supplier or shipper; empty:
// unknown.
std::string ExporterCountry(const Order& order);

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_DESK_H_
