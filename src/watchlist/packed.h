// Parties and records on their way into a watchlist file, as bytes: a tenth of what they take as
// objects, so that lists of millions can be imported. Unpacked one by one.
#ifndef TIDEWAITER_WATCHLIST_PACKED_H_
#define TIDEWAITER_WATCHLIST_PACKED_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "model/party.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

// Bytes that stay where they are put, for the life of the object. Not copied.
class ByteArena {
 public:
  std::string_view Keep(std::string_view bytes);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  size_t left_ = 0;
};

// The parties of one snapshot, in its order. Move-only.
class PackedParties {
 public:
  PackedParties() = default;
  explicit PackedParties(const std::vector<ListedParty>& parties);

  void Add(const ListedParty& party);
  size_t size() const { return wordings_.size(); }
  bool empty() const { return wordings_.empty(); }
  std::string_view wording(size_t i) const { return wordings_[i]; }  // WordingKey of it
  ListedParty at(size_t i) const;

 private:
  std::unique_ptr<ByteArena> arena_ = std::make_unique<ByteArena>();
  std::vector<std::string_view> wordings_;
};

// Party and `also` as bytes of an arena.
struct PackedRecord {
  std::string_view bytes;
  Interval on_list;
  bool start_unknown = false;
};
Record Unpack(const PackedRecord& packed);
std::string RecordKey(const PackedRecord& packed);  // of the record that it is

// Records whose bytes are in an arena that others may share.
class PackedRecords {
 public:
  explicit PackedRecords(std::shared_ptr<ByteArena> arena = std::make_shared<ByteArena>())
      : arena_(std::move(arena)) {}

  void Add(const Record& record);
  void Add(const PackedRecord& record) { records_.push_back(record); }  // of the same arena
  void Clear() { std::vector<PackedRecord>().swap(records_); }
  size_t size() const { return records_.size(); }
  Record at(size_t i) const { return watchlist::Unpack(records_[i]); }
  PackedRecord& operator[](size_t i) { return records_[i]; }
  const PackedRecord& operator[](size_t i) const { return records_[i]; }
  const std::shared_ptr<ByteArena>& arena() const { return arena_; }

 private:
  std::shared_ptr<ByteArena> arena_;
  std::vector<PackedRecord> records_;
};

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_PACKED_H_
