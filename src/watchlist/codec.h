// Records as bytes: numbers as varints, text as (offset, size) into a pool that holds each string
// once.
#ifndef TIDEWAITER_WATCHLIST_CODEC_H_
#define TIDEWAITER_WATCHLIST_CODEC_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
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

 private:
  std::string bytes_;
  std::unordered_map<std::string, uint64_t> offsets_;
};

// Appends the record's party, its `also` and nothing else (the interval is in the table).
void Encode(const Record& record, StringPool& pool, std::string& out);

// The reverse. kBadInput when the bytes are no record; never reads outside of either view.
Status Decode(std::string_view blob, std::string_view strings, Record& record);

// A party as bytes, strings in place: equal parties are equal bytes. Tells wordings apart.
std::string WordingKey(const ListedParty& party);

// A whole record as bytes, days and other publishers included: equal records are equal bytes.
std::string RecordKey(const Record& record);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_CODEC_H_
