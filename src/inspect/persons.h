// Which parties of a ledger are natural persons, as far as the file shows it
// (reference/persons.yaml).
#ifndef TIDEWAITER_INSPECT_PERSONS_H_
#define TIDEWAITER_INSPECT_PERSONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/ledger.h"

namespace tidewaiter::inspect {

// Whether a name reads "Surname Given Patronymic": three words, one of them a father's name as East
// Slavs write it, none a word of companies.
bool IsFullNameOfPerson(std::string_view name);

// By Ledger::parties.
Result<std::vector<bool>> FindPersons(const std::string& resources, const ledger::Ledger& ledger);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_PERSONS_H_
