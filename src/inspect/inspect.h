// The main job: files of customs or order lines in, one page with the evidence out.
//
// Stages: import the rows, recognise the goods, screen the parties, apply the rules, write the
// lines and decisions, trace diversion, write the report. Outputs (report.html, decisions.parquet,
// findings.parquet, lines.parquet, rejects.csv, ledger.duckdb, run.json) replace those of an
// earlier run together, at the end.
#ifndef TIDEWAITER_INSPECT_INSPECT_H_
#define TIDEWAITER_INSPECT_INSPECT_H_

#include <string>

#include "base/progress.h"
#include "base/result.h"
#include "screen/desk.h"
#include "tidewaiter/engine.h"

namespace tidewaiter::inspect {

// Same files, lists, rules, options and engine: same outputs, byte for byte, on any number of
// threads; only run.json tells the seconds of its stages.
Result<InspectAnswer> Inspect(const screen::Desk& desk, const InspectRequest& request,
                              unsigned threads, Progress& progress);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_INSPECT_H_
