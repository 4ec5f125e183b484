// After a change of the lists: only the customers that it can concern are screened again, before
// and after, and what differs is told. The answer equals that of screening everybody again.
#ifndef TIDEWAITER_SCREEN_RESCREEN_H_
#define TIDEWAITER_SCREEN_RESCREEN_H_

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "match/match.h"
#include "screen/desk.h"
#include "screen/party_file.h"

namespace tidewaiter::screen {

struct RescreenOptions {
  std::map<std::string, Date> before;  // list -> the day that was answered for; a list that is not
                                       // here was not loaded then
  match::Options search;               // threshold, top, lists; no day
  bool everybody = false;              // the slow reference: screen all customers again
  unsigned threads = 1;
};

struct RescreenCounts {
  uint64_t customers = 0, changed_entries = 0, touched = 0, changed = 0;
};

// Calls `take` with a JSON line for each changed customer, in the order of the rows; it returns
// false to stop.
Result<RescreenCounts> Rescreen(const Desk& desk, const std::vector<PartyRow>& customers,
                                const RescreenOptions& options,
                                const std::function<bool(std::string_view)>& take);

// The days of the lists that `desk` answers for, as a state to begin from the next time:
// {"lists": {LIST: DAY}, "watchlist": HASH}.
Json StateOf(const Desk& desk);
Result<std::map<std::string, Date>> ReadState(const std::string& path);

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_RESCREEN_H_
