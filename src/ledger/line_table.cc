#include "ledger/line_table.h"

#include <algorithm>
#include <cmath>

#include "base/json.h"

namespace tidewaiter::ledger {

using tables::CellType;
using tables::CellWriter;

LineTable::LineTable(const Ledger& ledger, const KnownGoods& known)
    : ledger_(ledger), known_(known) {
  PrepareParties();
  AddWhere();
  AddWhat();
  AddRecognised();
  AddHowMuch();
  for (const Role role : AllRoles()) AddWho(role);
}

void LineTable::PrepareParties() {
  const size_t count = ledger_.parties.size();
  entity_texts_.resize(count);
  for (Id id = 0; id < count; ++id) {
    names_.push_back(tables::Prepare(ledger_.DisplayName(id)));
    const std::string entity = ledger_.EntityText(id);
    auto& kept = entity_texts_[id];
    std::copy(entity.begin(), entity.end(), kept.begin());
    entities_.push_back(tables::Prepare({kept.data(), entity.size()}));
  }
}

void LineTable::Fill(size_t column, uint64_t first, size_t count, CellWriter& cells) const {
  fill_[column](first, count, cells);
}

// `cell(row, line, cells)` writes the cell of a line into a row of the chunk.
template <typename CellOf>
void LineTable::Add(std::string name, CellType type, CellOf cell) {
  columns_.push_back({std::move(name), type});
  fill_.emplace_back([cell](size_t first, size_t count, CellWriter& cells) {
    for (size_t i = 0; i < count; ++i) cell(i, first + i, cells);
  });
}

// Each takes what `of(line)` gives: a text that may be empty, ...
template <typename Of>
void LineTable::AddText(std::string name, Of of) {
  Add(std::move(name), CellType::kText, [of](size_t row, size_t line, CellWriter& cells) {
    const std::string_view text = of(line);
    if (!text.empty()) cells.Text(row, text);
  });
}

template <typename Of>
void LineTable::AddPrepared(std::string name, Of of) {
  Add(std::move(name), CellType::kText, [of](size_t row, size_t line, CellWriter& cells) {
    const tables::PreparedText& text = of(line);
    if (!text.empty()) cells.Text(row, text);
  });
}

// ... a text of the line's goods: they stand in many lines, ...
void LineTable::AddGoodsText(std::string name, Id GoodsText::* text) {
  auto& texts = goods_texts_.emplace_back();
  texts.reserve(ledger_.goods.size());
  for (const GoodsText& goods : ledger_.goods)
    texts.push_back(tables::Prepare(ledger_.Text(goods.*text)));
  AddPrepared(std::move(name), [this, &texts](size_t line) -> const tables::PreparedText& {
    return texts[ledger_.lines.goods[line]];
  });
}

// ... what is recognised in it, ...
const RecognisedGoods& LineTable::Recognised(size_t line) const {
  return known_.recognitions[known_.recognised_as[ledger_.lines.goods[line]]];
}

void LineTable::AddRecognisedText(std::string name, std::string RecognisedGoods::* text) {
  auto& texts = goods_texts_.emplace_back();
  for (const RecognisedGoods& goods : known_.recognitions)
    texts.push_back(tables::Prepare(goods.*text));
  AddPrepared(std::move(name), [this, &texts](size_t line) -> const tables::PreparedText& {
    return texts[known_.recognised_as[ledger_.lines.goods[line]]];
  });
}

// ... what else it says, ...
void LineTable::AddEvidence(std::string name, Id GoodsEvidence::* text) {
  AddText(std::move(name), [=, this](size_t line) {
    if (known_.evidence.empty()) return std::string_view();
    return known_.texts[known_.evidence[ledger_.lines.goods[line]].*text];
  });
}

template <typename Of>
void LineTable::AddInteger(std::string name, Of of) {
  Add(std::move(name), CellType::kInteger, [of](size_t row, size_t line, CellWriter& cells) {
    cells.Integer(row, static_cast<int64_t>(of(line)));
  });
}

template <typename Of>
void LineTable::AddNumber(std::string name, Of of) {
  Add(std::move(name), CellType::kNumber, [of](size_t row, size_t line, CellWriter& cells) {
    const double value = of(line);
    if (!std::isnan(value)) cells.Number(row, value);
  });
}

void LineTable::AddDay(std::string name, const std::vector<Date>& days) {
  Add(std::move(name), CellType::kDay, [&days](size_t row, size_t line, CellWriter& cells) {
    const Date day = days[line];
    if (day > kDistantPast && day < kDistantFuture) cells.Day(row, day);
  });
}

void LineTable::AddWhere() {
  const Ledger& ledger = ledger_;
  const Lines& lines = ledger.lines;
  AddText("source",
          [&](size_t line) { return std::string_view(ledger.sources[lines.source[line]].name); });
  AddInteger("row", [&](size_t line) { return lines.row[line]; });
  AddInteger("row_offset", [&](size_t line) { return lines.offset[line]; });
  AddInteger("row_length", [&](size_t line) { return lines.length[line]; });
  Add("row_hash", CellType::kText, [&](size_t row, size_t line, CellWriter& cells) {
    cells.Text(row, cells.Kept(ledger.RowHash(line)));
  });
  AddDay("date", lines.from);
  AddDay("date_to", lines.to);
  AddText("declaration", [&](size_t line) { return ledger.Text(lines.declaration[line]); });
  AddText("direction",
          [&](size_t line) { return ledger.Text(ledger.routes[lines.route[line]].direction); });
  AddText("procedure", [&](size_t line) { return ledger.Text(lines.procedure[line]); });
}

void LineTable::AddWhat() {
  AddGoodsText("hs", &GoodsText::hs);
  AddGoodsText("description", &GoodsText::description);
  AddGoodsText("description_en", &GoodsText::description_en);
}

void LineTable::AddRecognised() {
  const auto add = [this](const std::string& name, std::string RecognisedGoods::* text,
                          double RecognisedGoods::* confidence) {
    AddRecognisedText(name, text);
    AddNumber(name + "_confidence", [=, this](size_t line) {
      const RecognisedGoods& goods = Recognised(line);
      return (goods.*text).empty() ? std::nan("") : goods.*confidence;
    });
  };
  add("brand", &RecognisedGoods::brand, &RecognisedGoods::brand_confidence);
  add("model", &RecognisedGoods::model, &RecognisedGoods::model_confidence);
  add("component_class", &RecognisedGoods::component_class,
      &RecognisedGoods::component_class_confidence);
  AddNumber("vagueness", [this](size_t line) { return Recognised(line).vagueness; });
  Add("code_agreement", CellType::kBoolean, [this](size_t row, size_t line, CellWriter& cells) {
    const auto& agreement = Recognised(line).code_agreement;
    if (agreement) cells.Boolean(row, *agreement);
  });
  AddEvidence("text_headings", &GoodsEvidence::headings);
  AddNumber("text_heading_margin", [this](size_t line) {
    if (known_.evidence.empty()) return std::nan("");
    const GoodsEvidence& evidence = known_.evidence[ledger_.lines.goods[line]];
    return evidence.headings == 0 ? std::nan("") : evidence.heading_margin;
  });
  AddEvidence("part_numbers", &GoodsEvidence::part_numbers);
  AddEvidence("stated_parameters", &GoodsEvidence::parameters);
}

void LineTable::AddHowMuch() {
  const Ledger& ledger = ledger_;
  const Lines& lines = ledger.lines;
  AddNumber("quantity", [&](size_t line) { return lines.quantity[line]; });
  AddText("unit", [&](size_t line) { return ledger.Text(lines.unit[line]); });
  AddNumber("net_mass_kg", [&](size_t line) { return lines.net_mass_kg[line]; });
  AddNumber("gross_mass_kg", [&](size_t line) { return lines.gross_mass_kg[line]; });
  AddNumber("value", [&](size_t line) { return lines.value[line]; });
  // A currency without an amount says nothing.
  AddText("currency", [&](size_t line) {
    return std::isnan(lines.value[line]) ? std::string_view() : ledger.Text(lines.currency[line]);
  });
  AddNumber("value_usd", [&](size_t line) { return lines.value_usd[line]; });
  const auto add_country = [&](const char* name, Id Route::* country) {
    AddText(name, [&, country](size_t line) {
      return ledger.Text(ledger.routes[lines.route[line]].*country);
    });
  };
  add_country("origin", &Route::origin);
  add_country("departure", &Route::departure);
  add_country("destination", &Route::destination);
}

void LineTable::AddWho(Role role) {
  const std::string name(ToString(role));
  AddPrepared(name, [this, role](size_t line) -> const tables::PreparedText& {
    return names_[ledger_.lines.PartyOf(role, line)];
  });
  AddPrepared(name + "_entity", [this, role](size_t line) -> const tables::PreparedText& {
    return entities_[ledger_.lines.PartyOf(role, line)];
  });
}

namespace {

std::string IdentifiersJson(const Ledger& ledger, const Party& party) {
  if (party.identifiers.empty()) return {};
  Json json = Json::Object{};
  for (const auto& [kind, value] : party.identifiers)
    json.Set(std::string(ledger.Text(kind)), ledger.Text(value));
  return json.Dump();
}

std::string_view PartyCell(const Ledger& ledger, size_t column, Id id, CellWriter& cells) {
  const Party& party = ledger.parties[id];
  constexpr std::array<Attribute, 4> kAttributes = {Attribute::kName, Attribute::kNameEn,
                                                    Attribute::kAddress, Attribute::kCountry};
  if (column == 0) return cells.Kept(ledger.EntityText(id));
  if (column <= kAttributes.size()) return ledger.Text(party.Get(kAttributes[column - 1]));
  return cells.Kept(IdentifiersJson(ledger, party));
}

}  // namespace

const std::vector<tables::VirtualColumn>& PartyTable::columns() const {
  static const std::vector<tables::VirtualColumn> columns = {
      {"entity"}, {"name"}, {"name_en"}, {"address"}, {"country"}, {"identifiers"}};
  return columns;
}

void PartyTable::Fill(size_t column, uint64_t first, size_t count, CellWriter& cells) const {
  for (size_t i = 0; i < count; ++i) {
    const auto id = static_cast<Id>(first + i + 1);
    const std::string_view text = PartyCell(ledger_, column, id, cells);
    if (!text.empty()) cells.Text(i, text);
  }
}

}  // namespace tidewaiter::ledger
