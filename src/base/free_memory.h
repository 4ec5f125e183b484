// What a stage of the work has freed stays with the process, as memory for its next stage. Where
// the next stage asks elsewhere (DuckDB has an allocator of its own) it is given back to the system
// first.
#ifndef TIDEWAITER_BASE_FREE_MEMORY_H_
#define TIDEWAITER_BASE_FREE_MEMORY_H_

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tidewaiter {

// Does nothing where the C library has no such call.
inline void ReturnFreeMemory() {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_FREE_MEMORY_H_
