#include "match/expansion.h"

#include <algorithm>

#include "match/neighbours.h"

namespace tidewaiter::match {

names::Similarity Expansion::To(uint32_t token) const {
  const auto at = std::lower_bound(like.begin(), like.end(), token,
                                   [](const LikeToken& l, uint32_t t) { return l.token < t; });
  return at != like.end() && at->token == token ? at->likeness : names::Similarity{};
}

Expansion Expand(const IndexView& index, const names::WordView& word, const Profile& profile) {
  // Which tokens were looked at already: those with this search's stamp.
  thread_local std::vector<uint32_t> stamps;
  thread_local uint32_t stamp = 0;
  if (stamps.size() < index.tokens.size() || ++stamp == 0) {
    stamps.assign(std::max(stamps.size(), index.tokens.size()), 0);
    stamp = 1;
  }
  Expansion out;
  for (const uint32_t hash : SoughtHashes(word)) {
    for (const HashEntry& entry : index.TokensWith(hash)) {
      if (stamps[entry.target] == stamp) continue;
      stamps[entry.target] = stamp;
      const names::Similarity likeness = names::CompareWords(word, index.ViewOf(entry.target));
      if (likeness.value <= 0) continue;
      out.like.push_back(
          {entry.target, static_cast<float>(Share(likeness.value, profile)), likeness});
    }
  }
  std::sort(out.like.begin(), out.like.end(),
            [](const LikeToken& a, const LikeToken& b) { return a.token < b.token; });
  return out;
}

std::shared_ptr<const Expansion> ExpansionCache::Get(const IndexView& index,
                                                     const names::WordView& word,
                                                     const std::string& identity,
                                                     const Profile& profile) {
  Shard& shard = shards_[std::hash<std::string>{}(identity) % kShards];
  {
    const std::lock_guard lock(shard.mutex);
    if (const auto found = shard.known.find(identity); found != shard.known.end())
      return found->second;
  }
  auto fresh = std::make_shared<const Expansion>(Expand(index, word, profile));
  const std::lock_guard lock(shard.mutex);
  if (shard.known.size() >= kMostInShard) shard.known.clear();
  shard.known.emplace(identity, fresh);
  return fresh;
}

}  // namespace tidewaiter::match
