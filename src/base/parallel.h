// Work spread over threads with an outcome that does not depend on how many there are: item i
// writes to slot i.
#ifndef TIDEWAITER_BASE_PARALLEL_H_
#define TIDEWAITER_BASE_PARALLEL_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace tidewaiter {

inline unsigned DefaultThreads() { return std::max(1U, std::thread::hardware_concurrency()); }

// Calls body(i) once for each i in [0, count), on up to `threads` threads, in blocks of `block`
// neighbours. body must be safe to call from several threads for different i, and must not throw.
template <typename Body>
void ParallelFor(size_t count, unsigned threads, size_t block, const Body& body) {
  std::atomic<size_t> next{0};
  auto work = [&] {
    for (;;) {
      const size_t from = next.fetch_add(block, std::memory_order_relaxed);
      if (from >= count) return;
      const size_t to = std::min(count, from + block);
      for (size_t i = from; i < to; ++i) body(i);
    }
  };
  std::vector<std::jthread> others;
  const size_t blocks = (count + block - 1) / block;
  for (size_t t = 1; t < std::min<size_t>(threads, blocks); ++t) others.emplace_back(work);
  work();
}

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_PARALLEL_H_
