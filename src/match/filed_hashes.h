// Hashes on their way into the index, in parts by their upper bits: each part is put in order alone
// and its memory given back, so that a large index needs little more than its own size to be made.
#ifndef TIDEWAITER_MATCH_FILED_HASHES_H_
#define TIDEWAITER_MATCH_FILED_HASHES_H_

#include <array>
#include <compare>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace tidewaiter::match {

class FiledHashes {
 public:
  struct Filed {
    uint32_t hash, signature, target;
    auto operator<=>(const Filed&) const = default;
  };

  void Add(const Filed& filed) {
    parts_[filed.hash >> (32 - kPartBits)].push_back(filed);
    ++size_;
  }
  size_t size() const { return size_; }

  // Appends the HashEntry of each, without repeats and in order; nothing is left here. Returns
  // where the hashes of each value of the upper bits begin, and one behind the last.
  std::vector<uint32_t> MoveTo(std::string& bytes);

 private:
  static constexpr uint32_t kPartBits = 8;

  std::array<std::deque<Filed>, size_t{1} << kPartBits> parts_;
  size_t size_ = 0;
};

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_FILED_HASHES_H_
