// What was worked out once and may be asked for again. Any number of threads; bounded: a shard that
// is full starts anew, so an answer may have to be worked out again, never kept for ever. A large
// value may count as several.
#ifndef TIDEWAITER_BASE_BOUNDED_CACHE_H_
#define TIDEWAITER_BASE_BOUNDED_CACHE_H_

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/hash.h"

namespace tidewaiter {

template <typename Value>
class BoundedCache {
 public:
  explicit BoundedCache(size_t limit) : shard_limit_(limit / kShards + 1) {}

  // Null: not known (any more).
  std::shared_ptr<const Value> Find(std::string_view key) const {
    const Key<std::string_view> sought{key, Hash64(key)};
    Shard& shard = ShardOf(sought.hash);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.known.find(sought);
    return found == shard.known.end() ? nullptr : found->second;
  }
  void Put(std::string key, std::shared_ptr<const Value> value, size_t weight = 1) const {
    const uint64_t hash = Hash64(key);
    Shard& shard = ShardOf(hash);
    const std::lock_guard lock(shard.mutex);
    if (shard.weight + weight > shard_limit_) {
      shard.known.clear();
      shard.weight = 0;
    }
    if (shard.known.emplace(Key<std::string>{std::move(key), hash}, std::move(value)).second)
      shard.weight += weight;
  }

 private:
  static constexpr size_t kShards = 16;
  template <typename Text>
  struct Key {
    Text bytes;
    uint64_t hash;
  };
  struct HashOf {
    using is_transparent = void;
    size_t operator()(const auto& key) const noexcept { return key.hash; }
  };
  struct AreEqual {
    using is_transparent = void;
    bool operator()(const auto& a, const auto& b) const {
      return a.hash == b.hash && a.bytes == b.bytes;
    }
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<Key<std::string>, std::shared_ptr<const Value>, HashOf, AreEqual> known;
    size_t weight = 0;
  };
  Shard& ShardOf(uint64_t hash) const { return shards_[hash / kSpread % kShards]; }
  static constexpr uint64_t kSpread = uint64_t{1} << 32;  // other bits than the table inside uses

  size_t shard_limit_;
  mutable std::array<Shard, kShards> shards_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_BOUNDED_CACHE_H_
