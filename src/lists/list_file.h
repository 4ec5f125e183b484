// What goes into a list reader and what comes out. Every format folder (ofac_csv/, csl_csv/,
// un_xml/, ...) has a reader (bytes -> rows with line numbers) and a mapper (rows -> ListedParty);
// registry.h finds the format.
#ifndef TIDEWAITER_LISTS_LIST_FILE_H_
#define TIDEWAITER_LISTS_LIST_FILE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "model/party.h"

namespace tidewaiter::lists {

// One file as a publisher gives it, unpacked. `part` says which file of its format it is ("sdn",
// "alt", "add"; "list" where there is only one); Arrange() sets it.
struct SourceFile {
  std::string name;  // for messages
  std::string bytes;
  std::string part;
};

// What `lists status` shows. Names that OFAC quotes in remarks are read but are not counted as
// aliases: the figure is that of the publisher's alias file.
struct Counts {
  uint64_t entries = 0;
  uint64_t aliases = 0;
  uint64_t addresses = 0;  // those that are not empty
  uint64_t identifiers = 0;
  uint64_t empty_addresses = 0;
};

// One list, read. The parties stand in the order of the file.
struct ParsedList {
  std::string list;          // ofac_sdn, ...
  std::optional<Date> date;  // the file's own date
  std::vector<ListedParty> parties;
  Counts counts;
};

}  // namespace tidewaiter::lists

#endif  // TIDEWAITER_LISTS_LIST_FILE_H_
