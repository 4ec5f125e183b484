#include "match/neighbours.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/hash.h"
#include "match/index_format.h"
#include "names/sound.h"

namespace tidewaiter::match {
namespace {

uint32_t HashOf(char kind, std::string_view text) {
  uint64_t hash = 0xCBF29CE484222325U ^ static_cast<unsigned char>(kind);
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  hash ^= hash >> 29U;
  hash *= 0xBF58476D1CE4E5B9U;
  return static_cast<uint32_t>(hash >> 32U);
}

// Hashes of `text` with up to `depth` letters deleted.
void AddDeletions(char kind, std::string_view text, uint32_t depth, std::vector<uint32_t>& out) {
  out.push_back(HashOf(kind, text));
  if (depth == 0 || text.empty()) return;
  char buffer[64];
  for (size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && text[i] == text[i - 1]) continue;
    std::copy(text.begin(), text.begin() + i, buffer);
    std::copy(text.begin() + i + 1, text.end(), buffer + i);
    AddDeletions(kind, {buffer, text.size() - 1}, depth - 1, out);
  }
}

constexpr uint16_t kFixed = names::kNumber | names::kLegal | names::kInitial;

struct WordHashes {
  std::vector<uint32_t> key, across, anything;
};

WordHashes HashesOf(const names::WordView& word, bool filed) {
  WordHashes out;
  out.anything.push_back(HashOf('=', word.text));
  if ((word.flags & kFixed) != 0) return out;
  if (const std::string_view rest = names::WithoutServant(word); !rest.empty())
    out.anything.push_back(HashOf('=', rest));
  AddDeletions('k', word.key.substr(0, kPrefix), names::EditLimit(word.key.size(), word.key.size()),
               out.key);
  const bool abjad = (word.flags & names::kAbjad) != 0;
  const char across = abjad == filed ? 'a' : 'v';
  if (!word.skeleton.empty()) {
    out.key.push_back(HashOf('s', word.skeleton));
    AddDeletions(across, word.skeleton.substr(0, kPrefix),
                 word.skeleton.size() < names::kLeastEditedSkeleton ? 0 : 1, out.across);
  }
  if (word.skeleton.size() == 2)
    out.across.push_back(HashOf(abjad == filed ? 'A' : 'V', names::BroadSkeleton(word.skeleton)));
  // With every waw a consonant.
  if (abjad && word.key.find('v') != std::string_view::npos) {
    const std::string skeleton = names::Skeleton(word.key);
    out.across.push_back(HashOf(across, std::string_view(skeleton).substr(0, kPrefix)));
  }
  for (const uint32_t group : word.groups) {
    out.anything.push_back(HashOf('g', {reinterpret_cast<const char*>(&group), sizeof(group)}));
  }
  return out;
}

void SortUnique(std::vector<uint32_t>& hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

}  // namespace

std::vector<uint32_t> FiledHashes(const names::WordView& word) {
  WordHashes hashes = HashesOf(word, true);
  std::vector<uint32_t> out = std::move(hashes.key);
  out.insert(out.end(), hashes.across.begin(), hashes.across.end());
  out.insert(out.end(), hashes.anything.begin(), hashes.anything.end());
  SortUnique(out);
  return out;
}

std::vector<SoughtHash> SoughtHashes(const names::WordView& word) {
  WordHashes hashes = HashesOf(word, false);
  std::vector<SoughtHash> out;
  out.reserve(hashes.key.size() + hashes.across.size() + hashes.anything.size());
  for (const uint32_t hash : hashes.anything) out.push_back({hash, SoughtHash::Kind::kAnything});
  for (const uint32_t hash : hashes.across) out.push_back({hash, SoughtHash::Kind::kAcross});
  for (const uint32_t hash : hashes.key) out.push_back({hash, SoughtHash::Kind::kKey});
  return out;
}

uint32_t TextHash(std::string_view text) { return HashOf('=', text); }

std::vector<uint32_t> JoinHashes(const names::WordView& a, const names::WordView& b, bool filed) {
  const std::string key = names::JoinedKey(a, b);
  std::vector<uint32_t> out;
  AddDeletions('k', std::string_view(key).substr(0, kPrefix), names::MayJoinLoosely(a, b) ? 1 : 0,
               out);
  const std::string skeleton = names::Skeleton(key);
  if (skeleton.size() >= names::kLeastJoinedSkeleton) {
    const bool abjad = ((a.flags | b.flags) & names::kAbjad) != 0;
    out.push_back(
        HashOf(abjad == filed ? 'a' : 'v', std::string_view(skeleton).substr(0, kPrefix)));
  }
  return out;
}

std::vector<uint32_t> WholeHashes(const names::WordView& word) {
  std::vector<uint32_t> out;
  AddDeletions('k', word.key.substr(0, kPrefix), 1, out);
  if (word.skeleton.size() >= names::kLeastJoinedSkeleton) {
    out.push_back(
        HashOf((word.flags & names::kAbjad) != 0 ? 'v' : 'a', word.skeleton.substr(0, kPrefix)));
  }
  return out;
}

}  // namespace tidewaiter::match
