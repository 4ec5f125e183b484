#include "resolve/distinct.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"

namespace tidewaiter::resolve {

namespace {
constexpr size_t kFirstSlots = 1024;
constexpr size_t kChunkBytes = 256 << 10;
}  // namespace

Distinct::Distinct() : texts_(1), hashes_(1), slots_(kFirstSlots, 0) {}

size_t Distinct::SlotOf(std::string_view text, uint64_t hash) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = hash & mask;
  while (slots_[slot] != 0 && (hashes_[slots_[slot]] != hash || texts_[slots_[slot]] != text))
    slot = (slot + 1) & mask;
  return slot;
}

std::string_view Distinct::Keep(std::string_view text) {
  if (used_ + text.size() > capacity_) {
    capacity_ = std::max(kChunkBytes, text.size());
    chunks_.push_back(std::make_unique<char[]>(capacity_));
    used_ = 0;
  }
  char* const to = chunks_.back().get() + used_;
  std::memcpy(to, text.data(), text.size());
  used_ += text.size();
  return {to, text.size()};
}

void Distinct::Grow() {
  std::vector<uint32_t> larger(slots_.size() * 2, 0);
  const size_t mask = larger.size() - 1;
  for (uint32_t id = 1; id < texts_.size(); ++id) {
    size_t slot = hashes_[id] & mask;
    while (larger[slot] != 0) slot = (slot + 1) & mask;
    larger[slot] = id;
  }
  slots_.swap(larger);
}

uint32_t Distinct::Add(std::string_view text) {
  if (text.empty()) return 0;
  const uint64_t hash = Hash64(text);
  const size_t slot = SlotOf(text, hash);
  if (slots_[slot] != 0) return slots_[slot];
  const auto id = static_cast<uint32_t>(texts_.size());
  texts_.push_back(Keep(text));
  hashes_.push_back(hash);
  slots_[slot] = id;
  if (texts_.size() * 2 > slots_.size()) Grow();
  return id;
}

uint32_t Distinct::Find(std::string_view text) const {
  return text.empty() ? 0 : slots_[SlotOf(text, Hash64(text))];
}

}  // namespace tidewaiter::resolve
