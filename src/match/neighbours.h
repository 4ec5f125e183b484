// The hashes under which a word is filed, and under which words like it are found. Two words that
// CompareWords calls similar have a hash in common, whichever of the two is asked for: that is what
// makes search lossless.
#ifndef TIDEWAITER_MATCH_NEIGHBOURS_H_
#define TIDEWAITER_MATCH_NEIGHBOURS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "match/index_format.h"
#include "names/similarity.h"

namespace tidewaiter::match {

// What a hash speaks of: whoever is found by one kind and is like the word by another is found by
// that other kind too.
struct WordHash {
  enum class Kind : uint8_t {
    kKey,       // of the sound key: both words have vowels, or neither
    kSkeleton,  // of the skeleton, likewise
    kAcross,    // of the skeleton, where one word has no vowels
    kAnything   // the text, a group
  };
  uint32_t hash = 0;
  Kind kind = Kind::kAnything;
};
// Those filed without repeats. Filed and sought differ for skeletons: a word from a script without
// vowels seeks words from scripts with vowels, and the other way round.
std::vector<WordHash> FiledHashesOf(const names::WordView& word);
void SoughtHashes(const names::WordView& word, std::vector<WordHash>& out);

// What is filed with a hash of this kind: enough of the word to leave out most that cannot be like
// another one, without looking at them.
uint32_t SignatureOf(const names::WordView& word, WordHash::Kind kind);

// Letters in 15 classes, a bit each, and the number of letters above them. The classes of
// consonants are those of skeletons or wider; vowels come first.
struct Signature {
  static constexpr uint32_t kLetterBits = 15, kMostLetters = 15;
  static constexpr uint32_t kWaw = 1;  // of skeletons, which have no vowels: the word holds a waw
  static_assert(kLetterBits + 4 == kSignatureBits);

  explicit Signature(uint32_t bits)
      : size((bits % (1U << kSignatureBits)) >> kLetterBits), letters(bits % (1U << kLetterBits)) {}
  uint32_t size, letters;

  bool AreWithin(const Signature& other, uint32_t edits) const {
    return names::HasAtMost(letters & ~other.letters, edits) &&
           names::HasAtMost(other.letters & ~letters, edits);
  }
  // Words of the same consonants may be further apart than EditLimit.
  static constexpr uint32_t kMoreEditsOfSkeleton = 1;
  // Of two words written as one and a third: whether they may be like by keys an edit apart, or
  // (across) by the same skeleton.
  bool MayBeJoined(const Signature& other, bool across) const {
    if (across) return size == other.size && ((letters ^ other.letters) & ~kWaw) == 0;
    const uint32_t shorter = std::min(size, other.size), longer = std::max(size, other.size);
    return longer - shorter <= 1 && AreWithin(other, 1);
  }
};

// Tells of the signatures filed with hashes of one kind which may be of a word like this one: by
// their keys, or (across) by their consonants.
class SignatureFilter {
 public:
  SignatureFilter(const names::WordView& word, WordHash::Kind kind);
  bool MayBeLike(uint32_t signature) const {
    const Signature other(signature);
    if ((other.letters & passes_) != 0) return true;
    const uint8_t edits = (*edits_)[other.size];
    return edits >= kAlways ? edits == kAlways : own_.AreWithin(other, edits);
  }

  static constexpr uint8_t kAlways = 254, kNever = 255;
  using Edits = std::array<uint8_t, Signature::kMostLetters + 1>;  // to words of so many letters

 private:
  Signature own_;
  uint32_t passes_ = 0;  // letters with which any word may be
  const Edits* edits_;
};

// One of a word's hashes: that of its text.
uint32_t TextHash(std::string_view text);

// Two words that CompareJoined finds like a third share a hash with it: JoinHashes(filed) of listed
// neighbours with WholeHashes of a query's word, and JoinHashes(sought) of a query's neighbours
// with FiledHashesOf of a listed word. Their signatures tell as of single words what cannot be
// alike.
struct JoinHash {
  uint32_t hash = 0, signature = 0;
  bool across = false;  // by the skeleton, where one side has no vowels
};
void JoinHashes(const names::WordView& a, const names::WordView& b, bool filed,
                std::vector<JoinHash>& out);
void WholeHashes(const names::WordView& word, std::vector<JoinHash>& out);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_NEIGHBOURS_H_
