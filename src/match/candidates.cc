// Words whose postings are long bring no candidates as long as they could not carry a form to the
// bound by themselves: "company", "muhammad". Which words those are hangs on what a form claims:
// one that claims more has to hold more of the query's words, so postings, which are in the order
// of claims, are read up to a limit. Beside each posting stand the codes of the form's other words,
// which say what else of the query it holds: most forms are decided by that, unseen. Those that are
// left are bounded by all their words: each likeness counts as if it found its place, so the bound
// never lies below the exact score.
#include "match/candidates.h"

#include <algorithm>
#include <bit>

#include "match/held_words.h"
#include "match/neighbours.h"
#include "match/reach.h"
#include "match/words.h"

namespace tidewaiter::match {
namespace {

// A hash of a word of the query and the next one, written together.
struct Sought {
  uint32_t word;
  JoinHash join;
};

// The forms in which two words are one of the query, asked for in ascending order.
class PartedForms {
 public:
  explicit PartedForms(std::span<const PartedForm> all) : all_(all) {}
  bool Hold(uint32_t form) {
    while (at_ < all_.size() && all_[at_].posting.form < form) ++at_;
    return at_ < all_.size() && all_[at_].posting.form == form;
  }

 private:
  std::span<const PartedForm> all_;
  size_t at_ = 0;
};

// Reused from query to query.
struct Scratch {
  HeldByCode held;
  Reach::Memory reach;
  std::vector<float> shares, evidence;
  std::vector<JoinHash> join_hashes;
  std::vector<Sought> sought;
  std::vector<JoinedWord> joined;
  std::vector<PartedForms> parted;  // of each word
};

// The classes of forms that come in ascending order.
class Classes {
 public:
  explicit Classes(const Reach& reach) : reach_(reach) {}
  size_t Of(uint32_t form) {
    while (form >= behind_) behind_ = reach_.FirstOf(++class_ + 1);
    return class_;
  }

 private:
  const Reach& reach_;
  size_t class_ = 0;
  uint32_t behind_ = reach_.FirstOf(1);  // the first form behind the class
};

class Collector {
 public:
  Collector(const IndexView& index, const ExpandedName& name, const LikeTable& likes, double bound,
            const Profile& profile, Scratch& scratch, std::vector<uint32_t>& forms)
      : index_(index),
        name_(name),
        likes_(likes),
        profile_(profile),
        scratch_(scratch),
        reach_(index, name.words, name.expansions, FindJoined(), bound, profile, scratch.reach),
        forms_(forms) {
    for (const Word& word : name.words) {
      if (word.Is(names::kLegal)) legal_ |= LegalBit(word.view.text);
    }
  }

  void Run() {
    FillHeld();
    for (const Side& side : reach_.sides()) ReadPostings(side);
    for (const JoinedWord& joined : scratch_.joined) {
      const TokenEntry& token = index_.tokens[joined.token];
      const auto all = static_cast<uint32_t>(index_.forms.size());
      Read(token.postings, token.initial_postings, token.posting_count, all, all);
    }
    for (size_t i = 0; i < sides().size(); ++i) ReadParted(i);
    KeepThoseThatReach();
    scratch_.held.Clear();
  }

 private:
  std::span<const Side> sides() const { return reach_.sides(); }

  // Listed words that are two neighbouring words of the query written as one.
  const std::vector<JoinedWord>& FindJoined() {
    scratch_.joined.clear();
    std::vector<Sought>& all = scratch_.sought;
    all.clear();
    for (uint32_t i = 0; i + 1 < name_.words.size(); ++i) {
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
        if (names::CompareJoined(word.view, next.view, index_.ViewOf(entry.target)).value > 0)
          AddJoined(entry.target, sought.word);
      }
    }
    return scratch_.joined;
  }

  // The two are worth no more than the word that they are.
  void AddJoined(uint32_t token, uint32_t word) {
    for (const JoinedWord& known : scratch_.joined) {
      if (known.token == token && known.word == word) return;
    }
    const TokenEntry& entry = index_.tokens[token];
    const Weights weights = WeightsOf(entry.flags, entry.rarity, profile_);
    const double worth = weights.worth;
    JoinedWord& joined = scratch_.joined.emplace_back();
    joined.token = token;
    joined.word = word;
    joined.evidence[0] = std::min<double>(name_.words[word].worth, worth);
    joined.evidence[1] = std::min<double>(name_.words[word + 1].worth, worth - joined.evidence[0]);
    joined.claim = LeastClaim(entry.flags, weights.claim, profile_);
  }

  void FillHeld() {
    for (size_t i = 0; i < sides().size(); ++i) {
      for (const LikeToken* like : sides()[i].likes)
        scratch_.held.Add(CodeOf(like->token), HeldWords::Like(i, sides()[i].SortOf(*like)));
    }
    for (const JoinedWord& joined : scratch_.joined) {
      scratch_.held.Add(CodeOf(joined.token),
                        HeldWords::Joined(joined.word) | HeldWords::Joined(joined.word + 1));
    }
  }

  void ReadPostings(const Side& side) {
    const uint32_t initial_limit = reach_.FirstOf(side.initial_rest_from),
                   limit = reach_.FirstOf(side.rest_from);
    for (size_t k = 0; k < side.likes.size(); ++k) {
      constexpr size_t kAhead = 8;
      if (k + kAhead < side.likes.size())
        __builtin_prefetch(&index_.postings[side.likes[k + kAhead]->postings]);
      const LikeToken& like = *side.likes[k];
      Read(like.postings, like.initial_postings, like.posting_count, initial_limit, limit);
    }
  }

  // The postings of one word, up to these forms: those with initials, and the others.
  void Read(uint32_t from, uint32_t initials, uint32_t count, uint32_t initial_limit,
            uint32_t limit) {
    const auto postings = index_.postings.subspan(from, count);
    ReadUpTo(initial_limit, postings.first(initials), HeldWords::Initials());
    ReadUpTo(limit, postings.subspan(initials), HeldWords());
  }

  void ReadUpTo(uint32_t limit, std::span<const Posting> postings, HeldWords all) {
    if (postings.empty() || postings[0].form >= limit) return;
    Classes classes(reach_);
    for (const Posting& posting : postings) {
      if (posting.form >= limit) return;
      if (!IsWhole(posting) || reach_.MayReach(all | HeldBeside(posting), classes.Of(posting.form)))
        forms_.push_back(posting.form);
    }
  }

  // Whether all words of the form stand beside it. A form of more is judged when it is looked at:
  // together with all others, where what comes next can be brought near.
  static bool IsWhole(const Posting& posting) { return posting.words[0] != kManyWords; }
  HeldWords HeldBeside(const Posting& posting) const {
    HeldWords held;
    for (const uint16_t code : posting.words) {
      if (code == kNoCode) break;
      held |= scratch_.held.Of(code);
    }
    return held;
  }

  HeldWords HeldBy(uint32_t id, const FormEntry& form) const {
    HeldWords held = HeldParted(id);
    if (form.initials > 0) held |= HeldWords::Initials();
    for (const uint32_t token : index_.WordsOf(form)) held |= scratch_.held.Of(CodeOf(token));
    return held;
  }

  // The forms in which two words are this one; none of a word that is worth nothing.
  std::span<const PartedForm> PartedOf(size_t word) const {
    if (sides()[word].worth <= 0) return {};
    return name_.expansions[word]->parted;
  }
  void StartParted() {
    scratch_.parted.clear();
    for (size_t i = 0; i < sides().size(); ++i) scratch_.parted.emplace_back(PartedOf(i));
  }
  HeldWords HeldParted(uint32_t form) const {
    HeldWords held;
    for (size_t i = 0; i < sides().size(); ++i) {
      if (scratch_.parted[i].Hold(form)) held |= HeldWords::Parted(i);
    }
    return held;
  }

  void ReadParted(size_t word) {
    StartParted();
    Classes classes(reach_);
    for (const PartedForm& parted : PartedOf(word)) {
      const Posting& posting = parted.posting;
      const HeldWords initials = parted.initials ? HeldWords::Initials() : HeldWords();
      if (!IsWhole(posting) ||
          reach_.MayReach(HeldBeside(posting) | HeldParted(posting.form) | initials,
                          classes.Of(posting.form)))
        forms_.push_back(posting.form);
    }
  }

  // Forms lie anywhere in memory: while one is looked at, those that come later are brought near,
  // first the form, then its words.
  void KeepThoseThatReach() {
    std::sort(forms_.begin(), forms_.end());
    forms_.erase(std::unique(forms_.begin(), forms_.end()), forms_.end());
    constexpr size_t kForms = 32, kWords = 16;
    const size_t count = forms_.size();
    StartParted();
    Classes classes(reach_);
    size_t kept = 0;
    for (size_t k = 0; k < count + kForms; ++k) {
      if (k < count) __builtin_prefetch(&index_.forms[forms_[k]]);
      if (k >= kWords && k - kWords < count)
        __builtin_prefetch(&index_.words[index_.forms[forms_[k - kWords]].words]);
      if (k < kForms) continue;
      const uint32_t form = forms_[k - kForms];
      if (FormMayReach(form, classes)) forms_[kept++] = form;
    }
    forms_.resize(kept);
  }

  bool FormMayReach(uint32_t id, Classes& classes) {
    const FormEntry& form = index_.forms[id];
    const auto kinds = static_cast<uint8_t>(form.kinds & name_.kinds);
    if (kinds == 0) return false;
    if (form.word_count > kCodesBesidePosting && !reach_.MayReach(HeldBy(id, form), classes.Of(id)))
      return false;
    FormEntry own_claims = form;
    if (!reach_.claims_stored())
      SumClaims(index_.WordsOf(form), index_.tokens, profile_, own_claims);
    const Sums sums = SumsOf(id, own_claims);
    double bound = reach_.bound();
    if (legal_ != 0 && form.legal != 0 && (legal_ & form.legal) == 0)
      bound += profile_.legal_form_differs;
    if ((kinds & ~name_.other_kinds) == 0) bound += profile_.kind_differs;
    constexpr uint8_t kCompany = 1U << static_cast<unsigned>(PartyKind::kOrganization);
    return ((kinds & kCompany) != 0 && reach_.Bound(sums, true) >= bound) ||
           ((kinds & ~kCompany) != 0 && reach_.Bound(sums, false) >= bound);
  }

  Sums SumsOf(uint32_t id, const FormEntry& form) {
    std::vector<float>&shares = scratch_.shares, &evidence = scratch_.evidence;
    shares.assign(sides().size(), 0);
    evidence.assign(sides().size(), 0);
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
    CountJoins(id, form, settled, listed_evidence);
    Sums sums;
    for (size_t i = 0; i < sides().size(); ++i) sums.plain += sides()[i].plain && shares[i] > 0;
    CountInitials(form, settled, listed_evidence);
    for (size_t i = 0; i < sides().size(); ++i) {
      sums.evidence += static_cast<double>(evidence[i]);
      sums.left += sides()[i].claim * (1 - static_cast<double>(shares[i]));
    }
    sums.evidence = std::min(sums.evidence, listed_evidence);
    sums.right = std::max(0.0, static_cast<double>(form.claims) - settled);
    return sums;
  }

  // An initial of the form stands for every word that begins with it, one of the query for any
  // word.
  void CountInitials(const FormEntry& form, double& settled, double& listed_evidence) {
    if (form.initials > 0) {
      for (size_t i = 0; i < sides().size(); ++i) {
        const std::string_view text = name_.words[i].view.text;
        if (text.empty() || (form.initial_letters & LetterBit(text[0])) == 0) continue;
        Raise(i, kInitialSettles, std::min(sides()[i].worth, profile_.initial));
      }
    }
    for (size_t i = 0; i < sides().size() && reach_.initials() > 0; ++i) {
      if (sides()[i].initial) Raise(i, 1, sides()[i].worth);
    }
    const double listed = profile_.initial * static_cast<double>(form.initials);
    const auto sought = static_cast<double>(reach_.initials());
    settled += listed + static_cast<double>(form.greatest_claim) * sought;
    listed_evidence += listed + reach_.initial_evidence();
  }

  void CountJoins(uint32_t id, const FormEntry& form, double& settled, double& listed_evidence) {
    const auto count = [&](size_t i, double worth) {
      Raise(i, 1, worth);
      listed_evidence += worth;
    };
    for (size_t i = 0; i < sides().size(); ++i) {
      if (!scratch_.parted[i].Hold(id)) continue;
      count(i, sides()[i].worth);
      settled += static_cast<double>(form.greatest_claim) * 2;
    }
    for (const uint32_t token : index_.WordsOf(form)) {
      if (!scratch_.held.Of(CodeOf(token)).any_joined()) continue;
      for (const JoinedWord& joined : scratch_.joined) {
        if (joined.token != token) continue;
        for (size_t k = 0; k < 2; ++k) count(joined.word + k, joined.evidence[k]);
        settled += joined.claim;
      }
    }
  }

  void Raise(size_t i, double share, double evidence) {
    scratch_.shares[i] = std::max(scratch_.shares[i], static_cast<float>(share));
    scratch_.evidence[i] = std::max(scratch_.evidence[i], static_cast<float>(evidence));
  }

  const IndexView& index_;
  const ExpandedName& name_;
  const LikeTable& likes_;
  const Profile& profile_;
  Scratch& scratch_;
  const Reach reach_;
  std::vector<uint32_t>& forms_;
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
  forms.clear();
  Collector(index, name, likes, bound, profile, scratch, forms).Run();
}

}  // namespace tidewaiter::match
