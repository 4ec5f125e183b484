#include "lists/csl_csv/reader.h"

#include <utility>

#include "lists/delimited.h"

namespace tidewaiter::lists::csl_csv {
namespace {

constexpr std::pair<std::string_view, std::string ScreeningRow::*> kColumns[] = {
    {"_id", &ScreeningRow::id},
    {"source", &ScreeningRow::source},
    {"entity_number", &ScreeningRow::entity_number},
    {"type", &ScreeningRow::type},
    {"programs", &ScreeningRow::programs},
    {"name", &ScreeningRow::name},
    {"title", &ScreeningRow::title},
    {"addresses", &ScreeningRow::addresses},
    {"federal_register_notice", &ScreeningRow::notice},
    {"start_date", &ScreeningRow::start_date},
    {"end_date", &ScreeningRow::end_date},
    {"standard_order", &ScreeningRow::standard_order},
    {"license_requirement", &ScreeningRow::license_requirement},
    {"license_policy", &ScreeningRow::license_policy},
    {"call_sign", &ScreeningRow::call_sign},
    {"vessel_type", &ScreeningRow::vessel_type},
    {"vessel_flag", &ScreeningRow::vessel_flag},
    {"vessel_owner", &ScreeningRow::vessel_owner},
    {"remarks", &ScreeningRow::remarks},
    {"alt_names", &ScreeningRow::alt_names},
    {"citizenships", &ScreeningRow::citizenships},
    {"dates_of_birth", &ScreeningRow::dates_of_birth},
    {"nationalities", &ScreeningRow::nationalities},
    {"places_of_birth", &ScreeningRow::places_of_birth},
    {"source_information_url", &ScreeningRow::information_url},
    {"ids", &ScreeningRow::ids},
};

}  // namespace

std::string_view Part(std::string_view bytes) {
  const Columns columns(FirstRow(bytes, ','));
  const bool ours = columns.Find("source") >= 0 && columns.Find("alt_names") >= 0 &&
                    columns.Find("federal_register_notice") >= 0;
  return ours ? "list" : "";
}

Result<std::vector<ScreeningRow>> Read(const SourceFile& file) {
  if (!file.bytes.ends_with('\n')) {
    return BadInput("the last line has no end; the file is cut off, fetch it again", file.name,
                    LastLine(file.bytes));
  }
  TW_ASSIGN_OR_RETURN(auto rows, SplitRows(file.bytes, ',', file.name));
  const Columns columns(rows.front().fields);
  std::vector<std::pair<size_t, std::string ScreeningRow::*>> places;
  for (const auto& [name, member] : kColumns) {
    const int at = columns.Find(name);
    if (at < 0)
      return BadInput("the column is missing", file.name, rows.front().line, std::string(name));
    places.emplace_back(static_cast<size_t>(at), member);
  }
  std::vector<ScreeningRow> out;
  out.reserve(rows.size());
  for (size_t r = 1; r < rows.size(); ++r) {
    auto& fields = rows[r].fields;
    if (fields.size() != rows.front().fields.size()) {
      return BadInput(std::to_string(fields.size()) + " columns where the header has " +
                          std::to_string(rows.front().fields.size()) +
                          "; the file is cut off, fetch it again",
                      file.name, rows[r].line);
    }
    auto& row = out.emplace_back();
    row.line = rows[r].line;
    for (const auto& [at, member] : places) row.*member = Trim(fields[at]);
    if (row.id.empty()) return BadInput("a row without an id", file.name, row.line, "_id");
    if (row.name.empty()) return BadInput("a row without a name", file.name, row.line, "name");
  }
  return out;
}

}  // namespace tidewaiter::lists::csl_csv
