// Importing list files into a data folder, and the watchlist that follows from its snapshots.
//
// An import is all or nothing and safe against being killed at any moment: the new watchlist is
// written beside the old one, the snapshot folders are renamed into place, then the watchlist is.
// One import at a time holds the folder's lock; readers need none and may read a folder that they
// cannot write.
#ifndef TIDEWAITER_WATCHLIST_PUBLISH_H_
#define TIDEWAITER_WATCHLIST_PUBLISH_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/progress.h"
#include "base/result.h"
#include "lists/list_file.h"
#include "watchlist/changes.h"
#include "watchlist/packed.h"
#include "watchlist/store.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::watchlist {

// What folders above add to the file. Either may be empty.
struct ExtraSections {
  std::function<Result<std::vector<Section>>(const PackedRecords&)> build;
  BuildChanges build_changes;  // the same for records that came since; empty: then nothing is added
  std::function<bool(const Watchlist&)>
      usable;  // whether the sections of an opened file are there and current
};

struct ImportRequest {
  std::string data_folder;
  std::string resources;  // empty: found from the place of the program
  std::vector<std::string> files;
  std::vector<lists::SourceFile> contents;  // the same, already read
  std::string expect;                       // the one list that the files must be; empty: any
  std::optional<Date> dated;
  std::optional<Date> fallback_date;  // of files without a date of their own; absent: today
  std::string list;     // the name of a list that does not name itself (FollowTheMoney)
  std::string mapping;  // file that says what the columns of the user's own CSV are
  bool anew = false;    // make everything anew from the snapshots, even where changes would do
  bool force = false;   // accept a file that has shrunk below kSmallestShare
};

struct ImportedList {
  std::string list;
  Date date;
  lists::Counts counts;
  bool already_there = false;
  bool by_changes = false;  // laid over what was there, instead of all being made anew
};

inline constexpr double kSmallestShare = 0.6;  // of the entries of the last good snapshot

Result<std::vector<ImportedList>> Import(const ImportRequest& request, const Clock& clock,
                                         const ExtraSections& extra, Progress& progress);

// Makes DATA/watchlist.tw again from the snapshots.
Status Publish(const std::string& data_folder, const std::string& resources,
               const ExtraSections& extra);

// DATA/watchlist.tw; without one, the shipped list alone, in memory. Extra sections that are
// missing or not usable are made in memory. Writes nothing.
Result<std::shared_ptr<const Watchlist>> OpenOrBuild(const std::string& data_folder,
                                                     const std::string& resources,
                                                     const ExtraSections& extra);

// What `lists status` shows: the newest snapshot of every list, and the shipped list.
struct ListStatus {
  std::string list;
  Date date;
  lists::Counts counts;
  std::optional<Date> imported;  // absent: ships with the program
  std::string sha256;
  size_t snapshots = 0;
};
Result<std::vector<ListStatus>> ReadStatus(const std::string& data_folder,
                                           const std::string& resources);

std::string WatchlistPath(const std::string& data_folder);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_PUBLISH_H_
