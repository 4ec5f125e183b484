#include "match/expansion.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "match/neighbours.h"
#include "match/words.h"
#include "names/edit_distance.h"

namespace tidewaiter::match {

namespace {

bool IsAbjad(uint16_t flags) { return (flags & names::kAbjad) != 0; }

// Tells of the tokens that hashes lead to which may be like a word, by what stands in their
// entries.
class TokenFilter {
 public:
  explicit TokenFilter(const names::WordView& word)
      : word_(word),
        key_(word.key),
        skeleton_(word.skeleton),
        consonants_(names::LettersOf(word.skeleton)) {}

  bool MayBeLike(const IndexView& index, uint32_t token, WordHash::Kind kind) const {
    const TokenEntry& listed = index.tokens[token];
    switch (kind) {
      case WordHash::Kind::kKey:
        return MayHaveLikeKey(index, token, listed, 0);
      case WordHash::Kind::kSkeleton:
        return listed.consonants == consonants_ &&
               MayHaveLikeKey(index, token, listed, Signature::kMoreEditsOfSkeleton);
      case WordHash::Kind::kAcross:
        return MayHaveLikeConsonants(index, token, listed);
      case WordHash::Kind::kAnything:
        return true;
    }
    return true;
  }

 private:
  bool MayHaveLikeKey(const IndexView& index, uint32_t token, const TokenEntry& listed,
                      uint32_t more_edits) const {
    if (IsAbjad(word_.flags ^ listed.flags)) return false;
    const size_t shorter = std::min<size_t>(word_.key.size(), listed.key_size);
    const uint32_t edits = names::EditLimit(shorter, shorter) + more_edits;
    if (!names::HasAtMost(word_.letters & ~listed.letters, edits) ||
        !names::HasAtMost(listed.letters & ~word_.letters, edits))
      return false;
    const bool fits = listed.key_size <= sizeof listed.key;
    return key_.IsWithin(
        fits ? std::string_view(listed.key, listed.key_size) : index.ViewOf(token).key, edits);
  }

  // A skeleton with waws in it has letters of its own.
  bool MayHaveLikeConsonants(const IndexView& index, uint32_t token,
                             const TokenEntry& listed) const {
    if (!IsAbjad(word_.flags ^ listed.flags)) return false;
    constexpr uint32_t kWaw = uint32_t{1} << ('v' - 'a');
    if (((IsAbjad(word_.flags) ? word_.letters : listed.letters) & kWaw) != 0) return true;
    if (std::max<size_t>(word_.skeleton.size(), listed.skeleton_size) == 2) return true;
    if (!names::HasAtMost(consonants_ & ~listed.consonants, 1) ||
        !names::HasAtMost(listed.consonants & ~consonants_, 1))
      return false;
    const bool fits = listed.skeleton_size <= sizeof listed.skeleton;
    return skeleton_.IsWithin(fits ? std::string_view(listed.skeleton, listed.skeleton_size)
                                   : index.ViewOf(token).skeleton,
                              1);
  }

  const names::WordView& word_;
  names::OsaPattern key_, skeleton_;
  uint32_t consonants_;
};

struct Found {
  uint32_t token;
  WordHash::Kind kind;
};

// Tells of most tokens that they were kept before. Forgets one where two fall on one place.
class SeenTokens {
 public:
  void Clear() { places_.fill(0); }
  void Keep(uint32_t token) { places_[PlaceOf(token)] = token + 1; }
  bool Has(uint32_t token) const { return places_[PlaceOf(token)] == token + 1; }

 private:
  static constexpr uint32_t kBits = 9;
  static size_t PlaceOf(uint32_t token) { return (token * 0x9E3779B1U) >> (32 - kBits); }

  std::array<uint32_t, size_t{1} << kBits> places_{};
};

// Reused from word to word.
struct Scratch {
  std::vector<WordHash> hashes;
  std::vector<JoinHash> joins;
  std::vector<Found> found;
  SeenTokens seen, accepted;
  std::vector<uint32_t> alike, places, forms;
};
Scratch& OwnScratch() {
  thread_local Scratch scratch;
  return scratch;
}

// Share() for the likenesses that come again and again.
class ShareTable {
 public:
  float Of(float likeness, const Profile& profile) {
    if (floor_ != profile.likeness_floor || power_ != profile.likeness_power) {
      known_.fill({});
      floor_ = profile.likeness_floor;
      power_ = profile.likeness_power;
    }
    auto& [of, share] = known_[std::bit_cast<uint32_t>(likeness) * 0x9E3779B1U >> (32 - kBits)];
    if (of != likeness) {
      of = likeness;
      share = static_cast<float>(Share(likeness, profile));
    }
    return share;
  }

 private:
  static constexpr uint32_t kBits = 9;
  double floor_ = 0, power_ = 0;
  std::array<std::pair<float, float>, size_t{1} << kBits> known_{};
};

LikeToken MakeLike(const TokenEntry& token, uint32_t id, names::Similarity likeness,
                   const Profile& profile) {
  const Weights weights = WeightsOf(token.flags, token.rarity, profile);
  LikeToken like;
  like.token = id;
  thread_local ShareTable shares;
  like.share = shares.Of(likeness.value, profile);
  like.likeness = likeness;
  like.worth = weights.worth;
  like.claim = weights.claim;
  like.least_claim = static_cast<float>(LeastClaim(token.flags, weights.claim, profile));
  like.postings = token.postings;
  like.posting_count = token.posting_count;
  like.initial_postings = token.initial_postings;
  return like;
}

// The tokens that may be like the word, ascending, in steps each of which brings near what the next
// one reads.
const std::vector<uint32_t>& FindAlike(const IndexView& index, const names::WordView& word,
                                       Scratch& scratch) {
  SoughtHashes(word, scratch.hashes);
  for (const WordHash& sought : scratch.hashes) index.token_hashes.PrefetchBucket(sought.hash);
  for (const WordHash& sought : scratch.hashes) index.token_hashes.PrefetchEntries(sought.hash);
  using Kind = WordHash::Kind;
  const std::array<SignatureFilter, 4> filters = {
      SignatureFilter(word, Kind::kKey), SignatureFilter(word, Kind::kSkeleton),
      SignatureFilter(word, Kind::kAcross), SignatureFilter(word, Kind::kAnything)};
  scratch.found.clear();
  scratch.seen.Clear();
  for (const WordHash& sought : scratch.hashes) {
    const SignatureFilter& filter = filters[static_cast<size_t>(sought.kind)];
    const bool by_key = sought.kind == Kind::kKey;  // words that are near share many of these
    for (const HashEntry& entry : index.token_hashes.With(sought.hash)) {
      if (!filter.MayBeLike(entry.tag)) continue;
      if (by_key && scratch.seen.Has(entry.target)) continue;
      if (by_key) scratch.seen.Keep(entry.target);
      __builtin_prefetch(&index.tokens[entry.target]);
      scratch.found.push_back({entry.target, sought.kind});
    }
  }
  scratch.alike.clear();
  scratch.accepted.Clear();
  const TokenFilter filter(word);
  for (const Found& one : scratch.found) {
    if (scratch.accepted.Has(one.token) || !filter.MayBeLike(index, one.token, one.kind)) continue;
    scratch.accepted.Keep(one.token);
    scratch.alike.push_back(one.token);
  }
  std::sort(scratch.alike.begin(), scratch.alike.end());
  scratch.alike.erase(std::unique(scratch.alike.begin(), scratch.alike.end()), scratch.alike.end());
  for (const uint32_t token : scratch.alike)
    __builtin_prefetch(index.pool.data() + index.tokens[token].text);
  return scratch.alike;
}

std::vector<LikeToken> FindLike(const IndexView& index, const names::WordView& word,
                                const Profile& profile) {
  const std::vector<uint32_t>& alike = FindAlike(index, word, OwnScratch());
  std::vector<LikeToken> out;
  out.reserve(alike.size());
  for (const uint32_t token : alike) {
    const names::Similarity likeness = names::CompareWords(word, index.ViewOf(token));
    if (likeness.value <= 0) continue;
    LikeToken like = MakeLike(index.tokens[token], token, likeness, profile);
    if (like.share > 0) out.push_back(like);
  }
  return out;
}

// Forms in which two neighbouring words, written as one, are like the word; in steps likewise.
std::vector<PartedForm> FindParted(const IndexView& index, const names::WordView& word) {
  Scratch& scratch = OwnScratch();
  WholeHashes(word, scratch.joins);
  for (const JoinHash& sought : scratch.joins) index.join_hashes.PrefetchBucket(sought.hash);
  for (const JoinHash& sought : scratch.joins) index.join_hashes.PrefetchEntries(sought.hash);
  scratch.places.clear();
  for (const JoinHash& sought : scratch.joins) {
    const Signature own(sought.signature);
    for (const HashEntry& entry : index.join_hashes.With(sought.hash)) {
      if (!own.MayBeJoined(Signature(entry.tag), sought.across)) continue;
      __builtin_prefetch(&index.words[entry.target]);
      scratch.places.push_back(entry.target);
    }
  }
  for (const uint32_t at : scratch.places) {
    __builtin_prefetch(&index.tokens[index.words[at]]);
    __builtin_prefetch(&index.tokens[index.words[at + 1]]);
  }
  for (const uint32_t at : scratch.places) {
    __builtin_prefetch(index.pool.data() + index.tokens[index.words[at]].text);
    __builtin_prefetch(index.pool.data() + index.tokens[index.words[at + 1]].text);
    __builtin_prefetch(&index.word_forms[at]);
  }
  scratch.forms.clear();
  for (const uint32_t at : scratch.places) {
    const names::WordView first = index.ViewOf(index.words[at]),
                          second = index.ViewOf(index.words[at + 1]);
    if (names::CompareJoined(first, second, word).value > 0)
      scratch.forms.push_back(index.word_forms[at]);
  }
  std::sort(scratch.forms.begin(), scratch.forms.end());
  scratch.forms.erase(std::unique(scratch.forms.begin(), scratch.forms.end()), scratch.forms.end());
  for (const uint32_t form : scratch.forms) __builtin_prefetch(&index.forms[form]);
  for (const uint32_t form : scratch.forms)
    __builtin_prefetch(&index.words[index.forms[form].words]);
  std::vector<PartedForm> out;
  out.reserve(scratch.forms.size());
  for (const uint32_t id : scratch.forms) {
    const FormEntry& form = index.forms[id];
    out.push_back({PostingOf(id, index.WordsOf(form)), form.initials > 0});
  }
  return out;
}

}  // namespace

Expansion Expand(const IndexView& index, const names::WordView& word, const Profile& profile) {
  Expansion out;
  out.like = FindLike(index, word, profile);
  if ((word.flags & names::kAcronym) == 0) out.parted = FindParted(index, word);
  return out;
}

void WordCache::MakeKey(const names::NameToken& token, bool name_groups, Key& key) {
  key.text.assign(token.text);
  key.text += static_cast<char>(token.flags & 0xFFU);
  key.text += static_cast<char>(token.flags >> 8U);
  key.text += name_groups ? '+' : '-';
  key.text += token.own;
  key.hash = Hash64(key.text);
}

WordCache::Shared WordCache::Find(const Key& key) {
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  const auto found = shard.known.find(key);
  return found == shard.known.end() ? nullptr : found->second;
}

void WordCache::Keep(const Key& key, const Shared& word) {
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  if (shard.known.size() >= kMostInShard) shard.known.clear();
  shard.known.emplace(key, word);
}

}  // namespace tidewaiter::match
