// Indicators of diversion: SQL files over the ledger's tables, each with a header that says what it needs.
#ifndef TIDEWAITER_TRACE_TRACE_H_
#define TIDEWAITER_TRACE_TRACE_H_

#include <string>
#include <vector>

#include "base/date.h"
#include "base/progress.h"
#include "base/result.h"
#include "goods/goods.h"
#include "trace/finding.h"

namespace tidewaiter::trace {

struct TraceOptions {
  std::string indicators;                // folder of SQL files
  std::vector<std::string> own;          // the user's own files
  std::vector<Date> control_dates;       // days on which controls began that concern the goods
  const goods::Goods* goods = nullptr;   // model masses; required
  std::string list_versions;             // JSON, kept in every finding
  unsigned threads = 1;
};

// Runs every indicator over a ledger.duckdb. Findings in order of indicator, status, subject.
Result<std::vector<Finding>> Trace(const std::string& ledger_duckdb, const TraceOptions& options, Progress& progress);

// findings.parquet in the shape of CONTRACTS.
Status WriteFindings(const std::vector<Finding>& findings, const std::string& path);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_TRACE_H_
