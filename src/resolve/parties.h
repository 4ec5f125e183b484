// Who is who among the parties of a run, fast enough to be asked in every run: tens of thousands of
// distinct mentions in a fraction of a second, by rules instead of learned weights.
//
// In this order: the same identifier; the same words of the name once legal forms, scripts and
// punctuation are gone; one typing error in a long name; a name that was cut off. Two groups with
// different identifiers of one kind or in different countries are never one, whatever their names.
// What could be either of two is left alone. Same groups on any number of threads.
#ifndef TIDEWAITER_RESOLVE_PARTIES_H_
#define TIDEWAITER_RESOLVE_PARTIES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tidewaiter::resolve {

// A party as a row mentions it; what it does not say is empty.
struct PartyText {
  std::string_view name, other_name;  // in any script
  std::string_view address, country;
  std::string identifier;  // "kind:VALUE"; equal texts are the same party
};

// By party: the first party of its group.
std::vector<uint32_t> GroupParties(std::span<const PartyText> parties, unsigned threads);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_PARTIES_H_
