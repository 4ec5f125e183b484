// What was worked out once and may be asked for again. Any number of threads; bounded: a shard that
// is full starts anew, so an answer may have to be worked out again, never kept for ever.
#ifndef TIDEWAITER_BASE_BOUNDED_CACHE_H_
#define TIDEWAITER_BASE_BOUNDED_CACHE_H_

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/hash.h"

namespace tidewaiter {

template <typename Value>
class BoundedCache {
 public:
  explicit BoundedCache(size_t limit) : shard_limit_(limit / kShards + 1) {}

  // Null: not known (any more).
  std::shared_ptr<const Value> Find(const std::string& key) const {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.known.find(key);
    return found == shard.known.end() ? nullptr : found->second;
  }
  void Put(std::string key, std::shared_ptr<const Value> value) const {
    Shard& shard = ShardOf(key);
    const std::lock_guard lock(shard.mutex);
    if (shard.known.size() >= shard_limit_) shard.known.clear();
    shard.known.emplace(std::move(key), std::move(value));
  }

 private:
  static constexpr size_t kShards = 16;
  struct Hasher {
    size_t operator()(const std::string& key) const { return Hash64(key); }
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::shared_ptr<const Value>, Hasher> known;
  };
  Shard& ShardOf(const std::string& key) const { return shards_[Hash64(key) / kSpread % kShards]; }
  static constexpr uint64_t kSpread = uint64_t{1} << 32;  // other bits than the table inside uses

  size_t shard_limit_;
  mutable std::array<Shard, kShards> shards_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_BOUNDED_CACHE_H_
