// Indicators of diversion: SQL files over the ledger's tables, each with a header that says what it
// needs.
#ifndef TIDEWAITER_TRACE_TRACE_H_
#define TIDEWAITER_TRACE_TRACE_H_

#include <map>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/progress.h"
#include "base/result.h"
#include "goods/goods.h"
#include "tables/duckdb.h"
#include "trace/finding.h"

namespace tidewaiter::trace {

struct TraceOptions {
  std::string indicators;         // folder of SQL files
  std::vector<std::string> own;   // the user's own files
  std::vector<std::string> only;  // keys or ids of the indicators to run; empty: all
  std::map<std::string, std::string>
      set;                              // "name" or "key.name" of a parameter -> its value as SQL
  std::vector<Date> control_dates;      // days on which controls began that concern the goods
  const goods::Goods* goods = nullptr;  // model masses; nullptr: none are known
  // The user's files (CSV, TSV or Parquet with a header) in place of indicators/tables/NAME.tsv;
  // they have at least its columns.
  std::map<std::string, std::string> tables;
  std::string party_hits;     // party_hits.parquet of the run; empty: nobody was screened
  std::string list_versions;  // JSON, kept in every finding
  unsigned threads = 1;
};

// Runs every indicator over a ledger.duckdb. Findings in order of indicator, status, subject.
Result<std::vector<Finding>> Trace(const std::string& ledger_duckdb, const TraceOptions& options,
                                   Progress& progress);

// A connection on which the ledger's tables and those of reference_tables.h can be read; nothing is
// written to the ledger.
Result<tables::Connection> OpenLedger(const std::string& ledger_duckdb,
                                      const TraceOptions& options);

// Trace() over an open connection to such a database. Makes temporary tables in it; one call a
// connection.
Result<std::vector<Finding>> RunIndicators(tables::Connection& connection,
                                           const TraceOptions& options, Progress& progress);

// findings.parquet in the shape of CONTRACTS.
Status WriteFindings(const std::vector<Finding>& findings, const std::string& path);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_TRACE_H_
