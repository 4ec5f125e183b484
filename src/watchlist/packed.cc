#include "watchlist/packed.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "watchlist/codec.h"

namespace tidewaiter::watchlist {

std::string_view ByteArena::Keep(std::string_view bytes) {
  constexpr size_t kBlock = size_t{1} << 18;
  if (bytes.size() > left_) {
    left_ = std::max(kBlock, bytes.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
    free_ = blocks_.back().get();
  }
  char* const at = free_;
  if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
  free_ += bytes.size();
  left_ -= bytes.size();
  return {at, bytes.size()};
}

PackedParties::PackedParties(const std::vector<ListedParty>& parties) {
  for (const ListedParty& party : parties) Add(party);
}

void PackedParties::Add(const ListedParty& party) {
  wordings_.push_back(arena_->Keep(WordingKey(party)));
}

ListedParty PackedParties::at(size_t i) const {
  ListedParty party;
  [[maybe_unused]] const Status status = DecodeWording(wordings_[i], party);
  assert(status.ok());
  return party;
}

Record Unpack(const PackedRecord& packed) {
  Record record;
  [[maybe_unused]] const Status status = DecodePartyAndAlso(packed.bytes, record);
  assert(status.ok());
  record.on_list = packed.on_list;
  record.start_unknown = packed.start_unknown;
  return record;
}

std::string RecordKey(const PackedRecord& packed) {
  std::string key(packed.bytes);
  AppendDays(packed.on_list, packed.start_unknown, key);
  return key;
}

void PackedRecords::Add(const Record& record) {
  std::string bytes;
  AppendPartyAndAlso(record, bytes);
  records_.push_back({arena_->Keep(bytes), record.on_list, record.start_unknown});
}

}  // namespace tidewaiter::watchlist
