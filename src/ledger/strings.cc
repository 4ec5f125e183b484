#include "ledger/strings.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"

namespace tidewaiter::ledger {
namespace {

constexpr size_t kFirstSlots = 256;
constexpr size_t kChunk = 64 << 10;

}  // namespace

Strings::Strings() : texts_(1), slots_(kFirstSlots) {}

std::string_view Strings::Store(std::string_view text) {
  if (text.size() > chunk_left_) {
    const size_t size = std::max(kChunk, text.size());
    chunks_.push_back(std::make_unique_for_overwrite<char[]>(size));
    chunk_next_ = chunks_.back().get();
    chunk_left_ = size;
  }
  std::memcpy(chunk_next_, text.data(), text.size());
  const std::string_view stored(chunk_next_, text.size());
  chunk_next_ += text.size();
  chunk_left_ -= text.size();
  return stored;
}

void Strings::Grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id == 0) continue;
    size_t at = slot.hash & mask;
    while (slots_[at].id != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

uint32_t Strings::Intern(std::string_view text) {
  if (text.empty()) return 0;
  if (texts_.size() * 2 > slots_.size()) Grow();
  const auto hash = static_cast<uint32_t>(Hash64(text));
  const size_t mask = slots_.size() - 1;
  size_t at = hash & mask;
  for (; slots_[at].id != 0; at = (at + 1) & mask) {
    if (slots_[at].hash == hash && texts_[slots_[at].id] == text) return slots_[at].id;
  }
  const auto id = static_cast<uint32_t>(texts_.size());
  texts_.push_back(Store(text));
  slots_[at] = {id, hash};
  return id;
}

}  // namespace tidewaiter::ledger
