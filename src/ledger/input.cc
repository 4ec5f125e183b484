#include "ledger/input.h"

#include <algorithm>

#include "base/yaml.h"

namespace tidewaiter::ledger {
namespace {

constexpr int kRowsToLookAt = 20;  // a header stands among the first rows or nowhere

// A name of a column has a letter; a row of names has one in nearly every cell.
bool LooksLikeNames(const std::vector<std::string>& cells) {
  const auto named = std::count_if(cells.begin(), cells.end(), [](const std::string& cell) {
    const std::string name = NormaliseHeader(cell);
    return name.find_first_not_of("0123456789") != std::string::npos;
  });
  return !cells.empty() && static_cast<size_t>(named) * 10 >= cells.size() * 8;
}

struct Candidate {
  std::vector<std::string> cells;
  uint64_t line = 1, end = 0, end_line = 2;
};

std::vector<Candidate> FirstRows(std::string_view bytes, uint64_t from, char delimiter) {
  std::vector<Candidate> rows;
  tables::CsvReader reader(bytes, from, std::min<uint64_t>(bytes.size(), from + (4 << 20)), 1,
                           {delimiter, 0});
  for (const auto* record = reader.Next(); record != nullptr && rows.size() < kRowsToLookAt;
       record = reader.Next()) {
    Candidate row{{record->fields.begin(), record->fields.end()},
                  record->line,
                  reader.position(),
                  reader.line()};
    for (auto& cell : row.cells) cell = Trim(cell);
    rows.push_back(std::move(row));
  }
  return rows;
}

size_t Widest(const std::vector<Candidate>& rows) {
  size_t widest = 0;
  for (const auto& row : rows) widest = std::max(widest, row.cells.size());
  return widest;
}

Result<Mapping> MappingOf(const std::vector<std::string>& cells, const ImportOptions& options) {
  if (options.layout != nullptr) return options.layouts->Apply(*options.layout, cells);
  return options.layouts->Recognise(cells);
}

Error NoHeader(const std::string& path) {
  return BadInput(
      "has no header that can be read as names of columns; the first rows are data or not text",
      path, 1);
}

const Candidate* ChooseHeader(const std::vector<Candidate>& rows, const ImportOptions& options) {
  for (const Candidate& row : rows) {
    const auto mapping = MappingOf(row.cells, options);
    if (mapping && !mapping->layout.empty() && !row.cells.empty() && LooksLikeNames(row.cells))
      return &row;
  }
  for (const Candidate& row : rows) {
    if (row.cells.size() == Widest(rows) && LooksLikeNames(row.cells)) return &row;
  }
  return nullptr;
}

}  // namespace

Result<Header> FindHeader(const tables::Intake& intake, const std::string& path,
                          const ImportOptions& options) {
  const std::string_view bytes = intake.bytes();
  const uint64_t start = tables::AfterByteOrderMark(bytes);
  Candidate keys{{}, 1, start, 1};
  std::vector<Candidate> rows;
  if (intake.json_lines()) {
    keys.cells = intake.format().keys->names;
  } else {
    rows = FirstRows(bytes, start, intake.format().dialect.delimiter);
    if (rows.empty()) return BadInput("is empty; it needs a header and rows", path);
  }
  const Candidate* chosen = intake.json_lines() ? &keys : ChooseHeader(rows, options);
  if (chosen == nullptr) return NoHeader(path);
  auto mapping = MappingOf(chosen->cells, options);
  if (!mapping) {
    Error error = std::move(mapping).error();
    error.line = chosen->line;
    return std::move(error).In(path);
  }
  Header header{intake.format(), std::move(*mapping), chosen->line, chosen->end, chosen->end_line};
  header.format.dialect.columns = static_cast<uint32_t>(chosen->cells.size());
  return header;
}

std::vector<std::string> MissingColumns(const Layout* layout, const Mapping& mapping) {
  std::vector<std::string> missing;
  if (layout == nullptr || !layout->required.empty()) return missing;
  std::vector<std::string> names;
  for (const auto& column : mapping.columns) names.push_back(NormaliseHeader(column.name));
  for (const auto& [name, use] : layout->columns) {
    if (use.kind < ColumnUse::Kind::kField) continue;
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string nearest = NearestWord(name, names);
    missing.push_back(name + ": taken for " + ToString(use) +
                      " by the layout, but the file has no such column" +
                      (nearest.empty() ? "" : "; did you mean " + nearest + "?"));
  }
  return missing;
}

}  // namespace tidewaiter::ledger
