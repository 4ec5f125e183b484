// The list that ships with the program: reference/drone_trade.yaml, parties that an authority has
// listed, each with its citation.
#ifndef TIDEWAITER_WATCHLIST_SHIPPED_H_
#define TIDEWAITER_WATCHLIST_SHIPPED_H_

#include <string>

#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::watchlist {

struct ShippedList {
  lists::ParsedList list;  // the date is always set
  std::string sha256;      // of the file
};

// `resources` is the folder that holds reference/; empty: found from the place of the program.
Result<ShippedList> ReadShippedList(const std::string& resources);

}  // namespace tidewaiter::watchlist

#endif  // TIDEWAITER_WATCHLIST_SHIPPED_H_
