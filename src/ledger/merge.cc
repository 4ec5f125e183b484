// Blocks are merged in their order in the file, so ids depend on the input alone.
#include <array>
#include <initializer_list>
#include <utility>

#include "ledger/block.h"

namespace tidewaiter::ledger {
namespace {

template <typename T>
void AppendAll(const std::vector<T>& from, std::vector<T>& to) {
  to.insert(to.end(), from.begin(), from.end());
}

void AppendTranslated(const std::vector<Id>& from, const std::vector<Id>& table,
                      std::vector<Id>& to) {
  for (const Id id : from) to.push_back(table[id]);
}

// Things of a block under their numbers in the ledger, and which of them are new there.
struct Numbered {
  std::vector<Id> ids = std::vector<Id>(1);  // by the block's
  std::vector<Id> fresh;                     // the block's, in order
};

Numbered NumberContents(const std::vector<Hash128>& contents, ContentTable& table) {
  Numbered out;
  Id known = table.size();
  const std::vector<Id> numbers = table.Number(contents);
  out.ids.insert(out.ids.end(), numbers.begin(), numbers.end());
  for (Id id = 1; id < out.ids.size(); ++id) {
    if (out.ids[id] <= known) continue;
    known = out.ids[id];
    out.fresh.push_back(id);
  }
  return out;
}

// The strings that the ledger needs of a block, of what is new and of the lines themselves: each
// once, in the order in which the lines need them, so that it does not matter where a block ends.
class NeededStrings {
 public:
  NeededStrings(const BlockResult& block, const Numbered& parties, const Numbered& goods)
      : needed_(block.strings.size()) {
    needed_[0] = 1;
    std::vector<uint8_t> party_waits(block.parties.size()), goods_wait(block.goods.size()),
        route_waits(block.routes.size(), 1);
    for (const Id id : parties.fresh) party_waits[id] = 1;
    for (const Id id : goods.fresh) goods_wait[id] = 1;
    const Lines& lines = block.lines;
    for (size_t i = 0; i < lines.size(); ++i) {
      Need({lines.declaration[i], lines.procedure[i], lines.unit[i], lines.currency[i]});
      if (std::exchange(goods_wait[lines.goods[i]], 0) != 0) Need(block.goods[lines.goods[i]]);
      if (std::exchange(route_waits[lines.route[i]], 0) != 0) Need(block.routes[lines.route[i]]);
      for (const auto& role : lines.party) {
        if (!role.empty() && std::exchange(party_waits[role[i]], 0) != 0)
          Need(block.parties[role[i]]);
      }
    }
  }
  const std::vector<Id>& ids() const { return ids_; }

 private:
  void Need(std::initializer_list<Id> ids) {
    for (const Id id : ids) {
      if (std::exchange(needed_[id], 1) == 0) ids_.push_back(id);
    }
  }
  void Need(const GoodsText& goods) {
    Need({goods.description, goods.description_en, goods.hs, goods.brand, goods.model});
  }
  void Need(const Route& route) {
    Need({route.direction, route.origin, route.departure, route.destination});
  }
  void Need(const Party& party) {
    for (const Id text : party.attributes) Need({text});
    for (const auto& [kind, value] : party.identifiers) Need({kind, value});
  }

  std::vector<uint8_t> needed_;  // by string
  std::vector<Id> ids_;
};

void AddParties(const BlockResult& block, const std::vector<Id>& fresh,
                const std::vector<Id>& strings, Ledger& ledger) {
  for (const Id id : fresh) {
    Party& party = ledger.parties.emplace_back(block.parties[id]);
    for (Id& text : party.attributes) text = strings[text];
    for (auto& [kind, value] : party.identifiers) kind = strings[kind], value = strings[value];
  }
}

void AddGoods(const BlockResult& block, const std::vector<Id>& fresh,
              const std::vector<Id>& strings, Ledger& ledger) {
  for (const Id id : fresh) {
    const GoodsText& from = block.goods[id];
    ledger.goods.push_back({strings[from.description], strings[from.description_en],
                            strings[from.hs], strings[from.brand], strings[from.model]});
  }
}

std::vector<Id> TranslateRoutes(const BlockResult& block, const std::vector<Id>& strings,
                                Ledger& ledger, Distinct& numbers) {
  std::vector<Id> table(1);
  for (size_t i = 1; i < block.routes.size(); ++i) {
    const Route& from = block.routes[i];
    const Route route{strings[from.direction], strings[from.origin], strings[from.departure],
                      strings[from.destination]};
    const std::array<Id, 4> tuple{route.direction, route.origin, route.departure,
                                  route.destination};
    bool fresh = false;
    table.push_back(numbers.Number(tuple, fresh));
    if (fresh) ledger.routes.push_back(route);
  }
  return table;
}

// A role that this source lacks but another has is a column of nobody here, and the other way
// round.
void MergeParties(const BlockResult& block, const std::vector<Id>& table, size_t before,
                  Lines& lines) {
  for (size_t role = 0; role < kRoleCount; ++role) {
    const auto& from = block.lines.party[role];
    auto& to = lines.party[role];
    if (from.empty() && to.empty()) continue;
    to.resize(before);
    if (from.empty()) {
      to.resize(before + block.lines.size());
    } else {
      AppendTranslated(from, table, to);
    }
  }
}

}  // namespace

void MergeBlock(const BlockResult& block, uint16_t source, Ledger& ledger, MergeTables& tables) {
  const Numbered parties = NumberContents(block.party_contents, tables.parties);
  const Numbered goods = NumberContents(block.goods_contents, tables.goods);
  std::vector<Id> strings;
  ledger.strings.InternSome(block.strings, NeededStrings(block, parties, goods).ids(), strings);
  AddParties(block, parties.fresh, strings, ledger);
  AddGoods(block, goods.fresh, strings, ledger);
  const std::vector<Id> routes = TranslateRoutes(block, strings, ledger, tables.routes);
  const Lines& from = block.lines;
  Lines& to = ledger.lines;
  const size_t before = to.size();
  AppendAll(from.row, to.row);
  to.source.resize(to.size(), source);
  AppendAll(from.offset, to.offset);
  AppendAll(from.length, to.length);
  AppendAll(from.hash, to.hash);
  AppendAll(from.from, to.from);
  AppendAll(from.to, to.to);
  AppendTranslated(from.declaration, strings, to.declaration);
  AppendTranslated(from.procedure, strings, to.procedure);
  AppendTranslated(from.unit, strings, to.unit);
  AppendTranslated(from.currency, strings, to.currency);
  AppendTranslated(from.goods, goods.ids, to.goods);
  AppendTranslated(from.route, routes, to.route);
  AppendAll(from.quantity, to.quantity);
  AppendAll(from.net_mass_kg, to.net_mass_kg);
  AppendAll(from.gross_mass_kg, to.gross_mass_kg);
  AppendAll(from.value, to.value);
  AppendAll(from.value_usd, to.value_usd);
  MergeParties(block, parties.ids, before, to);
  for (Reject reject : block.rejects) {
    reject.source = source;
    ledger.rejects.push_back(std::move(reject));
  }
}

}  // namespace tidewaiter::ledger
