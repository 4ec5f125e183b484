#include "base/text_pool.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

#include "base/hash.h"

namespace tidewaiter {
namespace {

constexpr size_t kFirstSlots = 256;
constexpr size_t kChunk = 64 << 10;

}  // namespace

TextPool::TextPool() : texts_(1), slots_(kFirstSlots) {}

std::string_view TextPool::Store(std::string_view text) {
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

void TextPool::Grow() {
  LargeVector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id == 0) continue;
    size_t at = slot.hash & mask;
    while (slots_[at].id != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

// Where the text is, or would be put.
size_t TextPool::SlotOf(std::string_view text, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  size_t at = hash & mask;
  while (slots_[at].id != 0 && (slots_[at].hash != hash || texts_[slots_[at].id] != text))
    at = (at + 1) & mask;
  return at;
}

uint32_t TextPool::Intern(std::string_view text) {
  return text.empty() ? 0 : Intern(text, static_cast<uint32_t>(Hash64(text)));
}

uint32_t TextPool::Intern(std::string_view text, uint32_t hash) {
  if (texts_.size() * 2 > slots_.size()) Grow();
  Slot& slot = slots_[SlotOf(text, hash)];
  if (slot.id == 0) {
    slot = {static_cast<uint32_t>(texts_.size()), hash};
    texts_.push_back(Store(text));
  }
  return slot.id;
}

// A look-up waits for three places of the memory, each of which says where the next is: so each is
// fetched a few texts before the one after it is asked for.
void TextPool::InternSome(const TextPool& others, std::span<const uint32_t> wanted,
                          std::vector<uint32_t>& ids) {
  constexpr size_t kAhead = 8, kHashes = 32;  // a power of two above the two waits
  const size_t count = wanted.size();
  std::array<uint32_t, kHashes> hashes{};
  ids.resize(others.size());
  for (size_t i = 0; i < count + 2 * kAhead; ++i) {
    if (i < count) {
      const auto hash = static_cast<uint32_t>(Hash64(others.texts_[wanted[i]]));
      hashes[i % kHashes] = hash;
      __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
    }
    if (i >= kAhead && i - kAhead < count) {
      const uint32_t hash = hashes[(i - kAhead) % kHashes];
      const Slot& slot = slots_[hash & (slots_.size() - 1)];
      if (slot.hash == hash) __builtin_prefetch(texts_[slot.id].data());
    }
    if (i < 2 * kAhead) continue;
    const uint32_t other = wanted[i - 2 * kAhead];
    if (other != 0) ids[other] = Intern(others.texts_[other], hashes[(i - 2 * kAhead) % kHashes]);
  }
}

std::vector<uint32_t> TextPool::InternAll(const TextPool& others) {
  std::vector<uint32_t> all(others.size()), ids;
  std::iota(all.begin(), all.end(), 0U);
  InternSome(others, all, ids);
  return ids;
}

uint32_t TextPool::Find(std::string_view text) const {
  return text.empty() ? 0 : slots_[SlotOf(text, static_cast<uint32_t>(Hash64(text)))].id;
}

}  // namespace tidewaiter
