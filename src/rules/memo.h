// Orders repeat: the same goods, route and facts under other numbers. What Evaluate() said of one
// is kept under everything that it can depend on; names of parties are left out unless some rule
// names them.
#ifndef TIDEWAITER_RULES_MEMO_H_
#define TIDEWAITER_RULES_MEMO_H_

#include <array>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "rules/line.h"
#include "rules/rules.h"

namespace tidewaiter::rules {

// Equal keys: equal evaluations. Empty: the order must be evaluated (owners, whose listing is asked
// for outside).
std::string MemoKey(const OrderView& view, const Context& context, const Program& program);

// Thread-safe. Bounded: a shard that is full starts anew.
class Memo {
 public:
  std::shared_ptr<const Evaluation> Find(const std::string& key) const;
  void Put(std::string key, std::shared_ptr<const Evaluation> evaluation) const;

 private:
  static constexpr size_t kShards = 16, kMaxPerShard = 2048;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::shared_ptr<const Evaluation>> known;
  };
  Shard& ShardOf(const std::string& key) const;
  mutable std::array<Shard, kShards> shards_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_MEMO_H_
