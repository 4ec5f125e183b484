// `tidewaiter eval pairs`: scores the pairs of a file without any list. CSV with the columns
// schema, name1, name2 (others are kept), or JSONL with `left` and `right` objects (names, type,
// dob, ids, nationality). Every row comes out in its place with `score` added.
#ifndef TIDEWAITER_CLI_EVAL_PAIRS_H_
#define TIDEWAITER_CLI_EVAL_PAIRS_H_

#include <string>
#include <string_view>

#include "base/result.h"
#include "match/match.h"

namespace tidewaiter::cli {

Result<std::string> ScorePairs(std::string_view bytes, const std::string& file,
                               const match::PairScorer& scorer, unsigned threads);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_EVAL_PAIRS_H_
