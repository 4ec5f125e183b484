// Which words of a query a listed form holds, as bits: for each word of what sort what is like it
// is (how much alike and how rare), and whether it is written apart or joined with its neighbour.
#ifndef TIDEWAITER_MATCH_HELD_WORDS_H_
#define TIDEWAITER_MATCH_HELD_WORDS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "match/index_format.h"

namespace tidewaiter::match {

class HeldWords {
 public:
  static constexpr size_t kSorts = 4;
  // The words behind the first 10 share a place.
  static constexpr size_t kPlaces = 11;

  HeldWords() = default;
  static HeldWords Like(size_t word, size_t sort) {
    return HeldWords(uint64_t{1} << At(word, sort));
  }
  // With its neighbour in one word of the form; as two words of it.
  static HeldWords Joined(size_t word) { return HeldWords(uint64_t{1} << At(word, kSorts)); }
  static HeldWords Parted(size_t word) { return HeldWords(kPartedBit) | Joined(word); }
  static HeldWords Initials() { return HeldWords(kInitialBit); }

  HeldWords operator|(HeldWords other) const { return HeldWords(bits_ | other.bits_); }
  HeldWords& operator|=(HeldWords other) { return *this = *this | other; }

  uint64_t bits() const { return bits_; }
  bool holds(size_t word) const { return OfWord(word) != 0; }
  bool joins(size_t word) const { return (OfWord(word) & kJoinBit) != 0; }
  size_t sorts(size_t word) const { return OfWord(word) % kJoinBit; }  // a bit each
  bool any_joined() const { return (bits_ & kJoinBits) != 0; }
  bool any_parted() const { return (bits_ & kPartedBit) != 0; }
  bool initials() const { return (bits_ & kInitialBit) != 0; }

 private:
  static constexpr size_t kBitsOfWord = kSorts + 1;
  static constexpr uint64_t kJoinBit = uint64_t{1} << kSorts;
  static constexpr uint64_t kJoinBits = [] {
    uint64_t bits = 0;
    for (size_t i = 0; i < kPlaces; ++i) bits |= kJoinBit << i * kBitsOfWord;
    return bits;
  }();
  static constexpr uint64_t kInitialBit = uint64_t{1} << (kPlaces * kBitsOfWord),
                            kPartedBit = 2 * kInitialBit;

  explicit HeldWords(uint64_t bits) : bits_(bits) {}
  static size_t At(size_t word, size_t bit) {
    return std::min(word, kPlaces - 1) * kBitsOfWord + bit;
  }
  uint64_t OfWord(size_t word) const { return bits_ >> At(word, 0) & (2 * kJoinBit - 1); }

  uint64_t bits_ = 0;
};

// What the words of a query are like, by the codes of listed words: of another word of the same
// code it says the same. Reused from name to name; small enough to stay near.
class HeldByCode {
 public:
  void Add(uint16_t code, HeldWords held) {
    uint64_t& known = known_[code / 64];
    const uint64_t bit = uint64_t{1} << code % 64;
    if ((known & bit) == 0) {
      known |= bit;
      place_[code] = static_cast<uint16_t>(codes_.size());
      codes_.push_back(code);
      held_.emplace_back();
    }
    held_[place_[code]] |= held;
  }
  HeldWords Of(uint16_t code) const {
    return (known_[code / 64] >> code % 64 & 1U) != 0 ? held_[place_[code]] : HeldWords();
  }
  void Clear() {
    for (const uint16_t code : codes_) known_[code / 64] = 0;
    codes_.clear();
    held_.clear();
  }

 private:
  std::array<uint64_t, kCodes / 64> known_{};  // a bit each
  std::vector<uint16_t> place_ = std::vector<uint16_t>(kCodes);
  std::vector<uint16_t> codes_;
  std::vector<HeldWords> held_;
};

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_HELD_WORDS_H_
