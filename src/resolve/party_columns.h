// Columns that say more than a name ("OOO ALVAR, INN 7707083893, UL. LESNAYA 5"), as customs files
// have them.
#ifndef TIDEWAITER_RESOLVE_PARTY_COLUMNS_H_
#define TIDEWAITER_RESOLVE_PARTY_COLUMNS_H_

#include "resolve/mentions.h"
#include "resolve/party_split.h"

namespace tidewaiter::resolve {

// Replaces each column of kind kParty by what party_split.h finds in it: columns of a name, an
// address, a phone, a mail address and of each kind of number, called "COLUMN: name" and so on.
// Same columns on any number of threads.
void SplitPartyColumns(const PartyWords& words, unsigned threads, Table& table, Mapping& mapping);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_PARTY_COLUMNS_H_
