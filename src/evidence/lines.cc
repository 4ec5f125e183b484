#include "evidence/lines.h"

#include <set>

#include "base/file.h"
#include "base/json.h"
#include "evidence/figure.h"

namespace tidewaiter::evidence {
namespace {

int HexDigit(char c) { return c >= 'a' ? c - 'a' + 10 : c - '0'; }

// The bytes that the digits stand for; what is no pair of digits is left out.
std::string FromHex(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(HexDigit(hex[i]) * 16 + HexDigit(hex[i + 1]));
  return bytes;
}

}  // namespace

void RowSetHasher::Add(const std::string& source, uint64_t row, const std::string& row_hash_hex) {
  std::string bytes;
  if (!any_ || source != source_) {
    bytes += source + "\n";
    source_ = source, any_ = true;
  }
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((row >> shift) & 0xFF);
  hash_.Add(bytes + FromHex(row_hash_hex));
}

std::string RowSetHasher::Finish() { return hash_.FinishHex(); }

Result<RunLines> RunLines::Open(const std::string& run, const std::string& resources) {
  const std::string file = JoinPath(run, "lines.parquet");
  if (!FileExists(file))
    return MissingData("there are no lines; `tidewaiter inspect FILE --out DIR` makes them", file);
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open(""));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  const Status opened = connection.Run("CREATE VIEW lines AS SELECT * FROM read_parquet(" +
                                       tables::QuoteText(file) + ", file_row_number = true)");
  if (!opened) return BadInput(opened.error().message, file);
  if (!resources.empty()) {
    const std::string codes = JoinPath(resources, "indicators/tables/controlled_hs.tsv");
    TW_RETURN_IF_ERROR(connection.Run("CREATE TABLE controlled_hs AS SELECT hs FROM read_csv(" +
                                      tables::QuoteText(codes) +
                                      ", delim = '\\t', header = true, all_varchar = true, "
                                      "comment = '#')"));
  }
  RunLines lines(std::move(connection));
  TW_RETURN_IF_ERROR(lines.ReadAbout(run));
  return lines;
}

Status RunLines::ReadAbout(const std::string& run) {
  const std::string about = JoinPath(run, "run.json");
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(about));
  const auto json = ParseJson(text);
  if (!json) return BadInput(json.error().message, about);
  const Json* inputs = json->Find("inputs");
  if (inputs == nullptr || !inputs->is_array())
    return BadInput("names no inputs; is it of a run?", about, 0, "inputs");
  std::set<std::string> roles;
  for (const Json& input : inputs->as_array()) {
    sources_.emplace_back(input.StringOr("source"), input.StringOr("sha256"));
    const Json* mapped = input.Find("vendor_mapped");
    if (mapped == nullptr || !mapped->is_array()) continue;
    for (const Json& role : mapped->as_array()) {
      if (role.is_string()) roles.insert(role.as_string());
    }
  }
  vendor_mapped_.assign(roles.begin(), roles.end());
  return {};
}

Status RunLines::ForEach(const std::string& where, const std::vector<std::string>& key_columns,
                         const Disputes& disputes,
                         const std::function<void(const FigureLineRow&)>& take) {
  if (disputes.all.size() > 64) return BadInput("more than 64 disputes at once");
  std::string marks;
  for (size_t i = 0; i < disputes.all.size(); ++i) {
    if (disputes.all[i].status == "withdrawn") continue;
    marks += (marks.empty() ? "" : " + ") + std::string("CASE WHEN ") +
             WhereDisputed(disputes.all[i].rows) + " THEN CAST(" +
             std::to_string(uint64_t{1} << i) + " AS UBIGINT) ELSE 0 END";
  }
  std::string sql =
      "SELECT source, \"row\", row_hash, CAST(round(value_usd * 100) AS BIGINT), "
      "coalesce(component_class, ''), " +
      (marks.empty() ? std::string("0") : "CAST(CAST(" + marks + " AS UBIGINT) AS VARCHAR)");
  for (const auto& column : key_columns) sql += ", " + column;
  auto rows = connection_.Query(sql + " FROM lines WHERE " + where + " ORDER BY file_row_number");
  if (!rows) return rows.error();
  FigureLineRow row;
  while (rows->Next()) {
    row.source = rows->Text(0);
    row.row = static_cast<uint64_t>(rows->Integer(1));
    row.hash = rows->Text(2);
    row.cents = rows->IsNull(3) ? std::nullopt : std::optional<int64_t>(rows->Integer(3));
    row.component_class = rows->Text(4);
    row.disputes = marks.empty() ? 0 : std::stoull(std::string(rows->Text(5)));
    row.key.clear();
    for (size_t i = 0; i < key_columns.size(); ++i) row.key.emplace_back(rows->Text(6 + i));
    take(row);
  }
  return rows->status();
}

Status RunLines::WriteRows(const Figure& figure, const std::string& path) {
  TW_RETURN_IF_ERROR(connection_.Run("CREATE OR REPLACE TABLE wanted (source VARCHAR, n BIGINT)"));
  {
    TW_ASSIGN_OR_RETURN(auto out, connection_.Append("wanted"));
    for (const auto& row : figure.rows) {
      out.Text(0, row.source);
      out.Integer(1, static_cast<int64_t>(row.row));
      TW_RETURN_IF_ERROR(out.EndRow());
    }
    TW_RETURN_IF_ERROR(out.Close());
  }
  // Rows that the figure shows apart or may include by a claim travel along: they are computed
  // again, too.
  std::string others;
  const auto& all = AllRoles();
  auto parties = figure.question.including;
  if (!figure.question.shipped_by.empty()) parties.push_back(figure.question.shipped_by);
  for (const auto& party : parties)
    others += " OR " + WhereParty(party, std::vector<Role>(all.begin(), all.end()));
  return connection_.WriteParquet(
      "SELECT * EXCLUDE (file_row_number) FROM lines WHERE (source, \"row\") IN (SELECT source, n "
      "FROM wanted)" +
          others + " ORDER BY file_row_number",
      path);
}

Result<std::map<uint64_t, std::pair<uint64_t, uint64_t>>> RunLines::PlacesOf(
    const std::string& source) {
  std::map<uint64_t, std::pair<uint64_t, uint64_t>> places;
  TW_ASSIGN_OR_RETURN(
      auto rows,
      connection_.Query("SELECT \"row\", row_offset, row_length FROM lines WHERE source = ?",
                        {source}));
  while (rows.Next()) {
    places[static_cast<uint64_t>(rows.Integer(0))] = {static_cast<uint64_t>(rows.Integer(1)),
                                                      static_cast<uint64_t>(rows.Integer(2))};
  }
  TW_RETURN_IF_ERROR(rows.status());
  return places;
}

}  // namespace tidewaiter::evidence
