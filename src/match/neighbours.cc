#include "match/neighbours.h"

#include <algorithm>
#include <array>
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

// Hashes of `text` with up to `depth` letters deleted, from place `from` on.
template <typename Hashes>
void AddDeletions(char kind, std::string_view text, uint32_t depth, Hashes& out, size_t from = 0) {
  out.push_back(HashOf(kind, text));
  if (depth == 0 || text.empty()) return;
  char buffer[64];
  // A second letter is taken from behind the first: the other way round gives the same.
  for (size_t i = from; i < text.size(); ++i) {
    if (i > 0 && text[i] == text[i - 1]) continue;
    std::copy(text.begin(), text.begin() + i, buffer);
    std::copy(text.begin() + i + 1, text.end(), buffer + i);
    AddDeletions(kind, {buffer, text.size() - 1}, depth - 1, out, i);
  }
}

constexpr uint16_t kFixed = names::kNumber | names::kLegal | names::kInitial | names::kAcronym;

// Takes the hashes of one kind.
class Taker {
 public:
  Taker(WordHash::Kind kind, std::vector<WordHash>& out) : kind_(kind), out_(out) {}
  void push_back(uint32_t hash) { out_.push_back({hash, kind_}); }

 private:
  WordHash::Kind kind_;
  std::vector<WordHash>& out_;
};

// Those of `anything` first: whoever is found by them needs no closer look.
void HashesOf(const names::WordView& word, bool filed, std::vector<WordHash>& out) {
  using Kind = WordHash::Kind;
  out.clear();
  Taker anything(Kind::kAnything, out), across_hashes(Kind::kAcross, out), keys(Kind::kKey, out);
  anything.push_back(HashOf('=', word.text));
  for (const uint32_t group : word.groups) {
    anything.push_back(HashOf('g', {reinterpret_cast<const char*>(&group), sizeof(group)}));
  }
  if ((word.flags & kFixed) != 0) return;
  if (const std::string_view rest = names::WithoutAddition(word); !rest.empty())
    anything.push_back(HashOf('=', rest));
  AddDeletions('k', word.key.substr(0, kPrefix), names::EditLimit(word.key.size(), word.key.size()),
               keys);
  const bool abjad = (word.flags & names::kAbjad) != 0;
  const char across = abjad == filed ? 'a' : 'v';
  if (!word.skeleton.empty()) {
    out.push_back({HashOf('s', word.skeleton), Kind::kSkeleton});
    AddDeletions(across, word.skeleton.substr(0, kPrefix),
                 word.skeleton.size() < names::kLeastEditedSkeleton ? 0 : 1, across_hashes);
  }
  if (word.skeleton.size() == 2)
    across_hashes.push_back(
        HashOf(abjad == filed ? 'A' : 'V', names::BroadSkeleton(word.skeleton)));
  // With every waw a consonant.
  if (abjad && word.key.find('v') != std::string_view::npos) {
    const std::string skeleton = names::Skeleton(word.key);
    across_hashes.push_back(HashOf(across, std::string_view(skeleton).substr(0, kPrefix)));
  }
}

}  // namespace

std::vector<WordHash> FiledHashesOf(const names::WordView& word) {
  std::vector<WordHash> out;
  HashesOf(word, true, out);
  const auto order = [](const WordHash& one) { return std::pair(one.kind, one.hash); };
  std::sort(out.begin(), out.end(),
            [&](const WordHash& a, const WordHash& b) { return order(a) < order(b); });
  out.erase(std::unique(out.begin(), out.end(),
                        [&](const WordHash& a, const WordHash& b) { return order(a) == order(b); }),
            out.end());
  return out;
}
void SoughtHashes(const names::WordView& word, std::vector<WordHash>& out) {
  HashesOf(word, false, out);
}

namespace {

constexpr uint32_t kLetterBits = Signature::kLetterBits;

uint32_t LetterClass(char c) {
  constexpr std::array<std::string_view, kLetterBits> kClasses = {
      "a", "ei", "ou", "bp", "d", "fvw", "hjxy", "kgq", "l", "m", "n", "r", "sc", "t", ""};
  for (uint32_t i = 0; i + 1 < kLetterBits; ++i) {
    if (kClasses[i].find(c) != std::string_view::npos) return i;
  }
  return kLetterBits - 1;
}

uint32_t ClassesOf(std::string_view text) {
  static const auto bits = [] {
    std::array<uint16_t, 256> out{};
    for (size_t c = 0; c < out.size(); ++c)
      out[c] = static_cast<uint16_t>(1U << LetterClass(static_cast<char>(c)));
    return out;
  }();
  uint32_t out = 0;
  for (const char c : text) out |= bits[static_cast<unsigned char>(c)];
  return out;
}

uint32_t LettersAndSize(std::string_view text) {
  return (static_cast<uint32_t>(std::min<size_t>(text.size(), Signature::kMostLetters))
          << kLetterBits) |
         ClassesOf(text);
}

}  // namespace

uint32_t SignatureOf(const names::WordView& word, WordHash::Kind kind) {
  if (kind == WordHash::Kind::kAnything) return 0;
  const std::string_view text = kind == WordHash::Kind::kAcross ? word.skeleton : word.key;
  uint32_t out = LettersAndSize(text);
  const bool waw =
      (word.flags & names::kAbjad) != 0 && word.key.find('v') != std::string_view::npos;
  if (kind == WordHash::Kind::kAcross && waw) out |= Signature::kWaw;
  return out;
}

namespace {

constexpr uint8_t EditsToKey(uint32_t own, uint32_t other, uint32_t more_edits) {
  const uint32_t shorter = std::min(own, other), longer = std::max(own, other);
  const uint32_t edits = names::EditLimit(shorter, shorter) + more_edits;
  const bool known = longer < Signature::kMostLetters;
  return known && longer - shorter > edits ? SignatureFilter::kNever : static_cast<uint8_t>(edits);
}

constexpr uint8_t EditsToConsonants(uint32_t own, uint32_t other) {
  const uint32_t shorter = std::min(own, other), longer = std::max(own, other);
  if (longer == 2) return SignatureFilter::kAlways;
  return longer == Signature::kMostLetters || longer - shorter <= 1 ? 1 : SignatureFilter::kNever;
}

constexpr size_t kSizes = Signature::kMostLetters + 1;
using EditTable = std::array<SignatureFilter::Edits, kSizes>;  // of words of so many letters

template <typename EditsTo>
constexpr EditTable MakeEditTable(const EditsTo& edits_to) {
  EditTable out{};
  for (uint32_t own = 0; own < kSizes; ++own) {
    for (uint32_t other = 0; other < kSizes; ++other) out[own][other] = edits_to(own, other);
  }
  return out;
}

constexpr EditTable kToKeys =
    MakeEditTable([](uint32_t own, uint32_t other) { return EditsToKey(own, other, 0); });
constexpr EditTable kToKeysOfSkeleton = MakeEditTable([](uint32_t own, uint32_t other) {
  return EditsToKey(own, other, Signature::kMoreEditsOfSkeleton);
});
constexpr EditTable kToConsonants = MakeEditTable(EditsToConsonants);
constexpr EditTable kToAnything =
    MakeEditTable([](uint32_t, uint32_t) { return SignatureFilter::kAlways; });

const EditTable& EditsOf(WordHash::Kind kind) {
  switch (kind) {
    case WordHash::Kind::kKey:
      return kToKeys;
    case WordHash::Kind::kSkeleton:
      return kToKeysOfSkeleton;
    case WordHash::Kind::kAcross:
      return kToConsonants;
    case WordHash::Kind::kAnything:
      return kToAnything;
  }
  return kToAnything;
}

}  // namespace

// A waw makes up for any difference.
SignatureFilter::SignatureFilter(const names::WordView& word, WordHash::Kind kind)
    : own_(SignatureOf(word, kind)), edits_(&EditsOf(kind)[own_.size]) {
  if (kind != WordHash::Kind::kAcross) return;
  passes_ = Signature::kWaw;
  if ((own_.letters & Signature::kWaw) != 0) edits_ = &kToAnything[own_.size];
}

uint32_t TextHash(std::string_view text) { return HashOf('=', text); }

namespace {

// Takes hashes of joined words.
class JoinTaker {
 public:
  JoinTaker(uint32_t signature, std::vector<JoinHash>& out) : signature_(signature), out_(out) {}
  void push_back(uint32_t hash) { out_.push_back({hash, signature_, false}); }

 private:
  uint32_t signature_;
  std::vector<JoinHash>& out_;
};

}  // namespace

void JoinHashes(const names::WordView& a, const names::WordView& b, bool filed,
                std::vector<JoinHash>& out) {
  out.clear();
  const std::string key = names::JoinedKey(a, b);
  JoinTaker keys(LettersAndSize(key), out);
  AddDeletions('k', std::string_view(key).substr(0, kPrefix), names::MayJoinLoosely(a, b) ? 1 : 0,
               keys);
  const std::string skeleton = names::Skeleton(key);
  if (skeleton.size() >= names::kLeastJoinedSkeleton) {
    const bool abjad = ((a.flags | b.flags) & names::kAbjad) != 0;
    const char kind = abjad == filed ? 'a' : 'v';
    out.push_back({HashOf(kind, std::string_view(skeleton).substr(0, kPrefix)),
                   LettersAndSize(skeleton), true});
  }
}

void WholeHashes(const names::WordView& word, std::vector<JoinHash>& out) {
  out.clear();
  JoinTaker keys(LettersAndSize(word.key), out);
  AddDeletions('k', word.key.substr(0, kPrefix), 1, keys);
  if (word.skeleton.size() >= names::kLeastJoinedSkeleton) {
    const char kind = (word.flags & names::kAbjad) != 0 ? 'v' : 'a';
    out.push_back(
        {HashOf(kind, word.skeleton.substr(0, kPrefix)), LettersAndSize(word.skeleton), true});
  }
}

}  // namespace tidewaiter::match
