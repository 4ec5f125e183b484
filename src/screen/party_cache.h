// Parties repeat from order to order; each is screened once a day-of-interest and kept here.
#ifndef TIDEWAITER_SCREEN_PARTY_CACHE_H_
#define TIDEWAITER_SCREEN_PARTY_CACHE_H_

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "base/hash.h"
#include "match/match.h"
#include "model/decision.h"

namespace tidewaiter::screen {

// Everything that the hits of a party depend on, as one string.
std::string CacheKey(const match::Query& query, Date day);

// Thread-safe. Bounded: a shard that is full starts anew.
class PartyCache {
 public:
  using Hits = std::shared_ptr<const std::vector<Hit>>;

  Hits Find(const std::string& key) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.hits.find(key);
    return found == shard.hits.end() ? nullptr : found->second;
  }
  void Put(const std::string& key, Hits hits) {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    if (shard.hits.size() >= kShardLimit) shard.hits.clear();
    shard.hits.emplace(key, std::move(hits));
  }

 private:
  static constexpr size_t kShards = 16;
  static constexpr size_t kShardLimit = 8192;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Hits> hits;
  };
  Shard& ShardOf(const std::string& key) { return shards_[Hash64(key) % kShards]; }
  std::array<Shard, kShards> shards_;
};

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_PARTY_CACHE_H_
