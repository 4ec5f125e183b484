// The listed forms of names that can reach a bound for one name of a query. Lossless: every form
// whose log odds reach the bound is among them (others may be too; they are compared exactly
// afterwards).
#ifndef TIDEWAITER_MATCH_CANDIDATES_H_
#define TIDEWAITER_MATCH_CANDIDATES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "match/expansion.h"
#include "match/index_view.h"
#include "match/profile.h"
#include "match/score.h"

namespace tidewaiter::match {

// One name of a query and what its words are like.
struct ExpandedName {
  std::span<const Word> words;
  std::vector<const Expansion*> expansions;  // one a word; the query holds them
  uint8_t kinds = 0xFF;                      // of the parties that it is compared with, a bit each
  uint8_t other_kinds = 0;  // those of them that are known to be of another kind than the query
};

// The listed words that are like words of one name of a query: token -> (word, likeness). Small
// enough to stay near while many names are looked at. Reused from name to name.
class LikeTable {
 public:
  struct Entry {
    uint32_t token = kNone;
    uint32_t word = 0;
    const LikeToken* like = nullptr;
  };

  void Fill(const ExpandedName& name);
  // Calls back with each word of the query that the listed word is like, and how.
  template <typename Callback>
  void ForEach(uint32_t token, const Callback& callback) const {
    for (size_t slot = Slot(token); slots_[slot].token != kNone; slot = (slot + 1) & mask_) {
      if (slots_[slot].token == token) callback(slots_[slot].word, *slots_[slot].like);
    }
  }

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFF;
  size_t Slot(uint32_t token) const { return (token * 0x9E3779B1U) >> shift_; }

  std::vector<Entry> slots_;
  size_t mask_ = 0;
  uint32_t shift_ = 32;
};

// Ascending. `likes` is filled from `name`. `bound`: log odds of the names alone.
void CandidateForms(const IndexView& index, const ExpandedName& name, const LikeTable& likes,
                    double bound, const Profile& profile, std::vector<uint32_t>& forms);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_CANDIDATES_H_
