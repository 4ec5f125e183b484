#include "match/hits.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "names/readings.h"

namespace tidewaiter::match {
namespace {

using names::Likeness;

std::string_view Say(Likeness likeness) {
  switch (likeness) {
    case Likeness::kEqual:
      return "is the same word as";
    case Likeness::kSameSound:
      return "sounds like";
    case Likeness::kVariant:
      return "is another form of";
    case Likeness::kEdited:
      return "is spelled nearly like";
    case Likeness::kConsonants:
      return "has the consonants of";
    case Likeness::kInitial:
      return "has the initial of";
    case Likeness::kJoined:
      return "is, written together,";
    case Likeness::kAcronym:
      return "is the acronym of";
    case Likeness::kNone:
      break;
  }
  return "is unlike";
}

std::string_view Key(Likeness likeness) {
  switch (likeness) {
    case Likeness::kEqual:
      return "equal";
    case Likeness::kSameSound:
      return "same_sound";
    case Likeness::kVariant:
      return "variant";
    case Likeness::kEdited:
      return "edited";
    case Likeness::kConsonants:
      return "consonants";
    case Likeness::kInitial:
      return "initial";
    case Likeness::kJoined:
      return "joined";
    case Likeness::kAcronym:
      return "acronym";
    case Likeness::kNone:
      break;
  }
  return "none";
}

double Rounded(double value) {
  return static_cast<double>(static_cast<int64_t>(value * 1000 + (value < 0 ? -0.5 : 0.5))) / 1000;
}

std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

// What is said of one hit.
class Explainer {
 public:
  Explainer(const Profile& profile, const PreparedName& query, const PreparedName& listed,
            bool company)
      : query_(query),
        listed_(listed),
        score_(CompareNames(query.words(), listed.words(),
                            CompareAll(query.words(), listed.words()), company, profile)) {}

  void Words(std::vector<std::string>& why) const {
    std::string same;
    for (const WordPair& pair : score_.pairs) {
      if (pair.likeness.why == Likeness::kEqual) {
        same += (same.empty() ? "" : ", ") + Quoted(Left(pair));
      } else {
        const std::string_view say =
            query_.is_acronym() ? "has the acronym" : Say(pair.likeness.why);
        why.push_back(Quoted(Left(pair)) + " " + std::string(say) + " " + Quoted(Right(pair)));
      }
    }
    if (!same.empty()) why.insert(why.begin(), "the same in both names: " + same);
    const std::string left = Unmatched(query_, true), right = Unmatched(listed_, false);
    if (!left.empty() && !right.empty()) {
      why.push_back("against it: only the query has " + left + ", only the listed name has " +
                    right);
    } else if (!left.empty()) {
      why.push_back("only the query has " + left);
    } else if (!right.empty()) {
      why.push_back("only the listed name has " + right);
    }
    if (score_.reordered) why.emplace_back("against it: the words stand in another order");
    if (score_.legal_differs) why.emplace_back("against it: the legal forms differ");
  }

  Json Tokens() const {
    Json out;
    Json pairs{Json::Array{}};
    for (const WordPair& pair : score_.pairs) {
      Json item;
      item.Set("query", Left(pair)).Set("listed", Right(pair)).Set("how", Key(pair.likeness.why));
      item.Set("likeness", Rounded(pair.likeness.value))
          .Set("worth", Rounded(std::min(query_.words()[pair.left].worth,
                                         listed_.words()[pair.right].worth)));
      pairs.Add(std::move(item));
    }
    out.Set("pairs", std::move(pairs));
    out.Set("only_query", Unpaired(query_, true)).Set("only_listed", Unpaired(listed_, false));
    out.Set("evidence", Rounded(score_.evidence))
        .Set("left", Rounded(score_.left))
        .Set("right", Rounded(score_.right));
    out.Set("name_log_odds", Rounded(score_.log_odds));
    return out;
  }

 private:
  static std::string Text(const PreparedName& name, size_t from, size_t count) {
    std::string out;
    for (size_t k = 0; k < count; ++k) out += (k == 0 ? "" : " ") + name.tokens()[from + k].written;
    return out;
  }
  std::string Left(const WordPair& pair) const { return Text(query_, pair.left, pair.left_count); }
  std::string Right(const WordPair& pair) const {
    return Text(listed_, pair.right, pair.right_count);
  }

  bool IsPaired(size_t word, bool left) const {
    return std::any_of(score_.pairs.begin(), score_.pairs.end(), [&](const WordPair& pair) {
      const size_t from = left ? pair.left : pair.right,
                   count = left ? pair.left_count : pair.right_count;
      return word >= from && word < from + count;
    });
  }

  std::string Unmatched(const PreparedName& name, bool left) const {
    std::string out;
    for (size_t i = 0; i < name.words().size(); ++i) {
      if (!IsPaired(i, left) && name.words()[i].claim > 0.5F)
        out += (out.empty() ? "" : ", ") + Quoted(name.tokens()[i].written);
    }
    return out;
  }

  Json Unpaired(const PreparedName& name, bool left) const {
    Json out{Json::Array{}};
    for (size_t i = 0; i < name.words().size(); ++i) {
      if (IsPaired(i, left)) continue;
      Json item;
      item.Set("word", name.tokens()[i].written).Set("claim", Rounded(name.words()[i].claim));
      out.Add(std::move(item));
    }
    return out;
  }

  const PreparedName& query_;
  const PreparedName& listed_;
  NameScore score_;
};

// The listed name with the weights of the index.
PreparedName Listed(const IndexView& index, const Profile& profile, const NameEntry& entry,
                    const std::string& text, PartyKind kind, bool name_groups) {
  if (entry.strength == kAcronymOfName) {
    const names::WordView word = index.ViewOf(index.words[index.forms[entry.form].words]);
    names::NameToken acronym;
    acronym.text = word.text;
    acronym.flags = word.flags;
    acronym.written = text;
    names::FillSounds(acronym);
    return PreparedName(std::move(acronym), profile);
  }
  size_t i = 0;
  const std::span<const uint32_t> words = index.WordsOf(index.forms[entry.form]);
  std::string read = text;
  if (entry.other_reading != 0) {
    const std::vector<std::string> others = names::OtherReadings(text, kind, true);
    if (entry.other_reading <= others.size()) read = others[entry.other_reading - 1U];
  }
  return PreparedName(read, kind, name_groups, profile, [&](const names::NameToken&) {
    const size_t at = i++;
    return at < words.size() ? index.tokens[words[at]].rarity : profile.rarest;
  });
}

Hit BasicHit(const watchlist::Record& record, const RecordScore& score) {
  Hit hit;
  hit.list = record.party.list;
  hit.id = record.party.id;
  hit.score = score.score;
  hit.kind = record.party.kind;
  hit.identifier_agrees = score.identifier_agrees;
  hit.programs = record.party.programs;
  hit.also = record.also;
  hit.listed_on = record.party.listed_on;
  hit.citations = record.party.citations;
  hit.entry = score.record;
  hit.on_list = record.on_list;
  return hit;
}

void Explain(const watchlist::Record& record, const IndexView& index, const Profile& profile,
             const PreparedQuery& query, const RecordScore& score, const Options& options,
             Hit& hit) {
  const NameEntry& entry = index.names[score.name];
  const Name& name = record.party.names.at(entry.place);
  hit.name = name.text;
  const bool by_name = score.log_odds > -100;
  if (by_name) {
    const PreparedName listed =
        Listed(index, profile, entry, name.text, record.party.kind, options.name_groups);
    const Explainer explainer(profile, query.names.at(score.query_name), listed,
                              record.party.kind == PartyKind::kOrganization);
    explainer.Words(hit.why);
    if (options.explain) hit.explanation = explainer.Tokens();
  }
  if (by_name && name.strength == NameStrength::kWeak)
    hit.why.emplace_back("the publisher calls this alias weak");
  const EvidenceScore evidence = CompareParticulars(
      query.particulars, ParticularsOf(record.party, query.particulars), profile);
  hit.why.insert(hit.why.end(), evidence.why.begin(), evidence.why.end());
  if (options.explain && by_name) hit.explanation.Set("other_log_odds", Rounded(evidence.log_odds));
  if (record.start_unknown)
    hit.why.emplace_back(
        "since when it is listed is unknown, so it counts on every earlier day too");
}

}  // namespace

Hit MakeHit(const watchlist::Watchlist& watchlist, const IndexView& index, const Profile& profile,
            const PreparedQuery& query, const RecordScore& score, uint32_t record,
            const Options& options) {
  const watchlist::Record listed = watchlist.record(record);
  Hit hit = BasicHit(listed, score);
  hit.entry = record;
  Explain(listed, index, profile, query, score, options, hit);
  return hit;
}

std::vector<Hit> MakeHits(const watchlist::Watchlist& watchlist, const IndexView& index,
                          const Profile& profile, const PreparedQuery& query,
                          std::vector<RecordScore> scores, const Options& options) {
  // The best record of each party.
  const auto by_party = [&](const RecordScore& a, const RecordScore& b) {
    return std::tuple(index.records[a.record].party, -a.score, a.record) <
           std::tuple(index.records[b.record].party, -b.score, b.record);
  };
  if (!std::is_sorted(scores.begin(), scores.end(), by_party))
    std::sort(scores.begin(), scores.end(), by_party);
  std::vector<Interval> held;
  std::vector<RecordScore> best;
  for (const RecordScore& score : scores) {
    const Interval days = watchlist.on_list(score.record);
    if (best.empty() ||
        index.records[best.back().record].party != index.records[score.record].party) {
      best.push_back(score);
      held.push_back(days);
    } else {
      held.back() = {std::min(held.back().from, days.from), std::max(held.back().to, days.to)};
    }
  }
  std::vector<size_t> order(best.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  const size_t shown =
      options.top == 0 ? order.size() : std::min<size_t>(order.size(), options.top);
  std::partial_sort(order.begin(), order.begin() + static_cast<ptrdiff_t>(shown), order.end(),
                    [&](size_t a, size_t b) {
                      return std::tuple(-best[a].score, index.records[best[a].record].rank) <
                             std::tuple(-best[b].score, index.records[best[b].record].rank);
                    });
  order.resize(shown);
  std::vector<Hit> hits;
  for (const size_t i : order) {
    const watchlist::Record record = watchlist.record(best[i].record);
    Hit hit = BasicHit(record, best[i]);
    Explain(record, index, profile, query, best[i], options, hit);
    hit.on_list = held[i];
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace tidewaiter::match
