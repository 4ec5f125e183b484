#include "ledger/input.h"

#include <algorithm>
#include <filesystem>

namespace tidewaiter::ledger {
namespace {

constexpr int kRowsToLookAt = 20;  // a header stands among the first rows or nowhere

bool LooksPacked(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

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

Error NotText(std::string_view bytes, const std::string& path) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return BadInput("is UTF-16; save it as UTF-8 (CSV UTF-8) and run again", path);
  }
  if (bytes.starts_with("PK\x03\x04")) {
    return BadInput("is a ZIP or XLSX file; save the sheet as CSV UTF-8 and run again", path);
  }
  if (bytes.starts_with("PAR1"))
    return BadInput("is a Parquet file; export it as CSV and run again", path);
  return BadInput(
      "has no header that can be read as names of columns; the first rows are data or not text",
      path, 1);
}

bool IsForeign(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
         bytes.starts_with("PK\x03\x04") || bytes.starts_with("PAR1");
}

}  // namespace

Result<Input> Input::Open(const std::string& path) {
  Input input;
  std::error_code error;
  if (path != "-" &&
      (std::filesystem::is_regular_file(path, error) || !FileExists(path) || IsFolder(path))) {
    TW_ASSIGN_OR_RETURN(MappedFile mapped, MappedFile::Open(path));
    if (!LooksPacked(mapped.bytes())) {
      input.mapped_ = std::move(mapped);
      return input;
    }
  }
  TW_ASSIGN_OR_RETURN(std::string unpacked, ReadMaybeGzip(path));
  input.unpacked_ = std::make_shared<const std::string>(std::move(unpacked));
  return input;
}

Result<Header> FindHeader(std::string_view bytes, const std::string& path,
                          const ImportOptions& options) {
  if (IsForeign(bytes)) return NotText(bytes, path);
  const uint64_t start = tables::AfterByteOrderMark(bytes);
  const char delimiter = tables::DetectDelimiter(bytes);
  const auto rows = FirstRows(bytes, start, delimiter);
  if (rows.empty()) return BadInput("is empty; it needs a header and rows", path);
  const Candidate* chosen = nullptr;
  for (const Candidate& row : rows) {
    const auto mapping = MappingOf(row.cells, options);
    if (mapping && (!mapping->layout.empty() && !row.cells.empty()) && LooksLikeNames(row.cells)) {
      chosen = &row;
      break;
    }
  }
  for (size_t i = 0; i < rows.size() && chosen == nullptr; ++i) {
    if (rows[i].cells.size() == Widest(rows) && LooksLikeNames(rows[i].cells)) chosen = &rows[i];
  }
  if (chosen == nullptr) return NotText(bytes, path);
  auto mapping = MappingOf(chosen->cells, options);
  if (!mapping) {
    Error error = std::move(mapping).error();
    error.line = chosen->line;
    return std::move(error).In(path);
  }
  return Header{{delimiter, static_cast<uint32_t>(chosen->cells.size())},
                std::move(*mapping),
                chosen->line,
                chosen->end,
                chosen->end_line};
}

}  // namespace tidewaiter::ledger
