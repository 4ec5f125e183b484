// Who is who among the parties of a run.
#ifndef TIDEWAITER_INSPECT_ENTITIES_H_
#define TIDEWAITER_INSPECT_ENTITIES_H_

#include <string>

#include "base/result.h"
#include "ledger/ledger.h"

namespace tidewaiter::inspect {

// A name that holds an address or a number is split first.
// Sets Party::entity, which the import has filled the plain way, by the groups of
// resolve/parties.h. The entity of a group is that of its first party with an identifier, else of
// its first party. Same entities on any number of threads.
Status ResolveParties(const std::string& resources, ledger::Ledger& ledger, unsigned threads);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_ENTITIES_H_
