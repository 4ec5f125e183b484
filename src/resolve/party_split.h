// A party field that says more than a name: "OOO ALVAR, INN 7707083893, UL. LESNAYA 5, MOSKVA".
#ifndef TIDEWAITER_RESOLVE_PARTY_SPLIT_H_
#define TIDEWAITER_RESOLVE_PARTY_SPLIT_H_

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/yaml.h"

namespace tidewaiter::resolve {

// What in a party's text is not its name (reference/resolve/party_words.yaml), in Latin letters.
// Immutable; any number of threads may read.
struct PartyWords {
  static Result<PartyWords> Read(const std::string& resources);
  static Result<PartyWords> FromYaml(const YamlNode& root);

  // Label -> kind; "": not kept; "phone", "email": kept as such.
  std::map<std::string, std::string, std::less<>> identifiers;
  std::set<std::string, std::less<>> before, behind;  // of an address
  std::set<std::string, std::less<>> units;           // before the number of a room, flat or office
};

struct SplitParty {
  std::string_view name,
      address;                   // parts of the text; the name is never empty when the text is not
  std::string kind, identifier;  // the first number that says who it is; letters and digits
  std::string phone;             // the first one: digits
  std::string_view email;        // the first one
};

// Precision first: what is not plainly an address or a number stays in the name. Never fails;
// linear in the text.
SplitParty Split(std::string_view text, const PartyWords& words);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_PARTY_SPLIT_H_
