// The words of the vocabulary that are like a query's word. Remembered from query to query: names
// repeat words.
#ifndef TIDEWAITER_MATCH_EXPANSION_H_
#define TIDEWAITER_MATCH_EXPANSION_H_

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "match/index_view.h"
#include "names/similarity.h"

namespace tidewaiter::match {

// With what is asked of the token for every name, so that its entry need not be fetched again.
struct LikeToken {
  uint32_t token;
  float share;  // Share(likeness), see score.h
  names::Similarity likeness;
  float worth, claim, least_claim;
  uint32_t postings, posting_count, initial_postings;
};

// In order of token; likeness above 0 only.
struct Expansion {
  std::vector<LikeToken> like;
  std::vector<uint32_t> parted;  // forms in which two neighbouring words are the word
};

// All of them, found by the hashes that similar words share.
Expansion Expand(const IndexView& index, const names::WordView& word, const Profile& profile);

// Expansions by word, for any number of threads. Bounded: a shard that is full begins anew.
class ExpansionCache {
 public:
  // `identity` tells words apart that Expand would treat differently.
  std::shared_ptr<const Expansion> Get(const IndexView& index, const names::WordView& word,
                                       const std::string& identity, const Profile& profile);

 private:
  static constexpr size_t kShards = 16, kMostInShard = 4096;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::shared_ptr<const Expansion>> known;
  };
  std::array<Shard, kShards> shards_;
};

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_EXPANSION_H_
