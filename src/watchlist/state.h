// What an import needs to know of earlier ones without reading their files again: every record
// before copies were merged, whether it stands on the newest snapshot of its list, and by what hash
// to know its wording again.
//
// DATA/history.tw holds it for the file that everything was last made anew for; a file of changes
// carries what came since. It is a cache: when it does not fit the watchlist, the snapshots are
// read again.
#ifndef TIDEWAITER_WATCHLIST_STATE_H_
#define TIDEWAITER_WATCHLIST_STATE_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/party.h"
#include "watchlist/history.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

struct StateEntry {
  std::array<uint64_t, 2> wording{};  // of the party as published; of open records
  uint64_t group = 0;     // of list and id, those of the origin where the record is a copy
  uint64_t own = 0;       // of its own list and id
  int32_t listed_on = 0;  // of the listing, days; kNoDay: unknown
  uint32_t flags = 0;     // kOpen
};
static_assert(sizeof(StateEntry) == 40);
inline constexpr uint32_t kOpen = 1;  // on the newest snapshot of its list
inline constexpr int32_t kNoDay = INT32_MIN;

inline constexpr const char* kStateSection = "state";      // StateEntry each
inline constexpr const char* kTieSection = "tie";          // hash of the watchlist it belongs to
inline constexpr const char* kGroupsSection = "groups";    // of a watchlist: uint64 a record
inline constexpr const char* kRegionsSection = "regions";  // of a watchlist: uint8 a record: the
                                                           // list that the record was read from
// Of a file of changes: what came to the history since, and what of it ended.
inline constexpr const char* kHistoryNewSection = "history-new";      // a file within the file
inline constexpr const char* kHistoryStateSection = "history-state";  // StateEntry each
inline constexpr const char* kHistoryEndedSection = "history-ended";  // index, last day: int32

uint64_t GroupHash(std::string_view list, std::string_view id);
StateEntry MakeState(const HistoryRecord& record);

template <typename T>
std::string Pack(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}
template <typename T>
std::vector<T> Unpack(std::string_view bytes) {
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty())
    std::memcpy(static_cast<void*>(values.data()), bytes.data(), values.size() * sizeof(T));
  return values;
}

std::string HistoryPath(const std::string& data_folder);

// The whole history, from the cache and from the changes of `current`. nullopt when they do not
// fit.
class HistoryState {
 public:
  static std::optional<HistoryState> Load(const std::string& data_folder, const Watchlist& current);

  size_t size() const { return entries_.size(); }
  const StateEntry& entry(size_t i) const { return entries_[i]; }
  Record record(size_t i) const;
  Interval on_list(size_t i) const;
  uint8_t list(size_t i) const;

  // Ends an open record on that day; false when it would end before it began.
  bool End(size_t i, Date last);
  void Append(HistoryRecord record, uint8_t list);

  // For a file of changes.
  std::vector<Record> NewRecords() const { return new_; }
  std::string PackedState() const;
  std::string PackedEnds() const;

 private:
  std::shared_ptr<const Watchlist> base_;
  std::vector<StateEntry> entries_;
  std::vector<Record> new_;
  std::vector<uint8_t> new_lists_;
  std::vector<std::pair<uint32_t, int32_t>> ends_;  // of base records, in order of index
};

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_STATE_H_
