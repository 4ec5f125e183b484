#include "ledger/content_table.h"

#include <utility>

namespace tidewaiter::ledger {
namespace {

constexpr size_t kFirstSlots = 1024;

uint32_t TagOf(const Hash128& content) { return static_cast<uint32_t>(content.high); }

}  // namespace

ContentTable::ContentTable() : hashes_(1), slots_(kFirstSlots) {}

void ContentTable::Grow() {
  LargeVector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == 0) continue;
    size_t at = hashes_[slot.number].low & mask;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

uint32_t ContentTable::Number(const Hash128& content) {
  if (hashes_.size() * 2 > slots_.size()) Grow();
  const size_t mask = slots_.size() - 1;
  size_t at = content.low & mask;
  while (slots_[at].number != 0 &&
         (slots_[at].tag != TagOf(content) || hashes_[slots_[at].number] != content))
    at = (at + 1) & mask;
  if (slots_[at].number == 0) {
    slots_[at] = {static_cast<uint32_t>(hashes_.size()), TagOf(content)};
    hashes_.push_back(content);
  }
  return slots_[at].number;
}

std::vector<uint32_t> ContentTable::Number(std::span<const Hash128> contents) {
  constexpr size_t kAhead = 8;
  std::vector<uint32_t> out;
  out.reserve(contents.size());
  const auto slot_of = [&](size_t i) -> const Slot& {
    return slots_[contents[i].low & (slots_.size() - 1)];
  };
  for (size_t i = 0; i < contents.size() + 2 * kAhead; ++i) {
    if (i < contents.size()) __builtin_prefetch(&slot_of(i));
    if (i >= kAhead && i - kAhead < contents.size())
      __builtin_prefetch(&hashes_[slot_of(i - kAhead).number]);
    if (i >= 2 * kAhead) out.push_back(Number(contents[i - 2 * kAhead]));
  }
  return out;
}

}  // namespace tidewaiter::ledger
