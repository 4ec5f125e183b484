// Words whose postings are long bring no candidates as long as they could not carry a form to the
// bound by themselves: "company", "muhammad". What the others bring is marked with the words that
// it was found by; most sets of words are too few whatever else the form holds, and are decided
// once. Forms that are left are bounded by all their words: each likeness counts as if it found its
// place, so the bound never lies below the exact score.
#include "match/candidates.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "base/hash.h"
#include "match/neighbours.h"
#include "match/words.h"

namespace tidewaiter::match {
namespace {

constexpr double kSlack = 1e-3;           // of sums in single precision
constexpr double kInitialSettles = 0.85;  // as in score.cc

// Of a form's mask: a bit for each of the query's first words, one for all others together, and two
// marks.
constexpr size_t kOwnBits = 13;
constexpr uint16_t kJoins = 1U << 14U;     // two words of one side may be one of the other's
constexpr uint16_t kInitials = 1U << 15U;  // holds an initial
constexpr uint32_t kHeld = 1U << 16U;      // of a verdict: these are all words that it holds
constexpr uint8_t kOut = 1, kMayReach = 2;
uint16_t BitOf(size_t word) { return static_cast<uint16_t>(1U << std::min(word, kOwnBits)); }

// A hash of a word of the query and the next one, written together.
struct Sought {
  uint32_t word;
  JoinHash join;
};

// A form in which words of the query are joined otherwise: word `word` as two words, or with the
// next one as one.
class JoinFound {
 public:
  JoinFound(uint32_t form, size_t word, bool as_one)
      : bits_(uint64_t{form} << 32U | uint64_t{word} << 1U | uint64_t{as_one}) {}
  uint32_t form() const { return static_cast<uint32_t>(bits_ >> 32U); }
  size_t word() const { return (bits_ & 0xFFFFFFFFU) >> 1U; }
  bool as_one() const { return (bits_ & 1U) != 0; }
  auto operator<=>(const JoinFound&) const = default;

 private:
  uint64_t bits_;
};

// Reused from query to query; masks and verdicts are left at zero.
struct Scratch {
  std::vector<uint16_t> masks;  // of each form
  std::vector<uint32_t> touched;
  std::vector<uint8_t> verdicts;  // of each mask, also with kHeld: 0 not known, kOut, kMayReach
  std::vector<uint32_t> judged;   // masks whose verdict is known
  std::vector<float> shares, evidence;
  std::vector<JoinHash> join_hashes;
  std::vector<Sought> sought;
  std::vector<JoinFound> joins;

  void Mark(uint32_t form, uint16_t bits) {
    if (masks[form] == 0) touched.push_back(form);
    masks[form] |= bits;
  }
};

// A word of the query, and the most that any listed word gives it.
struct Side {
  double worth = 0, claim = 0;  // the claim at the least
  double most_share = 0, most_evidence = 0;
  uint64_t postings = 0;
  bool plain = false, rest = false;
  std::vector<const LikeToken*> likes;  // that a name which reaches the bound may hold
};

// Sums as they go into the log odds.
struct Sums {
  double evidence = 0, left = 0, right = 0;
  size_t plain = 0;
};

class Collector {
 public:
  Collector(const IndexView& index, const ExpandedName& name, const LikeTable& likes, double bound,
            const Profile& profile, Scratch& scratch)
      : index_(index),
        name_(name),
        likes_(likes),
        bound_(bound - kSlack),
        profile_(profile),
        scratch_(scratch),
        claims_stored_(index.profile == Hash64(profile.id)) {
    sides_.reserve(name.words.size());
    for (const Word& word : name.words) {
      Side side;
      side.worth = word.worth;
      side.claim = LeastClaim(word.view.flags, word.claim, profile);
      side.plain = CountsAsPlain(word);
      total_claim_ += side.claim;
      total_worth_ += side.worth;
      initials_ += word.Is(names::kInitial);
      if (word.Is(names::kLegal)) legal_ |= LegalBit(word.view.text);
      sides_.push_back(std::move(side));
    }
    initial_evidence_ = profile.initial * static_cast<double>(initials_);
  }

  void Run(std::vector<uint32_t>& forms) {
    if (scratch_.masks.size() < index_.forms.size()) scratch_.masks.resize(index_.forms.size());
    scratch_.verdicts.resize(2 * kHeld);
    for (size_t i = 0; i < sides_.size(); ++i) ChooseLikes(i);
    ChooseRest();
    for (size_t i = 0; i < sides_.size(); ++i) MarkHolders(i);
    for (size_t i = 0; i < sides_.size(); ++i) MarkThoseThatPart(i);
    MarkThoseThatJoin();
    for (size_t i = 0; i < sides_.size(); ++i) SettleRest(i);
    any_rest_ =
        std::any_of(sides_.begin(), sides_.end(), [](const Side& side) { return side.rest; });
    KeepByMask();
    KeepByForm(forms);
    Clear();
  }

 private:
  // The log odds of these sums at the most.
  double Bound(const Sums& sums, bool company) const {
    const double most = LogOdds(sums.evidence, sums.left, sums.right, company, profile_);
    return sums.plain <= 1 && std::max(sums.left, sums.right) > kSingleLeft
               ? most - profile_.single_word
               : most;
  }
  bool MayReach(const Sums& sums) const {
    return Bound(sums, false) >= bound_ || Bound(sums, true) >= bound_;
  }

  // Whether a name in which this pair stands can reach the bound when all other words fit.
  bool PairMayReach(const Side& side, const LikeToken& like, double evidence) const {
    const double open = 1 - static_cast<double>(like.share);
    Sums sums;
    sums.evidence = total_worth_ - side.worth + evidence;
    sums.left = std::max(0.0, side.claim * open - kSlack);
    sums.right = std::max(0.0, static_cast<double>(like.least_claim) * open - kSlack);
    sums.plain = 2;
    return MayReach(sums);
  }

  void ChooseLikes(size_t i) {
    Side& side = sides_[i];
    if (side.worth <= 0) return;
    side.likes.reserve(name_.expansions[i]->like.size());
    // The pair that was worth least of those that may reach the bound: what is no less alike and
    // worth no less, and claims no more, may too.
    const LikeToken* least = nullptr;
    for (const LikeToken& like : name_.expansions[i]->like) {
      const double share = static_cast<double>(like.share);
      const double evidence = std::min<double>(side.worth, like.worth) * share;
      const bool as_good = least != nullptr && like.share >= least->share &&
                           like.worth >= least->worth && like.least_claim <= least->least_claim;
      if (!as_good) {
        if (!PairMayReach(side, like, evidence)) continue;
        least = &like;
      }
      side.likes.push_back(&like);
      side.most_share = std::max(side.most_share, share);
      side.most_evidence = std::max(side.most_evidence, evidence);
      side.postings += like.posting_count;
    }
  }

  // Those of the words with the most postings that cannot carry a name to the bound together.
  void ChooseRest() {
    std::vector<size_t> order(sides_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return std::pair(sides_[b].postings, a) < std::pair(sides_[a].postings, b);
    });
    Sums sums;
    sums.evidence = initial_evidence_;
    sums.left = total_claim_ - initial_evidence_;
    for (const size_t i : order) {
      Side& side = sides_[i];
      Sums with = sums;
      with.evidence += side.most_evidence;
      with.left -= side.claim * side.most_share;
      with.plain += side.plain;
      Sums clamped = with;
      clamped.left = std::max(0.0, with.left);
      if (MayReach(clamped)) continue;
      side.rest = true;
      sums = with;
    }
  }

  // A form with initials may owe its other words to them: so those are read for every word.
  void MarkHolders(size_t i) {
    const Side& side = sides_[i];
    const uint16_t bit = BitOf(i);
    for (size_t k = 0; k < side.likes.size(); ++k) {
      constexpr size_t kAhead = 4;
      if (k + kAhead < side.likes.size())
        __builtin_prefetch(&index_.postings[side.likes[k + kAhead]->postings]);
      const LikeToken& like = *side.likes[k];
      const auto postings = index_.postings.subspan(like.postings, like.posting_count);
      for (const uint32_t form : postings.first(like.initial_postings))
        scratch_.Mark(form, bit | kInitials);
      if (side.rest) continue;
      for (const uint32_t form : postings.subspan(like.initial_postings)) scratch_.Mark(form, bit);
    }
  }

  // Looks whether the forms found hold a word that brought none, where that is no longer than to
  // look at the forms themselves.
  void SettleRest(size_t i) {
    Side& side = sides_[i];
    constexpr size_t kOften = 6;
    if (!side.rest || side.postings > kOften * scratch_.touched.size()) return;
    side.rest = false;
    const uint16_t bit = BitOf(i);
    for (const LikeToken* like : side.likes) {
      for (const uint32_t form : index_.postings.subspan(like->postings, like->posting_count)) {
        if (scratch_.masks[form] != 0) scratch_.masks[form] |= bit;
      }
    }
  }

  // Forms in which two words are word i of the query.
  void MarkThoseThatPart(size_t i) {
    if (sides_[i].worth <= 0) return;
    for (const uint32_t form : name_.expansions[i]->parted) MarkJoin(form, i, false);
  }

  void MarkJoin(uint32_t form, size_t i, bool as_one) {
    const unsigned initials = index_.forms[form].initials > 0 ? kInitials : 0U;
    const unsigned bits = BitOf(i) | kJoins | initials | (as_one ? BitOf(i + 1) : 0U);
    scratch_.Mark(form, static_cast<uint16_t>(bits));
    scratch_.joins.emplace_back(form, i, as_one);
  }

  // Forms with a word that is two neighbouring words of the query written as one.
  void MarkThoseThatJoin() {
    std::vector<Sought>& all = scratch_.sought;
    all.clear();
    for (uint32_t i = 0; i + 1 < sides_.size(); ++i) {
      JoinHashes(name_.words[i].view, name_.words[i + 1].view, false, scratch_.join_hashes);
      for (const JoinHash& join : scratch_.join_hashes) all.push_back({i, join});
    }
    for (const Sought& sought : all) index_.token_hashes.PrefetchBucket(sought.join.hash);
    for (const Sought& sought : all) index_.token_hashes.PrefetchEntries(sought.join.hash);
    for (const Sought& sought : all) {
      const Signature own(sought.join.signature);
      const Word &word = name_.words[sought.word], &next = name_.words[sought.word + 1];
      for (const HashEntry& entry : index_.token_hashes.With(sought.join.hash)) {
        if (!own.MayBeJoined(Signature(entry.tag), sought.join.across)) continue;
        if (names::CompareJoined(word.view, next.view, index_.ViewOf(entry.target)).value <= 0)
          continue;
        for (const uint32_t form : index_.PostingsOf(entry.target))
          MarkJoin(form, sought.word, true);
      }
    }
  }

  // Whether a form found by these words can reach the bound when it holds all others too that
  // brought no candidates, and its initials stand for the rest.
  bool MaskMayReach(uint16_t mask, bool with_rest) const {
    const bool joins = (mask & kJoins) != 0, initials = (mask & kInitials) != 0;
    Sums sums;
    sums.evidence = initial_evidence_;
    sums.left = total_claim_ - initial_evidence_;
    for (size_t i = 0; i < sides_.size(); ++i) {
      const Side& side = sides_[i];
      const bool found = (with_rest && side.rest) || (mask & BitOf(i)) != 0;
      double share = 0, evidence = 0;
      if (found) {
        share = joins ? 1 : side.most_share;
        evidence = joins ? side.worth : side.most_evidence;
        sums.plain += side.plain;
      }
      if (initials) {
        share = std::max(share, kInitialSettles);
        evidence = std::max(evidence, std::min(side.worth, profile_.initial));
      }
      sums.evidence += evidence;
      sums.left -= side.claim * share;
    }
    sums.left = std::max(0.0, sums.left);
    return MayReach(sums);
  }

  void KeepByMask() {
    size_t kept = 0;
    for (const uint32_t form : scratch_.touched) {
      if (VerdictOf(scratch_.masks[form]) == kMayReach)
        scratch_.touched[kept++] = form;
      else
        scratch_.masks[form] = 0;
    }
    scratch_.touched.resize(kept);
  }

  uint8_t VerdictOf(uint16_t mask) {
    if (scratch_.verdicts[mask] == 0) Judge(mask, true, mask);
    return scratch_.verdicts[mask];
  }
  void Judge(uint16_t mask, bool with_rest, uint32_t place) {
    scratch_.verdicts[place] = MaskMayReach(mask, with_rest) ? kMayReach : kOut;
    scratch_.judged.push_back(place);
  }

  void KeepByForm(std::vector<uint32_t>& forms) {
    const std::vector<uint32_t>& touched = scratch_.touched;
    for (size_t k = 0; k < touched.size(); ++k) {
      constexpr size_t kFar = 8, kNear = 4;
      if (k + kFar < touched.size()) __builtin_prefetch(&index_.forms[touched[k + kFar]]);
      if (k + kNear < touched.size())
        __builtin_prefetch(&index_.words[index_.forms[touched[k + kNear]].words]);
      if (FormMayReach(touched[k])) forms.push_back(touched[k]);
    }
    std::sort(forms.begin(), forms.end());
  }

  // Likewise by all words that the form holds.
  bool WordsMayReach(const FormEntry& form, uint16_t mask) {
    if (!any_rest_ || (mask & (kInitials | kJoins)) != 0) return true;
    uint16_t words = 0;
    for (const uint32_t token : index_.WordsOf(form))
      likes_.ForEach(token, [&](uint32_t i, const LikeToken&) { words |= BitOf(i); });
    if (scratch_.verdicts[words | kHeld] == 0) Judge(words, false, words | kHeld);
    return scratch_.verdicts[words | kHeld] == kMayReach;
  }

  bool FormMayReach(uint32_t id) {
    const FormEntry& form = index_.forms[id];
    const uint16_t mask = scratch_.masks[id];
    if (!WordsMayReach(form, mask)) return false;
    const auto kinds = static_cast<uint8_t>(form.kinds & name_.kinds);
    if (kinds == 0) return false;
    FormEntry own_claims = form;
    if (!claims_stored_) SumClaims(index_.WordsOf(form), index_.tokens, profile_, own_claims);
    const Sums sums = SumsOf(own_claims, JoinsOf(id, mask));
    double bound = bound_;
    if (legal_ != 0 && form.legal != 0 && (legal_ & form.legal) == 0)
      bound += profile_.legal_form_differs;
    if ((kinds & ~name_.other_kinds) == 0) bound += profile_.kind_differs;
    constexpr uint8_t kCompany = 1U << static_cast<unsigned>(PartyKind::kOrganization);
    return ((kinds & kCompany) != 0 && Bound(sums, true) >= bound) ||
           ((kinds & ~kCompany) != 0 && Bound(sums, false) >= bound);
  }

  Sums SumsOf(const FormEntry& form, std::span<const JoinFound> joins) {
    std::vector<float>&shares = scratch_.shares, &evidence = scratch_.evidence;
    shares.assign(sides_.size(), 0);
    evidence.assign(sides_.size(), 0);
    double settled = 0, listed_evidence = 0;  // of the words of the form
    for (const uint32_t token : index_.WordsOf(form)) {
      float share = 0, worth = 0, claim = 0;
      likes_.ForEach(token, [&](uint32_t i, const LikeToken& like) {
        const float pair = std::min(name_.words[i].worth, like.worth) * like.share;
        shares[i] = std::max(shares[i], like.share);
        evidence[i] = std::max(evidence[i], pair);
        share = std::max(share, like.share);
        worth = std::max(worth, pair);
        claim = like.least_claim;
      });
      settled += static_cast<double>(claim * share);
      listed_evidence += static_cast<double>(worth);
    }
    CountJoins(form, joins, settled, listed_evidence);
    Sums sums;
    for (size_t i = 0; i < sides_.size(); ++i) sums.plain += sides_[i].plain && shares[i] > 0;
    CountInitials(form, settled, listed_evidence);
    for (size_t i = 0; i < sides_.size(); ++i) {
      sums.evidence += static_cast<double>(evidence[i]);
      sums.left += sides_[i].claim * (1 - static_cast<double>(shares[i]));
    }
    sums.evidence = std::min(sums.evidence, listed_evidence);
    sums.right = std::max(0.0, static_cast<double>(form.claims) - settled);
    return sums;
  }

  // An initial of the form stands for every word that begins with it, one of the query for any
  // word.
  void CountInitials(const FormEntry& form, double& settled, double& listed_evidence) {
    if (form.initials > 0) {
      for (size_t i = 0; i < sides_.size(); ++i) {
        const std::string_view text = name_.words[i].view.text;
        if (text.empty() || (form.initial_letters & LetterBit(text[0])) == 0) continue;
        Raise(i, kInitialSettles, std::min(sides_[i].worth, profile_.initial));
      }
    }
    for (size_t i = 0; i < sides_.size() && initials_ > 0; ++i) {
      if (name_.words[i].Is(names::kInitial)) Raise(i, 1, sides_[i].worth);
    }
    const double listed = profile_.initial * static_cast<double>(form.initials);
    settled += listed + static_cast<double>(form.greatest_claim) * static_cast<double>(initials_);
    listed_evidence += listed + initial_evidence_;
  }

  std::span<const JoinFound> JoinsOf(uint32_t form, uint16_t mask) {
    if ((mask & kJoins) == 0) return {};
    std::vector<JoinFound>& joins = scratch_.joins;
    if (!joins_sorted_) {
      std::erase_if(joins, [&](const JoinFound& join) { return scratch_.masks[join.form()] == 0; });
      std::sort(joins.begin(), joins.end());
      joins.erase(std::unique(joins.begin(), joins.end()), joins.end());
      joins_sorted_ = true;
    }
    const auto [from, to] = std::equal_range(
        joins.begin(), joins.end(), JoinFound{form, 0, false},
        [](const JoinFound& a, const JoinFound& b) { return a.form() < b.form(); });
    return {from, to};
  }

  void CountJoins(const FormEntry& form, std::span<const JoinFound> joins, double& settled,
                  double& listed_evidence) {
    for (const JoinFound& join : joins) {
      const size_t words = join.as_one() ? 2 : 1;
      for (size_t i = join.word(); i < join.word() + words; ++i) {
        Raise(i, 1, sides_[i].worth);
        listed_evidence += sides_[i].worth;
      }
      settled += static_cast<double>(form.greatest_claim) * static_cast<double>(3 - words);
    }
  }

  void Raise(size_t i, double share, double evidence) {
    scratch_.shares[i] = std::max(scratch_.shares[i], static_cast<float>(share));
    scratch_.evidence[i] = std::max(scratch_.evidence[i], static_cast<float>(evidence));
  }

  void Clear() {
    for (const uint32_t form : scratch_.touched) scratch_.masks[form] = 0;
    for (const uint32_t mask : scratch_.judged) scratch_.verdicts[mask] = 0;
    scratch_.touched.clear();
    scratch_.judged.clear();
    scratch_.joins.clear();
  }

  const IndexView& index_;
  const ExpandedName& name_;
  const LikeTable& likes_;
  double bound_;
  const Profile& profile_;
  Scratch& scratch_;
  bool claims_stored_, any_rest_ = false, joins_sorted_ = false;
  std::vector<Side> sides_;
  double total_claim_ = 0, total_worth_ = 0, initial_evidence_ = 0;
  size_t initials_ = 0;
  uint32_t legal_ = 0;
};

}  // namespace

void LikeTable::Fill(const ExpandedName& name) {
  size_t count = 0;
  for (const Expansion* expansion : name.expansions) count += expansion->like.size();
  const auto bits = static_cast<uint32_t>(std::bit_width(2 * count + 2));
  shift_ = 32 - bits;
  mask_ = (size_t{1} << bits) - 1;
  slots_.assign(mask_ + 1, {});
  for (uint32_t i = 0; i < name.expansions.size(); ++i) {
    for (const LikeToken& like : name.expansions[i]->like) {
      size_t slot = Slot(like.token);
      while (slots_[slot].token != kNone) slot = (slot + 1) & mask_;
      slots_[slot] = {like.token, i, &like};
    }
  }
}

void CandidateForms(const IndexView& index, const ExpandedName& name, const LikeTable& likes,
                    double bound, const Profile& profile, std::vector<uint32_t>& forms) {
  thread_local Scratch scratch;
  Collector(index, name, likes, bound, profile, scratch).Run(forms);
}

}  // namespace tidewaiter::match
