#include "resolve/table.h"

#include <algorithm>
#include <map>

#include "base/file.h"
#include "base/json.h"
#include "tables/csv.h"
#include "tables/intake.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kNotes = 5;

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ' &&
         text.front() != kValueSeparator)
    text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

// Fills a table row by row; a column that first appears late is empty in the rows before.
class Filler {
 public:
  explicit Filler(Table& table, const IsWanted& is_wanted = {})
      : table_(table), is_wanted_(is_wanted) {}

  size_t ColumnOf(std::string_view name) {
    const auto [at, fresh] = by_name_.try_emplace(std::string(Trimmed(name)), 0);
    if (fresh) {
      at->second = table_.columns.size();
      table_.columns.emplace_back().name = at->first;
      wanted_.push_back(!is_wanted_ || is_wanted_(at->first));
    }
    return at->second;
  }
  void Set(size_t column, std::string_view text) {
    if (!wanted_[column]) return;
    text = Trimmed(text);
    if (text.empty()) return;
    Column& to = table_.columns[column];
    to.cell.resize(table_.rows + 1, 0);
    to.cell[table_.rows] = to.values.Intern(text);
  }
  // A second value of the same row is put behind the first.
  void Append(size_t column, std::string_view text) {
    text = Trimmed(text);
    if (text.empty()) return;
    const Column& to = table_.columns[column];
    if (to.cell.size() <= table_.rows || to.cell[table_.rows] == 0) return Set(column, text);
    std::string joined(to.values[to.cell[table_.rows]]);
    joined += kValueSeparator;
    joined += text;
    Set(column, joined);
  }
  void EndRow() { ++table_.rows; }
  void Reject(std::string reason) {
    ++table_.rejected;
    if (table_.notes.size() < kNotes) table_.notes.push_back(std::move(reason));
  }
  void Finish() {
    for (Column& column : table_.columns) column.cell.resize(table_.rows, 0);
  }

 private:
  Table& table_;
  IsWanted is_wanted_;
  std::vector<bool> wanted_;  // by column
  std::map<std::string, size_t, std::less<>> by_name_;
};

Status FillFromCsv(std::string_view bytes, const std::string& name, Filler& filler) {
  tables::Dialect dialect;
  dialect.delimiter = tables::DetectDelimiter(bytes);
  tables::CsvReader header(bytes, tables::AfterByteOrderMark(bytes), bytes.size(), 1, dialect);
  const tables::Record* first = header.Next();
  if (first == nullptr) return BadInput("the file is empty", name);
  if (first->reason != tables::RejectReason::kNone) {
    return BadInput("the header cannot be read: " +
                        tables::Explain(first->reason, dialect, first->fields.size()),
                    name, first->line);
  }
  std::vector<size_t> columns;
  for (const auto& field : first->fields) {
    columns.push_back(filler.ColumnOf(field));
    if (std::count(columns.begin(), columns.end(), columns.back()) > 1)
      return BadInput("two columns have this name; rename one", name, 1, std::string(field));
  }
  dialect.columns = static_cast<uint32_t>(columns.size());
  tables::CsvReader reader(bytes, header.position(), bytes.size(), header.line(), dialect);
  while (const tables::Record* record = reader.Next()) {
    if (record->reason != tables::RejectReason::kNone) {
      filler.Reject(name + ":" + std::to_string(record->line) + ": " +
                    tables::Explain(record->reason, dialect, record->fields.size()));
      continue;
    }
    for (size_t c = 0; c < columns.size(); ++c) filler.Set(columns[c], record->fields[c]);
    filler.EndRow();
  }
  return {};
}

void FillFromJson(const Json& value, std::string_view key, Filler& filler) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.as_object()) FillFromJson(member, name, filler);
  } else if (value.is_array()) {
    for (const auto& item : value.as_array()) FillFromJson(item, key, filler);
  } else if (!value.is_null() && !key.empty()) {
    filler.Append(filler.ColumnOf(key), value.is_string() ? value.as_string() : value.Dump());
  }
}

Status FillFromJsonl(std::string_view bytes, const std::string& name, Filler& filler) {
  uint64_t number = 0;
  while (!bytes.empty()) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = Trimmed(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    ++number;
    if (line.empty()) continue;
    const auto json = ParseJson(line);
    if (!json || !json->is_object()) {
      filler.Reject(name + ":" + std::to_string(number) + ": " +
                    (json ? "not an object" : json.error().message));
      continue;
    }
    FillFromJson(*json, {}, filler);
    filler.EndRow();
  }
  return {};
}

Status FillFromText(std::string_view bytes, const std::string& name, Filler& filler) {
  const size_t start = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool json = start != std::string_view::npos && bytes[start] == '{';
  return json ? FillFromJsonl(bytes.substr(start), name, filler) : FillFromCsv(bytes, name, filler);
}

}  // namespace

const Column* Table::Find(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

void Table::Reorder(const std::vector<uint32_t>& order) {
  for (Column& column : columns) {
    TextPool values;
    std::vector<uint32_t> cell(rows), number(column.values.size(), 0);
    for (size_t i = 0; i < rows; ++i) {
      const uint32_t old = column.cell[order[i]];
      if (old != 0 && number[old] == 0) number[old] = values.Intern(column.values[old]);
      cell[i] = number[old];
    }
    column.cell = std::move(cell);
    column.values = std::move(values);
  }
}

Result<Table> ReadTable(const std::vector<std::string>& files, unsigned threads,
                        const IsWanted& is_wanted) {
  tables::IntakeOptions options;
  options.threads = threads;
  Table table;
  Filler filler(table, is_wanted);
  for (const auto& file : files) {
    if (file != "-" && !FileExists(file)) return MissingData("no such file", file);
    TW_ASSIGN_OR_RETURN(const auto intake, tables::Intake::Open(file, options));
    TW_RETURN_IF_ERROR(FillFromText(intake->bytes(), file, filler));
  }
  filler.Finish();
  return table;
}

Result<Table> ParseTable(std::string_view bytes, const std::string& name) {
  Table table;
  Filler filler(table);
  TW_RETURN_IF_ERROR(FillFromText(bytes, name, filler));
  filler.Finish();
  return table;
}

}  // namespace tidewaiter::resolve
