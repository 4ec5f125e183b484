// Hashes. Sha256 names content (files, row sets, rule packs): what two people must be able to
// compare. RowHash names one row of a file: quick, 128 bits, against accidents and not against
// forgers; the file's SHA-256 beside it is what binds.
#ifndef TIDEWAITER_BASE_HASH_H_
#define TIDEWAITER_BASE_HASH_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tidewaiter {

std::string Sha256Hex(std::string_view bytes);   // 64 lower-case hex digits
std::string RowHashHex(std::string_view bytes);  // XXH3-128, 32 lower-case hex digits
uint64_t Hash64(
    std::string_view bytes);  // XXH3-64: tables in memory and checksums of our own files

// 128 bits of what is to be told apart within one run. Keyed anew by each process, so that nobody
// can prepare two contents that are taken for one; never stored.
struct Hash128 {
  uint64_t high = 0, low = 0;
  bool operator==(const Hash128&) const = default;
};
Hash128 ContentHash(std::string_view bytes);

// SHA-256 of a stream.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;

  void Add(std::string_view bytes);
  std::string FinishHex();  // once, at the end

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_HASH_H_
