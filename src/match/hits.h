// Scored records -> hits: one a listed party, in order, each with its reasons in words and, when
// asked for, token by token.
#ifndef TIDEWAITER_MATCH_HITS_H_
#define TIDEWAITER_MATCH_HITS_H_

#include <vector>

#include "match/index_view.h"
#include "match/match.h"
#include "match/query.h"

namespace tidewaiter::match {

// One hit, explained.
Hit MakeHit(const watchlist::Watchlist& watchlist, const IndexView& index, const Profile& profile,
            const PreparedQuery& query, const RecordScore& score, uint32_t record,
            const Options& options);

// `scores`: records that are asked for and reach the threshold, in any order.
std::vector<Hit> MakeHits(const watchlist::Watchlist& watchlist, const IndexView& index,
                          const Profile& profile, const PreparedQuery& query,
                          std::vector<RecordScore> scores, const Options& options);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_HITS_H_
