// Distances between short byte strings, bit-parallel: one machine word a string of up to 64 bytes,
// a plain table beyond. The slow definitions beside them (reference) are what tests hold these
// against.
#ifndef TIDEWAITER_NAMES_EDIT_DISTANCE_H_
#define TIDEWAITER_NAMES_EDIT_DISTANCE_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace tidewaiter::names {

// Insertions, deletions, substitutions and swaps of neighbours, no part edited twice (optimal
// string alignment). H. Hyyro, "A bit-vector algorithm for computing Levenshtein and Damerau edit
// distances", 2003.
uint32_t OsaDistance(std::string_view a, std::string_view b);
// Whether that is at most `limit`; quicker than the distance.
bool IsWithinOsa(std::string_view a, std::string_view b, uint32_t limit);

// One string that is compared with many. Its own length is up to 64, else IsWithinOsa is asked.
class OsaPattern {
 public:
  explicit OsaPattern(std::string_view pattern);  // which must outlive it
  // IsWithinOsa(pattern, other, limit).
  bool IsWithin(std::string_view other, uint32_t limit) const;

 private:
  std::string_view pattern_;
  std::array<uint64_t, 256> bits_{};  // bit i of entry c: pattern[i] == c
};

// Length of the longest common subsequence. H. Hyyro, "Bit-parallel LCS-length computation
// revisited", 2004.
uint32_t LcsLength(std::string_view a, std::string_view b);
// Insertions and deletions only: |a| + |b| - 2 LcsLength(a, b).
uint32_t IndelDistance(std::string_view a, std::string_view b);

namespace reference {
uint32_t OsaDistance(std::string_view a, std::string_view b);
uint32_t LcsLength(std::string_view a, std::string_view b);
}  // namespace reference

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_EDIT_DISTANCE_H_
