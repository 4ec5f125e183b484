#include "tables/parquet.h"

#include <vector>

#include "tables/csv.h"
#include "tables/duckdb.h"

namespace tidewaiter::tables {
namespace {

// Floating numbers lose the ".0" that only says that they are floating: a code kept as a number is
// a code again.
std::string AsText(const std::string& column, const std::string& type) {
  const std::string text = QuoteName(column) + "::VARCHAR";
  if (type != "DOUBLE" && type != "FLOAT") return text;
  const std::string number = QuoteName(column);
  return "CASE WHEN " + number + " = trunc(" + number + ") AND abs(" + number + ") < 1e15 THEN " +
         number + "::BIGINT::VARCHAR ELSE " + text + " END";
}

void AppendRow(const std::vector<std::string_view>& cells, std::string& out) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    AppendCsvField(cells[i], out);
  }
  if (cells.size() == 1 && cells[0].empty()) out += "\"\"";  // a line without any byte is no row
  out += '\n';
}

Error DamagedData(const Error& error, const std::string& name) {
  return BadInput("its data is damaged: " + error.message + "; fetch the file again", name);
}

Status ReadRows(Rows& rows, const std::string& name, uint64_t limit, std::string& csv) {
  std::vector<std::string_view> cells(rows.columns());
  for (size_t i = 0; i < cells.size(); ++i) cells[i] = rows.name(i);
  AppendRow(cells, csv);
  while (rows.Next()) {
    for (size_t i = 0; i < cells.size(); ++i) cells[i] = rows.Text(i);
    AppendRow(cells, csv);
    if (csv.size() > limit)
      return BadInput(
          "its text is more than " + std::to_string(limit >> 20) + " MB; split the file", name);
  }
  if (!rows.status()) return DamagedData(rows.status().error(), name);
  return {};
}

}  // namespace

Result<std::string> ReadParquetAsCsv(const std::string& path, const std::string& name,
                                     unsigned threads, uint64_t limit) {
  DatabaseOptions options;
  options.threads = threads;
  TW_ASSIGN_OR_RETURN(const Database database, Database::Open({}, options));
  TW_ASSIGN_OR_RETURN(Connection connection, database.Connect());
  const std::string from = " FROM read_parquet(" + QuoteText(path) +
                           ", binary_as_string => true, hive_partitioning => false)";
  auto described =
      connection.Query("SELECT column_name, column_type FROM (DESCRIBE SELECT *" + from + ")");
  if (!described)
    return BadInput("is damaged or no Parquet file that DuckDB reads: " + described.error().message,
                    name);
  std::string columns;
  while (described->Next()) {
    const std::string column(described->Text(0));
    columns += (columns.empty() ? "" : ", ") + AsText(column, std::string(described->Text(1))) +
               " AS " + QuoteName(column);
  }
  TW_RETURN_IF_ERROR(described->status());
  auto rows = connection.Stream("SELECT " + columns + from);
  if (!rows) return DamagedData(rows.error(), name);
  std::string csv;
  TW_RETURN_IF_ERROR(ReadRows(*rows, name, limit, csv));
  return csv;
}

}  // namespace tidewaiter::tables
