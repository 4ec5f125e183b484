// The rows behind a figure: which, how many, their hash, and the query that gives them again.
#ifndef TIDEWAITER_INSPECT_ROW_SETS_H_
#define TIDEWAITER_INSPECT_ROW_SETS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"
#include "report/report.h"

namespace tidewaiter::inspect {

// SHA-256 over the rows in order of source and row: for each source its name and a line end, then
// for each row its number (8 bytes, big end first) and the 16 bytes of its hash. Two people with
// the same files get the same.
std::string RowSetHash(const ledger::Ledger& ledger, const std::vector<uint32_t>& lines);

// `lines`: indices into the ledger, ascending.
report::RowSet MakeRowSet(const ledger::Ledger& ledger, const std::vector<uint32_t>& lines,
                          std::string_view where);

report::RowReference ReferenceOf(const ledger::Ledger& ledger, size_t line);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_ROW_SETS_H_
