// A new snapshot of a list as changes to the watchlist that is there: what came, what went, and
// what that does to listings that several publishers carry. Costs what the changes cost, not what
// the lists cost; the answers are those of a watchlist made anew from all snapshots.
#ifndef TIDEWAITER_WATCHLIST_CHANGES_H_
#define TIDEWAITER_WATCHLIST_CHANGES_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "watchlist/state.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

// What a new snapshot changes in its own list.
struct ListChange {
  uint8_t list = 0;               // in Watchlist::lists()
  ListInfo info;                  // of the new snapshot
  std::vector<ListedParty> came;  // wordings that the snapshot before did not have
  std::vector<size_t> gone;       // in the history
};

// Compares a snapshot with the open records of its list.
ListChange DiffWithState(const HistoryState& state, uint8_t list, ListInfo info,
                         const PackedParties& parties);

// Writes the changes into the history; false when a record would end before it began, and all must
// be made anew. `groups` gets the groups that are concerned. `last`: day of the snapshot before.
bool ApplyToState(ListChange change, Date last, HistoryState& state, std::vector<uint64_t>& groups);

using BuildChanges = std::function<Result<std::optional<std::vector<Section>>>(
    const Watchlist& base, const std::vector<Record>& records)>;

inline constexpr size_t kMostChanges = 300;  // records; beyond that all is made anew

// The file of changes, all since the base was made. `current` is what is there now, `base_file` the
// name of the file that the changes will rest on, `state` the history with the changes in it.
// nullopt when all must be made anew.
Result<std::optional<std::string>> MakeChanges(
    const Watchlist& current, const std::string& base_file, const std::vector<ListInfo>& lists,
    const HistoryState& state, const std::vector<uint64_t>& groups, const BuildChanges& build);

// The list that a merged record was read from, in `lists`.
uint8_t RegionOf(const Record& record, const std::vector<ListInfo>& lists);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_CHANGES_H_
