// Opening: lists, rules and catalogue are mapped or loaded once, and the hashes of all of them
// become the inputs that each decision names. Asking: the parties of an order are screened as of
// its day, its goods are recognised, the rules are evaluated, and the strongest outcome wins.
#include "screen/desk.h"

#include <algorithm>

#include "base/file.h"
#include "screen/owner_screening.h"
#include "screen/watchlist_file.h"

namespace tidewaiter::screen {
namespace {

constexpr size_t kRoomForRole = 40;

std::string Sentence(const Hit& hit, const OrderParty& party, Outcome outcome) {
  std::string text = std::string(ToString(party.role)) + " " + party.name;
  if (!hit.path.empty()) text += " (through owner " + hit.path.back() + ")";
  text += hit.identifier_agrees || hit.pair == "same" ? " is " : " may be ";
  text += hit.name + " on " + hit.list + " (" + hit.id + ")";
  return text + (outcome == Outcome::kStop ? ": the list forbids it to this exporter"
                                           : ": a person must look");
}

// Writes the parties with their hits, and what these make of the order. True: some hit raises it.
bool WeighParties(const ListPolicies& policies, const Order& order,
                  const std::vector<std::shared_ptr<const ScreenedParty>>& screened,
                  Decision& decision) {
  bool any = false;
  const std::string exporter_country = ExporterCountry(order);
  size_t size = 2;
  for (const auto& party : screened) size += party->text.size() + kRoomForRole;
  decision.parties.reserve(size);
  decision.parties = '[';
  for (size_t i = 0; i < order.parties.size(); ++i) {
    const OrderParty& party = order.parties[i];
    if (i > 0) decision.parties += ',';
    decision.parties += screened[i]->text;
    AppendRoleOfParty(party.role, decision.parties);
    for (const Hit& hit : screened[i]->hits) {
      const Outcome outcome = policies.OutcomeOf(hit, party.role, exporter_country, order.licenses);
      if (outcome == Outcome::kClear) continue;
      any = true;
      decision.reasons.push_back(Sentence(hit, party, outcome));
      decision.outcome = Stronger(decision.outcome, outcome);
    }
  }
  decision.parties += ']';
  return any;
}

// What was looked at, and what was not.
void TellWhatWasChecked(const Desk& desk, Date day, DayText& text) {
  std::vector<std::string> checked = {"control rules in force on " + ToString(day) +
                                      " of every pack loaded"};
  std::vector<std::string> not_checked;
  if (desk.watchlist() == nullptr) {
    not_checked.push_back("parties: screening was left out (--without-lists)");
  } else {
    for (const auto& list : desk.watchlist()->lists())
      checked.push_back("every party against " + list.name + " as of " + ToString(list.date));
  }
  not_checked.push_back(desk.relations().empty()
                            ? "who owns the parties, beyond the owners that the order states"
                            : "who owns the parties, beyond the owners that the order and the file "
                              "of relations state");
  text.checked = TextsToJson(checked).Dump();
  text.not_checked = TextsToJson(not_checked).Dump();
}

}  // namespace

Result<std::unique_ptr<const Desk>> Desk::Open(const DeskConfig& config) {
  std::unique_ptr<Desk> desk(new Desk());  // NOLINT: the constructor is private
  desk->config_ = config;
  desk->weak_aliases_ = match::ParseWeakAliases(config.weak_aliases);
  TW_ASSIGN_OR_RETURN(desk->policies_, ListPolicies::Load(config.resources));
  TW_ASSIGN_OR_RETURN(desk->goods_, goods::Goods::Load(config.resources, config.cache_folder));
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
                   desk->ProfileInWords(),
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

// Decisions under another policy than the profile's say so.
std::string Desk::ProfileInWords() const {
  if (!matcher_) return {};
  std::string words = matcher_->profile();
  if (weak_aliases_) words.append(", weak aliases ").append(config_.weak_aliases);
  return words;
}

Result<std::vector<Hit>> Desk::ScreenParty(const match::Query& query,
                                           match::Options options) const {
  if (!matcher_) return std::vector<Hit>{};
  options.name_groups = options.name_groups && !config_.without_name_groups;
  if (!options.weak_aliases) options.weak_aliases = weak_aliases_;
  TW_ASSIGN_OR_RETURN(std::vector<Hit> hits, matcher_->Search(query, options));
  pairs_.Apply(query, *watchlist_, hits);
  return hits;
}

std::string Desk::KeyOfName(std::string_view name) const {
  return match::KeyOfName(name, PartyKind::kUnknown, !config_.without_name_groups);
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

Result<Desk::Screened> Desk::ScreenOne(const OrderParty& party, Date day) const {
  std::string key = CacheKey(party, day);
  if (Screened known = parties_.Find(key)) return known;
  std::vector<Hit> hits;
  if (!party.name.empty() && matcher_) {
    match::Options options;
    options.as_of = day;
    TW_ASSIGN_OR_RETURN(hits, ScreenParty(QueryOf(party), options));
  }
  auto made = std::make_shared<const ScreenedParty>(
      MakeScreenedParty(party.name, std::move(hits), rules_->NamedAs(party.name)));
  parties_.Put(std::move(key), made, 1 + made->hits.size());
  return made;
}

Result<std::vector<Desk::Screened>> Desk::ScreenParties(const Order& order,
                                                        const OwnershipGraph& graph,
                                                        Date day) const {
  std::vector<Screened> results;
  results.reserve(order.parties.size());
  match::Options options;
  options.as_of = day;
  for (const OrderParty& party : order.parties) {
    TW_ASSIGN_OR_RETURN(Screened screened, ScreenOne(party, day));
    if (!graph.empty() && !party.name.empty() && matcher_) {
      TW_ASSIGN_OR_RETURN(auto above,
                          OwnerScreening(*this, graph, day).HitsAbove(party.name, options));
      std::vector<Hit> hits = screened->hits;
      std::move(above.begin(), above.end(), std::back_inserter(hits));
      screened = std::make_shared<const ScreenedParty>(
          MakeScreenedParty(party.name, std::move(hits), screened->named_as));
    }
    results.push_back(std::move(screened));
  }
  return results;
}

std::shared_ptr<const goods::Recognition> Desk::Recognise(const Item& item) const {
  std::string key;
  key.reserve(item.hs.size() + item.description.size() + 1);
  key.append(item.hs).append(1, '\x1f').append(item.description);
  if (auto known = recognised_.Find(key)) return known;
  auto made = std::make_shared<const goods::Recognition>(
      goods_->Recognise({item.description}, item.hs, {}));
  recognised_.Put(std::move(key), made);
  return made;
}

std::shared_ptr<const DayText> Desk::TextOf(Date day) const {
  const std::string_view key(reinterpret_cast<const char*>(&day), sizeof day);
  if (auto known = days_.Find(key)) return known;
  DayText text;
  TellWhatWasChecked(*this, day, text);
  text.inputs = JsonOf(inputs_);
  text.lists = ListsUsed().Dump();
  AppendJsonStrings(ListWarnings(day), text.warnings);
  const auto old = PackWarnings(day);
  if (!old.empty() && !text.warnings.empty()) text.warnings += ',';
  AppendJsonStrings(old, text.warnings);
  if (!has_official_list() && !config_.without_lists) {
    AppendJsonString(
        "no official list is loaded, so the parties were held against none; run `tidewaiter lists "
        "import`",
        text.reasons);
  }
  auto made = std::make_shared<const DayText>(std::move(text));
  days_.Put(std::string(key), made);
  return made;
}

Result<Decision> Desk::Check(const Order& order, const CheckOptions& options) const {
  const Date day = options.as_of;
  Decision decision;
  decision.order = order.id;
  decision.as_of = day;
  decision.day = TextOf(day);
  OwnershipGraph graph(&relations_);
  graph.AddOrder(order);
  TW_ASSIGN_OR_RETURN(const auto screened, ScreenParties(order, graph, day));
  bool party_hit = WeighParties(policies_, order, screened, decision);
  OwnerScreening owners(*this, graph, day);
  party_hit |= owners.TellReached(order, decision);

  std::vector<std::shared_ptr<const goods::Recognition>> recognised;
  rules::Context context;
  context.as_of = day;
  context.named_as.reserve(screened.size());
  context.goods.reserve(order.items.size());
  recognised.reserve(order.items.size());
  for (const Item& item : order.items) {
    recognised.push_back(Recognise(item));
    context.goods.push_back(recognised.back().get());
  }
  for (const Screened& party : screened) context.named_as.emplace_back(party->named_as);
  context.party_hit = party_hit;
  context.explain_all = options.explain_all;
  if (matcher_ && !graph.empty()) {
    context.is_listed = [&](std::string_view name, std::string_view fact) {
      return owners.CountsFor(std::string(name), fact);
    };
  }
  const auto evaluation = relations_.empty()
                              ? rules_->Evaluate(order, context)
                              : rules_->Evaluate(WithOwners(order, graph, day), context);
  decision.rules = {evaluation, &evaluation->text};
  decision.outcome = Stronger(decision.outcome, evaluation->outcome);
  if (!decision.day->reasons.empty())
    decision.outcome = Stronger(decision.outcome, Outcome::kReview);
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
  Json lists{Json::Array{}};
  if (watchlist_) {
    for (const auto& list : watchlist_->lists())
      lists.Add(Json().Set("list", list.name).Set("date", ToString(list.date)));
  }
  return lists;
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
