// Random numbers that are the same on every machine, compiler and day: integers only, no library of
// distributions, no floating point. A Random is a counter over a key, so that any part of a corpus
// can be made without making what comes before it.
#ifndef TIDEWAITER_SYNTH_RANDOM_H_
#define TIDEWAITER_SYNTH_RANDOM_H_

#include <bit>
#include <cstdint>

namespace tidewaiter::synth {

// A bijection of 64 bits that leaves no pattern to the eye (the finaliser known as splitmix64).
inline uint64_t Mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}
inline uint64_t Mix(uint64_t a, uint64_t b) { return Mix(Mix(a) ^ (b * 0xd6e8feb86659fd93ULL)); }
inline uint64_t Mix(uint64_t a, uint64_t b, uint64_t c) { return Mix(Mix(a, b), c); }

class Random {
 public:
  explicit Random(uint64_t key) : key_(key) {}

  uint64_t Next() { return Mix(key_, ++counter_); }
  // Uniform in [0, n), n >= 1. The bias of the multiplication is below n / 2^32.
  uint64_t Below(uint64_t n) {
    return n <= (uint64_t{1} << 32) ? ((Next() >> 32) * n) >> 32 : Next() % n;
  }
  // Uniform in [low, high].
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Below(static_cast<uint64_t>(high - low + 1)));
  }
  bool OneIn(uint64_t n) { return Below(n) == 0; }
  bool Percent(uint64_t p) { return Below(100) < p; }
  // Below n, small numbers often: about 1/(k+1), as turnover of firms is. Every power of two is
  // equally likely.
  uint64_t Zipf(uint64_t n) {
    const auto levels = static_cast<uint64_t>(std::bit_width(n));
    for (;;) {
      const uint64_t level = Below(levels);
      const uint64_t k = (uint64_t{1} << level) - 1 + Below(uint64_t{1} << level);
      if (k < n) return k;
    }
  }
  // A factor in thousandths, median 1000, mostly 700 to 1450, with tails as prices have them.
  int64_t Spread() {
    static constexpr int64_t kQuantiles[] = {420,  610,  700,  760,  815,  865,  910,  955, 1000,
                                             1050, 1100, 1160, 1230, 1320, 1440, 1640, 2300};
    const uint64_t place = Below(16 * 1024);
    const int64_t low = kQuantiles[place / 1024], high = kQuantiles[place / 1024 + 1];
    return low + (high - low) * static_cast<int64_t>(place % 1024) / 1024;
  }

 private:
  uint64_t key_;
  uint64_t counter_ = 0;
};

}  // namespace tidewaiter::synth

#endif  // TIDEWAITER_SYNTH_RANDOM_H_
