// What later questions to a run need to know of its parties beside the ledger: party_hits.parquet,
// who looks like a listed party, and persons.parquet, who is a natural person.
#ifndef TIDEWAITER_INSPECT_PARTY_FILES_H_
#define TIDEWAITER_INSPECT_PARTY_FILES_H_

#include <string>
#include <vector>

#include "base/result.h"
#include "inspect/judge.h"
#include "ledger/ledger.h"
#include "tables/duckdb.h"

namespace tidewaiter::inspect {

// Columns: entity, name, list, id, listed_name, score, identifier_agrees, listed_from; one row per
// entity and entry of a list, with the likest spelling.
Status WritePartyHits(const ledger::Ledger& ledger, const Judged& judged, const std::string& path);

// Columns: entity, name; one row per spelling of a natural person (by Ledger::parties).
Status WritePersons(const ledger::Ledger& ledger, const std::vector<bool>& is_person,
                    const std::string& path);

// By line: whether a dispute of the file is about it. `lines` knows the view of that name;
// `disputes` empty: none.
Result<std::vector<bool>> FindDisputed(const ledger::Ledger& ledger, const std::string& disputes,
                                       tables::Connection& lines);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_PARTY_FILES_H_
