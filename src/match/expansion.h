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

#include "base/hash.h"
#include "match/index_view.h"
#include "match/words.h"
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

// A form in which two neighbouring words are the word.
struct PartedForm {
  Posting posting;
  bool initials = false;  // it holds one
};

// In order of token, of form; likeness above 0 only.
struct Expansion {
  std::vector<LikeToken> like;
  std::vector<PartedForm> parted;
};

// All of them, found by the hashes that similar words share.
Expansion Expand(const IndexView& index, const names::WordView& word, const Profile& profile);

// What is asked of a query's word each time that it comes.
struct KnownWord {
  double rarity = 0;
  std::vector<uint32_t> groups;
  Expansion expansion;
};

// Words by what they are, for any number of threads. Bounded: a shard that is full begins anew.
class WordCache {
 public:
  // `rarity_of(token)` is asked for words that are not known yet.
  template <typename RarityOf>
  std::shared_ptr<const KnownWord> Get(const IndexView& index, const names::NameToken& token,
                                       bool name_groups, const Profile& profile,
                                       const RarityOf& rarity_of) {
    thread_local Key key;
    MakeKey(token, name_groups, key);
    if (auto known = Find(key)) return known;
    auto fresh = std::make_shared<KnownWord>();
    fresh->rarity = rarity_of(token);
    fresh->groups = GroupsOfWord(token, name_groups);
    fresh->expansion = Expand(index, ViewOf(token, fresh->groups), profile);
    Keep(key, fresh);
    return fresh;
  }

 private:
  static constexpr size_t kShards = 16, kMostInShard = 4096;
  using Shared = std::shared_ptr<const KnownWord>;
  struct Key {
    std::string text;
    uint64_t hash = 0;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    size_t operator()(const Key& key) const { return key.hash / kShards; }
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<Key, Shared, KeyHash> known;
  };

  // Tells words apart that would be treated differently.
  static void MakeKey(const names::NameToken& token, bool name_groups, Key& key);
  Shard& ShardOf(const Key& key) { return shards_[key.hash % kShards]; }
  Shared Find(const Key& key);
  void Keep(const Key& key, const Shared& word);

  std::array<Shard, kShards> shards_;
};

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_EXPANSION_H_
