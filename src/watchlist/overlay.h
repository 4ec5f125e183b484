// A file of changes laid over the file that it rests on, as one watchlist.
//
// Records of the base keep their numbers; those that came since follow behind them. A record that
// left the list, or that another publisher now repeats, is taken from the changes. section(NAME) is
// the base's; section("changes:NAME") that of the changes. Decided against: appending to the file,
// which readers have mapped and whose cut end could not be told from its whole one.
#ifndef TIDEWAITER_WATCHLIST_OVERLAY_H_
#define TIDEWAITER_WATCHLIST_OVERLAY_H_

#include <memory>
#include <string>

#include "base/result.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

// `changes` was opened from `path`; its base lies in the same folder.
Result<std::shared_ptr<const Watchlist>> Overlay(std::shared_ptr<const Watchlist> changes,
                                                 const std::string& path);

// How many records are the base's; all of them where the watchlist is one file.
uint32_t BaseRecords(const Watchlist& watchlist);

// What a file of changes must say in its section kBaseSection.
std::string BaseText(const std::string& file, const Watchlist& base);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_OVERLAY_H_
