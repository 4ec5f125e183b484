#include "ledger/write.h"

#include <algorithm>

#include "base/file.h"
#include "tables/csv.h"
#include "tables/duckdb.h"

namespace tidewaiter::ledger {
namespace {

std::string SourcesQuery(const Ledger& ledger) {
  std::string rows;
  for (const Source& source : ledger.sources) {
    const std::string& layout = source.mapping.layout;
    rows += rows.empty() ? "(" : ", (";
    rows += tables::QuoteText(source.name) + ", " + tables::QuoteText(source.sha256) + ", " +
            std::to_string(source.bytes) + ", " +
            (layout.empty() ? "NULL" : tables::QuoteText(layout));
    for (const uint64_t count : {source.rows, source.lines, source.rejects})
      rows += ", " + std::to_string(count);
    rows += ")";
  }
  return "SELECT source, sha256, bytes::BIGINT AS bytes, layout::VARCHAR AS layout, "
         "\"rows\"::BIGINT AS \"rows\", lines::BIGINT AS lines, rejects::BIGINT AS rejects FROM "
         "(VALUES " +
         (rows.empty() ? "('', '', 0, '', 0, 0, 0)" : rows) +
         ") t(source, sha256, bytes, layout, \"rows\", lines, rejects)" +
         (rows.empty() ? " WHERE false" : "");
}

std::string CoverageQuery(const Ledger& ledger) {
  std::string fields;
  const auto add = [&](std::string_view field) {
    fields += (fields.empty() ? "" : ", ") + tables::QuoteText(field);
  };
  for (size_t i = 0; i < kFieldCount; ++i) {
    if (ledger.Covers(static_cast<Field>(i))) add(ToString(static_cast<Field>(i)));
  }
  for (const Role role : AllRoles()) {
    if (ledger.Covers(role)) add(ToString(role));
  }
  return "SELECT unnest([" + fields + "]::VARCHAR[]) AS field";
}

// One row per line and role in which somebody is named.
std::string MentionsQuery(const Ledger& ledger) {
  std::string sql;
  for (const Role role : AllRoles()) {
    if (!ledger.Covers(role)) continue;
    const std::string name(ToString(role));
    sql += sql.empty() ? "" : " UNION ALL ";
    sql += "SELECT source, \"row\", '" + name + "' AS role, " + name + " AS name, " + name +
           "_entity AS entity FROM lines WHERE " + name + "_entity IS NOT NULL";
  }
  if (!sql.empty()) return sql;
  return "SELECT source, \"row\", NULL::VARCHAR AS role, NULL::VARCHAR AS name, NULL::VARCHAR AS "
         "entity FROM lines WHERE false";
}

// The ledger itself is in memory beside the queries over it: 10,000,000 lines are to fit in 6 GB.
constexpr uint64_t kQueriesMb = 2048;
constexpr std::string_view kLinesFile = "lines.parquet", kPartiesFile = "parties.parquet";

// Where `lines` and `parties` come from is all that differs between the ledger in memory and the
// one on the disk.
Status CreateViews(const Ledger& ledger, const std::string& lines, const std::string& parties,
                   tables::Connection& connection) {
  const std::pair<const char*, std::string> views[] = {{"lines", "SELECT * FROM " + lines},
                                                       {"parties", "SELECT * FROM " + parties},
                                                       {"mentions", MentionsQuery(ledger)},
                                                       {"sources", SourcesQuery(ledger)},
                                                       {"coverage", CoverageQuery(ledger)}};
  for (const auto& [name, query] : views) {
    TW_RETURN_IF_ERROR(connection.Run("CREATE VIEW " + std::string(name) + " AS " + query));
  }
  return {};
}

std::string ReadParquet(std::string_view file) {
  return "read_parquet(" + tables::QuoteText(file) + ")";
}

// So that the views of a ledger.duckdb find the Parquet files beside it.
Status SearchIn(const std::string& folder, tables::Connection& connection) {
  return connection.Run("SET file_search_path = " + tables::QuoteText(folder));
}

}  // namespace

// Virtual tables stay at their address when the LedgerTables moves.
struct LedgerTables::Parts {
  const Ledger& ledger;
  LineTable lines;
  PartyTable parties;
  tables::Database database;
  tables::Connection connection;

  Parts(const Ledger& of, const KnownGoods& goods, tables::Database opened,
        tables::Connection connected)
      : ledger(of),
        lines(of, goods),
        parties(of),
        database(std::move(opened)),
        connection(std::move(connected)) {}
};

LedgerTables::LedgerTables(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
LedgerTables::~LedgerTables() = default;
LedgerTables::LedgerTables(LedgerTables&&) noexcept = default;

Result<LedgerTables> LedgerTables::Open(const Ledger& ledger, const KnownGoods& goods,
                                        unsigned threads) {
  if (goods.recognised_as.size() != ledger.goods.size()) {
    return InternalError("goods recognised: " + std::to_string(goods.recognised_as.size()) +
                         " of " + std::to_string(ledger.goods.size()));
  }
  tables::DatabaseOptions options;
  options.threads = threads;
  options.memory_mb = kQueriesMb;
  TW_ASSIGN_OR_RETURN(tables::Database database, tables::Database::Open({}, options));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  auto parts = std::make_unique<Parts>(ledger, goods, std::move(database), std::move(connection));
  TW_RETURN_IF_ERROR(Register(parts->connection, "ledger_lines", parts->lines));
  TW_RETURN_IF_ERROR(Register(parts->connection, "ledger_parties", parts->parties));
  TW_RETURN_IF_ERROR(CreateViews(ledger, "ledger_lines()", "ledger_parties()", parts->connection));
  return LedgerTables(std::move(parts));
}

tables::Connection& LedgerTables::connection() { return parts_->connection; }

Status LedgerTables::WriteLines(const std::string& folder) {
  TW_ASSIGN_OR_RETURN(tables::Connection connection, parts_->database.Connect());
  // The longest piece of the run: a seventh of its time for a tenth more bytes.
  return connection.WriteParquet("SELECT * FROM lines", JoinPath(folder, kLinesFile), {.level = 1});
}

Status LedgerTables::WriteParties(const std::string& folder) {
  TW_ASSIGN_OR_RETURN(tables::Connection connection, parts_->database.Connect());
  return connection.WriteParquet("SELECT * FROM parties", JoinPath(folder, kPartiesFile));
}

Status LedgerTables::Save(const std::string& folder) {
  TW_ASSIGN_OR_RETURN(tables::Connection connection, parts_->database.Connect());
  TW_RETURN_IF_ERROR(SearchIn(folder, connection));
  TW_RETURN_IF_ERROR(
      connection.Run("ATTACH " + tables::QuoteText(JoinPath(folder, kLedgerFile)) + " AS saved"));
  TW_RETURN_IF_ERROR(connection.Run("USE saved"));
  TW_RETURN_IF_ERROR(
      CreateViews(parts_->ledger, ReadParquet(kLinesFile), ReadParquet(kPartiesFile), connection));
  return connection.Run("USE memory; DETACH saved");
}

Status AttachLedger(const std::string& ledger_duckdb, tables::Connection& connection) {
  if (!FileExists(ledger_duckdb))
    return MissingData("there is no ledger; `tidewaiter inspect` makes one", ledger_duckdb);
  const size_t slash = ledger_duckdb.rfind('/');
  TW_RETURN_IF_ERROR(
      SearchIn(slash == std::string::npos ? "." : ledger_duckdb.substr(0, slash + 1), connection));
  const Status attached =
      connection.Run("ATTACH " + tables::QuoteText(ledger_duckdb) + " AS ledger (READ_ONLY)");
  if (!attached) return BadInput(attached.error().message, ledger_duckdb);
  for (const std::string table : {"lines", "mentions", "parties", "sources", "coverage"}) {
    TW_RETURN_IF_ERROR(
        connection.Run("CREATE TEMP VIEW " + table + " AS SELECT * FROM ledger." + table));
  }
  return {};
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

}  // namespace tidewaiter::ledger
