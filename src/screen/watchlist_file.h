// The watchlist of a data folder together with the matcher's index.
#ifndef TIDEWAITER_SCREEN_WATCHLIST_FILE_H_
#define TIDEWAITER_SCREEN_WATCHLIST_FILE_H_

#include <memory>
#include <string>

#include "base/result.h"
#include "watchlist/publish.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::screen {

// What the matcher adds to a watchlist file: its index.
watchlist::ExtraSections MatchSections(const std::string& resources);

// Opens DATA/watchlist.tw; without one, the list that ships with the program alone. Writes nothing.
Result<std::shared_ptr<const watchlist::Watchlist>> OpenWatchlist(const std::string& data_folder,
                                                                  const std::string& resources);

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_WATCHLIST_FILE_H_
