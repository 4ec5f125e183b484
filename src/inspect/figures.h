// Totals by brand, party, route and month, each with its rows.
#ifndef TIDEWAITER_INSPECT_FIGURES_H_
#define TIDEWAITER_INSPECT_FIGURES_H_

#include <vector>

#include "inspect/judge.h"
#include "ledger/ledger.h"
#include "report/report.h"

namespace tidewaiter::inspect {

struct FigureInputs {
  const ledger::Ledger& ledger;
  const Judged& judged;
  const std::vector<bool>& is_person;  // by Ledger::parties
  const std::vector<bool>& disputed;   // by line; empty: nothing is disputed
  unsigned threads = 1;                // of which the figures show nothing
};

// First the lines of drones and their parts, where there are any, then all lines, then the months
// of the goods of which most is worth most, to each of their two largest destinations. Values are
// summed in whole cents, so that no order of addition shows. Of each table the largest figures; the
// rest is in lines.parquet.
std::vector<report::Totals> MakeTotals(const FigureInputs& inputs);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_FIGURES_H_
