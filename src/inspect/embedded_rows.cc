#include "inspect/embedded_rows.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "tables/csv.h"

namespace tidewaiter::inspect {
namespace {

using ledger::Ledger;

constexpr size_t kRowsToRest = 256;

std::optional<double> IfKnown(double value) {
  return std::isnan(value) ? std::nullopt : std::optional<double>(value);
}

report::Row RowOfLine(const Ledger& ledger, const Judged& judged,
                      const std::vector<bool>& is_person, uint32_t line) {
  const auto& lines = ledger.lines;
  const auto& goods = ledger.goods[lines.goods[line]];
  const auto& recognised = judged.Recognised(lines.goods[line]);
  const auto& route = ledger.routes[lines.route[line]];
  report::Row row;
  row.reference = {lines.source[line], lines.row[line]};
  row.offset = lines.offset[line];
  row.length = lines.length[line];
  row.hash = ledger.RowHash(line);
  if (lines.from[line] != kDistantPast) row.date = lines.from[line];
  row.declaration = ledger.Text(lines.declaration[line]);
  row.hs = ledger.Text(goods.hs);
  row.description =
      ledger.Text(goods.description_en != 0 ? goods.description_en : goods.description);
  row.brand = recognised.brand;
  row.model = recognised.model;
  row.component_class = recognised.component_class;
  row.quantity = IfKnown(lines.quantity[line]);
  row.unit = ledger.Text(lines.unit[line]);
  row.net_mass_kg = IfKnown(lines.net_mass_kg[line]);
  row.value = IfKnown(lines.value[line]);
  row.value_usd = IfKnown(lines.value_usd[line]);
  row.currency = ledger.Text(lines.currency[line]);
  row.origin = ledger.Text(route.origin);
  row.departure = ledger.Text(route.departure);
  row.destination = ledger.Text(route.destination);
  for (const Role role : AllRoles()) {
    const ledger::Id party = lines.PartyOf(role, line);
    if (party == 0) continue;
    row.parties.push_back({role, std::string(ledger.DisplayName(party)),
                           std::string(judged.country[party]),
                           static_cast<bool>(is_person[party])});
  }
  return row;
}

// The cells of one record; the hash proves that it is the record that was imported.
Result<std::vector<std::string>> CellsOf(const report::Row& row, const ledger::Source& source) {
  const std::string_view text = source.intake->bytes();
  if (row.offset + row.length > text.size() ||
      RowHashHex(text.substr(row.offset, row.length)) != row.hash) {
    return BadInput("row " + std::to_string(row.reference.row) +
                        " is not what was imported; the file changed during the run",
                    source.path);
  }
  return ledger::CellsAt(source, row.offset, row.length);
}

}  // namespace

std::optional<uint32_t> LineFinder::Find(std::string_view source, uint64_t row) const {
  for (uint32_t s = 0; s < ledger_.sources.size(); ++s) {
    if (ledger_.sources[s].name == source) return Find(s, row);
  }
  return std::nullopt;
}

std::optional<uint32_t> LineFinder::Find(uint32_t source, uint64_t row) const {
  size_t low = 0, high = ledger_.lines.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    const auto key =
        std::pair<uint32_t, uint64_t>(ledger_.lines.source[middle], ledger_.lines.row[middle]);
    if (key < std::pair<uint32_t, uint64_t>(source, row))
      low = middle + 1;
    else
      high = middle;
  }
  if (low == ledger_.lines.size() || ledger_.lines.source[low] != source ||
      ledger_.lines.row[low] != row)
    return std::nullopt;
  return static_cast<uint32_t>(low);
}

Result<std::vector<report::Row>> FetchRows(const Ledger& ledger, const Judged& judged,
                                           const std::vector<bool>& is_person,
                                           const std::vector<report::RowReference>& references) {
  const LineFinder finder(ledger);
  std::vector<report::RowReference> sorted = references;
  std::sort(sorted.begin(), sorted.end());
  std::vector<report::Row> rows;
  for (const auto& reference : sorted) {
    const auto line = finder.Find(reference.source, reference.row);
    if (!line) return InternalError("a row set names a row that is no line");
    report::Row row = RowOfLine(ledger, judged, is_person, *line);
    TW_ASSIGN_OR_RETURN(row.cells, CellsOf(row, ledger.sources[reference.source]));
    rows.push_back(std::move(row));
    // Each row brings in the pages around it.
    if (rows.size() % kRowsToRest == 0) ledger.sources[reference.source].intake->Rest();
  }
  return rows;
}

}  // namespace tidewaiter::inspect
