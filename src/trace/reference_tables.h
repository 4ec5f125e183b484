// What indicators read beside the ledger, made before the first one runs:
//
//   models           brand, model, component_class, mass_low_kg, mass_high_kg: what the catalogue
//                    knows
//   party_countries  entity, country, basis: stated, or inferred from the end or beginning of an
//                    address
//   party_hits       entity, list, id, listed_name, score, identifier_agrees, listed_from: who
//                    looks like a listed party (party_hits.parquet of the run)
//   serials          source, row_no, serial: serial and lot numbers in texts of controlled goods
//   data_window      first_day, last_day of the lines
//
// and every .tsv of indicators/tables as a table of that name, its columns texts (or the file that
// the user gave for it), and trades, controlled_trades and whatever else indicators/prelude/*.sql
// defines.
#ifndef TIDEWAITER_TRACE_REFERENCE_TABLES_H_
#define TIDEWAITER_TRACE_REFERENCE_TABLES_H_

#include <string>

#include "base/result.h"
#include "tables/duckdb.h"
#include "trace/trace.h"

namespace tidewaiter::trace {

// All of them are temporary: the ledger is not written to.
Status MakeReferenceTables(const TraceOptions& options, tables::Connection& connection);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_REFERENCE_TABLES_H_
