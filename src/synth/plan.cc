#include "synth/plan.h"

#include <algorithm>
#include <array>

namespace tidewaiter::synth {
namespace {

constexpr std::array<std::string_view, 4> kHubs = {"AE", "TR", "HK", "KZ"};
constexpr Date kControls[] = {Date{19601}, Date{19967}};  // 2023-09-01, 2024-09-01

// Makes the schemes one after the other. Parties of schemes are numbered from 0 in a pool of their
// own. No expression draws twice from the generator: compilers differ in which draw comes first.
class Planner {
 public:
  Planner(const World& world, Plan& plan) : world_(world), plan_(plan) {}

  void HubChain(Random& random);
  void Burner(Random& random);
  void Phoenix(Random& random);
  void CodeDrift(Random& random);
  void KitSplitting(Random& random);
  void UnderDeclared(Random& random);
  void MassImplausible(Random& random);
  void FalseTransit(Random& random);
  void VendorMappedAgent(Random& random);
  void HonestTransit(Random& random);
  void HonestHub(Random& random);
  void HonestProject(Random& random);
  void HonestNeighbours(Random& random);
  void HonestRecoding(Random& random);
  void HonestPartsDealer(Random& random);
  void HonestToys(Random& random);
  void HonestMaker(Random& random);
  void HonestCollector(Random& random);
  void ListedParty(Random& random);

 private:
  using Makers = std::vector<uint32_t>;

  uint16_t Country(std::string_view iso) const { return world_.vocabulary.CountryIndex(iso); }
  // Where the goods end up: the importing side of the layout, Russia when it is among them.
  uint16_t Target(Random& random) const;
  // Where a seller sits: in that country when the layout's files show its exports.
  uint16_t SellerIn(std::string_view iso) const;
  // Whether a file of this layout would have the row.
  bool Shows(const Party& exporter, const Party& importer) const;
  bool Imports(std::string_view iso) const;
  Party NewParty(uint16_t country) { return MakeParty(country, Pool::kPlanted, next_party_++); }
  uint32_t DroneModel(Random& random) const { return PickGood(random, true); }
  uint32_t DroneOrPart(Random& random) const { return PickGood(random, random.Percent(70)); }
  uint32_t PickGood(Random& random, bool drone) const;
  uint32_t GoodOfClass(std::string_view component_class) const;

  Scheme& Begin(std::string_view kind, Date turn) {
    plan_.schemes.push_back({kind, {}, {}, turn, {}});
    return plan_.schemes.back();
  }
  // One row of the scheme begun last, direct from the exporter; the caller may change what it
  // returns.
  Trade& Add(Date day, const Party& exporter, const Party& importer, uint32_t good, Random& random);
  // The same, of no scheme.
  Trade& AddHonest(Date day, const Party& exporter, const Party& importer, uint32_t good,
                   Random& random) {
    Trade& trade = Add(day, exporter, importer, good, random);
    trade.scheme = -1;
    return trade;
  }
  uint32_t OtherGood(Random& random) const;
  // Brings a row's quantity near what so many dollars buy.
  void Worth(int64_t dollars, Trade& trade) const;

  const World& world_;
  Plan& plan_;
  uint64_t next_party_ = 0;
};

uint16_t Planner::Target(Random& random) const {
  for (const auto& share : world_.layout.importers) {
    if (share.country == "RU") return Country("RU");
  }
  return DrawCountry(world_.vocabulary, world_.layout.importers, random);
}

bool Planner::Imports(std::string_view iso) const {
  const auto& importers = world_.layout.importers;
  return std::any_of(importers.begin(), importers.end(),
                     [&](const Share& share) { return share.country == iso; });
}

bool Planner::Shows(const Party& exporter, const Party& importer) const {
  const auto& countries = world_.vocabulary.countries;
  const auto& exporters = world_.layout.exporters;
  const bool leaves =
      exporters.empty() || std::any_of(exporters.begin(), exporters.end(), [&](const Share& share) {
        return share.country == countries[exporter.country].iso;
      });
  return leaves && Imports(countries[importer.country].iso);
}

uint16_t Planner::SellerIn(std::string_view iso) const {
  return Country(world_.layout.exporters.empty()
                     ? iso
                     : std::string_view(world_.layout.exporters.front().country));
}

uint32_t Planner::PickGood(Random& random, bool drone) const {
  const auto& goods = world_.vocabulary.goods;
  for (;;) {
    const uint32_t good = DrawGood(world_.vocabulary, world_.vocabulary.categories.back(), random);
    const auto& c = goods[good].component_class;
    if (drone ? c == "drone" : (c != "drone" && c != "accessory")) return good;
  }
}

uint32_t Planner::OtherGood(Random& random) const {
  return static_cast<uint32_t>(random.Below(world_.vocabulary.first_drone));
}

uint32_t Planner::GoodOfClass(std::string_view component_class) const {
  const auto& goods = world_.vocabulary.goods;
  for (uint32_t i = world_.vocabulary.first_drone; i < goods.size(); ++i) {
    if (goods[i].component_class == component_class && goods[i].brand.empty()) return i;
  }
  return world_.vocabulary.first_drone;
}

Trade& Planner::Add(Date day, const Party& exporter, const Party& importer, uint32_t good,
                    Random& random) {
  Trade trade = DrawTrade(world_.vocabulary, good, random);
  trade.date = std::clamp(day, kFirstDay, kLastDay);
  trade.exporter = exporter;
  trade.importer = trade.consignee = trade.declarant = importer;
  trade.origin = Country("CN");
  trade.departure = trade.trading = exporter.country;
  trade.destination = importer.country;
  trade.item = 1;
  trade.scheme = static_cast<int32_t>(plan_.schemes.size() - 1);
  plan_.trades.push_back(trade);
  return plan_.trades.back();
}

void Planner::Worth(int64_t dollars, Trade& trade) const {
  const int64_t unit = std::max<int64_t>(1, trade.value_cents / trade.quantity);
  SetQuantity(std::max<int64_t>(1, dollars * 100 / unit), trade);
}

// One to three hops. A file of one country's imports shows the last leg; a file of many countries
// shows all.
void Planner::HubChain(Random& random) {
  const Date turn = kControls[random.Below(2)];
  Scheme& scheme = Begin("hub_chain", turn);
  const uint64_t hops = 1 + random.Below(3);
  std::vector<Party> chain = {NewParty(Country("CN"))};
  const Party last = NewParty(Target(random));
  uint64_t first = random.Below(kHubs.size());
  for (uint64_t hop = 0; hop < hops; ++hop)
    chain.push_back(NewParty(Country(kHubs[(first + hop) % kHubs.size()])));
  chain.push_back(NewParty(Target(random)));
  scheme.parties = chain;
  for (const auto& party : chain) scheme.route.push_back(party.country);
  const auto batches = static_cast<int32_t>(random.Between(5, 12));
  for (int32_t batch = 0; batch < batches; ++batch) {
    Date day = turn + 20 + batch * static_cast<int32_t>(random.Between(10, 24));
    const uint32_t good = DroneOrPart(random);
    int64_t quantity = 0;
    for (size_t leg = 0; leg + 1 < chain.size(); ++leg) {
      if (!Shows(chain[leg], chain[leg + 1])) continue;
      Trade& trade = Add(day, chain[leg], chain[leg + 1], good, random);
      if (quantity > 0) SetQuantity(quantity, trade);
      quantity = trade.quantity;
      day = day + static_cast<int32_t>(random.Between(8, 40));
      // Now and then a leg goes in two consignments.
      if (quantity < 4 || !random.OneIn(6)) continue;
      const int64_t rest = quantity / 3;
      SetQuantity(quantity - rest, plan_.trades.back());
      SetQuantity(rest, Add(day - 3, chain[leg], chain[leg + 1], good, random));
    }
  }
}

// A firm that exists for a few months, buys little but drones for much money, and is gone.
void Planner::Burner(Random& random) {
  const Date turn = kControls[random.Below(2)];
  Scheme& scheme = Begin("burner", turn);
  const Party burner = NewParty(Target(random));
  const Party sellers[] = {NewParty(Country("CN")), NewParty(SellerIn("HK"))};
  scheme.parties = {burner, sellers[0], sellers[1]};
  const Date start = turn + static_cast<int32_t>(random.Between(10, 200));
  const auto rows = random.Between(8, 16);
  const auto life = static_cast<uint64_t>(random.Between(60, 170));
  for (int64_t i = 0; i < rows; ++i) {
    const Date day = start + static_cast<int32_t>(random.Below(life));
    const int64_t dollars = random.Between(18000, 60000);
    const Party& seller = sellers[random.Below(2)];
    const uint32_t good = random.Percent(80) ? DroneModel(random) : DroneOrPart(random);
    Worth(dollars, Add(day, seller, burner, good, random));
  }
  if (random.OneIn(3)) {
    const Date day = start + static_cast<int32_t>(random.Below(life));
    const uint32_t good = OtherGood(random);
    Worth(3000, Add(day, sellers[0], burner, good, random));
  }
}

// A trader stops; within weeks another one buys the same from the same sellers at the same address.
void Planner::Phoenix(Random& random) {
  const Date turn = kControls[random.Below(2)];
  Scheme& scheme = Begin("phoenix", turn);
  const uint16_t target = Target(random);
  const Party before = NewParty(target);
  Party after = NewParty(target);
  after.address = before.address;
  const Party sellers[] = {NewParty(Country("CN")), NewParty(Country("CN")),
                           NewParty(SellerIn("HK"))};
  const Party declarant = NewParty(target);
  scheme.parties = {before, after, sellers[0], sellers[1], sellers[2], declarant};
  const uint32_t goods[] = {DroneModel(random), DroneModel(random), PickGood(random, false)};
  const Date stop = turn + static_cast<int32_t>(random.Between(-20, 60));
  for (int i = 0; i < 24; ++i) {
    const bool old = i < 12;
    const int32_t apart = (i % 12) * 22 + static_cast<int32_t>(random.Below(15));
    const Date day = old ? stop - apart : stop + 25 + apart;
    const auto k = static_cast<size_t>(i % 3);
    Add(day, sellers[k], old ? before : after, goods[k], random).declarant = declarant;
  }
}

// The same goods under another code from the control date on.
void Planner::CodeDrift(Random& random) {
  const Date turn = kControls[random.Below(2)];
  Scheme& scheme = Begin("code_drift", turn);
  const Party importer = NewParty(Target(random)), seller = NewParty(Country("CN"));
  scheme.parties = {importer, seller};
  const uint32_t good = DroneModel(random);
  for (int i = 0; i < 30; ++i) {
    const bool old = i < 15;
    const int32_t apart = 5 + (i % 15) * 17 + static_cast<int32_t>(random.Below(9));
    Trade& trade = Add(old ? turn - apart : turn + apart, seller, importer, good, random);
    if (!old) trade.disguise = Disguise::kRecoded;
  }
}

// The parts of a drone, one by one, within a fortnight, to one consignee.
void Planner::KitSplitting(Random& random) {
  static constexpr std::array<std::string_view, 8> kParts = {
      "frame", "motor", "esc", "flight_controller", "camera", "radio", "battery", "propeller"};
  Scheme& scheme = Begin("kit_splitting", kControls[0]);
  const Party importer = NewParty(Target(random));
  scheme.parties = {importer};
  const Date control = kControls[random.Below(2)];
  const Date start = control + static_cast<int32_t>(random.Between(10, 300));
  const int64_t drones = random.Between(40, 300);
  const uint64_t skipped = random.Below(kParts.size());
  for (size_t i = 0; i < kParts.size(); ++i) {
    if (i == skipped) continue;
    const Party seller = NewParty(SellerIn(random.Percent(70) ? "CN" : "HK"));
    scheme.parties.push_back(seller);
    Trade& trade = Add(start + static_cast<int32_t>(random.Below(13)), seller, importer,
                       GoodOfClass(kParts[i]), random);
    SetQuantity(kParts[i] == "motor" || kParts[i] == "propeller" ? drones * 4 : drones, trade);
  }
}

// A drone declared as a toy, a camera or under the code of parts; one scheme in four says nothing
// at all.
void Planner::UnderDeclared(Random& random) {
  Scheme& scheme = Begin("under_declared", kControls[0]);
  const Party importer = NewParty(Target(random)), seller = NewParty(Country("CN"));
  scheme.parties = {importer, seller};
  const auto disguise = static_cast<Disguise>(1 + random.Below(4));
  const auto rows = random.Between(4, 10);
  for (int64_t i = 0; i < rows; ++i) {
    const Date day = kControls[0] + static_cast<int32_t>(random.Below(700));
    Add(day, seller, importer, DroneModel(random), random).disguise = disguise;
  }
}

// The stated mass cannot be that of the stated number of the stated model.
void Planner::MassImplausible(Random& random) {
  Scheme& scheme = Begin("mass_implausible", kControls[0]);
  const Party importer = NewParty(Target(random)), seller = NewParty(Country("CN"));
  scheme.parties = {importer, seller};
  const auto rows = random.Between(3, 7);
  for (int64_t i = 0; i < rows; ++i) {
    const Date day = kFirstDay + static_cast<int32_t>(random.Between(200, 1400));
    const uint32_t good = DroneModel(random);
    Trade& trade = Add(day, seller, importer, good, random);
    const int64_t factor = random.Between(260, 700);  // hundredths
    trade.net_g = random.OneIn(2) ? trade.net_g * factor / 100 : trade.net_g * 100 / factor;
    trade.gross_g = trade.net_g * 110 / 100 + 10;
    trade.plain = true;
  }
}

// Declared as transit to Central Asia, through the country where it stays.
void Planner::FalseTransit(Random& random) {
  static constexpr std::array<std::string_view, 3> kBeyond = {"KZ", "KG", "UZ"};
  if (!Imports("RU") || !world_.layout.exporters.empty()) return;
  const Date turn = kControls[random.Below(2)];
  Scheme& scheme = Begin("false_transit", turn);
  const Party seller = NewParty(Country(random.Percent(60) ? "CN" : "DE"));
  const Party importer = NewParty(Target(random));
  scheme.parties = {importer, seller};
  const uint16_t beyond = Country(kBeyond[random.Below(kBeyond.size())]);
  scheme.route = {seller.country, importer.country, beyond};
  const auto rows = random.Between(5, 10);
  for (int64_t i = 0; i < rows; ++i) {
    const Date day = turn + static_cast<int32_t>(random.Between(5, 380));
    const uint32_t good = DroneOrPart(random);
    Trade& trade = Add(day, seller, importer, good, random);
    trade.procedure = Procedure::kTransit;
    trade.destination = beyond;
  }
}

// A maker of drones of its own brand, whom the vendor's mapping shows as agent or broker of a
// competitor's goods. It is an error of the data, no diversion.
void Planner::VendorMappedAgent(Random& random) {
  Scheme& scheme = Begin("vendor_mapped_agent", kControls[0]);
  const Party maker = MakeParty(Country("CN"), Pool::kMaker, next_party_++);
  const Party importer = NewParty(Target(random)), seller = NewParty(Country("CN"));
  scheme.parties = {maker, importer, seller};
  const uint32_t own = GoodOfClass("motor");
  for (int i = 0; i < 12; ++i) {
    const bool foreign = i >= 7;
    const Date day = kFirstDay + static_cast<int32_t>(random.Between(100, 1400));
    const uint32_t good = foreign ? DroneModel(random) : own;
    Trade& trade = Add(day, foreign ? seller : maker, importer, good, random);
    if (foreign) {
      trade.agent = trade.broker = trade.declarant = maker;
    } else {
      trade.maker = maker;
      trade.maker_brand = true;
    }
  }
}

// What a false transit looks like from the outside, with the arrival that makes it an honest one.
void Planner::HonestTransit(Random& random) {
  if (!Imports("KZ") || !Imports("RU") || !world_.layout.exporters.empty()) return;
  const Party seller = NewParty(Country("CN")), importer = NewParty(Country("KZ"));
  for (int i = 0; i < 6; ++i) {
    const Date day = kControls[0] + static_cast<int32_t>(random.Between(5, 380));
    const uint32_t good = DroneOrPart(random);
    Trade& transit = Add(day, seller, importer, good, random);
    transit.procedure = Procedure::kTransit;
    transit.scheme = -1;
    const int64_t quantity = transit.quantity;
    Trade& arrival =
        Add(day + static_cast<int32_t>(random.Between(9, 60)), seller, importer, good, random);
    SetQuantity(quantity, arrival);
    arrival.scheme = -1;
  }
}

// An honest wholesaler in a hub: buys drones in China and sells them where nobody minds.
void Planner::HonestHub(Random& random) {
  if (!Imports("AE") || !Imports("DE") || !world_.layout.exporters.empty()) return;
  const Party seller = NewParty(Country("CN")), hub = NewParty(Country("AE"));
  const Party buyers[] = {NewParty(Country("DE")), NewParty(Country("IN")),
                          NewParty(Country("US"))};
  for (int i = 0; i < 10; ++i) {
    const Date day = kFirstDay + static_cast<int32_t>(random.Between(30, 1350));
    const uint32_t good = DroneOrPart(random);
    Add(day, seller, hub, good, random).scheme = -1;
    const Date onward = day + static_cast<int32_t>(random.Between(10, 80));
    const Party& buyer = buyers[random.Below(3)];
    Add(onward, hub, buyer, good, random).scheme = -1;
  }
}

// A building site that buys for some months and is done: much money, few drones.
void Planner::HonestProject(Random& random) {
  const Party buyer = NewParty(Target(random)), seller = NewParty(Country("CN"));
  const Date start = kFirstDay + static_cast<int32_t>(random.Between(150, 1000));
  for (int i = 0; i < 8; ++i) {
    const int64_t dollars = random.Between(10000, 40000);
    const Date day = start + static_cast<int32_t>(random.Below(140));
    const uint32_t good = OtherGood(random);
    Worth(dollars, AddHonest(day, seller, buyer, good, random));
  }
  Worth(9000, AddHonest(start + 60, seller, buyer, DroneModel(random), random));
}

// Two firms of one house, one after the other, who have nothing else in common; and a declarant who
// serves both.
void Planner::HonestNeighbours(Random& random) {
  const uint16_t target = Target(random);
  const Party before = NewParty(target), declarant = NewParty(target);
  Party after = NewParty(target);
  if (random.OneIn(2)) after.address = before.address;
  const Date stop = kFirstDay + static_cast<int32_t>(random.Between(400, 900));
  const uint32_t goods[] = {DroneModel(random), PickGood(random, false)};
  for (int i = 0; i < 10; ++i) {
    const bool old = i < 5;
    const int32_t apart = (i % 5) * 30 + static_cast<int32_t>(random.Below(20));
    const Party seller = NewParty(Country("CN"));
    AddHonest(old ? stop - apart : stop + 40 + apart, seller, old ? before : after, goods[old],
              random)
        .declarant = before.address == after.address ? (old ? before : after) : declarant;
  }
}

// Other goods after a control date, under their own code: no drift.
void Planner::HonestRecoding(Random& random) {
  const Date turn = kControls[random.Below(2)];
  const Party importer = NewParty(Target(random)), seller = NewParty(Country("CN"));
  const uint32_t before = DroneModel(random), after = GoodOfClass("battery");
  for (int i = 0; i < 24; ++i) {
    const bool old = i < 12;
    const int32_t apart = 5 + (i % 12) * 20 + static_cast<int32_t>(random.Below(9));
    AddHonest(old ? turn - apart : turn + apart, seller, importer, old ? before : after, random);
  }
}

// Motors, propellers and batteries, three at a time, all the year round: a shop.
void Planner::HonestPartsDealer(Random& random) {
  static constexpr std::array<std::string_view, 3> kParts = {"motor", "propeller", "battery"};
  const Party importer = NewParty(Target(random)), seller = NewParty(Country("CN"));
  const Date start = kFirstDay + static_cast<int32_t>(random.Between(30, 200));
  for (int32_t round = 0; round < 6; ++round) {
    for (const auto part : kParts)
      AddHonest(start + round * 150 + static_cast<int32_t>(random.Below(10)), seller, importer,
                GoodOfClass(part), random);
  }
}

// Toys that are toys: the same code as a disguised drone's, at a toy's price and mass.
void Planner::HonestToys(Random& random) {
  const Party importer = NewParty(Target(random)), seller = NewParty(Country("CN"));
  uint32_t toy = 0;
  const auto& goods = world_.vocabulary.goods;
  for (uint32_t i = 0; i < world_.vocabulary.first_drone; ++i) {
    if (goods[i].hs.starts_with("9503")) toy = i;
  }
  for (int i = 0; i < 6; ++i)
    AddHonest(kFirstDay + static_cast<int32_t>(random.Between(30, 1400)), seller, importer, toy,
              random);
}

// A maker who declares and ships its own brand, and nobody else's.
void Planner::HonestMaker(Random& random) {
  const Party maker = MakeParty(Country("CN"), Pool::kMaker, next_party_++);
  const Party importer = NewParty(Target(random));
  const uint32_t own = GoodOfClass("motor");
  for (int i = 0; i < 8; ++i) {
    Trade& trade = AddHonest(kFirstDay + static_cast<int32_t>(random.Between(100, 1400)), maker,
                             importer, own, random);
    trade.maker = maker, trade.maker_brand = true;
    if (i % 2 == 0) trade.agent = maker;
  }
}

// Somebody who buys one drone after the other over years, in ever new models.
void Planner::HonestCollector(Random& random) {
  const Party importer = NewParty(Target(random)), seller = NewParty(Country("CN"));
  for (int32_t day = 60; day < 1400; day += static_cast<int32_t>(random.Between(60, 150)))
    AddHonest(kFirstDay + day, seller, importer, DroneOrPart(random), random);
}

void Planner::ListedParty(Random& random) {
  const auto& listed = world_.vocabulary.listed;
  const size_t index = random.Below(listed.size());
  const bool suits = listed[index].as == "supplier"
                         ? SellerIn(listed[index].country) == Country(listed[index].country)
                         : Imports(listed[index].country);
  if (!suits) return;
  const auto since = ParseIsoDate(listed[index].since).value_or(kControls[0]);
  Scheme& scheme = Begin("listed_party", since);
  Party named = MakeParty(Country(listed[index].country), Pool::kPlanted, 0);
  named.listed = static_cast<int16_t>(index);
  const bool imports = listed[index].as == "importer";
  const Party other = NewParty(imports ? Country("CN") : Target(random));
  scheme.parties = {named, other};
  for (int i = 0; i < 3; ++i) {
    const Date day = since + static_cast<int32_t>(random.Between(20, 300));
    Add(day, imports ? other : named, imports ? named : other, DroneOrPart(random), random);
  }
}

struct Kind {
  void (Planner::*make)(Random&);
  uint64_t lines_each;  // one scheme for so many lines
};
constexpr Kind kKinds[] = {
    {&Planner::HubChain, 6000},           {&Planner::Burner, 9000},
    {&Planner::Phoenix, 14000},           {&Planner::CodeDrift, 14000},
    {&Planner::KitSplitting, 8000},       {&Planner::UnderDeclared, 5000},
    {&Planner::MassImplausible, 5000},    {&Planner::FalseTransit, 10000},
    {&Planner::VendorMappedAgent, 12000}, {&Planner::ListedParty, 10000},
    {&Planner::HonestTransit, 10000},     {&Planner::HonestHub, 12000},
    {&Planner::HonestProject, 20000},     {&Planner::HonestNeighbours, 20000},
    {&Planner::HonestRecoding, 25000},    {&Planner::HonestPartsDealer, 25000},
    {&Planner::HonestToys, 20000},        {&Planner::HonestMaker, 25000},
    {&Planner::HonestCollector, 20000},
};

}  // namespace

Plan MakePlan(const World& world, uint64_t lines) {
  Plan plan;
  Planner planner(world, plan);
  uint64_t number = 0;
  for (const auto& kind : kKinds) {
    const uint64_t count = std::clamp<uint64_t>(lines / kind.lines_each, 1, kMostOfAKind);
    for (uint64_t i = 0; i < count && plan.trades.size() < lines / 2; ++i) {
      Random random(Mix(world.key, 401, ++number));
      (planner.*kind.make)(random);
    }
  }
  std::stable_sort(plan.trades.begin(), plan.trades.end(),
                   [](const Trade& a, const Trade& b) { return a.date < b.date; });
  if (plan.trades.size() > lines) plan.trades.resize(lines);
  return plan;
}

}  // namespace tidewaiter::synth
