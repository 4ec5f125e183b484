// Who is who among the parties of a run.
#ifndef TIDEWAITER_INSPECT_ENTITIES_H_
#define TIDEWAITER_INSPECT_ENTITIES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "ledger/ledger.h"
#include "resolve/decisions.h"
#include "resolve/parties.h"

namespace tidewaiter::inspect {

// What was found, by Ledger::parties.
struct WhoIsWho {
  std::vector<uint64_t> mention;  // hash of all that the rows say of it; files show MentionText()
  resolve::PartyGroups groups;
  resolve::Decisions decisions;
  std::vector<std::string> notes;  // about the decisions, for people
  size_t entities = 0;
};

std::string MentionText(uint64_t mention);  // "p" and 16 hex digits

// Sets Party::entity, which the import has filled the plain way, by the groups of
// resolve/parties.h; a name that holds an address or a number is split first. The entity of a group
// is that of its first party with an identifier, else of its first party.
//
// `decisions`: file of a person's merges and splits (resolve/decisions.h); empty: none. It names
// mentions as FILE:ROW:ROLE, as p... (resolution.parquet), or as e...: all parties that are this
// entity by their own identifier or name. Same entities on any number of threads.
Result<WhoIsWho> ResolveParties(const std::string& resources, const std::string& decisions,
                                ledger::Ledger& ledger, unsigned threads);

// resolution.parquet: one row per party. Columns: mention, entity, name, because, with (the mention
// with which it was found to be one; null for the first of an entity). The rows of an entity and
// their `with` make a tree.
Status WriteResolution(const ledger::Ledger& ledger, const WhoIsWho& who, const std::string& path);

// For run.json: {"snapshot", "number", "previous", "parties", "entities", "merges": {why: count},
// "decisions"}. Counts the snapshots of the run's folder in `new_log`, given the `old_log` of the
// run before; the latter need not be there.
Result<Json> NumberResolution(const ledger::Ledger& ledger, const WhoIsWho& who,
                              const std::string& old_log, const std::string& new_log);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_ENTITIES_H_
