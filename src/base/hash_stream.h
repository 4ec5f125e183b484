// Hash64 (base/hash.h) of bytes that come in pieces.
#ifndef TIDEWAITER_BASE_HASH_STREAM_H_
#define TIDEWAITER_BASE_HASH_STREAM_H_

#include <cstdint>
#include <memory>
#include <string_view>

namespace tidewaiter {

class Hash64Stream {
 public:
  Hash64Stream();
  ~Hash64Stream();
  Hash64Stream(const Hash64Stream&) = delete;
  Hash64Stream& operator=(const Hash64Stream&) = delete;

  void Add(std::string_view bytes);
  uint64_t Value() const;  // of all that was added

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_HASH_STREAM_H_
