#include "synth/trade.h"

namespace tidewaiter::synth {

Trade DrawTrade(const Vocabulary& vocabulary, uint32_t good_index, Random& random) {
  const Good& good = vocabulary.goods[good_index];
  Trade trade;
  trade.good = good_index;
  trade.noise = random.Next();
  // Small consignments are the common ones.
  const int64_t most = good.least + ((good.most - good.least) >> random.Below(4));
  trade.quantity = random.Between(good.least, most);
  const int64_t unit_cents = std::max<int64_t>(1, good.price_cents * random.Spread() / 1000);
  trade.value_cents = unit_cents * trade.quantity;
  trade.net_g = good.mass_g * trade.quantity * random.Between(970, 1035) / 1000;
  trade.gross_g = trade.net_g * random.Between(1040, 1260) / 1000 + 10;
  return trade;
}

void SetQuantity(int64_t quantity, Trade& trade) {
  trade.value_cents = trade.value_cents * quantity / trade.quantity;
  trade.net_g = trade.net_g * quantity / trade.quantity;
  trade.gross_g = trade.gross_g * quantity / trade.quantity;
  trade.quantity = quantity;
}

uint16_t DrawCountry(const Vocabulary& vocabulary, const std::vector<Share>& shares,
                     Random& random) {
  uint64_t total = 0;
  for (const auto& share : shares) total += share.weight;
  uint64_t place = random.Below(total);
  for (const auto& share : shares) {
    if (place < share.weight) return vocabulary.CountryIndex(share.country);
    place -= share.weight;
  }
  return 0;
}

uint32_t DrawGood(const Vocabulary& vocabulary, const Category& category, Random& random) {
  uint64_t total = 0;
  for (const uint32_t good : category.goods) total += vocabulary.goods[good].share;
  uint64_t place = random.Below(total);
  for (const uint32_t good : category.goods) {
    if (place < vocabulary.goods[good].share) return good;
    place -= vocabulary.goods[good].share;
  }
  return category.goods.front();
}

}  // namespace tidewaiter::synth
