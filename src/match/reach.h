// Whether a listed form can reach a bound beside one name of a query, from the words of the name
// that it holds and the class it stands in. Never says no of a form whose exact log odds reach the
// bound.
#ifndef TIDEWAITER_MATCH_REACH_H_
#define TIDEWAITER_MATCH_REACH_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "match/expansion.h"
#include "match/held_words.h"
#include "match/index_view.h"
#include "match/profile.h"
#include "match/score.h"

namespace tidewaiter::match {

// Sums as they go into the log odds.
struct Sums {
  double evidence = 0, left = 0, right = 0;
  int plain = 0;
};

// A word of the query, and the most that the listed words that are like it give it.
struct Side {
  struct Most {
    double share = 0, evidence = 0;
    double settled = 0;  // of a form's claims
    void Raise(const Most& other);
  };
  double worth = 0, claim = 0;  // the claim at the least
  bool plain = false, initial = false;
  std::array<Most, size_t{1} << HeldWords::kSorts> most;  // of likenesses of each set of sorts
  Most joined;                                            // with a neighbour in one listed word
  std::vector<const LikeToken*> likes;  // that a name which reaches the bound may hold
  uint64_t postings = 0, initial_postings = 0;
  // From which class of forms on none needs to be looked for by this word: of those without
  // initials, and of those with.
  size_t rest_from = kFormClasses, initial_rest_from = kFormClasses;

  size_t SortOf(const LikeToken& like) const;
};

// Two neighbouring words of the query that are one listed word.
struct JoinedWord {
  uint32_t token = 0, word = 0;  // the first of the two
  double evidence[2] = {};       // of each, at the most
  double claim = 0;              // of the listed word, at the least
};

// Of one name; what it is made of outlives it. `Memory` serves one name after the other, on one
// thread.
class Reach {
 public:
  struct Verdict {
    uint64_t of = 0;
    bool may_reach = false;
  };
  struct Memory {
    std::vector<Side> sides;
    std::array<Verdict, 256> verdicts;  // those that were asked for, by hash
  };

  Reach(const IndexView& index, std::span<const Word> words,
        std::span<const Expansion* const> expansions, std::span<const JoinedWord> joined,
        double bound, const Profile& profile, Memory& memory);

  std::span<const Side> sides() const { return sides_; }
  double bound() const { return bound_; }
  size_t initials() const { return initials_; }  // of the query
  double initial_evidence() const { return profile_.initial * static_cast<double>(initials_); }
  bool claims_stored() const { return claims_stored_; }

  // The log odds of these sums at the most.
  double Bound(const Sums& sums, bool company) const;
  // Whether a form of the class that holds these words, and no others of the query, can reach the
  // bound.
  bool MayReach(HeldWords held, size_t form_class) const;
  // The first form of the class.
  uint32_t FirstOf(size_t form_class) const {
    return form_class < index_.classes.size() ? index_.classes[form_class].first
                                              : static_cast<uint32_t>(index_.forms.size());
  }

 private:
  void Fill(const Word& word, Side& side);
  void ChooseLikes(Side& side, const Expansion& expansion);
  void ChooseRest(bool initials);
  bool ReachesBound(const Sums& sums) const;
  bool PairMayReach(const Side& side, const LikeToken& like, double evidence) const;
  bool Judge(HeldWords held, size_t form_class) const;
  Side::Most MostBy(HeldWords held, size_t word) const;
  Side::Most MostByParts(const Side& side) const;
  Sums NothingKnown() const;
  Sums NothingFound(bool initials) const;
  void Add(const Side& side, Side::Most most, bool found, bool initials, int sign,
           Sums& sums) const;
  Sums InClass(Sums sums, size_t form_class) const;

  const IndexView& index_;
  double bound_;
  const Profile& profile_;
  Memory& memory_;
  bool claims_stored_;
  std::span<Side> sides_;
  double total_worth_ = 0;
  size_t initials_ = 0;
};

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_REACH_H_
