// Distinct texts, each stored once and named by a number. Id 0 is the empty text.
#ifndef TIDEWAITER_BASE_TEXT_POOL_H_
#define TIDEWAITER_BASE_TEXT_POOL_H_

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/large_pages.h"

namespace tidewaiter {

// Texts stay at their address until the pool is destroyed, also when the pool is moved. Not safe
// for concurrent Intern(); reading is.
class TextPool {
 public:
  TextPool();
  TextPool(TextPool&&) noexcept = default;
  TextPool& operator=(TextPool&&) noexcept = default;

  // The number of the text, in order of first appearance.
  uint32_t Intern(std::string_view text);
  // The numbers here of texts of another pool, in `ids` by their number there: as if each that is
  // wanted was interned in turn, but where one is looked up the places of the next are fetched
  // already.
  void InternSome(const TextPool& others, std::span<const uint32_t> wanted,
                  std::vector<uint32_t>& ids);
  // Those of all its texts, in their order.
  std::vector<uint32_t> InternAll(const TextPool& others);
  // 0 when it is not here.
  uint32_t Find(std::string_view text) const;
  std::string_view operator[](uint32_t id) const { return texts_[id]; }
  size_t size() const { return texts_.size(); }

 private:
  uint32_t Intern(std::string_view text, uint32_t hash);
  size_t SlotOf(std::string_view text, uint32_t hash) const;
  std::string_view Store(std::string_view text);
  void Grow();

  LargeVector<std::string_view> texts_;
  struct Slot {
    uint32_t id = 0;
    uint32_t hash = 0;  // most misses are seen without touching the text, and growing needs none
  };
  LargeVector<Slot> slots_;  // open addressing, a power of two
  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t chunk_left_ = 0;
  char* chunk_next_ = nullptr;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_TEXT_POOL_H_
