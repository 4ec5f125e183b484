// Which mentions are compared at all: those that share a block.
//
// Every mention has atoms: each word of its name by sound, its date and year of birth, its postcode
// and that postcode's area, each rare or common value of any other field. An atom shared by few is
// a block. One shared by too many ("LTD" in 92 % of the rows) is no block: it is joined with a
// second atom, and where even that is shared by too many, with a third. What is still too large is
// left out, and counted. So no block is larger than `largest`, whatever the data, and how many
// comparisons there will be at most is known before the first is made.
#ifndef TIDEWAITER_RESOLVE_BLOCKS_H_
#define TIDEWAITER_RESOLVE_BLOCKS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/large_pages.h"
#include "resolve/mentions.h"

namespace tidewaiter::resolve {

struct BlockOptions {
  uint32_t largest = 40;  // mentions in a block
  double budget = 60;     // comparisons a mention, on average; smaller blocks when above
  // Mentions times mentions in a block: of many mentions blocks are smaller, as their values are
  // shared by more strangers.
  double work = 12e6;
};

struct Blocks {
  // Block b holds members[first[b] .. first[b + 1]), ascending.
  std::vector<uint32_t> first = {0};
  LargeVector<uint32_t> members;
  std::vector<uint16_t> fields;  // by block: bits of the fields its atoms come from
  // Mention m is in blocks_of[of[m] .. of[m + 1]).
  std::vector<uint32_t> of;
  LargeVector<uint32_t> blocks_of;

  uint32_t largest = 0;          // after the budget was met
  uint64_t comparisons = 0;      // at most: pairs in several blocks counted each time
  uint64_t too_large_atoms = 0;  // atoms that were joined with a second one
  uint64_t left_out = 0;         // mentions' keys that stayed too large with three atoms

  size_t size() const { return fields.size(); }
  std::span<const uint32_t> Members(uint32_t block) const {
    return {members.data() + first[block], members.data() + first[block + 1]};
  }
  std::span<const uint32_t> BlocksOf(uint32_t mention) const {
    return {blocks_of.data() + of[mention], blocks_of.data() + of[mention + 1]};
  }
};

// The same blocks on any number of threads.
Blocks MakeBlocks(const Mentions& mentions, const BlockOptions& options, unsigned threads);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_BLOCKS_H_
