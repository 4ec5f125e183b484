// Snapshots of a list, in the order of their days -> records with the days on which they hold.
#ifndef TIDEWAITER_WATCHLIST_HISTORY_H_
#define TIDEWAITER_WATCHLIST_HISTORY_H_

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "model/party.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

// A record with what the next snapshot needs to know of it.
struct HistoryRecord {
  Record record;
  std::string wording;            // WordingKey as published; of open records, else empty
  bool open = false;              // on the last snapshot
  std::optional<Date> listed_on;  // of the listing that it belongs to
};

// The record of a wording that appears on a snapshot of `date`. `before`: the date of the listing,
// where the party was listed in another wording; `last`: the day of the snapshot before, if any.
Record BeginRecord(ListedParty party, bool listed, std::optional<Date> before, Date date,
                   std::optional<Date> last);

// Of one list. A record is one wording of one party; it holds from the snapshot that first has it
// to the day before the snapshot that no longer has it. Where a party is new:
//   in the first snapshot: from the publisher's date, else since an unknown day (counts on every
//   earlier day); in a later one: from the publisher's date, but not before the day after the last
//   snapshot that did not have it; without a publisher's date from the day of the snapshot.
// A publisher's last day (`ends_on`) ends the record. party.listed_on of a record is the
// publisher's date or the day of the snapshot that brought the party; absent when the party was
// there from the start without a date.
class History {
 public:
  // Days must ascend.
  void Add(Date date, std::vector<ListedParty> parties);
  // In the order in which the wordings first appeared. The history is empty afterwards.
  std::vector<Record> Take();
  // The same with what the next snapshot needs. `whole` becomes false when that would not suffice:
  // a wording that is on the last snapshot and holds on no day.
  std::vector<HistoryRecord> TakeAll(bool& whole);

 private:
  struct Listing {
    std::optional<Date> listed_on;
    uint32_t seen = 0;  // number of the last snapshot that has it
  };
  struct Open {
    size_t record = 0;
    uint32_t seen = 0;
  };
  std::vector<Record> records_;
  std::unordered_map<std::string, Open> open_;         // by wording
  std::unordered_map<std::string, Listing> listings_;  // by id
  std::optional<Date> last_;
  uint32_t snapshots_ = 0;
};

// Makes one record of a listing that several publishers carry. A record whose party names an origin
// (origin_list, origin_id) is kept only for the days on which the origin's own records do not hold,
// under the origin's list and id; on the others it is named in the origin's `also`.
std::vector<Record> MergeCopies(std::vector<Record> records);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_HISTORY_H_
