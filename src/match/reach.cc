#include "match/reach.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "base/hash.h"
#include "match/words.h"

namespace tidewaiter::match {

constexpr double kSlack = 1e-3;  // of sums in single precision

void Side::Most::Raise(const Most& other) {
  share = std::max(share, other.share);
  evidence = std::max(evidence, other.evidence);
  settled = std::max(settled, other.settled);
}

// The commonest listed words are worth little beside a rare word that is like them.
size_t Side::SortOf(const LikeToken& like) const {
  constexpr float kMuchAlike = 0.85F;
  constexpr double kAboutAsRare = 0.6;
  return static_cast<size_t>(like.share >= kMuchAlike) +
         2 * static_cast<size_t>(static_cast<double>(like.worth) >= kAboutAsRare * worth);
}

Reach::Reach(const IndexView& index, std::span<const Word> words,
             std::span<const Expansion* const> expansions, std::span<const JoinedWord> joined,
             double bound, const Profile& profile, Memory& memory)
    : index_(index),
      bound_(bound - kSlack),
      profile_(profile),
      memory_(memory),
      claims_stored_(index.profile == Hash64(profile.id)) {
  memory_.verdicts.fill({});
  if (memory_.sides.size() < words.size()) memory_.sides.resize(words.size());
  sides_ = std::span(memory_.sides).first(words.size());
  for (size_t i = 0; i < words.size(); ++i) Fill(words[i], sides_[i]);
  for (size_t i = 0; i < sides_.size(); ++i) ChooseLikes(sides_[i], *expansions[i]);
  for (const JoinedWord& one : joined) {
    for (size_t k = 0; k < 2; ++k)
      sides_[one.word + k].joined.Raise({1, one.evidence[k], one.claim});
  }
  ChooseRest(false);
  ChooseRest(true);
}

void Reach::Fill(const Word& word, Side& side) {
  std::vector<const LikeToken*> likes = std::move(side.likes);
  likes.clear();
  side = Side();
  side.likes = std::move(likes);
  side.worth = word.worth;
  side.claim = LeastClaim(word.view.flags, word.claim, profile_);
  side.plain = CountsAsPlain(word);
  side.initial = word.Is(names::kInitial);
  total_worth_ += side.worth;
  initials_ += side.initial;
}

double Reach::Bound(const Sums& sums, bool company) const {
  const double most = LogOdds(sums.evidence, sums.left, sums.right, company, profile_);
  return sums.plain <= 1 && std::max(sums.left, sums.right) > kSingleLeft
             ? most - profile_.single_word
             : most;
}

bool Reach::ReachesBound(const Sums& sums) const {
  return Bound(sums, false) >= bound_ || Bound(sums, true) >= bound_;
}

// Whether a name in which this pair stands can reach the bound when all other words fit.
bool Reach::PairMayReach(const Side& side, const LikeToken& like, double evidence) const {
  const double open = 1 - static_cast<double>(like.share);
  Sums sums;
  sums.evidence = total_worth_ - side.worth + evidence;
  sums.left = std::max(0.0, side.claim * open - kSlack);
  sums.right = std::max(0.0, static_cast<double>(like.least_claim) * open - kSlack);
  sums.plain = 2;
  return ReachesBound(sums);
}

void Reach::ChooseLikes(Side& side, const Expansion& expansion) {
  if (side.worth <= 0) return;
  // The pair that was worth least of those that may reach the bound: what is no less alike and
  // worth no less, and claims no more, may too.
  const LikeToken* least = nullptr;
  for (const LikeToken& like : expansion.like) {
    const auto share = static_cast<double>(like.share);
    const double evidence = std::min<double>(side.worth, like.worth) * share;
    const bool as_good = least != nullptr && like.share >= least->share &&
                         like.worth >= least->worth && like.least_claim <= least->least_claim;
    if (!as_good) {
      if (!PairMayReach(side, like, evidence)) continue;
      least = &like;
    }
    side.likes.push_back(&like);
    side.most[size_t{1} << side.SortOf(like)].Raise(
        {share, evidence, static_cast<double>(like.least_claim) * share});
    side.postings += like.posting_count - like.initial_postings;
    side.initial_postings += like.initial_postings;
  }
  for (size_t sorts = 1; sorts < side.most.size(); ++sorts) {
    const size_t last = std::bit_floor(sorts);
    if (sorts == last) continue;
    side.most[sorts] = side.most[last];
    side.most[sorts].Raise(side.most[sorts - last]);
  }
}

// What an initial of the query settles of a form stands for any word of it.
Sums Reach::NothingKnown() const {
  Sums sums;
  sums.evidence = initial_evidence();
  sums.right = -static_cast<double>(initials_) * GreatestClaim(profile_);
  return sums;
}

// `initials`: of the form; one may stand for any word.
Sums Reach::NothingFound(bool initials) const {
  Sums sums = NothingKnown();
  for (const Side& side : sides_) Add(side, {}, false, initials, 1, sums);
  return sums;
}

// What a word is to a form that gives it this; nothing when it is not found. `sign` -1 takes it
// back.
void Reach::Add(const Side& side, Side::Most most, bool found, bool initials, int sign,
                Sums& sums) const {
  sums.right -= sign * most.settled;
  sums.plain += found && side.plain ? sign : 0;
  if (side.initial) return;
  if (initials) most.Raise({kInitialSettles, std::min(side.worth, profile_.initial), 0});
  sums.evidence += sign * most.evidence;
  sums.left += sign * side.claim * (1 - most.share);
}

// `right`: what is settled of the claims of a form, negative.
Sums Reach::InClass(Sums sums, size_t form_class) const {
  const bool known = claims_stored_ && form_class < index_.classes.size();
  const double claims =
      known ? static_cast<double>(index_.classes[form_class].least_claims) - kSlack : 0;
  sums.left = std::max(0.0, sums.left);
  sums.right = std::max(0.0, claims + sums.right);
  return sums;
}

// For each class of forms the words with the most postings that cannot carry one of it to the bound
// together: more of them from class to class.
void Reach::ChooseRest(bool initials) {
  const auto postings = [&](size_t i) {
    return initials ? sides_[i].initial_postings : sides_[i].postings;
  };
  // Few are sooner read than chosen from.
  constexpr uint64_t kFew = 128;
  uint64_t all = 0;
  for (size_t i = 0; i < sides_.size(); ++i) all += postings(i);
  if (all <= kFew) return;
  std::vector<size_t> order(sides_.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return std::pair(postings(b), a) < std::pair(postings(a), b);
  });
  Sums sums = NothingFound(initials);
  for (size_t k = 0; k < kFormClasses; ++k) {
    for (const size_t i : order) {
      Side& side = sides_[i];
      size_t& rest_from = initials ? side.initial_rest_from : side.rest_from;
      if (rest_from <= k) continue;
      Sums with = sums;
      Add(side, {}, false, initials, -1, with);
      Add(side, side.most.back(), true, initials, 1, with);
      if (ReachesBound(InClass(with, k))) continue;
      rest_from = k;
      sums = with;
    }
  }
}

bool Reach::MayReach(HeldWords held, size_t form_class) const {
  constexpr uint64_t kUsed = uint64_t{1} << 63U;
  constexpr uint32_t kClassAt = 57;
  static_assert(kFormClasses <= 16);
  const uint64_t of = held.bits() | uint64_t{form_class} << kClassAt | kUsed;
  constexpr auto kBits = std::bit_width(std::tuple_size_v<decltype(Memory::verdicts)> - 1);
  Verdict& known = memory_.verdicts[(of * 0x9E3779B97F4A7C15U) >> (64 - kBits)];
  if (known.of != of) known = {of, Judge(held, form_class)};
  return known.may_reach;
}

bool Reach::Judge(HeldWords held, size_t form_class) const {
  Sums sums = NothingKnown();
  for (size_t i = 0; i < sides_.size(); ++i)
    Add(sides_[i], MostBy(held, i), held.holds(i), held.initials(), 1, sums);
  return ReachesBound(InClass(sums, form_class));
}

Side::Most Reach::MostBy(HeldWords held, size_t word) const {
  const Side& side = sides_[word];
  Side::Most most = side.most[held.sorts(word)];
  if (!held.joins(word)) return most;
  most.Raise(side.joined);
  if (held.any_parted()) most.Raise(MostByParts(side));
  return most;
}

Side::Most Reach::MostByParts(const Side& side) const {
  return {1, side.worth, 2 * GreatestClaim(profile_)};
}

}  // namespace tidewaiter::match
