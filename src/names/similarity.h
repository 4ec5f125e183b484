// How alike two words of names are, 0 to 1, and why.
//
// Whatever is not 0 satisfies one of these, which retrieval relies on:
//   the same text (of an acronym nothing else), or that without its addition; or keys within
//   EditLimit edits; or the same skeleton; or a group in common; or (where one of the two is from a
//   script without vowels) skeletons equal or one edit apart.
#ifndef TIDEWAITER_NAMES_SIMILARITY_H_
#define TIDEWAITER_NAMES_SIMILARITY_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "names/name_tokens.h"

namespace tidewaiter::names {

enum class Likeness : uint8_t {
  kNone,
  kEqual,
  kSameSound,
  kVariant,
  kEdited,
  kConsonants,
  kInitial,
  kJoined,
  kAcronym
};

struct Similarity {
  float value = 0;
  Likeness why = Likeness::kNone;
};

// What comparing needs of a word; the strings live elsewhere.
struct WordView {
  std::string_view text, key, skeleton, own;
  uint16_t flags = 0;
  uint32_t letters = 0;              // LettersOf(key)
  std::span<const uint32_t> groups;  // sorted
};

Similarity CompareWords(const WordView& a, const WordView& b);

// What stands behind "abdul" (servant of): "rahman" of "abdulrahman"; or before the "ová" that
// Czech and Slovak put behind the family names of women, foreign ones too: "griffin" of
// "griffinova". The same text as of the name without it. Empty: no such name.
std::string_view WithoutAddition(const WordView& word);

// The sound key of two neighbouring words written as one.
std::string JoinedKey(const WordView& a, const WordView& b);
inline constexpr size_t kLeastJoinedSkeleton = 3;
// How like `whole` is to `a` and `b` written as one: 0.98 for the same sound key; where one side is
// from a script without vowels, as two words of the same skeleton are; less where MayJoinLoosely
// and one edit lies between the sound keys; else 0.
Similarity CompareJoined(const WordView& a, const WordView& b, const WordView& whole);
// Whether one of two neighbouring words is a syllable that people write apart: "Sa Id", "Mu Sa".
bool MayJoinLoosely(const WordView& a, const WordView& b);

// Skeletons shorter than this must be equal to be like each other; longer ones may be one edit
// apart.
inline constexpr size_t kLeastEditedSkeleton = 3;

// Which letters a key has, as bits: two keys within n edits differ in at most n bits on either
// side.
uint32_t LettersOf(std::string_view key);
// Whether at most `count` bits are set.
inline bool HasAtMost(uint32_t bits, uint32_t count) {
  for (; count > 0; --count) bits &= bits - 1;
  return bits == 0;
}

// The most edits (insertion, deletion, substitution, swap of neighbours) between two sound keys of
// these lengths that still can be similar: 0, 1 or 2. It depends on the shorter one.
constexpr uint32_t EditLimit(size_t a, size_t b) {
  const size_t shorter = a < b ? a : b;
  return shorter < 2 ? 0 : shorter < 6 ? 1 : 2;
}

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_SIMILARITY_H_
