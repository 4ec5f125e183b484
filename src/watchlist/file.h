// Making the bytes of a watchlist file, and reading them from memory; watchlist.h has the same for
// paths.
#ifndef TIDEWAITER_WATCHLIST_FILE_H_
#define TIDEWAITER_WATCHLIST_FILE_H_

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

// Same inputs, same bytes. Fails on more than 255 lists or a record of a list that is not in
// `lists` (a record belongs to the list of its party; drawn from another publisher's copy, to the
// origin's).
Result<std::string> MakeFile(const std::vector<ListInfo>& lists, const std::vector<Record>& records,
                             const std::vector<Section>& sections);

// A watchlist in memory. Copies the bytes to an aligned place. `name` is for messages.
Result<std::shared_ptr<const Watchlist>> OpenBytes(std::string_view bytes, const std::string& name);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_FILE_H_
