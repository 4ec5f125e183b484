// Who is who among the parties of a run.
#ifndef TIDEWAITER_INSPECT_ENTITIES_H_
#define TIDEWAITER_INSPECT_ENTITIES_H_

#include "ledger/ledger.h"

namespace tidewaiter::inspect {

// Sets Party::entity, which the import has filled the plain way, by the groups of
// resolve/parties.h. The entity of a group is that of its first party with an identifier, else of
// its first party. Same entities on any number of threads.
void ResolveParties(ledger::Ledger& ledger, unsigned threads);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_ENTITIES_H_
