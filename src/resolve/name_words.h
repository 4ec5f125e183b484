// The words of names and addresses of a table.
#ifndef TIDEWAITER_RESOLVE_NAME_WORDS_H_
#define TIDEWAITER_RESOLVE_NAME_WORDS_H_

#include "resolve/mentions.h"

namespace tidewaiter::resolve {

// Fills Field::kName: one value for each distinct name that all name columns of a row make
// together.
void FillNames(const Table& table, const Mapping& mapping, unsigned threads, Mentions& out);
// Cuts the texts of Field::kAddress into words; the values become their words joined by blanks.
void FillAddressWords(unsigned threads, Mentions& out);
// How often each word occurs as what; a name of a single word becomes what that word mostly is.
// Needs the counts of the values.
void CountWords(Mentions& out);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_NAME_WORDS_H_
