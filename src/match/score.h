// The comparison of two names, word by word, and the probability that follows.
//
// Words are aligned one to one so that what they share is worth most. Then
//   evidence       what the matched words are worth together, each reduced by how unlike the two
//   spellings are left, right    the claims of the words on one side that are not on the other
//   contradiction  the lesser of left and right: both sides say something that the other does not
//   omission       the greater: at least one side says something more
//   log odds = base + evidence_weight * min(evidence, cap) / cap
//            - contradiction_weight * c - omission_weight * o / (evidence + o)
// It rises with every likeness and falls with nothing that is shared: so a bound on each likeness
// gives a bound on the whole, and retrieval can leave out what cannot reach a threshold.
//
// This is the one place where names are scored; fast search, the exhaustive reference and the pair
// scorer differ only in how they come by the names and the likenesses.
#ifndef TIDEWAITER_MATCH_SCORE_H_
#define TIDEWAITER_MATCH_SCORE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "match/profile.h"
#include "names/similarity.h"

namespace tidewaiter::match {

struct Word {
  names::WordView view;
  float worth = 0;  // as evidence, in nats: a rare word is worth more
  float claim = 0;  // what it costs when the other side does not have it: depends less on rarity
  bool Is(names::TokenFlag flag) const { return (view.flags & flag) != 0; }
};

// likeness[i * columns + j]: of word i of the left name and word j of the right one.
using Likenesses = std::vector<names::Similarity>;

struct WordPair {
  uint8_t left, right;
  uint8_t left_count = 1,
          right_count = 1;  // 2: two neighbouring words that the other side writes as one
  names::Similarity likeness;
};

struct NameScore {
  double evidence = 0, left = 0, right = 0;
  bool legal_differs = false;  // both have a legal form, and not of one class
  bool reordered = false;      // words of a person stand in another order, the family name apart
  bool single = false;         // one word matches and one side has more to say
  double log_odds = -100;
  std::vector<WordPair> pairs;  // filled by CompareNames
};

// `likeness` as computed by CompareWords for each pair of words.
NameScore CompareNames(std::span<const Word> left, std::span<const Word> right,
                       const Likenesses& likeness, bool company, const Profile& profile);

// The log odds of these sums; falls in left and right, rises in evidence. What one side leaves out
// counts more between companies: "Santander" is not "Santander Mexico".
double LogOdds(double evidence, double left, double right, bool company, const Profile& profile);

// The rule of single words: of names with more to say than this, one pair of plain words is little.
inline constexpr double kSingleLeft = 2.5;
inline bool CountsAsPlain(const Word& query_word) {
  return query_word.claim > 2 && !query_word.Is(names::kNumber);
}

// An initial leaves a little of the word open that it stands for.
inline constexpr double kInitialSettles = 0.85;

// How much of a word's worth counts when the spellings are this alike.
double Share(double likeness, const Profile& profile);

// What an acronym of so many letters takes from the log odds: the shorter, the likelier by chance.
double AcronymPenalty(size_t letters, const Profile& profile);

// Two parties of several names each whose best names agree, but whose main names say something
// else: a branch and another branch of one foundation. What that takes from the log odds.
double MainNamesPenalty(double best, double main_names, const Profile& profile);

double Probability(double log_odds);
double LogOddsOf(double probability);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_SCORE_H_
