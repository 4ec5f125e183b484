// Blocks are merged in their order in the file, so ids depend on the input alone.
#include <array>

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

std::vector<Id> TranslateParties(const BlockResult& block, const std::vector<Id>& strings,
                                 Ledger& ledger, Distinct& numbers) {
  std::vector<Id> table(1);
  std::vector<Id> tuple;
  for (size_t i = 1; i < block.parties.size(); ++i) {
    Party party = block.parties[i];
    for (Id& id : party.attributes) id = strings[id];
    tuple.assign(party.attributes.begin(), party.attributes.end());
    for (auto& [kind, value] : party.identifiers) {
      kind = strings[kind];
      value = strings[value];
      tuple.push_back(kind);
      tuple.push_back(value);
    }
    bool fresh = false;
    table.push_back(numbers.Number(tuple, fresh));
    if (fresh) ledger.parties.push_back(std::move(party));
  }
  return table;
}

std::vector<Id> TranslateGoods(const BlockResult& block, const std::vector<Id>& strings,
                               Ledger& ledger, Distinct& numbers) {
  std::vector<Id> table(1);
  for (size_t i = 1; i < block.goods.size(); ++i) {
    const GoodsText& from = block.goods[i];
    const GoodsText goods{strings[from.description], strings[from.description_en], strings[from.hs],
                          strings[from.brand], strings[from.model]};
    const std::array<Id, 5> tuple{goods.description, goods.description_en, goods.hs, goods.brand,
                                  goods.model};
    bool fresh = false;
    table.push_back(numbers.Number(tuple, fresh));
    if (fresh) ledger.goods.push_back(goods);
  }
  return table;
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
  const std::vector<Id> strings = ledger.strings.InternAll(block.strings);
  const std::vector<Id> parties = TranslateParties(block, strings, ledger, tables.parties);
  const std::vector<Id> goods = TranslateGoods(block, strings, ledger, tables.goods);
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
  AppendTranslated(from.goods, goods, to.goods);
  AppendTranslated(from.route, routes, to.route);
  AppendAll(from.quantity, to.quantity);
  AppendAll(from.net_mass_kg, to.net_mass_kg);
  AppendAll(from.gross_mass_kg, to.gross_mass_kg);
  AppendAll(from.value, to.value);
  AppendAll(from.value_usd, to.value_usd);
  MergeParties(block, parties, before, to);
  for (Reject reject : block.rejects) {
    reject.source = source;
    ledger.rejects.push_back(std::move(reject));
  }
}

}  // namespace tidewaiter::ledger
