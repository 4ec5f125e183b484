// Parties repeat from order to order; each is screened once a day-of-interest and kept.
#ifndef TIDEWAITER_SCREEN_SCREENED_PARTY_H_
#define TIDEWAITER_SCREEN_SCREENED_PARTY_H_

#include <string>
#include <vector>

#include "base/date.h"
#include "model/decision.h"
#include "model/order.h"

namespace tidewaiter::screen {

// Everything that the hits of a party depend on, as one string.
std::string CacheKey(const OrderParty& party, Date day);

struct ScreenedParty {
  std::vector<Hit> hits;
  std::string text;      // the party as decisions have it, all but its role
  std::string named_as;  // rules::RuleSet::NamedAs()
};
ScreenedParty MakeScreenedParty(std::string_view name, std::vector<Hit> hits, std::string named_as);

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_SCREENED_PARTY_H_
