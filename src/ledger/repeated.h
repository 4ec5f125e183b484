// Rows that say again, byte for byte, what an earlier row said. They stay lines of their own
// (separate items of one declaration may look alike); whoever counts goods must know of them.
#ifndef TIDEWAITER_LEDGER_REPEATED_H_
#define TIDEWAITER_LEDGER_REPEATED_H_

#include "ledger/ledger.h"

namespace tidewaiter::ledger {

// Fills `repeated` of every source, and a sentence among its notes: how many, the first of them,
// and what it repeats. A source whose whole file is that of an earlier one is said to be so.
void NoteRepeatedRows(Ledger& ledger);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_REPEATED_H_
