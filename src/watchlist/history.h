// Snapshots of a list, in the order of their days -> records with the days on which they hold.
#ifndef TIDEWAITER_WATCHLIST_HISTORY_H_
#define TIDEWAITER_WATCHLIST_HISTORY_H_

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "model/party.h"
#include "watchlist/codec.h"
#include "watchlist/packed.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

// A record with what the next snapshot needs to know of it.
struct HistoryRecord {
  Record record;
  Wording wording{};              // as published; of open records, else zeros
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
  // `arena`: where the records' bytes stay.
  explicit History(std::shared_ptr<ByteArena> arena = std::make_shared<ByteArena>())
      : records_(std::move(arena)) {}

  // Days must ascend.
  void Add(Date date, const PackedParties& parties);
  void Add(Date date, const std::vector<ListedParty>& parties) {
    Add(date, PackedParties(parties));
  }
  // In the order in which the wordings first appeared. The history is empty afterwards.
  std::vector<Record> Take();
  // The same, one by one, with what the next snapshot needs. `whole` becomes false when that would
  // not suffice: a wording that is on the last snapshot and holds on no day.
  using Taker = std::function<void(HistoryRecord, const PackedRecord&)>;
  void TakeAll(bool& whole, const Taker& take);

 private:
  struct Listing {
    std::optional<Date> listed_on;
    uint32_t seen = 0;  // number of the last snapshot that has it
  };
  struct Open {
    uint32_t record = 0;
    uint32_t seen = 0;
    Listing* listing = nullptr;  // gone no sooner than this
  };
  struct HashOfHash {
    size_t operator()(const Wording& wording) const { return wording[0]; }
  };
  void Begin(ListedParty party, Date date, Open& open);
  void Reset();

  PackedRecords records_;
  std::unordered_map<Wording, Open, HashOfHash> open_;
  std::unordered_map<std::string, Listing> listings_;  // by id
  std::optional<Date> last_;
  uint32_t snapshots_ = 0;
};

// Makes one record of a listing that several publishers carry. A record whose party names an origin
// (origin_list, origin_id) is kept only for the days on which the origin's own records do not hold,
// under the origin's list and id; on the others it is named in the origin's `also`.
std::vector<Record> MergeCopies(std::vector<Record> records);

// The same of packed ones; what is not concerned stays as it is.
PackedRecords MergeCopies(const PackedRecords& records);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_HISTORY_H_
