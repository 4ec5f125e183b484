#include "cli/run_folder.h"

#include <algorithm>

#include "base/file.h"
#include "base/json.h"
#include "evidence/claims.h"
#include "tables/duckdb.h"

namespace tidewaiter::cli {

Status ReadRun(const std::string& run, trace::TraceOptions& options) {
  const std::string hits = JoinPath(run, "party_hits.parquet"), about = JoinPath(run, "run.json");
  if (FileExists(hits)) options.party_hits = hits;
  if (!FileExists(about)) return {};
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(about));
  const auto json = ParseJson(text);
  if (!json) return BadInput(json.error().message, about);
  const Json* dates = json->Find("control_dates");
  if (dates == nullptr || !dates->is_array() || !options.control_dates.empty()) return {};
  for (const Json& date : dates->as_array()) {
    const auto day = date.is_string() ? ParseIsoDate(date.as_string()) : std::nullopt;
    if (day) options.control_dates.push_back(*day);
  }
  return {};
}

Result<RunPersons> RunPersons::Read(const std::string& run, bool show) {
  RunPersons persons;
  const std::string file = JoinPath(run, "persons.parquet");
  if (show || !FileExists(file)) return persons;
  const std::string hits = JoinPath(run, "party_hits.parquet");
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open(""));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  const std::string listed = FileExists(hits)
                                 ? " WHERE entity NOT IN (SELECT entity FROM read_parquet(" +
                                       tables::QuoteText(hits) + ") WHERE identifier_agrees)"
                                 : "";
  auto rows = connection.Query("SELECT entity, name FROM read_parquet(" + tables::QuoteText(file) +
                               ")" + listed + " ORDER BY entity, name");
  if (!rows) return BadInput(rows.error().message, file);
  while (rows->Next()) {
    const std::string entity(rows->Text(0)), name(rows->Text(1));
    const size_t number =
        persons.numbers_.try_emplace(entity, persons.numbers_.size() + 1).first->second;
    if (name.size() > 2)
      persons.replacements_.emplace_back(name, "[person " + std::to_string(number) + "]");
  }
  TW_RETURN_IF_ERROR(rows->status());
  std::stable_sort(persons.replacements_.begin(), persons.replacements_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  return persons;
}

std::string RunPersons::Mask(const std::string& entity, const std::string& name) const {
  const auto at = numbers_.find(entity);
  return at == numbers_.end() ? name : "[person " + std::to_string(at->second) + "]";
}

std::string RunPersons::MaskText(std::string text) const {
  for (const auto& [name, mask] : replacements_) {
    for (size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + mask.size()))
      text.replace(at, name.size(), mask);
  }
  return text;
}

Result<std::vector<Mark>> ReadMarks(const std::vector<Date>& control_dates) {
  std::vector<Mark> marks;
  for (const Date day : control_dates) marks.push_back({day, "a control begins"});
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto claims,
                      evidence::ReadClaims(JoinPath(resources, "claims/drone-trade.yaml")));
  for (const auto& event : claims.timeline)
    marks.push_back({event.date, event.who + ": " + event.what});
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark& a, const Mark& b) { return a.day < b.day; });
  return marks;
}

}  // namespace tidewaiter::cli
