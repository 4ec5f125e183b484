#include "trace/reference_tables.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "base/file.h"
#include "model/role.h"
#include "trace/party_tables.h"
#include "trace/serials.h"

namespace tidewaiter::trace {
namespace {

struct MassRange {
  double low = 0, high = 0;
};

double InKilograms(double value, const std::string& unit) {
  return unit == "g" ? value / 1000 : value;
}

std::optional<MassRange> MassOf(const goods::Model& model) {
  std::optional<MassRange> range;
  for (const auto& fact : model.facts) {
    if (fact.name != "weight" && fact.name != "empty_weight" && fact.name != "mtow") continue;
    for (const auto& reading : fact.value.readings) {
      if (reading.kind != FactReading::Kind::kInterval || reading.min <= 0) continue;
      const double low = InKilograms(reading.min, reading.unit),
                   high = InKilograms(reading.max, reading.unit);
      if (!range) range = MassRange{low, high};
      range->low = std::min(range->low, low);
      range->high = std::max(range->high, high);
    }
  }
  return range;
}

Status MakeModels(const goods::Goods* goods, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(
      connection.Run("CREATE TEMP TABLE models (brand VARCHAR, model VARCHAR, component_class "
                     "VARCHAR, mass_low_kg DOUBLE, mass_high_kg DOUBLE)"));
  if (goods == nullptr) return {};
  TW_ASSIGN_OR_RETURN(auto appender, connection.Append("models"));
  for (const auto& model : goods->models()) {
    appender.Text(0, model.brand);
    appender.Text(1, model.model);
    appender.Text(2, model.component_class);
    if (const auto mass = MassOf(model)) {
      appender.Number(3, mass->low);
      appender.Number(4, mass->high);
    }
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string TableName(const std::string& path) {
  std::string name = BaseName(path);
  name.resize(name.size() - 4);
  return name;
}

// A tab-separated file with a header; lines that begin with # are comments.
Status MakeTable(const std::string& path, tables::Connection& connection) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const std::string name = TableName(path);
  std::optional<tables::Appender> appender;
  size_t width = 0, line_number = 0;
  for (const auto line : Split(text, '\n')) {
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    const auto fields = Split(line, '\t');
    if (!appender) {
      std::string columns;
      for (const auto field : fields)
        columns += (columns.empty() ? "" : ", ") + tables::QuoteName(field) + " VARCHAR";
      TW_RETURN_IF_ERROR(
          connection.Run("CREATE TEMP TABLE " + tables::QuoteName(name) + " (" + columns + ")"));
      TW_ASSIGN_OR_RETURN(appender, connection.Append(name));
      width = fields.size();
      continue;
    }
    if (fields.size() != width)
      return BadInput("has not as many fields as the header", path, line_number);
    for (size_t i = 0; i < width; ++i) appender->Text(i, fields[i]);
    TW_RETURN_IF_ERROR(appender->EndRow());
  }
  return appender ? appender->Close() : Status(BadInput("holds no header", path));
}

std::string Join(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// The user's file in place of a shipped table: its columns, found by name, as texts.
Status ReplaceTable(const std::string& name, const std::string& file,
                    tables::Connection& connection) {
  if (!FileExists(file)) return MissingData("no such file (table " + name + ")", file);
  const std::string quoted = tables::QuoteText(file);
  const std::string reader =
      file.ends_with(".parquet")
          ? "read_parquet(" + quoted + ")"
          : "read_csv(" + quoted + ", header = true, all_varchar = true, comment = '#')";
  TW_ASSIGN_OR_RETURN(auto shipped,
                      connection.Query("SELECT * FROM " + tables::QuoteName(name) + " LIMIT 0"));
  auto given = connection.Query("SELECT * FROM " + reader + " LIMIT 0");
  if (!given) return BadInput(given.error().message, file);
  std::string columns;
  for (size_t i = 0; i < shipped.columns(); ++i) {
    const std::string& column = shipped.name(i);
    if (given->Find(column) < 0)
      return BadInput("has no such column, which the table " + name + " needs", file, 1, column);
    columns += (columns.empty() ? "" : ", ") + std::string("CAST(") + tables::QuoteName(column) +
               " AS VARCHAR)";
  }
  TW_RETURN_IF_ERROR(connection.Run("DELETE FROM " + tables::QuoteName(name)));
  const Status filled = connection.Run("INSERT INTO " + tables::QuoteName(name) + " SELECT " +
                                       columns + " FROM " + reader);
  if (!filled) return BadInput(filled.error().message, file);
  return {};
}

Status MakePartyHits(const std::string& file, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(connection.Run(
      "CREATE TEMP TABLE party_hits (entity VARCHAR, list VARCHAR, id VARCHAR, listed_name "
      "VARCHAR, score DOUBLE, identifier_agrees BOOLEAN, listed_from DATE)"));
  TW_RETURN_IF_ERROR(connection.Run("CREATE TEMP TABLE screened (file VARCHAR)"));
  if (file.empty() || !FileExists(file)) return {};
  TW_RETURN_IF_ERROR(
      connection.Run("INSERT INTO screened VALUES (" + tables::QuoteText(BaseName(file)) + ")"));
  return connection.Run(
      "INSERT INTO party_hits SELECT entity, list, id, listed_name, score, identifier_agrees, "
      "listed_from FROM read_parquet(" +
      tables::QuoteText(file) + ")");
}

// The lines, in which a role that no source has is a constant null: views take the first of many
// roles, and a column that is nothing but nulls costs as much to read as any other.
Status MakeCoveredLines(tables::Connection& connection) {
  std::set<std::string, std::less<>> covered;
  TW_ASSIGN_OR_RETURN(auto fields, connection.Query("SELECT field FROM coverage"));
  while (fields.Next()) covered.emplace(fields.Text(0));
  TW_RETURN_IF_ERROR(fields.status());
  std::vector<std::string> nulls;
  for (const Role role : AllRoles()) {
    const std::string name(ToString(role));
    if (covered.contains(name)) continue;
    for (const auto& column : {name, name + "_entity"})
      nulls.push_back("CAST(NULL AS VARCHAR) AS " + tables::QuoteName(column));
  }
  return connection.Run("CREATE TEMP VIEW covered_lines AS SELECT *" +
                        (nulls.empty() ? "" : " REPLACE (" + Join(nulls) + ")") + " FROM lines");
}

// Which line of controlled goods names which serial number. What many lines name is none; nor what
// two parties send who have not received it before: then it is an article's number, or a
// placeholder. The beginning of another number was cut off with its text.
constexpr const char* kSerials =
    "CREATE TEMP TABLE serials AS "
    "WITH moved AS ("
    "  SELECT a.serial, t.sender, t.recipient, t.day FROM all_serials a"
    "  JOIN controlled_trades t ON t.source = a.source AND t.row_no = a.row_no),"
    "first_senders AS ("
    "  SELECT m.serial FROM moved m WHERE m.sender IS NOT NULL AND NOT EXISTS ("
    "    SELECT 1 FROM moved i WHERE i.serial = m.serial AND i.recipient = m.sender"
    "    AND i.sender IS DISTINCT FROM m.sender AND i.day <= m.day)"
    "  GROUP BY m.serial HAVING count(DISTINCT m.sender) > 1),"
    "cut AS ("
    "  SELECT serial FROM (SELECT serial, lead(serial) OVER (ORDER BY serial NULLS FIRST) AS longer"
    "    FROM (SELECT DISTINCT serial FROM all_serials) d) n"
    "  WHERE longer LIKE serial || '%')"
    "SELECT s.* FROM all_serials s"
    " WHERE s.serial IN (SELECT serial FROM all_serials GROUP BY serial HAVING count(*) <= 20)"
    " AND s.serial NOT IN (SELECT serial FROM first_senders)"
    " AND s.serial NOT IN (SELECT serial FROM cut)";

Result<SerialWords> ReadSerialWords(tables::Connection& connection) {
  SerialWords words;
  TW_ASSIGN_OR_RETURN(auto rows,
                      connection.Query("SELECT kind, word FROM serial_words WHERE word <> ''"));
  while (rows.Next())
    (rows.Text(0) == "marker" ? words.markers : words.fillers).emplace_back(rows.Text(1));
  TW_RETURN_IF_ERROR(rows.status());
  return words;
}

Status MakeSerials(tables::Connection& connection) {
  TW_ASSIGN_OR_RETURN(const SerialWords words, ReadSerialWords(connection));
  TW_RETURN_IF_ERROR(connection.Run(
      "CREATE TEMP TABLE all_serials (source VARCHAR, row_no BIGINT, serial VARCHAR)"));
  {
    TW_ASSIGN_OR_RETURN(auto rows,
                        connection.Query("SELECT source, row_no, description FROM "
                                         "controlled_trades WHERE description IS NOT NULL"));
    TW_ASSIGN_OR_RETURN(auto out, connection.Append("all_serials"));
    while (rows.Next()) {
      for (const auto& serial : SerialsIn(rows.Text(2), words)) {
        out.Text(0, rows.Text(0));
        out.Integer(1, rows.Integer(1));
        out.Text(2, serial);
        TW_RETURN_IF_ERROR(out.EndRow());
      }
    }
    TW_RETURN_IF_ERROR(rows.status());
    TW_RETURN_IF_ERROR(out.Close());
  }
  return connection.Run(kSerials);
}

Status RunFile(const std::string& path, tables::Connection& connection) {
  TW_ASSIGN_OR_RETURN(const std::string sql, ReadFile(path));
  const Status status = connection.Run(sql);
  if (!status) return BadInput(status.error().message, path);
  return {};
}

}  // namespace

Status MakeReferenceTables(const TraceOptions& options, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(MakeModels(options.goods, connection));
  TW_RETURN_IF_ERROR(MakePartyHits(options.party_hits, connection));
  TW_RETURN_IF_ERROR(
      connection.Run("CREATE TEMP TABLE data_window AS SELECT min(date) AS first_day, max(date) AS "
                     "last_day FROM lines"));
  TW_ASSIGN_OR_RETURN(const auto tables,
                      ListFilesBelow(JoinPath(options.indicators, "tables"), ".tsv"));
  std::vector<std::string> names;
  for (const auto& path : tables) {
    TW_RETURN_IF_ERROR(MakeTable(path, connection));
    names.push_back(TableName(path));
  }
  for (const auto& [name, file] : options.tables) {
    if (std::find(names.begin(), names.end(), name) == names.end())
      return UsageError("there is no table '" + name + "' to replace; known: " + Join(names));
    TW_RETURN_IF_ERROR(ReplaceTable(name, file, connection));
  }
  TW_RETURN_IF_ERROR(MakePartyTables(options.threads, connection));
  TW_RETURN_IF_ERROR(MakeCoveredLines(connection));
  TW_ASSIGN_OR_RETURN(const auto prelude,
                      ListFilesBelow(JoinPath(options.indicators, "prelude"), ".sql"));
  for (const auto& path : prelude) TW_RETURN_IF_ERROR(RunFile(path, connection));
  return MakeSerials(connection);
}

}  // namespace tidewaiter::trace
