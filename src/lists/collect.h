// Small steps that every mapper takes: values once each, parts joined, ids for lists that number
// nobody.
#ifndef TIDEWAITER_LISTS_COLLECT_H_
#define TIDEWAITER_LISTS_COLLECT_H_

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "lists/list_file.h"
#include "model/country.h"

namespace tidewaiter::lists {

template <typename T>
void AddOnce(std::vector<T>& values, T value) {
  if (std::find(values.begin(), values.end(), value) == values.end())
    values.push_back(std::move(value));
}

// The parts that say something, with `separator` between them.
inline std::string JoinParts(std::initializer_list<std::string_view> parts,
                             std::string_view separator) {
  std::string out;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

inline void AddCountry(std::string_view text, std::vector<std::string>& countries) {
  if (auto country = ParseCountry(text)) AddOnce(countries, std::move(*country));
}

// PREFIX and the first 12 hex digits of SHA-256 of the parts: for lists that number nobody. It is
// made of what stays the same between issues.
inline std::string IdOfParts(std::string_view prefix,
                             std::initializer_list<std::string_view> parts) {
  return std::string(prefix) + Sha256Hex(JoinParts(parts, "|")).substr(0, 12);
}

// Fills the counts that follow from the parties; identifiers and addresses as they were read.
inline void CountParty(const ListedParty& party, Counts& counts) {
  ++counts.entries;
  counts.aliases += party.names.size() - 1;
  counts.addresses += party.addresses.size();
  counts.identifiers += party.identifiers.size();
}
inline void CountParties(ParsedList& list) {
  list.counts.entries = 0;
  for (const auto& party : list.parties) CountParty(party, list.counts);
}

}  // namespace tidewaiter::lists

#endif  // TIDEWAITER_LISTS_COLLECT_H_
