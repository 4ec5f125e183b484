// The hashes under which a word is filed, and under which words like it are found. Two words that
// CompareWords calls similar have a hash in common, whichever of the two is asked for: that is what
// makes search lossless.
#ifndef TIDEWAITER_MATCH_NEIGHBOURS_H_
#define TIDEWAITER_MATCH_NEIGHBOURS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "names/similarity.h"

namespace tidewaiter::match {

// The filed ones without repeats. Filed and sought differ for skeletons: a word from a script
// without vowels seeks words from scripts with vowels, and the other way round.
std::vector<uint32_t> FiledHashes(const names::WordView& word);
// What a sought hash speaks of: whoever is found by one kind and is like the word by another is
// found by that other kind too.
struct SoughtHash {
  enum class Kind : uint8_t {
    kKey,      // of the sound key or its skeleton: both words have vowels, or neither
    kAcross,   // of the skeleton, where one word has no vowels
    kAnything  // the text, a group
  };
  uint32_t hash = 0;
  Kind kind = Kind::kAnything;
};
std::vector<SoughtHash> SoughtHashes(const names::WordView& word);

// One of a word's hashes: that of its text.
uint32_t TextHash(std::string_view text);

// Two words that CompareJoined finds like a third share a hash with it: JoinHashes(filed) of listed
// neighbours with WholeHashes of a query's word, and JoinHashes(sought) of a query's neighbours
// with FiledHashes of a listed word.
std::vector<uint32_t> JoinHashes(const names::WordView& a, const names::WordView& b, bool filed);
std::vector<uint32_t> WholeHashes(const names::WordView& word);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_NEIGHBOURS_H_
