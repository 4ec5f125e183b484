// One file from a publisher over HTTP, fetched whole or not at all. The one place that touches the
// network; whoever needs it takes a Fetcher, so tests can do without.
#ifndef TIDEWAITER_WATCHLIST_FETCH_H_
#define TIDEWAITER_WATCHLIST_FETCH_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/result.h"

namespace tidewaiter::watchlist {

struct FetchRequest {
  std::string url;            // http or https
  std::string etag;           // of the copy that we have; empty: none
  std::string last_modified;  // likewise, as the server wrote it
};

struct Fetched {
  bool unchanged = false;  // the server says that our copy is current; `bytes` is empty
  std::string bytes;       // unpacked, where the server had packed them for the way
  std::string etag, last_modified;
  std::optional<Date> modified;  // the day of last_modified
};

struct FetchPolicy {
  int attempts = 4;       // of a transfer that breaks off, times out, or that the server refuses
                          // for now (429, 5xx)
  double first_wait = 1;  // seconds; doubles from attempt to attempt
  uint64_t largest = 1 << 30;  // bytes; a longer answer is refused
  long connect_seconds = 20;   // until there is a connection
  long stalled_seconds = 30;   // with less than 1 kB a second
};

class Fetcher {
 public:
  virtual ~Fetcher() = default;
  // Fails with the URL as the file of the error.
  virtual Result<Fetched> Fetch(const FetchRequest& request) = 0;
};

// Follows up to five redirections, to http and https only; checks certificates.
std::unique_ptr<Fetcher> MakeFetcher(const FetchPolicy& policy);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_FETCH_H_
