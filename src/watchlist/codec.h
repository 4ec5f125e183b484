// Records as bytes: numbers as varints, text as (offset, size) into a pool that holds each string
// once.
#ifndef TIDEWAITER_WATCHLIST_CODEC_H_
#define TIDEWAITER_WATCHLIST_CODEC_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/party.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

// Each string once, in order of first use.
class StringPool {
 public:
  struct Place {
    uint64_t offset;
    uint64_t size;
  };
  Place Add(std::string_view text);
  const std::string& bytes() const { return bytes_; }
  std::string TakeBytes() { return std::move(bytes_); }

 private:
  struct Slot {
    uint64_t offset = 0;
    uint32_t size = 0;  // 0: empty
    uint32_t hash = 0;
  };
  Slot& Find(std::string_view text, uint32_t hash);
  void Grow();

  std::string bytes_;
  std::vector<Slot> slots_;  // a power of two of them, at most three in four taken
  size_t taken_ = 0;
};

// Appends the record's party, its `also` and nothing else (the interval is in the table).
void Encode(const Record& record, StringPool& pool, std::string& out);

// The reverse. kBadInput when the bytes are no record; never reads outside of either view.
Status Decode(std::string_view blob, std::string_view strings, Record& record);

// A party as bytes, strings in place: equal parties are equal bytes. Tells wordings apart.
std::string WordingKey(const ListedParty& party);

// Names a wording by its key.
using Wording = std::array<uint64_t, 2>;
Wording HashOfWording(std::string_view key);

// The reverse of WordingKey.
Status DecodeWording(std::string_view bytes, ListedParty& party);

// A whole record as bytes, days and other publishers included: equal records are equal bytes.
std::string RecordKey(const Record& record);

// The part of RecordKey before the days, and the rest of it.
void AppendPartyAndAlso(const Record& record, std::string& out);
void AppendDays(const Interval& on_list, bool start_unknown, std::string& out);
Status DecodePartyAndAlso(std::string_view bytes, Record& record);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_CODEC_H_
