// A clock that jumps, for the tests of this folder: loaded before the C library, it moves the wall
// clock by up to 400 days to and fro at every look. $TIDEWAITER_CLOCK_DAYS moves it for good.
// Steady clocks stay as they are.
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>

#include <atomic>
#include <cstdlib>

namespace {

using ClockGettime = int (*)(clockid_t, timespec*);

int Real(clockid_t clock, timespec* out) {
  static const auto real = reinterpret_cast<ClockGettime>(dlsym(RTLD_NEXT, "clock_gettime"));
  return real(clock, out);
}

long Shift() {
  static std::atomic<long> looks{0};
  const char* days = std::getenv("TIDEWAITER_CLOCK_DAYS");
  if (days != nullptr) return std::atol(days) * 86400;
  return (looks.fetch_add(1) % 3 - 1) * 400 * 86400;
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* out) {
  const int result = Real(clock, out);
  if (clock == CLOCK_REALTIME && result == 0) out->tv_sec += Shift();
  return result;
}

extern "C" time_t time(time_t* out) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

extern "C" int gettimeofday(timeval* out, void*) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  *out = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}
