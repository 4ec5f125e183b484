// Hits of a watchlist that is searched in two parts, as one search would have given them.
#ifndef TIDEWAITER_MATCH_MERGE_HITS_H_
#define TIDEWAITER_MATCH_MERGE_HITS_H_

#include <span>
#include <vector>

#include "match/hits.h"
#include "match/index_view.h"
#include "match/match.h"
#include "match/query.h"

namespace tidewaiter::match {

struct HitPart {
  const IndexView* index;
  const PreparedQuery* query;
  uint32_t first;  // number of its first record in the watchlist
};

// Which records are of one party, in both parts.
class PartiesOfParts {
 public:
  PartiesOfParts(const watchlist::Watchlist& watchlist, const IndexView& base,
                 const IndexView& changes);
  uint32_t Of(uint32_t record) const { return parties_[record]; }
  // The place of a record among all, as if it had been written in one go: by the list that it was
  // read from, then by when it came.
  uint64_t Order(uint32_t record) const { return (uint64_t{regions_[record]} << 32) | record; }

 private:
  std::vector<uint32_t> parties_;
  std::vector<uint8_t> regions_;
};

// `old` and `fresh`: scores of the two parts; records numbered as in the watchlist, names as in
// their part.
std::vector<Hit> MergeHits(const watchlist::Watchlist& watchlist, const PartiesOfParts& parties,
                           const Profile& profile, std::span<const HitPart, 2> parts,
                           std::vector<RecordScore> old, std::vector<RecordScore> fresh,
                           const Options& options);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_MERGE_HITS_H_
