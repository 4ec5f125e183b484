// The journal of decisions: DATA/journal.jsonl, one line an entry, each bound to the one before it.
// An entry holds the order as it was given, the options, and the decision's bytes, so that it can
// be replayed. It is on the disk before the decision is answered.
//
//   HASH {"n":1,"prev":"...","order":"...","as_of":"...","explain_all":false,"decision":{...}}
//
// HASH is the SHA-256 of the JSON behind it, `prev` the HASH of the line before (64 zeros at the
// start): a changed, missing or moved line breaks the chain. DATA/journal.head holds number and
// HASH of the last entry, so that entries missing at the end are noticed too; after a kill the
// journal may be ahead of the head, never behind. Who can write both files can forge both: note the
// last HASH elsewhere, and `journal verify --head HASH` holds it against the file.
#ifndef TIDEWAITER_SCREEN_JOURNAL_H_
#define TIDEWAITER_SCREEN_JOURNAL_H_

#include <cstdint>
#include <functional>
#include <string>

#include "base/json.h"
#include "base/result.h"

namespace tidewaiter::screen {

struct JournalEntry {
  uint64_t number = 0;  // from 1; set by Append
  std::string order;    // as given
  std::string as_of;    // ISO; the day that was used
  bool explain_all = false;
  std::string decision;  // canonical JSON
};

// Appends and syncs. Any number of programs may do so at once.
Status AppendEntry(const std::string& data_folder, const JournalEntry& entry);

struct JournalState {
  uint64_t entries = 0;
  std::string head;         // HASH of the last entry; "" when there is none
  uint64_t unfinished = 0;  // bytes of a line that a killed program left behind
};

// Reads it all and checks the chain; hands each entry over when `take` is given. kMissingData
// without a journal, kBadInput with the line at which the chain breaks, or with what `take`
// returns. `expected_head`: a HASH noted elsewhere, which must be in the chain; empty: none.
Result<JournalState> ReadJournal(const std::string& data_folder, const std::string& expected_head,
                                 const std::function<Status(const JournalEntry&)>& take);

// Whether DATA/settings.yaml says `journal: always`.
Result<bool> JournalAlways(const std::string& data_folder);

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_JOURNAL_H_
