#include "lists/us_sources/reader.h"

#include <algorithm>
#include <span>
#include <utility>

#include "lists/delimited.h"

namespace tidewaiter::lists::us_sources {
namespace {

using Field = std::pair<std::string_view, std::string SourceRow::*>;

constexpr Field kBisColumns[] = {{"Name", &SourceRow::name},
                                 {"Alternate Name", &SourceRow::aliases},
                                 {"Country", &SourceRow::country},
                                 {"Address", &SourceRow::address},
                                 {"City", &SourceRow::city},
                                 {"State/Province", &SourceRow::state},
                                 {"Postal Code", &SourceRow::postal_code},
                                 {"Federal Register Notice", &SourceRow::notice},
                                 {"Effective Date", &SourceRow::start_date},
                                 {"Date Lifted/Waived/Expired", &SourceRow::end_date},
                                 {"License Requirement", &SourceRow::requirement},
                                 {"License Policy", &SourceRow::policy},
                                 {"Remarks/Notes", &SourceRow::remarks},
                                 {"Programs", &SourceRow::programs},
                                 {"Web Link", &SourceRow::link}};
constexpr Field kUnverifiedColumns[] = {
    {"COUNTRY", &SourceRow::country}, {"NAME", &SourceRow::name}, {"ADDRESS", &SourceRow::address}};
constexpr Field kIsnColumns[] = {{"Programs", &SourceRow::programs},
                                 {"Name", &SourceRow::name},
                                 {"Alternative Names", &SourceRow::aliases},
                                 {"Country", &SourceRow::country},
                                 {"Federal Register Notice", &SourceRow::notice},
                                 {"Effective Date", &SourceRow::start_date},
                                 {"Remarks/Notes", &SourceRow::remarks},
                                 {"Web Link", &SourceRow::link}};
constexpr Field kAecaColumns[] = {{"Party Name", &SourceRow::name},
                                  {"Date Of Birth", &SourceRow::birth_date},
                                  {"Federal Register Notice", &SourceRow::notice},
                                  {"Notice Date", &SourceRow::start_date},
                                  {"Corrected Notice", &SourceRow::remarks}};

std::span<const Field> ColumnsOf(Source source) {
  if (source == Source::kUnverified) return kUnverifiedColumns;
  if (source == Source::kNonproliferation) return kIsnColumns;
  if (source == Source::kAeca) return kAecaColumns;
  return kBisColumns;
}

bool IsBlank(const Row& row) {
  return std::all_of(row.fields.begin(), row.fields.end(),
                     [](const std::string& field) { return Trim(field).empty(); });
}

// The publishers leave empty columns at the end of some rows and not of others: those that the
// header names must be there.
size_t NamedColumns(const Row& header) {
  size_t named = header.fields.size();
  while (named > 0 && Trim(header.fields[named - 1]).empty()) --named;
  return named;
}

// Entity list and military end users have one header; the first row says which of them it is.
Source BisSource(std::string_view bytes) {
  const size_t line = bytes.find('\n');
  if (line == std::string_view::npos) return Source::kEntityList;
  const auto first = FirstRow(bytes.substr(line + 1), ',');
  return !first.empty() && Trim(first[0]) == "MEU" ? Source::kMilitaryEndUsers
                                                   : Source::kEntityList;
}

}  // namespace

Source SourceOf(std::string_view bytes) {
  const auto header = FirstRow(bytes, ',');
  const Columns columns(header);
  const auto has = [&](std::string_view name) { return columns.Find(name) >= 0; };
  if (has("Source List") && has("Alternate Name") && has("License Policy")) return BisSource(bytes);
  if (has("Source List") && has("Alternative Names") && has("Programs"))
    return Source::kNonproliferation;
  if (has("Party Name") && has("Federal Register Notice")) return Source::kAeca;
  if (columns.Find("COUNTRY") == 0 && columns.Find("NAME") == 1 && columns.Find("ADDRESS") == 2)
    return Source::kUnverified;
  return Source::kNone;
}

std::string_view Part(std::string_view bytes) {
  return SourceOf(bytes) == Source::kNone ? "" : "list";
}

Result<std::vector<SourceRow>> Read(const SourceFile& file, Source source) {
  TW_ASSIGN_OR_RETURN(const auto rows, SplitRows(file.bytes, ',', file.name));
  if (rows.empty()) return BadInput("the file is empty; fetch it again", file.name, 1);
  const Columns columns(rows.front().fields);
  const size_t needed = NamedColumns(rows.front());
  std::vector<SourceRow> out;
  for (const Row& row : std::span(rows).subspan(1)) {
    if (row.fields.size() < needed) {
      return BadInput(std::to_string(row.fields.size()) + " columns where the header names " +
                          std::to_string(needed) + "; the file is cut off, fetch it again",
                      file.name, row.line);
    }
    if (IsBlank(row)) continue;
    SourceRow& read = out.emplace_back();
    read.line = row.line;
    for (const auto& [name, member] : ColumnsOf(source)) {
      const int at = columns.Find(name);
      if (at < 0)
        return BadInput("the column is missing", file.name, rows.front().line, std::string(name));
      read.*member = Trim(row.fields[static_cast<size_t>(at)]);
    }
    if (read.name.empty()) return BadInput("a row without a name", file.name, row.line, "name");
  }
  return out;
}

}  // namespace tidewaiter::lists::us_sources
