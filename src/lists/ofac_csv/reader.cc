#include "lists/ofac_csv/reader.h"

#include <charconv>
#include <optional>

#include "lists/delimited.h"

namespace tidewaiter::lists::ofac_csv {
namespace {

std::optional<uint64_t> Number(std::string_view text) {
  text = Trim(text);
  uint64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string Value(std::string&& field) {
  const std::string_view trimmed = Trim(field);
  if (trimmed == "-0-") return {};
  if (trimmed.size() == field.size()) return std::move(field);
  return std::string(trimmed);
}

bool IsAliasType(std::string_view text) { return text == "aka" || text == "fka" || text == "nka"; }

// Rows of exactly `columns` columns whose first is a number. `columns` 0: any number from two.
Result<std::vector<Row>> NumberedRows(const SourceFile& file, size_t columns) {
  if (Trim(file.bytes).empty()) return BadInput("the file is empty; fetch it again", file.name);
  const char last = file.bytes.back();
  if (last != '\n' && last != '\x1a') {
    return BadInput("the last line has no end; the file is cut off, fetch it again", file.name,
                    LastLine(file.bytes));
  }
  TW_ASSIGN_OR_RETURN(auto rows, SplitRows(file.bytes, ',', file.name));
  for (auto& row : rows) {
    const auto shape = std::to_string(row.fields.size()) + " columns where OFAC's file has " +
                       std::to_string(columns);
    if (row.fields.size() != columns) {
      return BadInput(shape + "; the file is cut off or not OFAC's, fetch it again", file.name,
                      row.line);
    }
    if (!Number(row.fields[0])) {
      return BadInput("'" + row.fields[0].substr(0, 40) + "' is no entry number", file.name,
                      row.line, "ent_num");
    }
    for (size_t i = 1; i < row.fields.size(); ++i) row.fields[i] = Value(std::move(row.fields[i]));
  }
  return rows;
}

}  // namespace

std::string_view Part(std::string_view bytes) {
  const auto row = FirstRow(bytes, ',');
  if (row.empty() || !Number(row[0])) return {};
  if (row.size() == 12) return "main";
  if (row.size() == 6 && Number(row[1])) return "add";
  if (row.size() == 5 && Number(row[1]) && IsAliasType(row[2])) return "alt";
  if (row.size() == 2) return "comments";
  return {};
}

Result<std::vector<MainRow>> ReadMain(const SourceFile& file) {
  TW_ASSIGN_OR_RETURN(auto rows, NumberedRows(file, 12));
  std::vector<MainRow> out;
  out.reserve(rows.size());
  for (auto& row : rows) {
    auto& f = row.fields;
    if (f[1].empty()) return BadInput("an entry without a name", file.name, row.line, "SDN_Name");
    out.push_back({row.line, *Number(f[0]), std::move(f[1]), std::move(f[2]), std::move(f[3]),
                   std::move(f[4]), std::move(f[5]), std::move(f[6]), std::move(f[7]),
                   std::move(f[8]), std::move(f[9]), std::move(f[10]), std::move(f[11])});
  }
  return out;
}

Result<std::vector<AliasRow>> ReadAliases(const SourceFile& file) {
  TW_ASSIGN_OR_RETURN(auto rows, NumberedRows(file, 5));
  std::vector<AliasRow> out;
  out.reserve(rows.size());
  for (auto& row : rows) {
    auto& f = row.fields;
    out.push_back({row.line, *Number(f[0]), std::move(f[2]), std::move(f[3]), std::move(f[4])});
  }
  return out;
}

Result<std::vector<AddressRow>> ReadAddresses(const SourceFile& file) {
  TW_ASSIGN_OR_RETURN(auto rows, NumberedRows(file, 6));
  std::vector<AddressRow> out;
  out.reserve(rows.size());
  for (auto& row : rows) {
    auto& f = row.fields;
    out.push_back({row.line, *Number(f[0]), std::move(f[2]), std::move(f[3]), std::move(f[4]),
                   std::move(f[5])});
  }
  return out;
}

Result<std::vector<CommentRow>> ReadComments(const SourceFile& file) {
  TW_ASSIGN_OR_RETURN(auto rows, NumberedRows(file, 2));
  std::vector<CommentRow> out;
  out.reserve(rows.size());
  for (auto& row : rows)
    out.push_back({row.line, *Number(row.fields[0]), std::move(row.fields[1])});
  return out;
}

}  // namespace tidewaiter::lists::ofac_csv
