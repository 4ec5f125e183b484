// Search: the words of the query -> similar words of the vocabulary -> names that hold them -> a bound on the
// score of each -> exact scores of those that can reach the threshold. The exhaustive reference scores every
// record instead; both end in ScoreRecord.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <unordered_map>

#include "base/hash.h"
#include "match/evidence.h"
#include "match/index_view.h"
#include "match/match.h"
#include "match/neighbours.h"
#include "match/words.h"
#include "names/tables.h"

namespace tidewaiter::match {
namespace {

using names::Similarity;

// The likeness of one query word to words of the vocabulary, by token.
using TokenLikeness = std::unordered_map<uint32_t, Similarity>;

struct PreparedQuery {
  std::vector<PreparedName> names;
  Particulars particulars;
};

struct RecordScore {
  double log_odds = -100;
  double score = 0;
  uint32_t record = 0, name = 0;  // the listed name that matched, in the index
  uint32_t query_name = 0;
};

class IndexMatcher final : public Matcher {
 public:
  IndexMatcher(std::shared_ptr<const watchlist::Watchlist> watchlist, Profile profile, IndexView index)
      : watchlist_(std::move(watchlist)), profile_(std::move(profile)), index_(index) {}

  const std::string& profile() const override { return profile_.id; }
  double default_threshold() const override { return profile_.threshold; }

  Result<std::vector<Hit>> Search(const Query& query, const Options& options) const override {
    const double threshold = options.threshold.value_or(profile_.threshold);
    if (!(threshold >= 0 && threshold <= 1)) return UsageError("a threshold lies between 0 and 1");
    TW_ASSIGN_OR_RETURN(const std::vector<bool> lists, ListFilter(options));
    const PreparedQuery prepared = Prepare(query, options.name_groups);
    std::vector<uint32_t> candidates = AllRecords();
    std::vector<RecordScore> scores;
    std::vector<std::vector<std::vector<Similarity>>> memo = Memo(prepared);
    for (const uint32_t record : candidates) {
      if (!IsAsked(record, options, lists)) continue;
      const RecordScore score = ScoreRecord(prepared, record, memo);
      if (score.score > 0 && score.score >= threshold) scores.push_back(score);
    }
    return MakeHits(prepared, scores, options);
  }

 private:
  Result<std::vector<bool>> ListFilter(const Options& options) const {
    std::vector<bool> out(watchlist_->lists().size(), options.lists.empty());
    for (const std::string& list : options.lists) {
      bool known = false;
      for (size_t i = 0; i < out.size(); ++i) {
        if (watchlist_->lists()[i].name == list) out[i] = known = true;
      }
      if (!known) return UsageError("the watchlist has no list " + list);
    }
    return out;
  }

  bool IsAsked(uint32_t record, const Options& options, const std::vector<bool>& lists) const {
    if (!lists[watchlist_->list_index(record)]) return false;
    if (options.all_history) return true;
    const Interval on_list = watchlist_->on_list(record);
    return options.as_of ? on_list.Contains(*options.as_of) : on_list.to == kDistantFuture;
  }

  PreparedQuery Prepare(const Query& query, bool name_groups) const {
    PreparedQuery out;
    for (const std::string& name : query.names) {
      out.names.emplace_back(name, query.kind, name_groups, profile_,
                             [&](const names::NameToken& token) { return RarityOf(token); });
    }
    out.particulars.kind = query.kind;
    if (query.birth_date) out.particulars.birth_dates.push_back(*query.birth_date);
    out.particulars.birth_dates.insert(out.particulars.birth_dates.end(), query.birth_dates.begin(), query.birth_dates.end());
    out.particulars.countries = query.countries;
    out.particulars.gender = query.gender;
    out.particulars.identifiers = query.identifiers;
    return out;
  }

  double RarityOf(const names::NameToken& token) const {
    const names::WordView view{token.text, token.key, token.skeleton, token.own, token.flags, {}};
    for (const uint32_t hash : NeighbourHashes(view)) {
      for (const HashEntry& entry : index_.TokensWith(hash)) {
        if (index_.ViewOf(entry.target).text == token.text) return index_.tokens[entry.target].rarity;
      }
    }
    return profile_.rarest;
  }

  std::vector<uint32_t> AllRecords() const {
    std::vector<uint32_t> out(index_.records.size());
    for (uint32_t i = 0; i < out.size(); ++i) out[i] = i;
    return out;
  }

  std::vector<std::vector<std::vector<Similarity>>> Memo(const PreparedQuery& query) const {
    std::vector<std::vector<std::vector<Similarity>>> out;
    for (const PreparedName& name : query.names) {
      std::vector<std::vector<Similarity>> rows;
      for (const Word& word : name.words()) {
        std::vector<Similarity> row;
        for (uint32_t t = 0; t < index_.tokens.size(); ++t) row.push_back(names::CompareWords(word.view, index_.ViewOf(t)));
        rows.push_back(std::move(row));
      }
      out.push_back(std::move(rows));
    }
    return out;
  }

  std::vector<Word> WordsOf(const NameEntry& name) const {
    std::vector<Word> out;
    for (const uint32_t token : index_.WordsOf(name)) {
      const TokenEntry& entry = index_.tokens[token];
      out.push_back({index_.ViewOf(token), WordWeight(entry.flags, entry.rarity, profile_)});
    }
    return out;
  }

  RecordScore ScoreRecord(const PreparedQuery& query, uint32_t record, const std::vector<std::vector<std::vector<Similarity>>>& memo) const {
    RecordScore best;
    best.record = record;
    const RecordEntry& entry = index_.records[record];
    for (uint32_t n = entry.names; n < entry.names + entry.name_count; ++n) {
      const NameEntry& name = index_.names[n];
      const std::span<const uint32_t> tokens = index_.WordsOf(name);
      for (uint32_t q = 0; q < query.names.size(); ++q) {
        const std::span<const Word> words = query.names[q].words();
        Likenesses likeness;
        bool any = false;
        for (size_t i = 0; i < words.size(); ++i) {
          for (const uint32_t token : tokens) {
            likeness.push_back(memo[q][i][token]);
            any |= likeness.back().value > 0;
          }
        }
        if (!any) continue;
        NameScore score = CompareNames(words, WordsOf(name), likeness, profile_);
        if (name.strength == static_cast<uint8_t>(NameStrength::kWeak)) score.log_odds -= profile_.weak_alias;
        if (score.evidence > 0 && score.log_odds > best.log_odds) best.log_odds = score.log_odds, best.name = n, best.query_name = q;
      }
    }
    if (best.log_odds > -100) best.score = std::min(0.9999, std::round(Probability(best.log_odds) * 10000) / 10000);
    return best;
  }

  Result<std::vector<Hit>> MakeHits(const PreparedQuery& query, std::vector<RecordScore>& scores, const Options& options) const {
    (void)query;
    std::vector<Hit> hits;
    std::sort(scores.begin(), scores.end(), [](const RecordScore& a, const RecordScore& b) {
      return std::pair(-a.score, a.record) < std::pair(-b.score, b.record);
    });
    std::vector<uint32_t> seen;
    for (const RecordScore& score : scores) {
      const uint32_t party = index_.records[score.record].party;
      if (std::find(seen.begin(), seen.end(), party) != seen.end()) continue;
      seen.push_back(party);
      const watchlist::Record record = watchlist_->record(score.record);
      Hit hit;
      hit.list = record.party.list;
      hit.id = record.party.id;
      hit.name = record.party.names.at(index_.names[score.name].place).text;
      hit.score = score.score;
      hit.kind = record.party.kind;
      hit.programs = record.party.programs;
      hit.also = record.also;
      hit.listed_on = record.party.listed_on;
      hit.citations = record.party.citations;
      hit.entry = score.record;
      hit.on_list = record.on_list;
      if (record.start_unknown) hit.why.push_back("since when it is listed is unknown; it counts on every earlier day too");
      hits.push_back(std::move(hit));
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
      return std::tuple(-a.score, a.list, a.id) < std::tuple(-b.score, b.list, b.id);
    });
    if (options.top != 0 && hits.size() > options.top) hits.resize(options.top);
    return hits;
  }

  std::shared_ptr<const watchlist::Watchlist> watchlist_;
  Profile profile_;
  IndexView index_;
};

}  // namespace

Result<std::unique_ptr<const Matcher>> Matcher::Create(std::shared_ptr<const watchlist::Watchlist> watchlist,
                                                       const std::string& resources) {
  TW_ASSIGN_OR_RETURN(Profile profile, LoadProfile(resources));
  TW_ASSIGN_OR_RETURN(const IndexView index, IndexView::Open(watchlist->section(kIndexSection)));
  if (index.records.size() != watchlist->record_count()) {
    return BadInput("the match index belongs to another watchlist; import the lists again");
  }
  return std::unique_ptr<const Matcher>(std::make_unique<IndexMatcher>(std::move(watchlist), std::move(profile), index));
}

}  // namespace tidewaiter::match
