// Distinct texts as small numbers, in order of first appearance; 0 is "nothing". Texts live as long
// as the object. One thread at a time.
#ifndef TIDEWAITER_RESOLVE_DISTINCT_H_
#define TIDEWAITER_RESOLVE_DISTINCT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tidewaiter::resolve {

class Distinct {
 public:
  Distinct();
  // The number of `text`; "" is 0.
  uint32_t Add(std::string_view text);
  // 0 when unknown.
  uint32_t Find(std::string_view text) const;
  std::string_view operator[](uint32_t id) const { return texts_[id]; }
  size_t size() const { return texts_.size(); }  // 0 included

 private:
  size_t SlotOf(std::string_view text, uint64_t hash) const;
  std::string_view Keep(std::string_view text);
  void Grow();

  std::vector<std::string_view> texts_;
  std::vector<uint64_t> hashes_;
  std::vector<uint32_t> slots_;  // by hash, open addressing; 0: free
  std::vector<std::unique_ptr<char[]>> chunks_;
  size_t used_ = 0, capacity_ = 0;  // of the last chunk
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_DISTINCT_H_
