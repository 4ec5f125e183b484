// Opening: lists, rules and catalogue are mapped or loaded once, and the hashes of all of them
// become the inputs that each decision names. Asking: the parties of an order are screened as of
// its day, its goods are recognised, the rules are evaluated, and the strongest outcome wins.
#include "screen/desk.h"

#include <algorithm>

#include "base/file.h"
#include "screen/owner_screening.h"
#include "screen/party_cache.h"
#include "screen/watchlist_file.h"

namespace tidewaiter::screen {
namespace {

std::string Sentence(const Hit& hit, const OrderParty& party, Outcome outcome) {
  std::string text = std::string(ToString(party.role)) + " " + party.name;
  if (!hit.path.empty()) text += " (through owner " + hit.path.back() + ")";
  text += hit.identifier_agrees || hit.pair == "same" ? " is " : " may be ";
  text += hit.name + " on " + hit.list + " (" + hit.id + ")";
  return text + (outcome == Outcome::kStop ? ": the list forbids it to this exporter"
                                           : ": a person must look");
}

std::vector<goods::Recognition> RecogniseItems(const goods::Goods& goods, const Order& order) {
  std::vector<goods::Recognition> recognised;
  recognised.reserve(order.items.size());
  for (const Item& item : order.items) {
    recognised.push_back(goods.Recognise({item.description}, item.hs, {}));
  }
  return recognised;
}

void TellWhatWasChecked(const Desk& desk, Date day, Decision& decision) {
  decision.checked.push_back("control rules in force on " + ToString(day) +
                             " of every pack loaded");
  if (desk.watchlist() == nullptr) {
    decision.not_checked.push_back("parties: screening was left out (--without-lists)");
  } else {
    for (const auto& list : desk.watchlist()->lists()) {
      decision.checked.push_back("every party against " + list.name + " as of " +
                                 ToString(list.date));
    }
  }
  decision.not_checked.push_back(
      desk.relations().empty() ? "who owns the parties, beyond the owners that the order states"
                               : "who owns the parties, beyond the owners that the order and "
                                 "the file of relations state");
}

}  // namespace

Desk::~Desk() = default;

Result<std::unique_ptr<const Desk>> Desk::Open(const DeskConfig& config) {
  std::unique_ptr<Desk> desk(new Desk());  // NOLINT: the constructor is private
  desk->config_ = config;
  desk->cache_ = std::make_unique<PartyCache>();
  TW_ASSIGN_OR_RETURN(desk->policies_, ListPolicies::Load(config.resources));
  TW_ASSIGN_OR_RETURN(desk->goods_, goods::Goods::Load(config.resources));
  TW_ASSIGN_OR_RETURN(desk->rules_,
                      rules::RuleSet::Load(config.resources, config.policies, config.cache_folder));
  TW_ASSIGN_OR_RETURN(desk->regimes_, LoadRegimes(config.resources));
  if (!config.relations.empty()) {
    TW_ASSIGN_OR_RETURN(desk->relations_, OwnershipGraph::Read(config.relations));
  }
  if (!config.without_lists) TW_RETURN_IF_ERROR(desk->OpenLists());
  desk->inputs_ = {desk->watchlist_ ? desk->watchlist_->hash() : std::string(),
                   desk->rules_->hash(),
                   desk->goods_->hash(),
                   desk->matcher_ ? desk->matcher_->profile() : std::string(),
                   config.engine_version,
                   desk->relations_.hash(),
                   desk->pairs_.hash()};
  return std::unique_ptr<const Desk>(std::move(desk));
}

Status Desk::OpenLists() {
  TW_ASSIGN_OR_RETURN(watchlist_, OpenWatchlist(config_.data_folder, config_.resources));
  TW_ASSIGN_OR_RETURN(matcher_, match::Matcher::Create(watchlist_, config_.resources));
  TW_ASSIGN_OR_RETURN(pairs_, Pairs::Load(config_.data_folder));
  return {};
}

Result<std::vector<Hit>> Desk::ScreenParty(const match::Query& query,
                                           match::Options options) const {
  if (!matcher_) return std::vector<Hit>{};
  options.name_groups = options.name_groups && !config_.without_name_groups;
  TW_ASSIGN_OR_RETURN(std::vector<Hit> hits, matcher_->Search(query, options));
  pairs_.Apply(query, *watchlist_, hits);
  return hits;
}

Result<std::vector<Hit>> Desk::ScreenWithOwners(const match::Query& query,
                                                const match::Options& options) const {
  TW_ASSIGN_OR_RETURN(std::vector<Hit> hits, ScreenParty(query, options));
  if (!matcher_ || relations_.empty() || query.names.empty()) return hits;
  TW_ASSIGN_OR_RETURN(
      auto above,
      OwnerScreening(*this, relations_, DayOf(options)).HitsAbove(query.names[0], options));
  std::move(above.begin(), above.end(), std::back_inserter(hits));
  return hits;
}

Date Desk::DayOf(const match::Options& options) const {
  if (options.as_of) return *options.as_of;
  Date day = kDistantPast;
  if (options.by_list) {
    for (const auto& [list, date] : options.as_of_lists) day = std::max(day, date);
    return day;
  }
  for (const auto& list : watchlist_->lists()) day = std::max(day, list.date);
  return day;
}

Result<std::vector<PartyResult>> Desk::ScreenParties(const Order& order,
                                                     const OwnershipGraph& graph, Date day) const {
  std::vector<PartyResult> results;
  match::Options options;
  options.as_of = day;
  for (const OrderParty& party : order.parties) {
    PartyResult result{party.role, party.name, {}};
    if (!party.name.empty() && matcher_) {
      const std::string key = CacheKey(QueryOf(party), day);
      PartyCache::Hits hits = cache_->Find(key);
      if (!hits) {
        TW_ASSIGN_OR_RETURN(std::vector<Hit> found, ScreenParty(QueryOf(party), options));
        hits = std::make_shared<const std::vector<Hit>>(std::move(found));
        cache_->Put(key, hits);
      }
      result.hits = *hits;
      TW_ASSIGN_OR_RETURN(auto above,
                          OwnerScreening(*this, graph, day).HitsAbove(party.name, options));
      std::move(above.begin(), above.end(), std::back_inserter(result.hits));
    }
    results.push_back(std::move(result));
  }
  return results;
}

Result<Decision> Desk::Check(const Order& order, const CheckOptions& options) const {
  const Date day = options.as_of;
  Decision decision;
  decision.order = order.id;
  decision.as_of = day;
  decision.inputs = inputs_;
  decision.lists = ListsUsed();
  decision.warnings = ListWarnings(day);
  for (std::string& warning : PackWarnings(day)) decision.warnings.push_back(std::move(warning));
  OwnershipGraph graph(&relations_);
  graph.AddOrder(order);
  TW_ASSIGN_OR_RETURN(decision.parties, ScreenParties(order, graph, day));

  bool party_hit = false;
  const std::string exporter_country = ExporterCountry(order);
  for (size_t i = 0; i < order.parties.size(); ++i) {
    for (const Hit& hit : decision.parties[i].hits) {
      const Outcome outcome =
          policies_.OutcomeOf(hit, order.parties[i].role, exporter_country, order.licenses);
      party_hit = party_hit || outcome != Outcome::kClear;
      if (outcome == Outcome::kClear) continue;
      decision.reasons.push_back(Sentence(hit, order.parties[i], outcome));
      decision.outcome = Stronger(decision.outcome, outcome);
    }
  }

  OwnerScreening owners(*this, graph, day);
  party_hit |= owners.TellReached(order, decision);
  const std::vector<goods::Recognition> recognised = RecogniseItems(*goods_, order);
  rules::Context context;
  context.as_of = day;
  for (const auto& recognition : recognised) context.goods.push_back(&recognition);
  context.party_hit = party_hit;
  context.explain_all = options.explain_all;
  if (matcher_ && !graph.empty()) {
    context.is_listed = [&](std::string_view name, std::string_view fact) {
      return owners.CountsFor(std::string(name), fact);
    };
  }
  rules::Evaluation evaluation =
      rules_->Evaluate(relations_.empty() ? order : WithOwners(order, graph, day), context);
  decision.outcome = Stronger(decision.outcome, evaluation.outcome);
  decision.rules = std::move(evaluation.rules);
  decision.questions = std::move(evaluation.questions);
  decision.declared = std::move(evaluation.declared);
  decision.standing = std::move(evaluation.standing);
  decision.facts_used = std::move(evaluation.facts_used);
  decision.reasons.insert(decision.reasons.end(), evaluation.reasons.begin(),
                          evaluation.reasons.end());
  decision.warnings.insert(decision.warnings.end(), evaluation.warnings.begin(),
                           evaluation.warnings.end());
  if (!has_official_list() && !config_.without_lists) {
    decision.outcome = Stronger(decision.outcome, Outcome::kReview);
    decision.reasons.push_back(
        "no official list is loaded, so nobody has been screened; run `tidewaiter lists import`");
  }
  TellWhatWasChecked(*this, day, decision);
  return decision;
}

bool Desk::has_official_list() const {
  if (!watchlist_) return false;
  const auto& lists = watchlist_->lists();
  return std::any_of(lists.begin(), lists.end(), [&](const watchlist::ListInfo& list) {
    const ListPolicy* policy = policies_.Find(list.name);
    return policy != nullptr && policy->official;
  });
}

std::vector<std::string> Desk::ListWarnings(Date day) const {
  if (!watchlist_)
    return {"screening was left out (--without-lists): no party was compared with any list"};
  std::vector<std::string> warnings;
  std::string missing;
  for (const ListPolicy& policy : policies_.all()) {
    if (!policy.official) continue;
    const auto& lists = watchlist_->lists();
    const auto loaded = std::find_if(lists.begin(), lists.end(),
                                     [&](const auto& list) { return list.name == policy.list; });
    if (loaded == lists.end()) {
      if (!policy.part_of.empty()) continue;
      missing += (missing.empty() ? "" : ", ") + policy.list;
    } else if (day - loaded->date > config_.max_age_days) {
      warnings.push_back(policy.list + " is of " + ToString(loaded->date) + ", " +
                         std::to_string(day - loaded->date) + " days before " + ToString(day));
    }
  }
  if (!missing.empty()) warnings.push_back("official lists not loaded: " + missing);
  return warnings;
}

std::vector<std::string> Desk::PackWarnings(Date day) const {
  constexpr size_t kNamed = 3;
  const auto files = rules_->PacksReviewedBefore(day - config_.max_pack_age_days);
  if (files.empty()) return {};
  std::string names;
  for (size_t i = 0; i < std::min(kNamed, files.size()); ++i)
    names += (i == 0 ? "" : ", ") + files[i];
  if (files.size() > kNamed) names += " and others";
  return {
      std::to_string(files.size()) + " rule packs were last held against their sources more than " +
      std::to_string(config_.max_pack_age_days) + " days before " + ToString(day) + ": " + names};
}

Json Desk::ListsUsed() const {
  Json::Array lists;
  if (watchlist_) {
    for (const auto& list : watchlist_->lists()) {
      lists.push_back(Json().Set("list", list.name).Set("date", ToString(list.date)));
    }
  }
  return Json(std::move(lists));
}

match::Query QueryOf(const OrderParty& party) {
  match::Query query;
  query.names = {party.name};
  query.kind = party.kind;
  if (!party.country.empty()) query.countries = {party.country};
  query.birth_date = party.birth_date;
  query.identifiers = party.identifiers;
  if (!party.address.empty()) query.addresses = {party.address};
  return query;
}

std::string ExporterCountry(const Order& order) {
  for (const Role role :
       {Role::kExporter, Role::kSeller, Role::kSupplier, Role::kShipper, Role::kConsignor}) {
    const OrderParty* party = order.FindParty(role);
    if (party != nullptr && !party->country.empty()) return party->country;
  }
  return {};
}

}  // namespace tidewaiter::screen
