// Words are taken in order of worth. As soon as the words left could not carry a name to the bound
// by themselves they bring no new candidates, and their long postings are never read: "company",
// "muhammad". A name's bound counts each likeness as if it found its place, so it never lies below
// the exact score.
#include "match/candidates.h"

#include <algorithm>
#include <numeric>

#include "base/hash.h"
#include "match/neighbours.h"
#include "match/words.h"

namespace tidewaiter::match {
namespace {

constexpr double kSlack = 1e-3;  // of sums in single precision

// Sums by name, reset by moving on to the next stamp.
struct Scratch {
  struct Sum {
    uint32_t stamp = 0;
    float evidence = 0, left = 0, right = 0;
    uint16_t plain = 0;  // words of the query that count for the rule of single words, found here
    uint16_t last = 0;   // the last of them, from 1
    uint16_t joins = 0;  // words of the query that two words of the name may be
    uint16_t last_join = 0;
    bool look = false;  // the name may hold initials, or two of its words may be one of the query's
  };
  std::vector<Sum> sums;
  std::vector<uint32_t> touched;
  uint32_t stamp = 0;

  void Begin(size_t names) {
    if (sums.size() < names) sums.resize(names);
    touched.clear();
    if (++stamp == 0) {
      std::fill(sums.begin(), sums.end(), Sum{});
      stamp = 1;
    }
  }
  Sum& At(uint32_t name) {
    Sum& sum = sums[name];
    if (sum.stamp != stamp) {
      sum = Sum{};
      sum.stamp = stamp;
      touched.push_back(name);
    }
    return sum;
  }
};

class Collector {
 public:
  Collector(const IndexView& index, const ExpandedName& name, double bound, const Profile& profile,
            Scratch& scratch)
      : index_(index),
        name_(name),
        bound_(bound - kSlack),
        profile_(profile),
        scratch_(scratch),
        claims_stored_(index.profile == Hash64(profile.id)) {
    for (const Word& word : name.words) {
      total_ += ClaimOf(word);
      total_worth_ += word.worth;
      initials_ += word.Is(names::kInitial);
      largest_.push_back(word.claim);
    }
    std::sort(largest_.rbegin(), largest_.rend());
  }

  std::vector<uint32_t> Run() {
    scratch_.Begin(index_.names.size());
    const std::vector<size_t> order = ByWorth();
    const size_t essential = EssentialWords(order);
    for (size_t k = 0; k < order.size(); ++k) AddWord(order[k], k >= essential);
    for (size_t i = 0; i < name_.words.size(); ++i) {
      AddNamesThatPart(i);
      if (i + 1 < name_.words.size()) AddNamesThatJoin(i);
    }
    for (size_t k = essential; k < order.size(); ++k) {
      KeepThoseThatMayReach();
      Refine(order[k]);
    }
    KeepThoseThatMayReach();
    std::sort(scratch_.touched.begin(), scratch_.touched.end());
    return scratch_.touched;
  }

 private:
  // What the word claims at the least.
  double ClaimOf(const Word& word) const {
    return LeastClaim(word.view.flags, word.claim, profile_);
  }

  std::vector<size_t> ByWorth() const {
    std::vector<size_t> order(name_.words.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return name_.words[a].worth > name_.words[b].worth;
    });
    return order;
  }

  // How many words, in order, can bring candidates; the worth of the others goes to every bound.
  size_t EssentialWords(const std::vector<size_t>& order) {
    size_t essential = order.size();
    while (essential > 0) {
      const Word& word = name_.words[order[essential - 1]];
      const double with = rest_ + word.worth;
      const double claim = rest_claim_ + ClaimOf(word);
      const size_t plain = rest_plain_ + CountsAsPlain(word);
      const double evidence = with + static_cast<double>(initials_) * profile_.initial;
      const double left =
          std::max(0.0, total_ - claim - static_cast<double>(initials_) * profile_.initial);
      if (Bound(evidence, left, 0, plain, false) >= bound_ ||
          Bound(evidence, left, 0, plain, true) >= bound_)
        break;
      rest_ = with;
      rest_claim_ = claim;
      rest_plain_ = plain;
      rest_words_ += word.claim > 0;
      --essential;
    }
    return essential;
  }

  // The log odds of these sums at the most, where at most `plain` words pair as such.
  double Bound(double evidence, double left, double right, size_t plain, bool company) const {
    const double most = LogOdds(evidence, left, right, company, profile_);
    return plain <= 1 && std::max(left, right) > kSingleLeft ? most - profile_.single_word : most;
  }

  // Whether a name in which this pair stands can reach the bound when all other words fit.
  bool PairMayReach(const Word& word, uint16_t flags, const Weights& other, double share,
                    double evidence) const {
    const double most = total_worth_ - word.worth + evidence;
    const double left = std::max(0.0, ClaimOf(word) * (1 - share) - kSlack),
                 right =
                     std::max(0.0, LeastClaim(flags, other.claim, profile_) * (1 - share) - kSlack);
    return std::max(LogOdds(most, left, right, false, profile_),
                    LogOdds(most, left, right, true, profile_)) >= bound_;
  }

  // A name with initials may owe its other words to them: so those are read for every word.
  void AddWord(size_t i, bool only_names_with_initials) {
    const float worth = name_.words[i].worth, claim = name_.words[i].claim;
    if (worth <= 0) return;
    for (const LikeToken& like : name_.expansions[i]->like) {
      const float share = like.share;
      if (share <= 0) continue;
      const TokenEntry& token = index_.tokens[like.token];
      const Weights other = WeightsOf(token.flags, token.rarity, profile_);
      const float evidence = std::min(worth, other.worth) * share;
      if (!PairMayReach(name_.words[i], token.flags, other, share, evidence)) continue;
      std::span<const uint32_t> postings = index_.PostingsOf(like.token);
      if (only_names_with_initials) postings = postings.first(token.initial_postings);
      for (size_t k = 0; k < postings.size(); ++k) {
        Scratch::Sum& sum = scratch_.At(postings[k]);
        sum.look |= k < token.initial_postings;
        sum.evidence += evidence;
        sum.left += claim * share;
        sum.right += other.claim * share;
        CountPlain(i, sum);
      }
    }
  }

  void CountPlain(size_t i, Scratch::Sum& sum) const {
    if (sum.last == i + 1) return;
    sum.last = static_cast<uint16_t>(i + 1);
    sum.plain = static_cast<uint16_t>(sum.plain + CountsAsPlain(name_.words[i]));
  }

  void KeepThoseThatMayReach() {
    std::erase_if(scratch_.touched,
                  [&](uint32_t name) { return !MayReach(name, scratch_.sums[name]); });
  }

  // Adds what a word that brought no candidates is worth to those there are.
  void Refine(size_t i) {
    const Word& word = name_.words[i];
    if (word.worth <= 0) return;
    const Expansion& expansion = *name_.expansions[i];
    for (const uint32_t id : scratch_.touched) {
      const NameEntry& name = index_.names[id];
      if (name.initials > 0) continue;  // has it already
      Scratch::Sum& sum = scratch_.sums[id];
      for (const uint32_t listed : index_.WordsOf(name)) {
        const float share = expansion.ShareOf(listed);
        if (share <= 0) continue;
        const TokenEntry& token = index_.tokens[listed];
        const Weights other = WeightsOf(token.flags, token.rarity, profile_);
        sum.evidence += std::min(word.worth, other.worth) * share;
        sum.left += word.claim * share;
        sum.right += other.claim * share;
        CountPlain(i, sum);
      }
    }
    rest_ -= word.worth;
    rest_claim_ -= ClaimOf(word);
    rest_plain_ -= CountsAsPlain(word);
    rest_words_ -= word.claim > 0;
  }

  // Of a name without initials, without looking at it.
  bool MayReachByItself(const Scratch::Sum& sum) const {
    const double initials = profile_.initial * static_cast<double>(initials_);
    const double evidence = sum.evidence + rest_ + initials;
    const double left = std::max(0.0, total_ - sum.left - rest_claim_ - initials);
    const size_t plain = sum.plain + rest_plain_;
    return Bound(evidence, left, 0, plain, false) >= bound_ ||
           Bound(evidence, left, 0, plain, true) >= bound_;
  }

  // Initials stand for any word of the other side: the largest ones, for the bound. A word that
  // brought no candidates may stand for any word too.
  bool MayReach(uint32_t id, const Scratch::Sum& sum) const {
    if (!sum.look && !MayReachByItself(sum)) return false;
    const NameEntry& name = index_.names[id];
    double evidence =
        sum.evidence + rest_ + profile_.initial * static_cast<double>(initials_ + name.initials);
    double left =
        total_ - sum.left - rest_claim_ - profile_.initial * static_cast<double>(initials_);
    for (size_t k = 0; k < std::min<size_t>(name.initials, largest_.size()); ++k)
      left -= largest_[k];
    const bool company =
        index_.records[name.record].kind == static_cast<uint8_t>(PartyKind::kOrganization);
    const size_t plain = sum.plain + rest_plain_;
    left = std::max(0.0, left);
    if (Bound(evidence, left, 0, plain, company) < bound_) return false;
    double right = name.claims, most = name.greatest_claim;
    if (!claims_stored_) AddUpClaims(name, right, most);
    right -=
        sum.right + most * static_cast<double>(initials_ + rest_words_ + size_t{2} * sum.joins);
    return Bound(evidence, left, std::max(0.0, right), plain, company) >= bound_;
  }

  void AddUpClaims(const NameEntry& name, double& claims, double& greatest) const {
    claims = greatest = 0;
    for (const uint32_t token : index_.WordsOf(name)) {
      const TokenEntry& entry = index_.tokens[token];
      const double claim =
          LeastClaim(entry.flags, WeightsOf(entry.flags, entry.rarity, profile_).claim, profile_);
      claims += claim;
      greatest = std::max(greatest, claim);
    }
  }

  // Names in which two words may be word i of the query. Which two is not looked up: the bound
  // takes the greatest.
  void AddNamesThatPart(size_t i) {
    const Word& word = name_.words[i];
    if (word.worth <= 0) return;
    const std::vector<uint32_t> hashes = WholeHashes(word.view);
    for (const uint32_t hash : hashes) index_.PrefetchJoins(hash);
    for (const uint32_t hash : hashes) {
      for (const HashEntry& entry : index_.JoinsWith(hash)) {
        Scratch::Sum& sum = scratch_.At(entry.target);
        if (sum.last_join == i + 1) continue;
        sum.last_join = static_cast<uint16_t>(i + 1);
        ++sum.joins;
        sum.look = true;
        ++sum.plain;
        sum.evidence += word.worth;
        sum.left += word.claim;
      }
    }
  }

  // Names with a word that is words i and i + 1 of the query written as one.
  void AddNamesThatJoin(size_t i) {
    const Word &word = name_.words[i], &next = name_.words[i + 1];
    std::vector<uint32_t> tokens;
    for (const uint32_t hash : JoinHashes(word.view, next.view, false)) {
      for (const HashEntry& entry : index_.TokensWith(hash)) tokens.push_back(entry.target);
    }
    std::sort(tokens.begin(), tokens.end());
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    for (const uint32_t token : tokens) {
      if (names::CompareJoined(word.view, next.view, index_.ViewOf(token)).value <= 0) continue;
      const TokenEntry& entry = index_.tokens[token];
      const Weights other = WeightsOf(entry.flags, entry.rarity, profile_);
      for (const uint32_t name : index_.PostingsOf(token)) {
        Scratch::Sum& sum = scratch_.At(name);
        sum.look = true;
        ++sum.plain;
        sum.evidence += std::min(word.worth + next.worth, other.worth);
        sum.left += word.claim + next.claim;
        sum.right += other.claim;
      }
    }
  }

  const IndexView& index_;
  const ExpandedName& name_;
  double bound_;
  const Profile& profile_;
  Scratch& scratch_;
  bool claims_stored_;
  std::vector<double> largest_;
  double total_ = 0, total_worth_ = 0, rest_ = 0, rest_claim_ = 0;
  size_t initials_ = 0, rest_words_ = 0, rest_plain_ = 0;
};

}  // namespace

std::vector<uint32_t> CandidateNames(const IndexView& index, const ExpandedName& name, double bound,
                                     const Profile& profile) {
  thread_local Scratch scratch;
  return Collector(index, name, bound, profile, scratch).Run();
}

}  // namespace tidewaiter::match
