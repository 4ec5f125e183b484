#include "resolve/party_columns.h"

#include <map>

#include "base/parallel.h"

namespace tidewaiter::resolve {
namespace {

// What of a cell goes where; several parties of a cell are joined as the cell joined them.
struct Parts {
  std::map<std::string, std::string> by_column;  // "name", "address", ..., "identifier:inn"
};

void AddPart(const std::string& column, std::string_view text, Parts& to) {
  if (text.empty()) return;
  std::string& joined = to.by_column[column];
  if (!joined.empty()) joined += kValueSeparator;
  joined += text;
}

Parts SplitCell(std::string_view cell, const PartyWords& words) {
  Parts out;
  while (!cell.empty()) {
    const std::string_view text = cell.substr(0, cell.find(kValueSeparator));
    cell.remove_prefix(std::min(text.size() + 1, cell.size()));
    const SplitParty split = Split(text, words);
    AddPart("name", split.name, out);
    AddPart("address", split.address, out);
    AddPart("phone", split.phone, out);
    AddPart("email", split.email, out);
    if (!split.identifier.empty()) AddPart("identifier:" + split.kind, split.identifier, out);
  }
  return out;
}

ColumnUse UseOf(const std::string& part) {
  const size_t colon = part.find(':');
  if (colon != std::string::npos) return {Kind::kIdentifier, part.substr(colon + 1)};
  return {*ParseKind(part), {}};
}

}  // namespace

void SplitPartyColumns(const PartyWords& words, unsigned threads, Table& table, Mapping& mapping) {
  const size_t columns = table.columns.size();
  for (size_t c = 0; c < columns; ++c) {
    if (mapping.uses[c].kind != Kind::kParty) continue;
    std::vector<Parts> parts(table.columns[c].values.size());
    ParallelFor(parts.size(), threads, 256, [&](size_t value) {
      parts[value] = SplitCell(table.columns[c].values[static_cast<uint32_t>(value)], words);
    });
    std::map<std::string, size_t> made;
    const std::vector<uint32_t> cells = std::move(table.columns[c].cell);
    for (uint32_t value = 1; value < parts.size(); ++value) {
      for (const auto& [part, text] : parts[value].by_column) {
        if (!made.try_emplace(part, table.columns.size()).second) continue;
        Column& column = table.columns.emplace_back();
        column.name = table.columns[c].name + ": " + part;
        column.cell.resize(table.rows);
        mapping.uses.push_back(UseOf(part));
      }
    }
    for (const auto& [part, at] : made) {
      Column& column = table.columns[at];
      std::vector<uint32_t> number(parts.size());
      for (uint32_t value = 1; value < parts.size(); ++value) {
        const auto found = parts[value].by_column.find(part);
        if (found != parts[value].by_column.end())
          number[value] = column.values.Intern(found->second);
      }
      for (size_t row = 0; row < table.rows; ++row) column.cell[row] = number[cells[row]];
    }
    table.columns[c].cell.assign(table.rows, 0);
    mapping.uses[c] = {};
  }
}

}  // namespace tidewaiter::resolve
