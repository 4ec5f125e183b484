// What entities share without being one: an address, a phone number, the host of their mail.
//
// A link never merges. How much it says falls with the square of how many parties share the value
// that nothing else connects: an address where ten unrelated firms are registered is that of a
// secretarial office and says nearly nothing; ten firms that share address and mail host are one
// house, and their address keeps its weight.
#ifndef TIDEWAITER_RESOLVE_LINKS_H_
#define TIDEWAITER_RESOLVE_LINKS_H_

#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "resolve/cluster.h"
#include "resolve/party_split.h"
#include "resolve/resolve.h"

namespace tidewaiter::resolve {

enum class LinkKind : uint8_t { kAddress, kPhone, kMailHost };
std::string_view ToString(LinkKind kind);

struct Link {
  LinkKind kind = LinkKind::kAddress;
  std::string value;               // as compared: "12 hamburg kai u4", "301234567", "alvar.test"
  bool unit = false;               // of an address: it names a room, a flat or an office
  std::vector<uint32_t> mentions;  // one of each entity, ascending
  size_t unrelated = 0;            // of these entities, those that no link of another kind connects
  double strength = 0;             // 0 to 1
  // Shared by so many unrelated parties that it is taken for a secretarial office or an agent.
  bool office = false;
};

struct LinkWords {
  // reference/resolve/mail_providers.yaml and the words of addresses of party_words.yaml.
  static Result<LinkWords> Read(const std::string& resources);

  PartyWords party;
  std::set<std::string, std::less<>> providers;  // hosts where anybody can have a mailbox
};

// By kind, then value. An address needs a number and a word; two that name the same words and
// numbers in another order are one. Phone numbers are brought to E.164 by the numbering plan of the
// party's country (phone_number.h) and compared by their last nine digits; what stands before these
// must not contradict, as some are written without a country's code by parties of unknown country.
std::vector<Link> FindLinks(const Mentions& mentions, const Clusters& clusters,
                            const LinkWords& words);

// A line of --links (schemas/resolve-link.schema.json).
Json ToJson(const Link& link, const Mentions& mentions, const EntityNames& names);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_LINKS_H_
