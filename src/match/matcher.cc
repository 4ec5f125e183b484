// Search: the words of the query -> similar words of the vocabulary -> names that can reach the
// threshold -> their exact scores -> hits. The exhaustive reference takes every record and compares
// every word instead: it shares the scoring of two names and nothing of the retrieval.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <unordered_map>

#include "base/hash.h"
#include "match/candidates.h"
#include "match/hits.h"
#include "match/index_view.h"
#include "match/match.h"
#include "match/merge_hits.h"
#include "match/query.h"
#include "match/segments.h"
#include "names/readings.h"
#include "names/tables.h"

namespace tidewaiter::match {
namespace {

using names::Similarity;

constexpr double kHalfStep = 0.00006;    // scores are rounded to four decimals
constexpr double kLeastShown = 0.00004;  // less is shown as 0
constexpr double kUnlike = -100;         // log odds of names that have nothing in common

// Which records a search is about.
struct Scope {
  std::vector<bool> lists;
  bool all_history = false;
  std::optional<Date> as_of;
  std::vector<Date> days;  // of each list, when asked list by list
};

// Likenesses of a query's words to listed words, by comparing; each pair once.
class ComparedLikeness {
 public:
  ComparedLikeness(const IndexView& index, const PreparedQuery& query)
      : index_(index), query_(query) {
    for (const PreparedName& name : query.names)
      known_.emplace_back(name.words().size(), std::vector<Known>(index.tokens.size()));
  }
  Similarity Of(uint32_t name, uint32_t word, uint32_t token) {
    Known& known = known_[name][word][token];
    if (!known.compared) {
      known.compared = true;
      known.likeness =
          names::CompareWords(query_.names[name].words()[word].view, index_.ViewOf(token));
    }
    return known.likeness;
  }

 private:
  struct Known {
    Similarity likeness;
    bool compared = false;
  };
  const IndexView& index_;
  const PreparedQuery& query_;
  std::vector<std::vector<std::vector<Known>>> known_;
};

// The log odds of a form beside one name of the query; of parties that are companies, and of
// others.
struct FormOdds {
  double company = kUnlike, other = kUnlike;
  double Of(const RecordEntry& record) const {
    return record.kind == static_cast<uint8_t>(PartyKind::kOrganization) ? company : other;
  }
};

// One listed name beside one name of the query.
struct Compared {
  uint32_t name, query_name;
  double log_odds;
};

struct Scored {
  PreparedQuery query;
  std::vector<RecordScore> scores;
};

class IndexMatcher final : public Matcher {
 public:
  IndexMatcher(std::shared_ptr<const watchlist::Watchlist> watchlist, Profile profile,
               IndexView index, const IndexView* beside = nullptr)
      : watchlist_(std::move(watchlist)),
        profile_(std::move(profile)),
        index_(index),
        beside_(beside) {}

  const std::string& profile() const override { return profile_.id; }
  double default_threshold() const override { return profile_.threshold; }
  uint64_t names_compared() const override {
    return names_compared_.load(std::memory_order_relaxed);
  }
  uint64_t name_count() const override { return index_.names.size(); }

  Result<std::vector<Hit>> Search(const Query& query, const Options& options) const override {
    TW_ASSIGN_OR_RETURN(Scored scored, Score(query, options));
    return MakeHits(*watchlist_, index_, profile_, scored.query, std::move(scored.scores), options);
  }

  bool MayShareIdentifier(const std::vector<Identifier>& identifiers) const override {
    return std::any_of(identifiers.begin(), identifiers.end(), [&](const Identifier& identifier) {
      if (IsContact(identifier)) return true;  // those may agree in part
      const std::string value = ComparableIdentifier(identifier);
      return !value.empty() && !index_.IdentifiersWith(Hash64(value)).empty();
    });
  }

  // The records that reach the threshold, for one of several parts of a watchlist.
  Result<Scored> Score(const Query& query, const Options& options) const {
    const double threshold = options.threshold.value_or(profile_.threshold);
    if (!(threshold >= 0 && threshold <= 1)) return UsageError("a threshold lies between 0 and 1");
    TW_ASSIGN_OR_RETURN(const Scope scope, ScopeOf(options));
    PreparedQuery prepared =
        Prepare(query, options);  // moved, never copied: its words point into it
    std::vector<RecordScore> scores = options.exhaustive
                                          ? ScoreAll(prepared, scope, threshold)
                                          : ScoreCandidates(prepared, scope, threshold);
    return Scored{std::move(prepared), std::move(scores)};
  }

 private:
  Result<Scope> ScopeOf(const Options& options) const {
    Scope scope{std::vector<bool>(watchlist_->lists().size(), options.lists.empty()),
                options.all_history,
                options.as_of,
                {}};
    for (const std::string& list : options.lists) {
      bool known = false;
      for (size_t i = 0; i < scope.lists.size(); ++i) {
        if (watchlist_->lists()[i].name == list) scope.lists[i] = known = true;
      }
      if (!known) return UsageError("the watchlist has no list " + list);
    }
    if (!options.by_list) return scope;
    for (size_t i = 0; i < scope.lists.size(); ++i) {
      const auto day = options.as_of_lists.find(watchlist_->lists()[i].name);
      scope.lists[i] = scope.lists[i] && day != options.as_of_lists.end();
      scope.days.push_back(scope.lists[i] ? day->second : kDistantPast);
    }
    return scope;
  }

  bool IsAsked(uint32_t record, const Scope& scope) const {
    if (!scope.lists[watchlist_->list_index(record)]) return false;
    if (scope.all_history) return true;
    const Interval on_list = watchlist_->on_list(record);
    if (!scope.days.empty()) return on_list.Contains(scope.days[watchlist_->list_index(record)]);
    if (scope.as_of) return on_list.Contains(*scope.as_of);
    // The newest state of a list is what its newest snapshot holds, also where the publisher says
    // when a listing will end.
    return on_list.to >= watchlist_->lists()[watchlist_->list_index(record)].date;
  }

  PreparedQuery Prepare(const Query& query, const Options& options) const {
    PreparedQuery out;
    std::vector<std::string> texts = query.names;
    for (const std::string& name : query.names) {
      for (std::string& read : names::OtherReadings(name, query.kind, options.name_groups))
        texts.push_back(std::move(read));
    }
    for (const std::string& text : texts) AddName(text, query.kind, options, out);
    out.given = query.names.size();
    for (size_t i = 0; query.kind == PartyKind::kUnknown && i < texts.size(); ++i) {
      if (!MayNameAPerson(out.names[i].tokens())) continue;
      AddName(texts[i], PartyKind::kPerson, options, out);
      out.names.back().for_persons = true;
      if (!HaveEqualWords(out.names[i], out.names.back())) continue;
      out.names.pop_back();
      out.known.pop_back();
    }
    AddAcronyms(query, options, out);
    out.particulars = ParticularsOf(query);
    out.weak_aliases = options.weak_aliases.value_or(profile_.weak_aliases);
    return out;
  }

  // The acronyms of a company's names. Those that are no listed word are like none: only the
  // reference compares them all the same.
  void AddAcronyms(const Query& query, const Options& options, PreparedQuery& out) const {
    if (query.kind != PartyKind::kOrganization && query.kind != PartyKind::kUnknown) return;
    for (size_t i = 0; i < out.given; ++i) {
      for (const names::NameToken& acronym :
           names::AcronymsOf(query.names[i], out.names[i].tokens())) {
        if (!options.exhaustive && index_.FindToken(acronym.text, {}, 0) == IndexView::kNoToken)
          continue;
        out.names.emplace_back(acronym, profile_);
        auto& known = out.known.emplace_back();
        if (options.exhaustive) continue;
        known.push_back(cache_.Get(index_, acronym, options.name_groups, profile_,
                                   [&](const names::NameToken& token) { return RarityOf(token); }));
      }
    }
  }

  // The reference knows nothing of words that came before.
  void AddName(const std::string& name, PartyKind kind, const Options& options,
               PreparedQuery& out) const {
    const auto rarity = [&](const names::NameToken& token) { return RarityOf(token); };
    auto& known = out.known.emplace_back();
    if (options.exhaustive) {
      out.names.emplace_back(name, kind, options.name_groups, profile_, rarity);
      return;
    }
    out.names.emplace_back(name, kind, profile_,
                           [&](const names::NameToken& token) -> const KnownWord& {
                             return *known.emplace_back(
                                 cache_.Get(index_, token, options.name_groups, profile_, rarity));
                           });
  }

  static bool HaveEqualWords(const PreparedName& a, const PreparedName& b) {
    return std::equal(a.tokens().begin(), a.tokens().end(), b.tokens().begin(), b.tokens().end(),
                      [](const names::NameToken& x, const names::NameToken& y) {
                        return x.Identity() == y.Identity();
                      });
  }

  // As the watchlist knows the word; one that it does not know is rare.
  double RarityOf(const names::NameToken& token) const {
    if (token.Is(names::kAcronym)) return names::AcronymRarity(token.text);
    const uint32_t id = index_.FindToken(token);
    if (id != IndexView::kNoToken) return index_.tokens[id].rarity;
    const uint32_t beside = beside_ == nullptr ? IndexView::kNoToken : beside_->FindToken(token);
    if (beside != IndexView::kNoToken) return beside_->tokens[beside].rarity;
    return names::Tables::Get().RarityOf(token.text, profile_.rarest);
  }

  // The reference: every record, every word with every word.
  std::vector<RecordScore> ScoreAll(const PreparedQuery& query, const Scope& scope,
                                    double threshold) const {
    ComparedLikeness likeness(index_, query);
    const auto odds_of = [&](uint32_t n, uint32_t q) {
      const FormEntry& form = index_.forms[index_.names[n].form];
      const auto tokens = index_.WordsOf(form);
      const size_t words = query.names[q].words().size();
      Likenesses& all = EmptyLikenesses(words * tokens.size());
      for (uint32_t i = 0; i < words; ++i) {
        for (size_t j = 0; j < tokens.size(); ++j)
          all[i * tokens.size() + j] = likeness.Of(q, i, tokens[j]);
      }
      return CompareForm(query.names[q].words(), form, all);
    };
    std::vector<RecordScore> out;
    for (uint32_t r = 0; r < index_.records.size(); ++r) {
      if (!IsAsked(r, scope)) continue;
      const RecordEntry& record = index_.records[r];
      RecordScore score = NothingOf(r);
      for (uint32_t n = record.names; n < record.names + record.name_count; ++n) {
        for (uint32_t q = 0; q < query.names.size(); ++q) {
          if (AreCompared(query, q, record))
            KeepBetter({n, q, NameOdds(query, n, q, odds_of(n, q).Of(record))}, score);
        }
      }
      FinishRecord(query, odds_of, score);
      if (score.score > 0 && score.score >= threshold) out.push_back(score);
    }
    return out;
  }

  std::vector<RecordScore> ScoreCandidates(const PreparedQuery& query, const Scope& scope,
                                           double threshold) const {
    // A score that rounds to 0 is no hit at any threshold.
    const double least = std::max(std::min(threshold, 0.9999) - kHalfStep, kLeastShown);
    const double bound =
        profile_.temperature * LogOddsOf(least) - MostEvidence(query.particulars, profile_);
    thread_local std::vector<LikeTable> tables;
    thread_local std::vector<uint32_t> forms;
    thread_local std::vector<Compared> compared;
    compared.clear();
    if (tables.size() < query.names.size()) tables.resize(query.names.size());
    const std::vector<ExpandedName> expanded = ExpandNames(query);
    const auto odds_of_form = [&](uint32_t id, uint32_t q) {
      const FormEntry& form = index_.forms[id];
      const auto tokens = index_.WordsOf(form);
      Likenesses& all = EmptyLikenesses(expanded[q].words.size() * tokens.size());
      for (size_t j = 0; j < tokens.size(); ++j) {
        tables[q].ForEach(tokens[j], [&](uint32_t i, const LikeToken& like) {
          all[i * tokens.size() + j] = like.likeness;
        });
      }
      return CompareForm(expanded[q].words, form, all);
    };
    const auto odds_of = [&](uint32_t n, uint32_t q) {
      return odds_of_form(index_.names[n].form, q);
    };
    uint64_t names = 0;
    for (uint32_t q = 0; q < query.names.size(); ++q) {
      tables[q].Fill(expanded[q]);
      if (threshold > 0.9999) continue;
      forms.clear();
      CandidateForms(index_, expanded[q], tables[q], bound, profile_, forms);
      for (const uint32_t form : forms) {
        names += index_.forms[form].name_count;
        AddNames(query, q, form, odds_of_form(form, q), bound, compared);
      }
    }
    names_compared_.fetch_add(names, std::memory_order_relaxed);
    AddByIdentifier(query, odds_of, compared);
    const auto order = [](const Compared& a, const Compared& b) {
      return std::pair(a.name, a.query_name) < std::pair(b.name, b.query_name);
    };
    if (!std::is_sorted(compared.begin(), compared.end(), order))
      std::sort(compared.begin(), compared.end(), order);
    std::vector<RecordScore> out;
    for (size_t i = 0; i < compared.size();) {
      const uint32_t r = index_.names[compared[i].name].record;
      RecordScore score = NothingOf(r);
      for (; i < compared.size() && index_.names[compared[i].name].record == r; ++i)
        KeepBetter(compared[i], score);
      if (!IsAsked(r, scope)) continue;
      FinishRecord(query, odds_of, score);
      if (score.score > 0 && score.score >= threshold) out.push_back(score);
    }
    return out;
  }

  // The names of a form whose odds can come to the bound.
  void AddNames(const PreparedQuery& query, uint32_t q, uint32_t form, const FormOdds& odds,
                double bound, std::vector<Compared>& compared) const {
    constexpr double kRounding = 1e-9;
    if (std::max(odds.company, odds.other) < bound - kRounding) return;
    for (const uint32_t n : index_.NamesOf(index_.forms[form])) {
      const RecordEntry& record = index_.records[index_.names[n].record];
      if (AreCompared(query, q, record))
        compared.push_back({n, q, NameOdds(query, n, q, odds.Of(record))});
    }
  }

  template <typename OddsOf>
  void AddByIdentifier(const PreparedQuery& query, const OddsOf& odds_of,
                       std::vector<Compared>& compared) const {
    for (const uint32_t r : RecordsWithIdentifier(query)) {
      const RecordEntry& record = index_.records[r];
      for (uint32_t n = record.names; n < record.names + record.name_count; ++n) {
        for (uint32_t q = 0; q < query.names.size(); ++q) {
          const bool both = AreCompared(query, q, record);
          compared.push_back(
              {n, q, both ? NameOdds(query, n, q, odds_of(n, q).Of(record)) : kUnlike});
        }
      }
    }
  }

  static std::vector<ExpandedName> ExpandNames(const PreparedQuery& query) {
    std::vector<ExpandedName> out(query.names.size());
    for (size_t q = 0; q < out.size(); ++q) {
      out[q].words = query.names[q].words();
      if (query.names[q].for_persons)
        out[q].kinds = 1U << static_cast<unsigned>(PartyKind::kPerson);
      if (query.names[q].is_acronym())
        out[q].kinds = (1U << static_cast<unsigned>(PartyKind::kOrganization)) |
                       (1U << static_cast<unsigned>(PartyKind::kUnknown));
      if (query.particulars.kind != PartyKind::kUnknown) {
        out[q].other_kinds =
            static_cast<uint8_t>(~((1U << static_cast<unsigned>(query.particulars.kind)) |
                                   (1U << static_cast<unsigned>(PartyKind::kUnknown))));
      }
      for (const auto& word : query.known[q]) out[q].expansions.push_back(&word->expansion);
    }
    return out;
  }

  std::vector<uint32_t> RecordsWithIdentifier(const PreparedQuery& query) const {
    std::vector<uint32_t> out;
    for (const Identifier& identifier : query.particulars.identifiers) {
      const std::string value = ComparableIdentifier(identifier);
      if (value.empty()) continue;
      for (const IdentifierEntry& entry : index_.IdentifiersWith(Hash64(value)))
        out.push_back(entry.record);
    }
    return out;
  }

  static Likenesses& EmptyLikenesses(size_t count) {
    thread_local Likenesses all;
    all.assign(count, {});
    return all;
  }

  // `likeness`: of all words of the query's name with all words of the form.
  FormOdds CompareForm(std::span<const Word> words, const FormEntry& form,
                       const Likenesses& likeness) const {
    thread_local std::vector<Word> listed;
    listed.clear();
    for (const uint32_t token : index_.WordsOf(form)) {
      const TokenEntry& entry = index_.tokens[token];
      const Weights weights = WeightsOf(entry.flags, entry.rarity, profile_);
      listed.push_back({index_.ViewOf(token), weights.worth, weights.claim});
    }
    constexpr uint8_t kCompany = 1U << static_cast<unsigned>(PartyKind::kOrganization);
    const auto compare = [&](bool company) {
      const NameScore score = CompareNames(words, listed, likeness, company, profile_);
      return score.evidence <= 0 ? kUnlike : score.log_odds;
    };
    FormOdds odds;
    if ((form.kinds & kCompany) != 0) odds.company = compare(true);
    if ((form.kinds & ~kCompany) != 0) odds.other = compare(false);
    return odds;
  }

  RecordScore NothingOf(uint32_t record) const {
    RecordScore score;
    score.record = record;
    score.name = index_.records[record].names;
    return score;
  }

  // A name of the query that was read as a person's is compared with persons only, an acronym with
  // companies.
  static bool AreCompared(const PreparedQuery& query, uint32_t q, const RecordEntry& record) {
    if (query.names[q].is_acronym()) {
      return record.kind == static_cast<uint8_t>(PartyKind::kOrganization) ||
             record.kind == static_cast<uint8_t>(PartyKind::kUnknown);
    }
    return !query.names[q].for_persons || record.kind == static_cast<uint8_t>(PartyKind::kPerson);
  }

  // Of a listed name, from those of its words.
  double NameOdds(const PreparedQuery& query, uint32_t n, uint32_t q, double log_odds) const {
    if (log_odds <= kUnlike) return kUnlike;
    const bool asked_by_acronym = query.names[q].is_acronym();
    if (asked_by_acronym)
      log_odds -= AcronymPenalty(query.names[q].words()[0].view.text.size(), profile_);
    if (index_.names[n].strength == kAcronymOfName) {
      const FormEntry& form = index_.forms[index_.names[n].form];
      return log_odds - AcronymPenalty(index_.tokens[index_.words[form.words]].text_size, profile_);
    }
    const auto strength = static_cast<NameStrength>(index_.names[n].strength);
    if (strength == NameStrength::kPrimary) return log_odds;
    if (strength != NameStrength::kWeak) return log_odds - profile_.alias;
    if (query.weak_aliases == WeakAliases::kNever) return kUnlike;
    return log_odds -
           (query.weak_aliases == WeakAliases::kFull ? profile_.alias : profile_.weak_alias);
  }

  bool IsWeak(uint32_t n) const {
    return index_.names[n].strength == static_cast<uint8_t>(NameStrength::kWeak);
  }

  void KeepBetter(const Compared& compared, RecordScore& score) const {
    if (compared.log_odds > score.firm_log_odds && !IsWeak(compared.name)) {
      score.firm_log_odds = compared.log_odds;
      score.firm_name = compared.name;
      score.firm_query_name = compared.query_name;
    }
    if (compared.log_odds <= score.log_odds) return;
    score.log_odds = compared.log_odds;
    score.name = compared.name;
    score.query_name = compared.query_name;
  }

  // Of a query of several names and a record of several: how far their main names disagree.
  template <typename OddsOf>
  double MainNamesPenaltyOf(const PreparedQuery& query, const OddsOf& odds_of,
                            const RecordScore& score) const {
    const RecordEntry& entry = index_.records[score.record];
    if (query.given < 2 || entry.name_count < 2 || index_.names[entry.names + 1].place == 0)
      return 0;
    const double main_names =
        AreCompared(query, 0, entry)
            ? NameOdds(query, entry.names, 0, odds_of(entry.names, uint32_t{0}).Of(entry))
            : kUnlike;
    return MainNamesPenalty(score.log_odds, main_names, profile_);
  }

  template <typename OddsOf>
  void FinishRecord(const PreparedQuery& query, const OddsOf& odds_of, RecordScore& score) const {
    const Particulars& asked = query.particulars;
    const RecordEntry& entry = index_.records[score.record];
    EvidenceScore evidence;
    if (SaysAnything(asked)) {
      evidence = CompareParticulars(
          asked, ParticularsOf(watchlist_->record(score.record).party, asked), profile_);
      score.identifier_agrees = evidence.identifier_agrees;
    } else if (KindsDiffer(asked.kind, static_cast<PartyKind>(entry.kind))) {
      evidence.log_odds = -profile_.kind_differs;
    }
    if (query.weak_aliases == WeakAliases::kSupported) LeaveUnsupportedAlias(evidence, score);
    const bool by_number = score.identifier_agrees || evidence.serial_agrees;
    if (score.log_odds <= kUnlike && !by_number) return;
    const double main_penalty =
        score.log_odds <= kUnlike ? 0 : MainNamesPenaltyOf(query, odds_of, score);
    const double names = evidence.serial_agrees
                             ? std::max(score.log_odds - main_penalty, profile_.serial_alone)
                             : score.log_odds - main_penalty;
    score.score = RoundedScore(names + evidence.log_odds, score.identifier_agrees, profile_);
  }

  // A weak alias that nothing else supports gives way to the best other name.
  void LeaveUnsupportedAlias(const EvidenceScore& evidence, RecordScore& score) const {
    if (!IsWeak(score.name) || evidence.identifier_agrees || evidence.log_odds > 0) return;
    score.log_odds = score.firm_log_odds;
    score.name =
        score.firm_log_odds <= kUnlike ? index_.records[score.record].names : score.firm_name;
    score.query_name = score.firm_query_name;
  }

  std::shared_ptr<const watchlist::Watchlist> watchlist_;
  Profile profile_;
  IndexView index_;
  const IndexView* beside_;  // of the other part of the watchlist, whose words are known too
  mutable WordCache cache_;
  mutable std::atomic<uint64_t> names_compared_{0};
};

// The file that everything was last made anew for, and what came since.
class TwoPartMatcher final : public Matcher {
 public:
  TwoPartMatcher(const std::shared_ptr<const watchlist::Watchlist>& watchlist,
                 const Profile& profile, const IndexView& base, const IndexView& changes)
      : changes_view_(changes),
        patched_(base, changes_view_, profile),
        base_(watchlist, profile, patched_.view(), &changes_view_),
        changes_(RecordsFrom(watchlist, static_cast<uint32_t>(base.records.size())), profile,
                 changes_view_, &patched_.view()),
        watchlist_(watchlist),
        profile_(profile),
        parties_(*watchlist, base, changes) {}

  Result<std::vector<Hit>> Search(const Query& query, const Options& options) const override {
    TW_ASSIGN_OR_RETURN(Scored old, base_.Score(query, options));
    TW_ASSIGN_OR_RETURN(Scored fresh, changes_.Score(query, options));
    const auto first = static_cast<uint32_t>(patched_.view().records.size());
    const HitPart parts[] = {{&patched_.view(), &old.query, 0},
                             {&changes_view_, &fresh.query, first}};
    for (RecordScore& score : fresh.scores) score.record += first;
    return MergeHits(*watchlist_, parties_, profile_, parts, std::move(old.scores),
                     std::move(fresh.scores), options);
  }
  bool MayShareIdentifier(const std::vector<Identifier>& identifiers) const override {
    return base_.MayShareIdentifier(identifiers) || changes_.MayShareIdentifier(identifiers);
  }
  const std::string& profile() const override { return profile_.id; }
  double default_threshold() const override { return profile_.threshold; }
  uint64_t names_compared() const override {
    return base_.names_compared() + changes_.names_compared();
  }
  uint64_t name_count() const override { return base_.name_count() + changes_.name_count(); }

 private:
  IndexView changes_view_;
  PatchedIndex patched_;
  IndexMatcher base_, changes_;
  std::shared_ptr<const watchlist::Watchlist> watchlist_;
  Profile profile_;
  PartiesOfParts parties_;
};

}  // namespace

Result<std::unique_ptr<const Matcher>> Matcher::Create(
    std::shared_ptr<const watchlist::Watchlist> watchlist, const std::string& resources) {
  TW_ASSIGN_OR_RETURN(Profile profile, LoadProfile(resources));
  TW_ASSIGN_OR_RETURN(const IndexView index, IndexView::Open(watchlist->section(kIndexSection)));
  const std::string_view since = watchlist->section(kChangesIndexSection);
  if (!since.empty()) {
    TW_ASSIGN_OR_RETURN(const IndexView changes, IndexView::Open(since));
    if (index.records.size() + changes.records.size() != watchlist->record_count())
      return BadInput("the match index belongs to another watchlist; import the lists again");
    return std::unique_ptr<const Matcher>(
        std::make_unique<TwoPartMatcher>(watchlist, profile, index, changes));
  }
  if (index.records.size() != watchlist->record_count()) {
    return BadInput("the match index belongs to another watchlist; import the lists again");
  }
  return std::unique_ptr<const Matcher>(
      std::make_unique<IndexMatcher>(std::move(watchlist), std::move(profile), index));
}

}  // namespace tidewaiter::match
