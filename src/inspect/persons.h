// Which parties of a ledger are natural persons, as far as the file shows it
// (reference/persons.yaml).
#ifndef TIDEWAITER_INSPECT_PERSONS_H_
#define TIDEWAITER_INSPECT_PERSONS_H_

#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/ledger.h"

namespace tidewaiter::inspect {

// By Ledger::parties.
Result<std::vector<bool>> FindPersons(const std::string& resources, const ledger::Ledger& ledger);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_PERSONS_H_
