// Whom nobody listed is like. Most parties of a customs file are strangers to every list, and are
// written in dozens of ways that are one to the matcher, and with dozens of addresses: each name is
// asked for once, wherever its bearers sit.
#ifndef TIDEWAITER_INSPECT_STRANGERS_H_
#define TIDEWAITER_INSPECT_STRANGERS_H_

#include <array>
#include <cstdint>
#include <vector>

#include "ledger/ledger.h"
#include "match/match.h"
#include "screen/desk.h"

namespace tidewaiter::inspect {

// What parties are screened by, in this order.
inline constexpr std::array kPartyNames = {ledger::Attribute::kName, ledger::Attribute::kNameEn,
                                           ledger::Attribute::kNameRaw,
                                           ledger::Attribute::kNameStandard};

// Of a ledger, which must outlive it. A name that cannot be asked for is none of a stranger.
class Strangers {
 public:
  Strangers(const screen::Desk& desk, const ledger::Ledger& ledger, const match::Options& how,
            unsigned threads);
  // Whether nobody is like any name of the party, with whatever address and country. Identifiers
  // are not looked at.
  bool Has(const ledger::Party& party) const;

 private:
  std::vector<ledger::Id> NameTexts();
  std::vector<ledger::Id> Number(const std::vector<ledger::Id>& texts, const screen::Desk& desk,
                                 unsigned threads);

  const ledger::Ledger& ledger_;
  std::vector<uint32_t> number_of_;  // by text
  std::vector<uint8_t> strange_;     // by number
};

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_STRANGERS_H_
