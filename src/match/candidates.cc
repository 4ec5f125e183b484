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
      sum = {stamp, 0, 0, 0};
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
    for (size_t k = essential; k < order.size(); ++k) Refine(order[k]);
    std::vector<uint32_t> out = Joined();
    for (const uint32_t name : scratch_.touched) {
      if (MayReach(name, scratch_.sums[name])) out.push_back(name);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
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
      const double with = rest_ + name_.words[order[essential - 1]].worth;
      const double claim = rest_claim_ + ClaimOf(name_.words[order[essential - 1]]);
      const double evidence = with + static_cast<double>(initials_) * profile_.initial;
      const double left = std::max(0.0, total_ - claim);
      if (std::max(LogOdds(evidence, left, 0, false, profile_),
                   LogOdds(evidence, left, 0, true, profile_)) >= bound_)
        break;
      rest_ = with;
      rest_claim_ = claim;
      rest_words_ += name_.words[order[essential - 1]].claim > 0;
      --essential;
    }
    return essential;
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
      std::span<const uint32_t> postings = index_.PostingsOf(like.token);
      if (only_names_with_initials) postings = postings.first(token.initial_postings);
      for (const uint32_t name : postings) {
        Scratch::Sum& sum = scratch_.At(name);
        sum.evidence += evidence;
        sum.left += claim * share;
        sum.right += other.claim * share;
      }
    }
  }

  // Adds what a word that brought no candidates is worth to those there are, where reading its
  // postings is cheaper than comparing them all.
  void Refine(size_t i) {
    const Word& word = name_.words[i];
    if (word.worth <= 0) return;
    size_t postings = 0;
    for (const LikeToken& like : name_.expansions[i]->like)
      postings += index_.tokens[like.token].posting_count;
    if (postings > 40 * scratch_.touched.size()) return;
    for (const LikeToken& like : name_.expansions[i]->like) {
      const TokenEntry& token = index_.tokens[like.token];
      const Weights other = WeightsOf(token.flags, token.rarity, profile_);
      // Names with initials have it already.
      for (const uint32_t name : index_.PostingsOf(like.token).subspan(token.initial_postings)) {
        Scratch::Sum& sum = scratch_.sums[name];
        if (sum.stamp != scratch_.stamp) continue;
        sum.evidence += std::min(word.worth, other.worth) * like.share;
        sum.left += word.claim * like.share;
        sum.right += other.claim * like.share;
      }
    }
    rest_ -= word.worth;
    rest_claim_ -= ClaimOf(word);
    rest_words_ -= word.claim > 0;
  }

  // Initials stand for any word of the other side: the largest ones, for the bound. A word that
  // brought no candidates may stand for any word too.
  bool MayReach(uint32_t id, const Scratch::Sum& sum) const {
    const NameEntry& name = index_.names[id];
    double evidence = sum.evidence + rest_ + profile_.initial * (initials_ + name.initials);
    double left = total_ - sum.left - rest_claim_;
    for (size_t k = 0; k < std::min<size_t>(name.initials, largest_.size()); ++k)
      left -= largest_[k];
    const bool company =
        index_.records[name.record].kind == static_cast<uint8_t>(PartyKind::kOrganization);
    if (LogOdds(evidence, std::max(0.0, left), 0, company, profile_) < bound_) return false;
    double right = name.claims, most = name.greatest_claim;
    if (!claims_stored_) AddUpClaims(name, right, most);
    right -= sum.right + most * static_cast<double>(initials_ + rest_words_);
    return LogOdds(evidence, std::max(0.0, left), std::max(0.0, right), company, profile_) >=
           bound_;
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

  // Names in which two words are one of the query's, or the other way round.
  std::vector<uint32_t> Joined() const {
    std::vector<uint32_t> out;
    for (size_t i = 0; i < name_.words.size(); ++i) {
      const names::WordView& word = name_.words[i].view;
      for (const uint32_t hash : WholeHashes(word)) {
        for (const HashEntry& entry : index_.JoinsWith(hash)) out.push_back(entry.target);
      }
      if (i + 1 == name_.words.size()) break;
      const names::WordView& next = name_.words[i + 1].view;
      for (const uint32_t hash : JoinHashes(word, next)) {
        for (const HashEntry& entry : index_.TokensWith(hash)) {
          if (!names::AreJoined(word, next, index_.ViewOf(entry.target))) continue;
          const std::span<const uint32_t> postings = index_.PostingsOf(entry.target);
          out.insert(out.end(), postings.begin(), postings.end());
        }
      }
    }
    return out;
  }

  const IndexView& index_;
  const ExpandedName& name_;
  double bound_;
  const Profile& profile_;
  Scratch& scratch_;
  bool claims_stored_;
  std::vector<double> largest_;
  double total_ = 0, rest_ = 0, rest_claim_ = 0;
  size_t initials_ = 0, rest_words_ = 0;
};

}  // namespace

std::vector<uint32_t> CandidateNames(const IndexView& index, const ExpandedName& name, double bound,
                                     const Profile& profile) {
  thread_local Scratch scratch;
  return Collector(index, name, bound, profile, scratch).Run();
}

}  // namespace tidewaiter::match
