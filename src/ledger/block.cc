#include "ledger/block.h"

#include <xxhash.h>

#include <cmath>
#include <limits>

#include "model/country.h"

namespace tidewaiter::ledger {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr Id kNotAsked = std::numeric_limits<Id>::max();
constexpr size_t kTroubleText = 80;
// No shipment's: what is larger is a slip of the feed, and sums of such lines would overflow.
constexpr double kLargestNumber = 1e15, kLargestDollars = 1e12;

std::array<uint64_t, 2> RowHashOf(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

std::string Shortened(std::string_view text, size_t limit) {
  if (text.size() <= limit) return std::string(text);
  size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

bool IsCountryField(Field field) {
  return field == Field::kOrigin || field == Field::kDeparture || field == Field::kDestination;
}

// Texts in whose place feeds write 0 when they have none; a declaration or a procedure may be
// called so.
bool ZeroIsMissing(Field field) {
  return field == Field::kUnit || field == Field::kCurrency || field == Field::kBrand ||
         field == Field::kModel || field == Field::kDescription || field == Field::kDescriptionEn;
}

bool IsGoodsField(Field field) {
  return field == Field::kDescription || field == Field::kDescriptionEn || field == Field::kHs ||
         field == Field::kBrand || field == Field::kModel;
}

// What the cells of several columns, taken together, were understood as. Rows repeat their parties
// and goods word for word, and one look-up of all the cells is cheaper than one of each.
struct Understood {
  TextPool cells;
  std::vector<Id> ids;  // by number of the cells; kNotAsked: to be read anew each time
};

// The cells of one row under the fields they fill; ids are of the block's strings.
struct RowValues {
  std::array<Id, kFieldCount> text{};
  std::array<double, kFieldCount> number;
  Interval date;
};

class BlockReader {
 public:
  BlockReader(const Plan& plan, BlockResult& out) : plan_(plan), out_(out) {
    out.unreadable.resize(plan.format.dialect.columns);
    out.padded.resize(plan.format.dialect.columns);
    out.without_unit.resize(plan.format.dialect.columns);
    for (const auto& [field, text] : plan.constants)
      constants_.text[static_cast<size_t>(field)] = out.strings.Intern(text);
    constants_.number.fill(kUnknown);
    for (const auto& column : plan.fields) {
      (IsGoodsField(column.field) ? goods_columns_ : other_columns_).push_back(column);
    }
    for (size_t role = 0; role < kRoleCount; ++role) {
      for (const auto& column : plan.parties[role]) {
        identifier_kinds_[role].push_back(out.strings.Intern(column.identifier_kind));
      }
    }
  }

  void Read(const tables::Record& record, std::string_view bytes, uint32_t row);

 private:
  std::string_view Cell(size_t column) const;
  void Fill(const Plan::FieldColumn& column, RowValues& values);
  void FillNumber(const Plan::FieldColumn& column, std::string_view cell, RowValues& values);
  std::optional<double> KilogramsOf(std::string_view unit);  // by the name in the cell
  void ApplyConstants(bool goods, RowValues& values) const;
  void Complain(std::vector<ColumnTrouble>& troubles, size_t column, std::string_view cell);
  // The number of these cells in `understood`, and what they were understood as.
  template <typename Columns>
  Id Remembered(const Columns& columns, Understood& understood);
  void Remember(Understood& understood, uint64_t troubles_before, Id id);
  Id GoodsOf();
  Id ReadGoods();
  Id ReadParty(size_t role);
  void FillDate(size_t column, std::string_view cell, RowValues& values);
  Id HsOf(size_t column, std::string_view cell);
  Id CountryOf(size_t column, std::string_view cell);
  Id PartyOf(size_t role);
  void AddAttribute(size_t role, size_t index, std::string_view cell, Party& party);
  void Append(const tables::Record& record, std::string_view bytes, uint32_t row,
              const RowValues& values);
  Id Number(std::span<const Id> tuple, Distinct& table, bool& fresh) const;
  Hash128 ContentOf(std::span<const Id> tuple);

  const Plan& plan_;
  BlockResult& out_;
  RowValues constants_;
  std::array<std::vector<Id>, kRoleCount> identifier_kinds_;
  Distinct parties_, goods_, routes_;
  std::vector<Id> countries_;  // by string id: the code's id, 0 for no country, kNotAsked
  std::vector<Plan::FieldColumn> goods_columns_, other_columns_;
  std::map<std::string, std::optional<double>, std::less<>> kilograms_;  // by name of a unit
  std::array<Understood, kRoleCount> understood_parties_;
  Understood understood_goods_;
  std::string key_, content_;
  Id key_number_ = 0;
  uint64_t troubles_ = 0;
  const tables::Record* record_ = nullptr;
};

void BlockReader::Complain(std::vector<ColumnTrouble>& troubles, size_t column,
                           std::string_view cell) {
  ++troubles_;
  troubles[column].Add(record_->line, cell);
}

template <typename Columns>
Id BlockReader::Remembered(const Columns& columns, Understood& understood) {
  key_.clear();
  for (const auto& column : columns) {
    key_ += record_->fields[column.column];
    key_ += '\0';
  }
  key_number_ = understood.cells.Intern(key_);
  if (key_number_ >= understood.ids.size()) understood.ids.resize(key_number_ + 256, kNotAsked);
  return understood.ids[key_number_];
}

// Cells that gave trouble are read again, so that every occurrence is counted.
void BlockReader::Remember(Understood& understood, uint64_t troubles_before, Id id) {
  if (troubles_ == troubles_before) understood.ids[key_number_] = id;
}

void BlockReader::ApplyConstants(bool goods, RowValues& values) const {
  for (const auto& [field, unused] : plan_.constants) {
    Id& slot = values.text[static_cast<size_t>(field)];
    if (IsGoodsField(field) == goods && slot == 0)
      slot = constants_.text[static_cast<size_t>(field)];
  }
}

std::string_view BlockReader::Cell(size_t column) const {
  const std::string_view cell = Trim(record_->fields[column]);
  return plan_.nulls.Contains(cell) ? std::string_view() : cell;
}

std::optional<double> BlockReader::KilogramsOf(std::string_view unit) {
  const auto known = kilograms_.find(unit);
  if (known != kilograms_.end()) return known->second;
  const auto found = plan_.mass_units.find(NormaliseHeader(unit));
  const auto kilograms =
      found == plan_.mass_units.end() ? std::nullopt : std::optional<double>(found->second);
  kilograms_.emplace(unit, kilograms);
  return kilograms;
}

void BlockReader::FillNumber(const Plan::FieldColumn& column, std::string_view cell,
                             RowValues& values) {
  const auto number = ParseNumber(cell, column.decimal);
  if (!number) {
    Complain(out_.unreadable, column.column, cell);
    return;
  }
  const bool amount = column.field == Field::kValue || column.field == Field::kValueUsd;
  if (*number == 0 && (!amount || plan_.zero_is_missing))
    return;  // nothing is shipped with no mass, no quantity
  double scale = column.scale;
  if (column.unit_column) {
    const std::string_view unit = Cell(*column.unit_column);
    const auto kilograms = KilogramsOf(unit);
    if (!kilograms) {
      Complain(out_.without_unit, column.column, unit);
      return;
    }
    scale *= *kilograms;
  }
  const double scaled = *number * scale;
  if (std::abs(scaled) >= (column.field == Field::kValueUsd ? kLargestDollars : kLargestNumber)) {
    Complain(out_.unreadable, column.column, cell);
    return;
  }
  values.number[static_cast<size_t>(column.field)] = scaled;
}

void BlockReader::FillDate(size_t column, std::string_view cell, RowValues& values) {
  for (const DateFormat& format : plan_.date_formats) {
    if (const auto days = format.Read(cell)) {
      values.date = *days;
      return;
    }
  }
  Complain(out_.unreadable, column, cell);
}

Id BlockReader::HsOf(size_t column, std::string_view cell) {
  bool padded = false;
  const std::string code = ReadHs(cell, plan_.hs_digits, padded);
  if (code.empty() && cell != "0") Complain(out_.unreadable, column, cell);
  if (padded) Complain(out_.padded, column, cell);
  return out_.strings.Intern(code);
}

Id BlockReader::CountryOf(size_t column, std::string_view cell) {
  const Id text = out_.strings.Intern(cell);
  if (text >= countries_.size()) countries_.resize(text + 256, kNotAsked);
  if (countries_[text] == kNotAsked) {
    const auto code = cell == "ZZ" ? std::optional<std::string>() : ParseCountry(cell);
    const Id id = code ? out_.strings.Intern(*code) : 0;
    countries_[text] = id;
  }
  if (countries_[text] == 0 && cell != "ZZ" && cell != "0") Complain(out_.unreadable, column, cell);
  return countries_[text];
}

void BlockReader::Fill(const Plan::FieldColumn& column, RowValues& values) {
  const auto slot = static_cast<size_t>(column.field);
  const bool date = column.field == Field::kDate;
  if (date ? values.date.from != kDistantPast
           : values.text[slot] != 0 || !std::isnan(values.number[slot]))
    return;
  const std::string_view cell = Cell(column.column);
  if (cell.empty()) return;
  if (date) {
    FillDate(column.column, cell, values);
  } else if (IsNumeric(column.field)) {
    FillNumber(column, cell, values);
  } else if (column.field == Field::kHs) {
    values.text[slot] = HsOf(column.column, cell);
  } else if (IsCountryField(column.field)) {
    values.text[slot] = CountryOf(column.column, cell);
  } else if (cell != "0" || !ZeroIsMissing(column.field)) {
    values.text[slot] = out_.strings.Intern(cell);
  }
}

void BlockReader::AddAttribute(size_t role, size_t index, std::string_view cell, Party& party) {
  if (cell == "0") return;  // stands for a missing code, name, address
  const auto& column = plan_.parties[role][index];
  Id& slot = party.attributes[static_cast<size_t>(column.attribute)];
  switch (column.attribute) {
    case Attribute::kIdentifier: {
      if (cell.find_first_not_of("0 -.") == cell.npos) return;  // "0" stands for no code
      const Id value = out_.strings.Intern(cell);
      party.identifiers.emplace_back(identifier_kinds_[role][index], value);
      if (slot == 0) slot = value;
      return;
    }
    case Attribute::kOther:
      return;
    case Attribute::kCountry:
      if (slot == 0) slot = CountryOf(column.column, cell);
      return;
    case Attribute::kAddress:
    case Attribute::kAddressEn:
      slot = slot == 0
                 ? out_.strings.Intern(cell)
                 : out_.strings.Intern(std::string(out_.strings[slot]) + ", " + std::string(cell));
      return;
    default:
      if (slot == 0) slot = out_.strings.Intern(cell);
  }
}

Id BlockReader::Number(std::span<const Id> tuple, Distinct& table, bool& fresh) const {
  fresh = false;
  for (const Id id : tuple) {
    if (id != 0) return table.Number(tuple, fresh);
  }
  return 0;
}

// Of its texts, each behind its length: whatever they hold, other texts are other bytes.
Hash128 BlockReader::ContentOf(std::span<const Id> tuple) {
  content_.clear();
  for (const Id id : tuple) {
    const std::string_view text = out_.strings[id];
    const auto size = static_cast<uint32_t>(text.size());
    content_.append(reinterpret_cast<const char*>(&size), sizeof size).append(text);
  }
  return ContentHash(content_);
}

Id BlockReader::PartyOf(size_t role) {
  Understood& understood = understood_parties_[role];
  const Id known = Remembered(plan_.parties[role], understood);
  if (known != kNotAsked) return known;
  const uint64_t before = troubles_;
  const Id id = ReadParty(role);
  Remember(understood, before, id);
  return id;
}

Id BlockReader::GoodsOf() {
  const Id known = Remembered(goods_columns_, understood_goods_);
  if (known != kNotAsked) return known;
  const uint64_t before = troubles_;
  const Id id = ReadGoods();
  Remember(understood_goods_, before, id);
  return id;
}

Id BlockReader::ReadGoods() {
  RowValues values;
  values.number.fill(kUnknown);
  for (const auto& column : goods_columns_) Fill(column, values);
  ApplyConstants(true, values);
  const auto text = [&](Field field) { return values.text[static_cast<size_t>(field)]; };
  const GoodsText goods{text(Field::kDescription), text(Field::kDescriptionEn), text(Field::kHs),
                        text(Field::kBrand), text(Field::kModel)};
  const std::array<Id, 5> tuple{goods.description, goods.description_en, goods.hs, goods.brand,
                                goods.model};
  bool fresh = false;
  const Id id = Number(tuple, goods_, fresh);
  if (fresh) {
    out_.goods.push_back(goods);
    out_.goods_contents.push_back(ContentOf(tuple));
  }
  return id;
}

Id BlockReader::ReadParty(size_t role) {
  Party party;
  for (size_t i = 0; i < plan_.parties[role].size(); ++i) {
    const std::string_view cell = Cell(plan_.parties[role][i].column);
    if (!cell.empty()) AddAttribute(role, i, cell, party);
  }
  // An address or a country without a name or a number names nobody.
  if (party.Get(Attribute::kName) == 0 && party.Get(Attribute::kNameEn) == 0 &&
      party.Get(Attribute::kNameRaw) == 0 && party.Get(Attribute::kNameStandard) == 0 &&
      party.identifiers.empty()) {
    return 0;
  }
  std::array<Id, kAttributeCount + 16> tuple{};
  std::copy(party.attributes.begin(), party.attributes.end(), tuple.begin());
  size_t size = kAttributeCount;
  for (const auto& [kind, value] : party.identifiers) {
    if (size + 2 > tuple.size()) break;
    tuple[size++] = kind;
    tuple[size++] = value;
  }
  bool fresh = false;
  const Id id = Number(std::span(tuple.data(), size), parties_, fresh);
  if (fresh) {
    out_.parties.push_back(std::move(party));
    out_.party_contents.push_back(ContentOf(std::span(tuple.data(), size)));
  }
  return id;
}

void BlockReader::Append(const tables::Record& record, std::string_view bytes, uint32_t row,
                         const RowValues& values) {
  const auto text = [&](Field field) { return values.text[static_cast<size_t>(field)]; };
  const auto number = [&](Field field) { return values.number[static_cast<size_t>(field)]; };
  Lines& lines = out_.lines;
  lines.row.push_back(row);
  lines.offset.push_back(record.offset);
  lines.length.push_back(static_cast<uint32_t>(record.length));
  lines.hash.push_back(RowHashOf(bytes));
  lines.from.push_back(values.date.from);
  lines.to.push_back(values.date.to);
  lines.declaration.push_back(text(Field::kDeclaration));
  lines.procedure.push_back(text(Field::kProcedure));
  lines.unit.push_back(text(Field::kUnit));
  lines.currency.push_back(text(Field::kCurrency));
  lines.quantity.push_back(number(Field::kQuantity));
  lines.net_mass_kg.push_back(number(Field::kNetMassKg));
  lines.gross_mass_kg.push_back(number(Field::kGrossMassKg));
  lines.value.push_back(number(Field::kValue));
  double usd = number(Field::kValueUsd);
  if (std::isnan(usd) && out_.strings[text(Field::kCurrency)] == "USD") usd = number(Field::kValue);
  lines.value_usd.push_back(usd);

  lines.goods.push_back(GoodsOf());

  bool fresh = false;
  const Route route{text(Field::kDirection), text(Field::kOrigin), text(Field::kDeparture),
                    text(Field::kDestination)};
  const std::array<Id, 4> route_tuple{route.direction, route.origin, route.departure,
                                      route.destination};
  lines.route.push_back(Number(route_tuple, routes_, fresh));
  if (fresh) out_.routes.push_back(route);
}

void BlockReader::Read(const tables::Record& record, std::string_view bytes, uint32_t row) {
  record_ = &record;
  RowValues values;
  values.number.fill(kUnknown);
  for (const auto& column : other_columns_) Fill(column, values);
  ApplyConstants(false, values);
  Append(record, bytes, row, values);
  for (size_t role = 0; role < kRoleCount; ++role) {
    if (!plan_.parties[role].empty()) out_.lines.party[role].push_back(PartyOf(role));
  }
}

}  // namespace

void ColumnTrouble::Add(uint64_t line, std::string_view text) {
  if (count++ > 0) return;
  first_line = line;
  first_text = Shortened(text, kTroubleText);
}

void ColumnTrouble::Merge(const ColumnTrouble& other) {
  if (count == 0) {
    first_line = other.first_line;
    first_text = other.first_text;
  }
  count += other.count;
}

BlockResult ReadBlock(std::string_view bytes, const tables::Block& block, uint64_t first_row,
                      const Plan& plan) {
  BlockResult out;
  BlockReader reader(plan, out);
  tables::RowReader records(bytes, block.offset, block.offset + block.length, block.first_line,
                            plan.format);
  for (const tables::Record* record = records.Next(); record != nullptr; record = records.Next()) {
    const auto row = static_cast<uint32_t>(first_row + ++out.rows);
    const std::string_view text = bytes.substr(record->offset, record->length);
    if (record->reason == tables::RejectReason::kNone) {
      reader.Read(*record, text, row);
    } else {
      out.rejects.push_back(
          {0, row, record->offset, record->line,
           tables::Explain(record->reason, plan.format.dialect, record->fields.size()),
           Shortened(text, kRejectText)});
    }
  }
  return out;
}

}  // namespace tidewaiter::ledger
