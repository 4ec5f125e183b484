// Official lists from their publishers into the data folder. What is fetched goes the way of an
// import, with all its checks: a bad answer never replaces a good snapshot.
//
// Beside the snapshots of a list lies .fetch.json: for each address the ETag and Last-Modified of
// what was imported, so that an unchanged list costs one small request a file.
#ifndef TIDEWAITER_WATCHLIST_UPDATE_H_
#define TIDEWAITER_WATCHLIST_UPDATE_H_

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/progress.h"
#include "base/result.h"
#include "watchlist/fetch.h"
#include "watchlist/publish.h"

namespace tidewaiter::watchlist {

struct UpdateSource {
  std::string list;
  std::vector<std::string> urls;  // the files of the list, together
};

struct UpdatedList {
  std::string list;
  bool unchanged = false;  // by the server's word, or the same bytes again
  ImportedList imported;   // not of an unchanged one
};

// One list. `base` gives data folder, resources and force.
Result<UpdatedList> Update(const UpdateSource& source, const ImportRequest& base, Fetcher& fetcher,
                           const Clock& clock, const ExtraSections& extra, Progress& progress);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_UPDATE_H_
