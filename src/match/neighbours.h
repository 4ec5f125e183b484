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

// Each without repeats. Filed and sought differ for skeletons: a word from a script without vowels
// seeks words from scripts with vowels, and the other way round.
std::vector<uint32_t> FiledHashes(const names::WordView& word);
std::vector<uint32_t> SoughtHashes(const names::WordView& word);

// One of a word's hashes: that of its text.
uint32_t TextHash(std::string_view text);

// Two words that AreJoined with a third have one of JoinHashes in common with its WholeHashes.
std::vector<uint32_t> JoinHashes(const names::WordView& a, const names::WordView& b);
std::vector<uint32_t> WholeHashes(const names::WordView& word);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_NEIGHBOURS_H_
