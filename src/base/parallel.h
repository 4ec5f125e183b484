// Work spread over threads with an outcome that does not depend on how many there are: item i
// writes to slot i.
#ifndef TIDEWAITER_BASE_PARALLEL_H_
#define TIDEWAITER_BASE_PARALLEL_H_

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/result.h"

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

// take(make(i)) for each i in [0, count), in order: made on up to `threads` threads of their own,
// taken on this one, so that no thread waits for a slow neighbour until `ahead` results are. make
// must be safe to call from several threads; neither may throw.
template <typename Make, typename Take>
void TakeInOrder(size_t count, unsigned threads, size_t ahead, const Make& make, const Take& take) {
  using Made = decltype(make(size_t{}));
  if (threads <= 1) {
    for (size_t i = 0; i < count; ++i) take(make(i));
    return;
  }
  std::mutex mutex;
  std::condition_variable made, room;
  std::vector<std::optional<Made>> waiting(ahead);  // i stands in i % ahead
  size_t next = 0, taken = 0;
  const auto work = [&] {
    for (std::unique_lock lock(mutex);;) {
      room.wait(lock, [&] { return next == count || next < taken + ahead; });
      if (next == count) return;
      const size_t i = next++;
      lock.unlock();
      Made one = make(i);
      lock.lock();
      waiting[i % ahead] = std::move(one);
      made.notify_one();
    }
  };
  std::vector<std::jthread> makers;
  for (size_t t = 0; t < std::min<size_t>(threads, count); ++t) makers.emplace_back(work);
  for (size_t i = 0; i < count; ++i) {
    std::unique_lock lock(mutex);
    made.wait(lock, [&] { return waiting[i % ahead].has_value(); });
    Made one = std::move(*waiting[i % ahead]);
    waiting[i % ahead].reset();
    ++taken;
    lock.unlock();
    room.notify_all();
    take(std::move(one));
  }
}

// Does works that do not touch each other on up to `threads` threads, begun in their order (so put
// the longest first). After an error none is begun any more. Of several errors that of the first
// work in the order is told, on any number of threads, as all before it were begun.
inline Status DoTogether(unsigned threads, const std::vector<std::function<Status()>>& works) {
  std::vector<Status> done(works.size());
  std::atomic<bool> failed{false};
  ParallelFor(works.size(), threads, 1, [&](size_t i) {
    if (failed) return;
    done[i] = works[i]();
    if (!done[i]) failed = true;
  });
  for (Status& status : done) TW_RETURN_IF_ERROR(status);
  return {};
}

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_PARALLEL_H_
