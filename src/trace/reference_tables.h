// What indicators read beside the ledger, made before the first one runs:
//   models           brand, model, component_class, mass_low_kg, mass_high_kg: masses that the
//   catalogue knows party_countries  entity, country, basis: stated, or inferred from the end or
//   beginning of an address data_window      first_day, last_day of the lines every .tsv of
//   indicators/tables as a table of that name, its columns texts trades, controlled_trades and
//   whatever else indicators/prelude/*.sql defines
#ifndef TIDEWAITER_TRACE_REFERENCE_TABLES_H_
#define TIDEWAITER_TRACE_REFERENCE_TABLES_H_

#include <string>

#include "base/result.h"
#include "goods/goods.h"
#include "tables/duckdb.h"

namespace tidewaiter::trace {

// All of them are temporary: the ledger is not written to. `goods` may be null: then nothing is
// known of masses.
Status MakeReferenceTables(const std::string& indicators, const goods::Goods* goods,
                           tables::Connection& connection);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_REFERENCE_TABLES_H_
