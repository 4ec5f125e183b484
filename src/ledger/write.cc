// Rows go into a table `lines` through data chunks, once; the Parquet file is copied from there in
// parallel and in order. What a row shares with others (party, goods, route) is looked up by id, so
// a cell costs one copy.
#include "ledger/write.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "base/file.h"
#include "tables/csv.h"
#include "tables/duckdb.h"

namespace tidewaiter::ledger {
namespace {

struct ColumnType {
  std::string name, type;
};

// The columns before those of the roles, in the order of AppendLine.
const std::vector<ColumnType>& FixedColumns() {
  static const std::vector<ColumnType> columns = {
      {"source", "VARCHAR"},
      {"row", "BIGINT"},
      {"row_offset", "BIGINT"},
      {"row_length", "BIGINT"},
      {"row_hash", "VARCHAR"},
      {"date", "DATE"},
      {"date_to", "DATE"},
      {"declaration", "VARCHAR"},
      {"direction", "VARCHAR"},
      {"procedure", "VARCHAR"},
      {"hs", "VARCHAR"},
      {"description", "VARCHAR"},
      {"description_en", "VARCHAR"},
      {"brand", "VARCHAR"},
      {"brand_confidence", "DOUBLE"},
      {"model", "VARCHAR"},
      {"model_confidence", "DOUBLE"},
      {"component_class", "VARCHAR"},
      {"component_class_confidence", "DOUBLE"},
      {"vagueness", "DOUBLE"},
      {"code_agreement", "BOOLEAN"},
      {"quantity", "DOUBLE"},
      {"unit", "VARCHAR"},
      {"net_mass_kg", "DOUBLE"},
      {"gross_mass_kg", "DOUBLE"},
      {"value", "DOUBLE"},
      {"currency", "VARCHAR"},
      {"value_usd", "DOUBLE"},
      {"origin", "VARCHAR"},
      {"departure", "VARCHAR"},
      {"destination", "VARCHAR"},
  };
  return columns;
}

std::vector<ColumnType> AllColumns() {
  std::vector<ColumnType> columns = FixedColumns();
  for (const Role role : AllRoles()) {
    const std::string name(ToString(role));
    columns.push_back({name, "VARCHAR"});
    columns.push_back({name + "_entity", "VARCHAR"});
  }
  return columns;
}

std::string CreateTable(const std::vector<ColumnType>& columns) {
  std::string sql = "CREATE TABLE lines (";
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) sql += ", ";
    sql += tables::QuoteName(columns[i].name) + " " + columns[i].type;
  }
  return sql + ")";
}

class LineWriter {
 public:
  LineWriter(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised,
             tables::Appender appender)
      : ledger_(ledger), recognised_(recognised), appender_(std::move(appender)) {
    entities_.reserve(ledger.parties.size());
    for (Id id = 0; id < ledger.parties.size(); ++id) entities_.push_back(ledger.EntityText(id));
  }

  Status Append(size_t line);
  Status Close() { return appender_.Close(); }

 private:
  void Text(Id id) { Text(ledger_.Text(id)); }
  void Text(std::string_view text) {
    if (!text.empty()) appender_.Text(column_, text);
    ++column_;
  }
  void Number(double value) {
    if (!std::isnan(value)) appender_.Number(column_, value);
    ++column_;
  }
  void Confidence(const std::string& value, double confidence) {
    Text(value);
    Number(value.empty() ? std::nan("") : confidence);
  }
  void Day(Date day) {
    if (day > kDistantPast && day < kDistantFuture) appender_.Day(column_, day);
    ++column_;
  }
  void Where(size_t line);
  void What(size_t line);
  void Who(size_t line);

  const Ledger& ledger_;
  const std::vector<RecognisedGoods>& recognised_;
  tables::Appender appender_;
  std::vector<std::string> entities_;
  size_t column_ = 0;
};

void LineWriter::Where(size_t line) {
  const Lines& lines = ledger_.lines;
  Text(ledger_.sources[lines.source[line]].name);
  appender_.Integer(column_++, lines.row[line]);
  appender_.Integer(column_++, static_cast<int64_t>(lines.offset[line]));
  appender_.Integer(column_++, lines.length[line]);
  Text(ledger_.RowHash(line));
  Day(lines.from[line]);
  Day(lines.to[line]);
  Text(lines.declaration[line]);
  Text(ledger_.routes[lines.route[line]].direction);
  Text(lines.procedure[line]);
}

void LineWriter::What(size_t line) {
  const Lines& lines = ledger_.lines;
  const GoodsText& goods = ledger_.goods[lines.goods[line]];
  Text(goods.hs);
  Text(goods.description);
  Text(goods.description_en);
  const RecognisedGoods& known = recognised_[lines.goods[line]];
  Confidence(known.brand, known.brand_confidence);
  Confidence(known.model, known.model_confidence);
  Confidence(known.component_class, known.component_class_confidence);
  Number(known.vagueness);
  if (known.code_agreement) appender_.Boolean(column_, *known.code_agreement);
  ++column_;
  Number(lines.quantity[line]);
  Text(lines.unit[line]);
  Number(lines.net_mass_kg[line]);
  Number(lines.gross_mass_kg[line]);
  Number(lines.value[line]);
  // A currency without an amount says nothing.
  Text(std::isnan(lines.value[line]) ? 0 : lines.currency[line]);
  Number(lines.value_usd[line]);
}

void LineWriter::Who(size_t line) {
  const Route& route = ledger_.routes[ledger_.lines.route[line]];
  Text(route.origin);
  Text(route.departure);
  Text(route.destination);
  for (const Role role : AllRoles()) {
    const Id party = ledger_.lines.PartyOf(role, line);
    if (party != 0) {
      appender_.Text(column_, ledger_.DisplayName(party));
      appender_.Text(column_ + 1, entities_[party]);
    }
    column_ += 2;
  }
}

Status LineWriter::Append(size_t line) {
  column_ = 0;
  Where(line);
  What(line);
  Who(line);
  return appender_.EndRow();
}

Status AppendLines(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised,
                   tables::Connection& connection, Progress& progress) {
  constexpr size_t kTick = 16384;
  TW_RETURN_IF_ERROR(connection.Run(CreateTable(AllColumns())));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("lines"));
  LineWriter writer(ledger, recognised, std::move(appender));
  progress.Stage("write lines", ledger.lines.size());
  for (size_t i = 0; i < ledger.lines.size(); ++i) {
    TW_RETURN_IF_ERROR(writer.Append(i));
    if (i % kTick == 0) progress.Done(i);
  }
  return writer.Close();
}

std::string IdentifiersJson(const Ledger& ledger, const Party& party) {
  if (party.identifiers.empty()) return {};
  Json json = Json::Object{};
  for (const auto& [kind, value] : party.identifiers)
    json.Set(std::string(ledger.Text(kind)), ledger.Text(value));
  return json.Dump();
}

Status AppendParties(const Ledger& ledger, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(connection.Run(
      "CREATE TABLE parties (entity VARCHAR, name VARCHAR, name_en VARCHAR, address VARCHAR, "
      "country VARCHAR, identifiers VARCHAR)"));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("parties"));
  for (Id id = 1; id < ledger.parties.size(); ++id) {
    const Party& party = ledger.parties[id];
    auto text = [&](size_t column, std::string_view value) {
      if (!value.empty()) appender.Text(column, value);
    };
    text(0, ledger.EntityText(id));
    text(1, ledger.Text(party.Get(Attribute::kName)));
    text(2, ledger.Text(party.Get(Attribute::kNameEn)));
    text(3, ledger.Text(party.Get(Attribute::kAddress)));
    text(4, ledger.Text(party.Get(Attribute::kCountry)));
    text(5, IdentifiersJson(ledger, party));
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Status AppendSources(const Ledger& ledger, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(
      connection.Run("CREATE TABLE sources (source VARCHAR, sha256 VARCHAR, bytes BIGINT, layout "
                     "VARCHAR, \"rows\" BIGINT, "
                     "lines BIGINT, rejects BIGINT)"));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("sources"));
  for (const Source& source : ledger.sources) {
    appender.Text(0, source.name);
    appender.Text(1, source.sha256);
    appender.Integer(2, static_cast<int64_t>(source.bytes));
    if (!source.mapping.layout.empty()) appender.Text(3, source.mapping.layout);
    appender.Integer(4, static_cast<int64_t>(source.rows));
    appender.Integer(5, static_cast<int64_t>(source.lines));
    appender.Integer(6, static_cast<int64_t>(source.rejects));
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Status AppendCoverage(const Ledger& ledger, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(connection.Run("CREATE TABLE coverage (field VARCHAR)"));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("coverage"));
  for (size_t i = 0; i < kFieldCount; ++i) {
    if (!ledger.Covers(static_cast<Field>(i))) continue;
    appender.Text(0, ToString(static_cast<Field>(i)));
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  for (const Role role : AllRoles()) {
    if (!ledger.Covers(role)) continue;
    appender.Text(0, ToString(role));
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Status CreateMentions(const Ledger& ledger, tables::Connection& connection) {
  std::string sql;
  for (const Role role : AllRoles()) {
    if (!ledger.Covers(role)) continue;
    const std::string name(ToString(role));
    sql += sql.empty() ? "" : " UNION ALL ";
    sql += "SELECT source, \"row\", '" + name + "' AS role, " + name + " AS name, " + name +
           "_entity AS entity FROM lines WHERE " + name + "_entity IS NOT NULL";
  }
  if (sql.empty()) {
    sql =
        "SELECT source, \"row\", NULL::VARCHAR AS role, NULL::VARCHAR AS name, NULL::VARCHAR AS "
        "entity FROM lines "
        "WHERE false";
  }
  return connection.Run("CREATE VIEW mentions AS " + sql);
}

Status WriteRejects(const Ledger& ledger, const std::string& path) {
  TW_ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::Create(path));
  TW_RETURN_IF_ERROR(file.Append("source,row,row_offset,reason,text\n"));
  std::string line;
  for (const Reject& reject : ledger.rejects) {
    line.clear();
    tables::AppendCsvField(ledger.sources[reject.source].name, line);
    line += "," + std::to_string(reject.row) + "," + std::to_string(reject.offset) + ",";
    tables::AppendCsvField(reject.reason, line);
    line += ",";
    tables::AppendCsvField(reject.text, line);
    line += "\n";
    TW_RETURN_IF_ERROR(file.Append(line));
  }
  return file.Commit();
}

Status WriteTables(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised,
                   const WritePaths& paths, unsigned threads, Progress& progress) {
  tables::DatabaseOptions options;
  options.threads = threads;
  TW_ASSIGN_OR_RETURN(const tables::Database database,
                      tables::Database::Open(paths.ledger_duckdb, options));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(AppendLines(ledger, recognised, connection, progress));
  TW_RETURN_IF_ERROR(AppendParties(ledger, connection));
  TW_RETURN_IF_ERROR(AppendSources(ledger, connection));
  TW_RETURN_IF_ERROR(AppendCoverage(ledger, connection));
  TW_RETURN_IF_ERROR(CreateMentions(ledger, connection));
  if (!paths.lines_parquet.empty()) {
    progress.Stage("write lines.parquet", 0);
    TW_RETURN_IF_ERROR(connection.WriteParquet("SELECT * FROM lines", paths.lines_parquet));
  }
  if (!paths.ledger_duckdb.empty()) {
    progress.Stage("save ledger.duckdb", 0);
    TW_RETURN_IF_ERROR(connection.Run("CHECKPOINT"));
  };
  return {};
}

}  // namespace

std::vector<std::string> LineColumns() {
  std::vector<std::string> names;
  for (const auto& column : AllColumns()) names.push_back(column.name);
  return names;
}

Status WriteLedger(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised,
                   const WritePaths& paths, unsigned threads, Progress& progress) {
  if (recognised.size() != ledger.goods.size()) {
    return InternalError("goods recognised: " + std::to_string(recognised.size()) + " of " +
                         std::to_string(ledger.goods.size()));
  }
  if (!paths.lines_parquet.empty() || !paths.ledger_duckdb.empty()) {
    TW_RETURN_IF_ERROR(WriteTables(ledger, recognised, paths, threads, progress));
  }
  if (!paths.rejects_csv.empty()) TW_RETURN_IF_ERROR(WriteRejects(ledger, paths.rejects_csv));
  return {};
}

}  // namespace tidewaiter::ledger
