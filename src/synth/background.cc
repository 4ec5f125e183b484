#include "synth/background.h"

#include <algorithm>
#include <array>

#include "base/hash.h"

namespace tidewaiter::synth {
namespace {

// Keys of independent draws.
enum Draws : uint64_t { kActivity = 101, kTrade, kHabit, kCountry };

// The days on which an importer trades: two in three always, the others come late or leave early.
Interval Activity(const World& world, uint64_t importer) {
  Random random(Mix(world.key, kActivity, importer));
  const uint64_t kind = random.Below(100);
  const auto day = static_cast<int32_t>(random.Between(60, 1380));
  if (kind < 20) return {kFirstDay + day, kLastDay};
  if (kind < 32) return {kFirstDay, kFirstDay + day};
  return {kFirstDay, kLastDay};
}

uint64_t DrawImporter(const World& world, Date day, Random& random) {
  for (int tries = 0; tries < 6; ++tries) {
    const uint64_t importer = random.Zipf(world.importers);
    if (Activity(world, importer).Contains(day)) return importer;
  }
  for (uint64_t importer = 0;; importer = (importer + 1) % world.importers) {
    if (Activity(world, importer).Contains(day)) return importer;
  }
}

uint32_t DrawCategory(const Vocabulary& vocabulary, Random& random) {
  uint64_t place = random.Below(vocabulary.category_weight);
  for (uint32_t i = 0; i < vocabulary.categories.size(); ++i) {
    if (place < vocabulary.categories[i].weight) return i;
    place -= vocabulary.categories[i].weight;
  }
  return 0;
}

// A firm deals in one line, and now and then in a second one.
uint32_t CategoryOf(const World& world, uint64_t importer, Random& random) {
  Random habit(Mix(world.key, kHabit, importer));
  const uint32_t first = DrawCategory(world.vocabulary, habit);
  const uint32_t second = DrawCategory(world.vocabulary, habit);
  return random.Percent(84) ? first : second;
}

// Honest wholesalers sell what was made elsewhere.
uint16_t SellerCountry(const World& world, uint16_t origin, Random& random) {
  static constexpr std::array<std::string_view, 6> kWholesale = {"TR", "AE", "HK",
                                                                 "DE", "KZ", "PL"};
  if (!world.layout.exporters.empty())
    return DrawCountry(world.vocabulary, world.layout.exporters, random);
  if (random.Percent(94)) return origin;
  return world.vocabulary.CountryIndex(kWholesale[random.Below(kWholesale.size())]);
}

struct Deal {
  uint64_t importer = 0;
  uint32_t category = 0;
  uint32_t good = 0;
  uint16_t origin = 0;
  Party seller;
};

// What the importer usually buys: a few goods from a few sellers, the same ones all the time.
Deal DrawDeal(const World& world, Date day, Random& random) {
  Deal deal;
  deal.importer = DrawImporter(world, day, random);
  deal.category = CategoryOf(world, deal.importer, random);
  Random habit(Mix(world.key, deal.importer * 64 + deal.category, random.Zipf(6)));
  const auto& category = world.vocabulary.categories[deal.category];
  deal.good = DrawGood(world.vocabulary, category, habit);
  deal.origin = DrawCountry(world.vocabulary, world.vocabulary.goods[deal.good].origins, habit);
  const uint16_t country = SellerCountry(world, deal.origin, habit);
  deal.seller = world.Seller(country, deal.category, habit.Zipf(world.sellers));
  return deal;
}

Trade TradeOf(const World& world, Date day, const Deal& deal, uint32_t good, Random& random) {
  Trade trade = DrawTrade(world.vocabulary, good, random);
  trade.date = day;
  trade.exporter = deal.seller;
  trade.importer = trade.consignee = world.Importer(deal.importer);
  trade.origin = deal.origin;
  trade.departure = trade.trading = deal.seller.country;
  trade.destination = trade.importer.country;
  if (random.OneIn(60)) trade.procedure = Procedure::kFreeZone;
  return trade;
}

uint64_t ItemsOfDeclaration(Random& random) {
  uint64_t items = 1;
  while (items < 9 && random.Percent(38)) ++items;
  return items;
}

}  // namespace

World World::Make(const Vocabulary& vocabulary, const Layout& layout, std::string_view seed,
                  uint64_t lines) {
  World world{vocabulary, layout};
  world.key = Mix(Hash64(seed), Hash64(layout.name));
  world.importers = std::clamp<uint64_t>(lines / 40, 60, 1200000);
  world.sellers = std::clamp<uint64_t>(lines / 1500, 8, 40000);
  world.brokers = std::clamp<uint64_t>(lines / 2500, 6, 2000);
  return world;
}

Party World::Importer(uint64_t index) const {
  Random random(Mix(key, kCountry, index));
  return MakeParty(DrawCountry(vocabulary, layout.importers, random), Pool::kImporter, index);
}

Party World::Seller(uint16_t country, uint64_t category, uint64_t index) const {
  return MakeParty(country, Pool::kExporter, index * vocabulary.categories.size() + category);
}

Party World::Broker(uint16_t country, uint64_t index) const {
  return MakeParty(country, Pool::kBroker, index);
}

uint64_t DayWeight(Date day) {
  static constexpr std::array<uint64_t, 12> kMonths = {62,  80,  96,  97,  94,  99,
                                                       100, 103, 108, 112, 114, 106};
  static constexpr std::array<uint64_t, 7> kWeekdays = {100, 112, 115, 113,
                                                        108, 22,  14};  // Monday first
  const auto ymd = ToYearMonthDay(day);
  const auto weekday = static_cast<size_t>((day.days + 3) % 7);  // 1970-01-01 was a Thursday
  return kMonths[static_cast<size_t>(ymd.month - 1)] * kWeekdays[weekday];
}

void DrawHandlers(const World& world, Random& random, Trade& trade) {
  const uint16_t home = trade.importer.country;
  const uint64_t kind = random.Below(100);
  if (kind < 45) {
    trade.broker = world.Broker(home, random.Zipf(world.brokers));
    trade.declarant = kind < 30 ? trade.broker : trade.importer;
  } else {
    trade.declarant = trade.importer;
  }
  if (kind % 5 == 0) trade.agent = world.Broker(home, random.Zipf(world.brokers));
}

void AppendDay(const World& world, Date day, uint64_t rows, std::vector<Trade>& out) {
  const size_t end = out.size() + rows;
  for (uint64_t number = 1; out.size() < end; ++number) {
    Random random(Mix(world.key, kTrade, static_cast<uint64_t>(day.days) << 32 | number));
    const Deal deal = DrawDeal(world, day, random);
    const uint64_t items = std::min<uint64_t>(ItemsOfDeclaration(random), end - out.size());
    Trade first;
    for (uint64_t item = 1; item <= items; ++item) {
      const bool other = item > 1 && random.Percent(50);
      const auto& category = world.vocabulary.categories[deal.category];
      const uint32_t good = other ? DrawGood(world.vocabulary, category, random) : deal.good;
      Trade trade = TradeOf(world, day, deal, good, random);
      if (item == 1) {
        DrawHandlers(world, random, trade);
        first = trade;
      } else {
        trade.broker = first.broker, trade.declarant = first.declarant, trade.agent = first.agent;
      }
      trade.declaration = number;
      trade.item = items > 1 ? static_cast<uint32_t>(item) : random.OneIn(4) ? 0 : 1;
      out.push_back(trade);
    }
  }
}

}  // namespace tidewaiter::synth
