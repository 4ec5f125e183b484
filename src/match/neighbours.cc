#include "match/neighbours.h"

#include <algorithm>
#include <string>

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

std::vector<uint32_t> Hashes(const names::WordView& word, bool filed) {
  std::vector<uint32_t> out;
  out.push_back(HashOf('=', word.text));
  if ((word.flags & kFixed) == 0) {
    AddDeletions('k', word.key.substr(0, kPrefix),
                 names::EditLimit(word.key.size(), word.key.size()), out);
    if (!word.skeleton.empty()) {
      out.push_back(HashOf('s', word.skeleton));
      const bool abjad = (word.flags & names::kAbjad) != 0;
      AddDeletions(abjad == filed ? 'a' : 'v', word.skeleton.substr(0, kPrefix),
                   word.skeleton.size() < 2 ? 0 : 1, out);
    }
    for (const uint32_t group : word.groups) {
      out.push_back(HashOf('g', {reinterpret_cast<const char*>(&group), sizeof(group)}));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

std::vector<uint32_t> FiledHashes(const names::WordView& word) { return Hashes(word, true); }
std::vector<uint32_t> SoughtHashes(const names::WordView& word) { return Hashes(word, false); }

uint32_t TextHash(std::string_view text) { return HashOf('=', text); }

std::vector<uint32_t> JoinHashes(const names::WordView& a, const names::WordView& b) {
  const std::string key = names::JoinedKey(a, b);
  std::vector<uint32_t> out = {HashOf('k', key)};
  const std::string skeleton = names::Skeleton(key);
  if (skeleton.size() >= names::kLeastJoinedSkeleton) {
    out.push_back(HashOf(((a.flags | b.flags) & names::kAbjad) != 0 ? 'a' : 'v', skeleton));
  }
  return out;
}

std::vector<uint32_t> WholeHashes(const names::WordView& word) {
  std::vector<uint32_t> out = {HashOf('k', word.key)};
  if (word.skeleton.size() >= names::kLeastJoinedSkeleton) {
    out.push_back(HashOf((word.flags & names::kAbjad) != 0 ? 'v' : 'a', word.skeleton));
  }
  return out;
}

}  // namespace tidewaiter::match
