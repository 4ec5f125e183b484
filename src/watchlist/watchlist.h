// The watchlist: every list, with all its history, in one versioned, checksummed, memory-mapped
// file.
//
// A record is one listed party in one wording, with the days on which that wording was on the list.
// A party whose entry changed has one record for each wording; "as of" a day means the records
// whose interval holds that day. The file also carries named sections that folders above add (match
// keeps its index there), so that opening is mapping: no parsing, no building.
//
// Immutable once opened; any number of threads may read. Published by writing a new file and
// renaming it over the old one: readers finish on theirs.
#ifndef TIDEWAITER_WATCHLIST_WATCHLIST_H_
#define TIDEWAITER_WATCHLIST_WATCHLIST_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/decision.h"
#include "model/party.h"

namespace tidewaiter::watchlist {

struct ListInfo {
  std::string name;      // ofac_sdn, ...
  Date date;             // of the newest snapshot
  std::string sha256;    // of what was imported for it
  uint64_t entries = 0;  // records of the newest snapshot, as `lists status` counts them
};

// The date of a listing is party.listed_on: the publisher's, or the day of the first snapshot that
// brought the party; absent when it was there from the start without a date. on_list is of this
// wording alone. A listing that only a copy publishes has the origin's list and id in `party`, and
// the copy's in `also`; list_index() then is the copy's.
struct Record {
  ListedParty party;
  Interval on_list;  // as far as snapshots and publishers tell; an unknown start is kDistantPast
  bool start_unknown = false;       // then the entry counts on every earlier day, and hits say so
  std::vector<ListReference> also;  // the same listing repeated by other publishers
};

struct Section {
  std::string name;
  std::string bytes;
};

class Watchlist {
 public:
  // Refuses a file that is cut, changed, older than can be read or newer than this program, and
  // names both sides.
  static Result<std::shared_ptr<const Watchlist>> Open(const std::string& path);
  virtual ~Watchlist() = default;

  virtual const std::string& hash() const = 0;  // of the content; a decision names it
  virtual const std::vector<ListInfo>& lists() const = 0;
  virtual uint32_t record_count() const = 0;
  // The whole record, decoded. A few microseconds: for hits, not for searching.
  virtual Record record(uint32_t index) const = 0;
  // Cheap: read from a fixed-width table.
  virtual Interval on_list(uint32_t index) const = 0;
  virtual uint8_t list_index(uint32_t index) const = 0;  // into lists()
  virtual PartyKind kind(uint32_t index) const = 0;
  // Empty when the file has no such section. Aligned to 64 bytes, valid as long as this object.
  virtual std::string_view section(std::string_view name) const = 0;
};

// Writes the file atomically.
Status Write(const std::string& path, const std::vector<ListInfo>& lists,
             const std::vector<Record>& records, const std::vector<Section>& sections);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_WATCHLIST_H_
