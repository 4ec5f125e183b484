// Whether the values of a column look like what it is taken for. A mapping is wrong oftener than a
// file: whoever wrote it learns the column, and a value that shows it.
#ifndef TIDEWAITER_LEDGER_DOUBTS_H_
#define TIDEWAITER_LEDGER_DOUBTS_H_

#include <string>
#include <vector>

#include "ledger/cells.h"
#include "ledger/column.h"

namespace tidewaiter::ledger {

// "taken for quantity, but 40 of 40 values are no number, such as \"pcs\"", or "" when most of the
// values fit or nothing can be said. `cells` are trimmed values of the column, missing ones left
// out; `date_formats` those of the layout, empty: any known one.
std::string Doubt(const ColumnUse& use, const std::vector<std::string>& cells,
                  const std::vector<std::string>& date_formats);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_DOUBTS_H_
