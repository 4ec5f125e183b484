// The snapshots of the lists on disk: DATA/lists/LIST/DATE-SHA12/ holds meta.json and the
// publisher's bytes, gzipped. A snapshot folder appears whole (it is renamed into place) and is
// never changed.
#ifndef TIDEWAITER_WATCHLIST_STORE_H_
#define TIDEWAITER_WATCHLIST_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "lists/list_file.h"
#include "lists/registry.h"

namespace tidewaiter::watchlist {

struct StoredFile {
  std::string part, sha256;  // of the unpacked bytes
  std::string file;          // in the snapshot's folder
};

struct Snapshot {
  std::string list;
  Date date;
  std::string format;
  std::vector<StoredFile> files;
  std::string sha256;  // of the one file; of several: of their parts and hashes
  lists::Counts counts;
  Date imported;
  int64_t sequence =
      0;  // grows with each import; of two snapshots of one day the later import counts
  std::string folder;
};

// The identity of a group of files.
std::string GroupSha256(const lists::FileGroup& group);

// All snapshots, by list (in the order of lists, see ListRank), then date, then sequence. An absent
// folder holds none.
Result<std::vector<Snapshot>> ReadSnapshots(const std::string& data_folder);

// The publisher's bytes of a snapshot. Fails when they no longer have the hash that meta.json
// names.
Result<lists::FileGroup> LoadFiles(const Snapshot& snapshot);

// Writes a snapshot into a temporary folder beside its place; Place() renames it. What is not
// placed is removed by the next import.
class PreparedSnapshot {
 public:
  static Result<PreparedSnapshot> Write(const std::string& data_folder, Snapshot snapshot,
                                        const lists::FileGroup& group);
  Status Place();

 private:
  PreparedSnapshot(Snapshot snapshot, std::string temporary)
      : snapshot_(std::move(snapshot)), temporary_(std::move(temporary)) {}
  Snapshot snapshot_;
  std::string temporary_;
};

// Removes what interrupted imports left behind. Call under the folder's lock.
Status RemoveLeftovers(const std::string& data_folder);

// The place of a list among the lists: official ones in their fixed order, then others by name.
std::pair<size_t, std::string> ListRank(const std::string& list);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_STORE_H_
