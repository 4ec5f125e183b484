// Columns become fields in three steps: which columns feed which field; the normal form of each
// distinct value; the words of names and addresses. Work is done once for each distinct value.
#include "resolve/mentions.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <unordered_set>

#include "base/hash.h"
#include "base/parallel.h"
#include "resolve/name_words.h"
#include "resolve/normal.h"
#include "text/tokenize.h"

namespace tidewaiter::resolve {
namespace {

std::vector<std::string_view> SplitValues(std::string_view text) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(kValueSeparator, at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

using Normaliser = std::function<std::string(std::string_view)>;

// The normal form of a cell that may hold several values.
std::string NormalCell(std::string_view cell, const Normaliser& normal) {
  if (cell.find(kValueSeparator) == std::string_view::npos) return normal(cell);
  std::vector<std::string> parts;
  for (const auto value : SplitValues(cell)) {
    std::string part = normal(value);
    if (!part.empty() && std::find(parts.begin(), parts.end(), part) == parts.end())
      parts.push_back(std::move(part));
  }
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : std::string(1, kValueSeparator)) + part;
  return out;
}

void CountValues(FieldColumn& field) {
  field.counts.assign(field.values.size(), 0);
  field.several.assign(field.values.size(), false);
  field.total = 0;
  for (const uint32_t value : field.cell) {
    ++field.counts[value];
    field.total += value != 0;
  }
  for (uint32_t value = 1; value < field.values.size(); ++value)
    field.several[value] = field.values[value].find(kValueSeparator) != std::string_view::npos;
}

// One column of the table alone makes the field.
void FillFromColumn(const Column& column, const Normaliser& normal, unsigned threads,
                    FieldColumn& field) {
  std::vector<std::string> forms(column.values.size());
  ParallelFor(column.values.size(), threads, 512, [&](size_t value) {
    forms[value] = NormalCell(column.values[static_cast<uint32_t>(value)], normal);
  });
  std::vector<uint32_t> number(forms.size());
  for (size_t value = 1; value < forms.size(); ++value)
    number[value] = field.values.Intern(forms[value]);
  field.cell.resize(column.cell.size());
  for (size_t row = 0; row < column.cell.size(); ++row) field.cell[row] = number[column.cell[row]];
}

struct FieldSource {
  const Column* column;
  Normaliser normal;
};

// Several columns: their normal forms together, in the order of the columns.
void FillFromColumns(const std::vector<FieldSource>& sources, size_t rows, unsigned threads,
                     FieldColumn& field) {
  if (sources.size() == 1)
    return FillFromColumn(*sources[0].column, sources[0].normal, threads, field);
  std::vector<FieldColumn> parts(sources.size());
  for (size_t i = 0; i < sources.size(); ++i)
    FillFromColumn(*sources[i].column, sources[i].normal, threads, parts[i]);
  field.cell.assign(rows, 0);
  std::string joined;
  for (size_t row = 0; row < rows; ++row) {
    joined.clear();
    for (const auto& part : parts) {
      const std::string_view form = part.values[part.cell[row]];
      if (form.empty() || joined.find(form) != std::string::npos) continue;
      if (!joined.empty()) joined += kValueSeparator;
      joined += form;
    }
    field.cell[row] = field.values.Intern(joined);
  }
}

bool IsStreetLike(Kind kind) {
  return kind == Kind::kAddress || kind == Kind::kStreet || kind == Kind::kHouseNumber;
}

bool IsPlaceLike(Kind kind) {
  return kind == Kind::kCity || kind == Kind::kState || kind == Kind::kPostcode;
}

std::optional<Field> FieldOf(Kind kind, bool has_street) {
  if (IsStreetLike(kind) || (IsPlaceLike(kind) && has_street)) return Field::kAddress;
  switch (kind) {
    case Kind::kBirthDate:
      return Field::kBirthDate;
    case Kind::kBirthPlace:
      return Field::kBirthPlace;
    case Kind::kGender:
      return Field::kGender;
    case Kind::kOccupation:
      return Field::kOccupation;
    case Kind::kCountry:
      return Field::kCountry;
    case Kind::kCity:
      return Field::kCity;
    case Kind::kState:
      return Field::kState;
    case Kind::kPostcode:
      return Field::kPostcode;
    case Kind::kEmail:
      return Field::kEmail;
    case Kind::kPhone:
      return Field::kPhone;
    case Kind::kIdentifier:
      return Field::kIdentifier;
    default:
      return std::nullopt;
  }
}

Normaliser NormaliserOf(const ColumnUse& use) {
  switch (use.kind) {
    case Kind::kBirthDate:
      return NormalDate;
    case Kind::kGender:
      return NormalGender;
    case Kind::kCountry:
      return NormalCountry;
    case Kind::kPostcode:
      return NormalPostcode;
    case Kind::kEmail:
      return NormalEmail;
    case Kind::kPhone:
      return NormalPhone;
    case Kind::kIdentifier:
      return
          [kind = use.identifier](std::string_view text) { return NormalIdentifier(kind, text); };
    default:
      return NormalText;
  }
}

// The parts of an address in one text: all that the columns say, except what was said already.
void FillAddress(const std::vector<const Column*>& columns, size_t rows, FieldColumn& field) {
  field.cell.assign(rows, 0);
  std::string joined;
  for (size_t row = 0; row < rows; ++row) {
    joined.clear();
    for (const Column* column : columns) {
      const std::string_view text = column->values[column->cell[row]];
      if (text.empty()) continue;
      if (!joined.empty()) joined += ", ";
      joined += text;
    }
    field.cell[row] = field.values.Intern(joined);
  }
}

Status FillIds(const Table& table, const Mapping& mapping, Mentions& out) {
  out.ids.resize(table.rows);
  // Of a single column the table knows how many values differ.
  const bool single = mapping.id_columns.size() == 1;
  const bool differ =
      single && table.columns[mapping.id_columns[0]].values.size() == table.rows + 1;
  std::unordered_set<std::string_view> seen;
  if (!differ) seen.reserve(table.rows * 2);
  for (size_t row = 0; row < table.rows; ++row) {
    std::string& id = out.ids[row];
    for (size_t i = 0; i < mapping.id_columns.size(); ++i) {
      const Column& column = table.columns[mapping.id_columns[i]];
      if (i > 0) id += ':';
      id += column.values[column.cell[row]];
    }
    if (id.empty() || (mapping.id_columns.size() > 1 && id.size() < mapping.id_columns.size()))
      return BadInput("row " + std::to_string(row + 1) + " has no id; every mention needs one", {},
                      0, table.columns[mapping.id_columns[0]].name);
    if (!differ && !seen.insert(id).second)
      return BadInput("the id '" + id + "' occurs twice; name columns that tell the rows apart", {},
                      0, table.columns[mapping.id_columns[0]].name);
  }
  return {};
}

// By text; 0 is nothing.
std::vector<uint32_t> RanksOf(const TextPool& values) {
  std::vector<uint32_t> order(values.size()), rank(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](uint32_t a, uint32_t b) { return values[a] < values[b]; });
  for (uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
  return rank;
}

// Rows in the order of a column's values; those of one value stay in their order.
void SortRows(const Column& column, std::vector<uint32_t>& order) {
  const auto rank = RanksOf(column.values);
  std::vector<uint32_t> start(rank.size() + 1, 0), out(order.size());
  for (const uint32_t value : column.cell) ++start[rank[value] + 1];
  for (size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
  for (const uint32_t row : order) out[start[rank[column.cell[row]]]++] = row;
  order = std::move(out);
}

// By family name, then given name; else by the whole name.
std::vector<uint32_t> OrderByName(const Table& table, const Mapping& mapping) {
  std::vector<uint32_t> order(table.rows);
  std::iota(order.begin(), order.end(), 0U);
  const auto sort_by = [&](Kind kind) {
    for (size_t i = 0; i < mapping.uses.size(); ++i) {
      if (mapping.uses[i].kind != kind) continue;
      SortRows(table.columns[i], order);
      return true;
    }
    return false;
  };
  sort_by(Kind::kGivenName);
  if (sort_by(Kind::kFamilyName) || sort_by(Kind::kFullName) || sort_by(Kind::kName)) return order;
  sort_by(Kind::kOrganization);
  return order;
}

void ReorderByName(Table& table, const Mapping& mapping, Mentions& out) {
  const auto order = OrderByName(table, mapping);
  for (size_t i = 0; i < mapping.uses.size(); ++i) {
    if (mapping.uses[i].kind != Kind::kIgnored) continue;
    table.columns[i].cell.assign(table.rows, 0);
    table.columns[i].values = TextPool();
  }
  table.Reorder(order);
  std::vector<std::string> ids(order.size());
  out.of_row.resize(order.size());
  for (uint32_t m = 0; m < order.size(); ++m) {
    ids[m] = std::move(out.ids[order[m]]);
    out.of_row[order[m]] = m;
  }
  out.ids = std::move(ids);
}

}  // namespace

void Mentions::Pack() {
  stride = 0;
  for (size_t f = 0; f < kFields; ++f)
    slots[f] = fields[f].present() ? static_cast<uint8_t>(stride++) : kNoSlot;
  cells.assign(count * stride, 0);
  for (size_t f = 0; f < kFields; ++f) {
    if (slots[f] == kNoSlot) continue;
    for (size_t m = 0; m < count; ++m) cells[m * stride + slots[f]] = fields[f].cell[m];
    fields[f].cell = {};
  }
}

ColumnUse UseOf(std::string_view column, const ColumnNames& names, const Overrides& overrides) {
  const auto given = std::find_if(overrides.begin(), overrides.end(),
                                  [&](const auto& o) { return o.first == column; });
  if (given != overrides.end()) return given->second;
  const ColumnUse* use = names.Find(column);
  return use == nullptr ? ColumnUse() : *use;
}

Result<Mapping> MapColumns(const Table& table, const std::vector<std::string>& id_columns,
                           const ColumnNames& names, const Overrides& overrides) {
  Mapping out;
  out.uses.resize(table.columns.size());
  for (const auto& id : id_columns) {
    const Column* column = table.Find(id);
    if (column == nullptr) {
      std::string known;
      for (const auto& c : table.columns) known += (known.empty() ? "" : ", ") + c.name;
      return UsageError("--id: no column '" + id + "'; the file has " + known);
    }
    out.id_columns.push_back(static_cast<size_t>(column - table.columns.data()));
  }
  for (const auto& [name, use] : overrides) {
    if (table.Find(name) == nullptr)
      return UsageError("the config names a column '" + name + "' that the file does not have");
  }
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    if (std::find(out.id_columns.begin(), out.id_columns.end(), i) != out.id_columns.end())
      continue;
    out.uses[i] = UseOf(column.name, names, overrides);
    if (out.uses[i].kind == Kind::kIgnored) out.unused.push_back(column.name);
  }
  return out;
}

Result<Mentions> MakeMentions(Table table, const Mapping& mapping, unsigned threads) {
  Mentions out;
  out.count = table.rows;
  TW_RETURN_IF_ERROR(FillIds(table, mapping, out));
  ReorderByName(table, mapping, out);
  const bool has_street = std::any_of(mapping.uses.begin(), mapping.uses.end(),
                                      [](const auto& use) { return IsStreetLike(use.kind); });
  std::array<std::vector<FieldSource>, kFields> sources;
  std::vector<const Column*> address;
  for (size_t i = 0; i < mapping.uses.size(); ++i) {
    const auto field = FieldOf(mapping.uses[i].kind, has_street);
    if (!field) continue;
    if (*field == Field::kAddress)
      address.push_back(&table.columns[i]);
    else
      sources[static_cast<size_t>(*field)].push_back(
          {&table.columns[i], NormaliserOf(mapping.uses[i])});
  }
  for (size_t f = 0; f < kFields; ++f) {
    if (!sources[f].empty()) FillFromColumns(sources[f], table.rows, threads, out.fields[f]);
  }
  if (!address.empty()) FillAddress(address, table.rows, out.field(Field::kAddress));
  FillNames(table, mapping, threads, out);
  FillAddressWords(threads, out);
  bool any = false;
  for (auto& field : out.fields) {
    CountValues(field);
    any |= field.present();
  }
  if (!any)
    return BadInput(
        "no column says who is meant; name the columns in a --config (see `tidewaiter "
        "schema resolve-config`)");
  CountWords(out);
  out.Pack();
  return out;
}

}  // namespace tidewaiter::resolve
