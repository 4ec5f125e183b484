// What the ledger's party table holds, taken apart for indicators:
//
//   party_countries    entity, country, basis: stated, or inferred from the end or beginning of an
//                      address
//   party_identifiers  entity, kind, value
//   party_addresses    entity, address_key, unit_level: the words of an address without order,
//                      punctuation, script and words such as "room"; unit_level when it names a
//                      room, office or flat, or two numbers at least (house and unit) besides
//                      those of a building and postal codes
#ifndef TIDEWAITER_TRACE_PARTY_TABLES_H_
#define TIDEWAITER_TRACE_PARTY_TABLES_H_

#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "tables/duckdb.h"

namespace tidewaiter::trace {

struct AddressKey {
  std::string key;  // empty: the address says too little to be anybody's
  bool unit_level = false;
};
// Words before the number of a room, and before that of a building, in Latin letters.
struct AddressWords {
  std::set<std::string, std::less<>> unit, building;
};
AddressKey KeyOfAddress(std::string_view address, const AddressWords& known);

// Reads `parties` and the tables unit_words and building_words, which must be there.
Status MakePartyTables(unsigned threads, tables::Connection& connection);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_PARTY_TABLES_H_
