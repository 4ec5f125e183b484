// Honest trade: who buys what from whom on which day. A pure function of the corpus' key and the
// day, so that days can be made in any order. Turnover follows Zipf's law, parties come and go,
// weeks and seasons show, some sellers are honest wholesalers in third countries.
#ifndef TIDEWAITER_SYNTH_BACKGROUND_H_
#define TIDEWAITER_SYNTH_BACKGROUND_H_

#include <cstdint>
#include <vector>

#include "synth/layout.h"
#include "synth/trade.h"

namespace tidewaiter::synth {

// What every part of the generator knows.
struct World {
  const Vocabulary& vocabulary;
  const Layout& layout;
  uint64_t key = 0;        // of the seed and the layout
  uint64_t importers = 0;  // how many importing firms there are
  uint64_t sellers = 0;    // how many sellers a country and category has
  uint64_t brokers = 0;

  static World Make(const Vocabulary& vocabulary, const Layout& layout, std::string_view seed,
                    uint64_t lines);

  Party Importer(uint64_t index) const;
  Party Seller(uint16_t country, uint64_t category, uint64_t index) const;
  Party Broker(uint16_t country, uint64_t index) const;
};

// Share of the trade of a day, in arbitrary units: weekends are quiet, autumn is busy, January is
// not.
uint64_t DayWeight(Date day);

// Appends `rows` honest rows of that day, whole declarations one after the other, numbered from 1.
void AppendDay(const World& world, Date day, uint64_t rows, std::vector<Trade>& out);

// Broker and declarant as honest firms have them: mostly themselves.
void DrawHandlers(const World& world, Random& random, Trade& trade);

}  // namespace tidewaiter::synth

#endif  // TIDEWAITER_SYNTH_BACKGROUND_H_
