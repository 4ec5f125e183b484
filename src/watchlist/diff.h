// What changed in a list between two of its snapshots.
#ifndef TIDEWAITER_WATCHLIST_DIFF_H_
#define TIDEWAITER_WATCHLIST_DIFF_H_

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "model/party.h"

namespace tidewaiter::watchlist {

struct FieldChange {
  std::string field;                 // names, addresses, ...
  std::vector<std::string> removed;  // values that only the earlier snapshot has
  std::vector<std::string> added;
};

struct PartyChange {
  std::string id, name;             // the name in the later snapshot, else in the earlier
  std::vector<FieldChange> fields;  // of a changed party
};

struct ListDiff {
  std::string list;
  Date from, to;
  std::vector<PartyChange> added, removed, changed;  // each in the order of ids
};
Json ToJson(const ListDiff& diff);

// Parties are compared by id; those that repeat their id (rows of the denied persons) as one.
ListDiff DiffParties(const std::vector<ListedParty>& before, const std::vector<ListedParty>& after);

// Between the snapshots of two days, each the newest that is not younger than the day; without
// days the last two. kMissingData when there are none.
Result<ListDiff> DiffSnapshots(const std::string& data_folder, const std::string& list,
                               std::optional<Date> from, std::optional<Date> to);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_DIFF_H_
