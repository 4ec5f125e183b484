#include <cstdint>

#include "tables/duckdb.h"
#include "trace/trace.h"

namespace tidewaiter::trace {
namespace {

// Rows of a finding stand in a table of their own while they are loaded: the appender knows no
// lists.
constexpr const char* kTables = R"(
CREATE TABLE findings (n BIGINT, id VARCHAR, indicator INTEGER, indicator_key VARCHAR, title VARCHAR,
  subject_kind VARCHAR, subject VARCHAR, subject_name VARCHAR, day_from DATE, day_to DATE, statistic VARCHAR,
  parameters VARCHAR, grade VARCHAR, status VARCHAR, reason VARCHAR, list_versions VARCHAR,
  p_value DOUBLE, q_value DOUBLE);
CREATE TABLE finding_rows (n BIGINT, i BIGINT, source VARCHAR, line BIGINT);
)";

constexpr const char* kAnswer = R"(
SELECT f.id, f.indicator, f.indicator_key, f.title, f.subject_kind, f.subject, f.subject_name,
  coalesce(r.found, []::STRUCT(source VARCHAR, "row" BIGINT)[]) AS "rows",
  f.day_from AS "from", f.day_to AS "to", f.statistic, f.parameters, f.grade, f.status, f.reason, f.list_versions,
  f.p_value, f.q_value
FROM findings f
LEFT JOIN (SELECT n, list({'source': source, 'row': line} ORDER BY i) AS found FROM finding_rows GROUP BY n) r ON r.n = f.n
ORDER BY f.n
)";

void AppendFinding(const Finding& finding, int64_t n, tables::Appender& out) {
  auto text = [&](size_t column, const std::string& value) {
    if (!value.empty()) out.Text(column, value);
  };
  out.Integer(0, n);
  text(1, finding.id);
  if (finding.indicator != 0) out.Integer(2, finding.indicator);
  text(3, finding.indicator_key);
  text(4, finding.title);
  text(5, finding.subject_kind);
  text(6, finding.subject);
  text(7, finding.subject_name);
  if (finding.from) out.Day(8, *finding.from);
  if (finding.to) out.Day(9, *finding.to);
  text(10, finding.statistic);
  text(11, finding.parameters);
  text(12, finding.grade);
  text(13, finding.status);
  text(14, finding.reason);
  text(15, finding.list_versions);
  if (finding.p_value) out.Number(16, *finding.p_value);
  if (finding.q_value) out.Number(17, *finding.q_value);
}

Status AppendRows(const std::vector<Finding>& findings, tables::Connection& connection) {
  TW_ASSIGN_OR_RETURN(auto rows, connection.Append("finding_rows"));
  for (size_t n = 0; n < findings.size(); ++n) {
    for (size_t i = 0; i < findings[n].rows.size(); ++i) {
      rows.Integer(0, static_cast<int64_t>(n));
      rows.Integer(1, static_cast<int64_t>(i));
      rows.Text(2, findings[n].rows[i].source);
      rows.Integer(3, static_cast<int64_t>(findings[n].rows[i].row));
      TW_RETURN_IF_ERROR(rows.EndRow());
    }
  }
  return rows.Close();
}

}  // namespace

Status WriteFindings(const std::vector<Finding>& findings, const std::string& path) {
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open(""));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(connection.Run(kTables));
  {
    TW_ASSIGN_OR_RETURN(auto appender, connection.Append("findings"));
    for (size_t n = 0; n < findings.size(); ++n) {
      AppendFinding(findings[n], static_cast<int64_t>(n), appender);
      TW_RETURN_IF_ERROR(appender.EndRow());
    }
    TW_RETURN_IF_ERROR(appender.Close());
  }
  TW_RETURN_IF_ERROR(AppendRows(findings, connection));
  return connection.WriteParquet(kAnswer, path);
}

}  // namespace tidewaiter::trace
