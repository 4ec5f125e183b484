// Who is who among the parties of a run, fast enough to be asked in every run: tens of thousands of
// distinct mentions in a fraction of a second, by rules instead of learned weights.
//
// In this order: the same identifier; the same words of the name once legal forms, scripts and
// punctuation are gone; one typing error in a long name; a name that was cut off. Two groups with
// different identifiers of one kind or in different countries are never one, whatever their names.
// What could be either of two is left alone. What a person has decided comes before all of it. Same
// groups on any number of threads.
#ifndef TIDEWAITER_RESOLVE_PARTIES_H_
#define TIDEWAITER_RESOLVE_PARTIES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidewaiter::resolve {

// A party as a row mentions it; what it does not say is empty.
struct PartyText {
  std::string_view name, other_name;  // in any script
  std::string_view address, country;
  std::string identifier;  // "kind:VALUE"; equal texts are the same party
};

// Why two groups became one.
enum class PartyMergeWhy : uint8_t {
  kPerson,      // somebody decided so
  kIdentifier,  // the same identifier
  kName,        // the same words of the name
  kTyping,      // one letter apart
  kCut,         // one name ends where its field does
  kShortWord,   // a short word more
};
// For people: "the same identifier".
std::string_view ToString(PartyMergeWhy why);

struct PartyMerge {
  uint32_t a = 0, b = 0;  // the two parties that were compared
  PartyMergeWhy why = PartyMergeWhy::kName;
};

// What a person has decided, by party: always or never one.
struct PartyDecisions {
  std::vector<std::pair<uint32_t, uint32_t>> together, apart;
};

struct PartyGroups {
  std::vector<uint32_t> first;     // by party: the first party of its group
  std::vector<PartyMerge> merges;  // in the order of the work; as many as groups vanished
};

PartyGroups GroupParties(std::span<const PartyText> parties, const PartyDecisions& decisions,
                         unsigned threads);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_PARTIES_H_
