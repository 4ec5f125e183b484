// A ledger as SQL sees it, and its files: lines.parquet, parties.parquet, ledger.duckdb,
// rejects.csv, in the shapes that CONTRACTS fixes.
//
// What SQL sees, here and in ledger.duckdb:
//   lines     as lines.parquet, column for column, in the same order of rows
//   mentions  source, row, role, name, entity; one row per line and role in which somebody is named
//   parties   entity, name, name_en, address, country, identifiers (a JSON object kind -> value):
//             one row per distinct mention
//   sources   source, sha256, bytes, layout, rows, lines, rejects
//   coverage  field (a column of lines): the columns that some source can fill; the others are null
//             for want of data, not for want of events
//
// The rows are on the disk once: a ledger.duckdb holds views of the lines.parquet and
// parties.parquet beside it, so a program that opens the database itself does so from inside that
// folder, or sets DuckDB's file_search_path to it. Copying the lines into the database doubled the
// time and tripled the bytes of what is written; and DuckDB writes no table twice with the same
// bytes.
#ifndef TIDEWAITER_LEDGER_WRITE_H_
#define TIDEWAITER_LEDGER_WRITE_H_

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/ledger.h"
#include "ledger/line_table.h"
#include "tables/duckdb.h"

namespace tidewaiter::ledger {

inline constexpr std::string_view kLedgerFile = "ledger.duckdb";

// A database in memory that reads the ledger where it lies; ledger and goods must outlive it.
class LedgerTables {
 public:
  static Result<LedgerTables> Open(const Ledger& ledger, const KnownGoods& goods, unsigned threads);
  ~LedgerTables();
  LedgerTables(LedgerTables&&) noexcept;

  tables::Connection& connection();  // for one thread
  // lines.parquet and parties.parquet in the folder; from any thread.
  Status WriteLines(const std::string& folder);
  Status WriteParties(const std::string& folder);
  // ledger.duckdb in the folder, which holds the other two by then.
  Status Save(const std::string& folder);

 private:
  struct Parts;
  explicit LedgerTables(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// Shows the tables of a saved ledger to a connection, read-only.
Status AttachLedger(const std::string& ledger_duckdb, tables::Connection& connection);

// rejects.csv.
Status WriteRejects(const Ledger& ledger, const std::string& path);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_WRITE_H_
