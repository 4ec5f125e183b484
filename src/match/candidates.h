// The listed names that can reach a bound for one name of a query. Lossless: every name whose log
// odds reach the bound is among them (others may be too; they are compared exactly afterwards).
#ifndef TIDEWAITER_MATCH_CANDIDATES_H_
#define TIDEWAITER_MATCH_CANDIDATES_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "match/expansion.h"
#include "match/index_view.h"
#include "match/profile.h"
#include "match/score.h"

namespace tidewaiter::match {

// One name of a query and what its words are like.
struct ExpandedName {
  std::span<const Word> words;
  std::vector<std::shared_ptr<const Expansion>> expansions;  // one a word
};

// Ascending. `bound`: log odds of the names alone.
std::vector<uint32_t> CandidateNames(const IndexView& index, const ExpandedName& name, double bound,
                                     const Profile& profile);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_CANDIDATES_H_
