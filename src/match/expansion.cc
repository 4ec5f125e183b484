#include "match/expansion.h"

#include <algorithm>

#include "match/neighbours.h"

namespace tidewaiter::match {

names::Similarity Expansion::To(uint32_t token) const {
  const auto at = std::lower_bound(like.begin(), like.end(), token, [](const LikeToken& l, uint32_t t) { return l.token < t; });
  return at != like.end() && at->token == token ? at->likeness : names::Similarity{};
}

Expansion Expand(const IndexView& index, const names::WordView& word) {
  thread_local std::vector<uint32_t> tokens;
  tokens.clear();
  for (const uint32_t hash : SoughtHashes(word)) {
    for (const HashEntry& entry : index.TokensWith(hash)) tokens.push_back(entry.target);
  }
  std::sort(tokens.begin(), tokens.end());
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
  Expansion out;
  for (const uint32_t token : tokens) {
    const names::Similarity likeness = names::CompareWords(word, index.ViewOf(token));
    if (likeness.value > 0) out.like.push_back({token, likeness});
  }
  return out;
}

std::shared_ptr<const Expansion> ExpansionCache::Get(const IndexView& index, const names::WordView& word,
                                                     const std::string& identity) {
  Shard& shard = shards_[std::hash<std::string>{}(identity) % kShards];
  {
    const std::lock_guard lock(shard.mutex);
    if (const auto found = shard.known.find(identity); found != shard.known.end()) return found->second;
  }
  auto fresh = std::make_shared<const Expansion>(Expand(index, word));
  const std::lock_guard lock(shard.mutex);
  if (shard.known.size() >= kMostInShard) shard.known.clear();
  shard.known.emplace(identity, fresh);
  return fresh;
}

}  // namespace tidewaiter::match
