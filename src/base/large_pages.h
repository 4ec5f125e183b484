// Memory for large tables that are read here and there. A page of 4 KB is found through tables of
// its own, and where each access is on another page that search costs as much as the access; pages
// of 2 MB hardly need it. Linux gives them to those who ask (madvise); elsewhere and for small
// tables nothing changes.
//   std::vector<uint32_t, LargePages<uint32_t>> cells;
#ifndef TIDEWAITER_BASE_LARGE_PAGES_H_
#define TIDEWAITER_BASE_LARGE_PAGES_H_

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

namespace tidewaiter {

template <typename T>
struct LargePages {
  using value_type = T;
  LargePages() = default;
  template <typename U>
  LargePages(const LargePages<U>&) {}  // NOLINT: implicit, as allocators are

  T* allocate(size_t count) {
    if (count * sizeof(T) < kLeast) return std::allocator<T>().allocate(count);
    const size_t bytes = (count * sizeof(T) + kPage - 1) / kPage * kPage;
    void* memory = std::aligned_alloc(kPage, bytes);  // NOLINT: an allocator owns nothing itself
    if (memory == nullptr) return std::allocator<T>().allocate(SIZE_MAX / sizeof(T) / 2);  // fails
    madvise(memory, bytes, MADV_HUGEPAGE);  // a wish: without it only slower
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, size_t count) {
    if (count * sizeof(T) < kLeast)
      std::allocator<T>().deallocate(memory, count);
    else
      std::free(memory);  // NOLINT: likewise
  }
  bool operator==(const LargePages&) const { return true; }

 private:
  static constexpr size_t kPage = 2 << 20, kLeast = 2 * kPage;
};

template <typename T>
using LargeVector = std::vector<T, LargePages<T>>;

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_LARGE_PAGES_H_
