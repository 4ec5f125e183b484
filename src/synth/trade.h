// One row of a synthetic corpus before it is written in some layout, and how it gets its figures.
#ifndef TIDEWAITER_SYNTH_TRADE_H_
#define TIDEWAITER_SYNTH_TRADE_H_

#include <algorithm>
#include <cstdint>

#include "base/date.h"
#include "synth/party.h"
#include "synth/random.h"
#include "synth/vocabulary.h"

namespace tidewaiter::synth {

inline constexpr Date kFirstDay{18993};  // 2022-01-01
inline constexpr Date kLastDay{20453};   // 2025-12-31

// kRecoded keeps the text and changes the code; kVague says nothing at all.
enum class Disguise : uint8_t { kNone, kToy, kCamera, kRecoded, kVague };
enum class Procedure : uint8_t { kRelease, kFreeZone, kTransit };

struct Trade {
  Date date;
  uint64_t declaration = 0;  // number within the day; set when the day is put together
  uint32_t item = 0;         // from 1 within its declaration; 0: not stated
  Party exporter, importer, consignee, broker, declarant, agent, maker;
  bool maker_brand = false;  // the brand is the maker's invented one (its coined word)
  uint32_t good = 0;         // index in Vocabulary::goods
  uint64_t noise = 0;        // key of all small choices of this row: spellings, sizes, truncation
  int64_t quantity = 0;
  int64_t net_g = 0, gross_g = 0;
  int64_t value_cents = 0;                                           // US cents
  uint16_t origin = 0, departure = 0, trading = 0, destination = 0;  // indexes of countries
  Disguise disguise = Disguise::kNone;
  Procedure procedure = Procedure::kRelease;
  bool plain = false;   // no spelling noise in the description
  int32_t scheme = -1;  // index in the plan's schemes; -1: honest
};

// A trade of this good with quantity, mass and value drawn; parties, date and route are the
// caller's.
Trade DrawTrade(const Vocabulary& vocabulary, uint32_t good, Random& random);
// Value and mass of another quantity at the same unit price and mass.
void SetQuantity(int64_t quantity, Trade& trade);

// A country by the weights of its shares.
uint16_t DrawCountry(const Vocabulary& vocabulary, const std::vector<Share>& shares,
                     Random& random);
// A good of a category by the goods' shares.
uint32_t DrawGood(const Vocabulary& vocabulary, const Category& category, Random& random);

}  // namespace tidewaiter::synth

#endif  // TIDEWAITER_SYNTH_TRADE_H_
