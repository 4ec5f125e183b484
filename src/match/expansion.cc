#include "match/expansion.h"

#include <algorithm>

#include "match/neighbours.h"
#include "match/words.h"

namespace tidewaiter::match {

namespace {

bool IsAbjad(uint16_t flags) { return (flags & names::kAbjad) != 0; }

// Whether a token found by its key can be like the word at all, by what stands in its entry.
bool MayHaveLikeKey(const names::WordView& word, uint32_t consonants, const TokenEntry& token) {
  if (IsAbjad(word.flags ^ token.flags)) return false;
  const size_t shorter = std::min<size_t>(word.key.size(), token.key_size),
               longer = std::max<size_t>(word.key.size(), token.key_size);
  // Words of the same consonants may be further apart.
  uint32_t edits = names::EditLimit(shorter, shorter);
  if (shorter >= 4 && token.consonants == consonants) ++edits;
  return longer - shorter <= edits && names::HasAtMost(word.letters & ~token.letters, edits) &&
         names::HasAtMost(token.letters & ~word.letters, edits);
}

// Likewise of a token found by its consonants. A skeleton with waws in it has letters of its own.
bool MayHaveLikeConsonants(const names::WordView& word, uint32_t consonants,
                           const TokenEntry& token) {
  if (!IsAbjad(word.flags ^ token.flags)) return false;
  constexpr uint32_t kWaw = uint32_t{1} << ('v' - 'a');
  if (((IsAbjad(word.flags) ? word.letters : token.letters) & kWaw) != 0) return true;
  const size_t shorter = std::min<size_t>(word.skeleton.size(), token.skeleton_size),
               longer = std::max<size_t>(word.skeleton.size(), token.skeleton_size);
  if (longer == 2) return true;
  return longer - shorter <= 1 && names::HasAtMost(consonants & ~token.consonants, 1) &&
         names::HasAtMost(token.consonants & ~consonants, 1);
}

bool TokenMayBeLike(const names::WordView& word, uint32_t consonants, WordHash::Kind kind,
                    const TokenEntry& token) {
  switch (kind) {
    case WordHash::Kind::kKey:
      return MayHaveLikeKey(word, consonants, token);
    case WordHash::Kind::kAcross:
      return MayHaveLikeConsonants(word, consonants, token);
    case WordHash::Kind::kAnything:
      return true;
  }
  return true;
}

struct Found {
  uint32_t token;
  WordHash::Kind kind;
};

// Which tokens were looked at already: those with this search's stamp.
struct Seen {
  std::vector<uint32_t> stamps;
  uint32_t stamp = 0;

  void Begin(size_t tokens) {
    if (stamps.size() < tokens || ++stamp == 0) {
      stamps.assign(std::max(stamps.size(), tokens), 0);
      stamp = 1;
    }
  }
  bool Add(uint32_t token) {
    if (stamps[token] == stamp) return false;
    stamps[token] = stamp;
    return true;
  }
};

LikeToken MakeLike(const TokenEntry& token, uint32_t id, names::Similarity likeness,
                   const Profile& profile) {
  const Weights weights = WeightsOf(token.flags, token.rarity, profile);
  LikeToken like;
  like.token = id;
  like.share = static_cast<float>(Share(likeness.value, profile));
  like.likeness = likeness;
  like.worth = weights.worth;
  like.claim = weights.claim;
  like.least_claim = static_cast<float>(LeastClaim(token.flags, weights.claim, profile));
  like.postings = token.postings;
  like.posting_count = token.posting_count;
  like.initial_postings = token.initial_postings;
  return like;
}

std::vector<LikeToken> FindLike(const IndexView& index, const names::WordView& word,
                                const Profile& profile) {
  thread_local Seen seen;
  seen.Begin(index.tokens.size());
  const std::vector<WordHash> hashes = SoughtHashes(word);
  for (const WordHash& sought : hashes) index.PrefetchBucket(sought.hash);
  for (const WordHash& sought : hashes) index.PrefetchTokens(sought.hash);
  const uint32_t consonants = names::LettersOf(word.skeleton);
  // In three steps, each of which brings near what the next one reads.
  thread_local std::vector<Found> found;
  found.clear();
  const Signature key(SignatureOf(word, WordHash::Kind::kKey)),
      across(SignatureOf(word, WordHash::Kind::kAcross));
  for (const WordHash& sought : hashes) {
    for (const HashEntry& entry : index.TokensWith(sought.hash)) {
      const Signature filed(entry.tag);
      if (!(sought.kind == WordHash::Kind::kKey ? key : across).MayBeLike(filed, sought.kind))
        continue;
      __builtin_prefetch(&index.tokens[entry.target]);
      found.push_back({entry.target, sought.kind});
    }
  }
  thread_local std::vector<uint32_t> alike;
  alike.clear();
  for (const Found& one : found) {
    const TokenEntry& token = index.tokens[one.token];
    if (!TokenMayBeLike(word, consonants, one.kind, token) || !seen.Add(one.token)) continue;
    __builtin_prefetch(index.pool.data() + token.text);
    alike.push_back(one.token);
  }
  std::vector<LikeToken> out;
  for (const uint32_t token : alike) {
    const names::Similarity likeness = names::CompareWords(word, index.ViewOf(token));
    if (likeness.value <= 0) continue;
    LikeToken like = MakeLike(index.tokens[token], token, likeness, profile);
    if (like.share > 0) out.push_back(like);
  }
  std::sort(out.begin(), out.end(),
            [](const LikeToken& a, const LikeToken& b) { return a.token < b.token; });
  return out;
}

// Forms in which two neighbouring words, written as one, are like the word.
std::vector<uint32_t> FindParted(const IndexView& index, const names::WordView& word) {
  const std::vector<JoinHash> hashes = WholeHashes(word);
  for (const JoinHash& sought : hashes) index.PrefetchJoins(sought.hash);
  std::vector<uint32_t> places;
  for (const JoinHash& sought : hashes) {
    const Signature own(sought.signature);
    for (const HashEntry& entry : index.JoinsWith(sought.hash)) {
      if (!own.MayBeLike(Signature(entry.tag), sought.kind)) continue;
      __builtin_prefetch(&index.words[entry.target]);
      places.push_back(entry.target);
    }
  }
  std::vector<uint32_t> out;
  for (const uint32_t at : places) {
    const names::WordView first = index.ViewOf(index.words[at]),
                          second = index.ViewOf(index.words[at + 1]);
    if (names::CompareJoined(first, second, word).value > 0) out.push_back(index.FormAt(at));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

Expansion Expand(const IndexView& index, const names::WordView& word, const Profile& profile) {
  Expansion out;
  out.like = FindLike(index, word, profile);
  out.parted = FindParted(index, word);
  return out;
}

void WordCache::MakeKey(const names::NameToken& token, bool name_groups, std::string& key) {
  key.assign(token.text);
  key += static_cast<char>(token.flags & 0xFFU);
  key += static_cast<char>(token.flags >> 8U);
  key += name_groups ? '+' : '-';
  key += token.own;
}

WordCache::Shared WordCache::Find(const std::string& key) {
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.known.find(key);
  return found == shard.known.end() ? nullptr : found->second;
}

void WordCache::Keep(const std::string& key, const Shared& word) {
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  if (shard.known.size() >= kMostInShard) shard.known.clear();
  shard.known.emplace(key, word);
}

}  // namespace tidewaiter::match
