// Things that rows say again and again (parties, goods), known by a hash of all that they say, so
// that one that is known already costs one look-up, whatever it is made of.
#ifndef TIDEWAITER_LEDGER_CONTENT_TABLE_H_
#define TIDEWAITER_LEDGER_CONTENT_TABLE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/hash.h"
#include "base/large_pages.h"

namespace tidewaiter::ledger {

// Not safe for concurrent use.
class ContentTable {
 public:
  ContentTable();
  // The numbers of these, from 1 in order of first appearance. Places of the memory are fetched
  // before they are looked at.
  std::vector<uint32_t> Number(std::span<const Hash128> contents);
  // How many are known.
  uint32_t size() const { return static_cast<uint32_t>(hashes_.size() - 1); }

 private:
  uint32_t Number(const Hash128& content);
  void Grow();
  struct Slot {
    uint32_t number = 0;  // 0: free
    uint32_t tag = 0;     // of the hash: most others are told apart without looking it up
  };

  LargeVector<Hash128> hashes_;  // by number
  LargeVector<Slot> slots_;      // open addressing, a power of two
};

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_CONTENT_TABLE_H_
