// How alike two words of names are, 0 to 1, and why.
//
// 0 is exact: everything that is not 0 satisfies MayBeSimilar's conditions, which retrieval relies on:
//   the same identity; or the same sound key or keys within EditLimit edits; or a group in common; or
//   (where one is from a script without vowels) skeletons equal or one edit apart.
#ifndef TIDEWAITER_NAMES_SIMILARITY_H_
#define TIDEWAITER_NAMES_SIMILARITY_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "names/name_tokens.h"

namespace tidewaiter::names {

enum class Likeness : uint8_t { kNone, kEqual, kSameSound, kVariant, kEdited, kConsonants, kInitial, kJoined };

struct Similarity {
  float value = 0;
  Likeness why = Likeness::kNone;
};

// What comparing needs of a word; the strings live elsewhere.
struct WordView {
  std::string_view text, key, skeleton, own;
  uint16_t flags = 0;
  std::span<const uint32_t> groups;  // sorted
};

Similarity CompareWords(const WordView& a, const WordView& b);

// The most edits (insertion, deletion, substitution, swap of neighbours) between two sound keys of these
// lengths that still can be similar: 0, 1 or 2. It depends on the shorter one.
inline uint32_t EditLimit(size_t a, size_t b) {
  const size_t shorter = a < b ? a : b;
  return shorter < 2 ? 0 : shorter < 5 ? 1 : 2;
}

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_SIMILARITY_H_
