// decisions.parquet: one row a line, the whole decision where the outcome is not clear.
#ifndef TIDEWAITER_INSPECT_DECISIONS_H_
#define TIDEWAITER_INSPECT_DECISIONS_H_

#include <string>

#include "base/result.h"
#include "inspect/judge.h"

namespace tidewaiter::inspect {

// Columns: source, row, outcome, rules (list of ids), questions (list of facts), decision
// (canonical JSON or null).
Status WriteDecisions(const screen::Desk& desk, const ledger::Ledger& ledger, const Judged& judged,
                      const std::string& path);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_DECISIONS_H_
