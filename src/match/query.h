// A query made ready: its names with their words, the likenesses of these to the vocabulary, its
// particulars.
#ifndef TIDEWAITER_MATCH_QUERY_H_
#define TIDEWAITER_MATCH_QUERY_H_

#include <memory>
#include <vector>

#include "match/evidence.h"
#include "match/expansion.h"
#include "match/match.h"
#include "match/words.h"

namespace tidewaiter::match {

struct PreparedQuery {
  std::vector<PreparedName> names;  // as given, and behind them other readings of the same
  std::vector<std::vector<std::shared_ptr<const KnownWord>>> known;  // of each name, each word
  size_t given = 0;                                                  // how many names were given
  Particulars particulars;
  WeakAliases weak_aliases = WeakAliases::kLess;
};

// Whether a name of an unknown party, in these words, is also read as a person's: "Mali Khan",
// where mali is "financial" in Arabic; "Sa Ad", where S.A. is a company; "Kim In Chol".
bool MayNameAPerson(const std::vector<names::NameToken>& words);

Particulars ParticularsOf(const Query& query);
// Beside this query: what it does not speak of is left out.
Particulars ParticularsOf(const ListedParty& party, const Particulars& asked);

// The best pair of names of a query and a record, and all that follows for the record.
struct RecordScore {
  uint32_t record = 0;
  uint32_t name = 0;                            // the listed name, in the index
  uint32_t query_name = 0;                      // the query's, in PreparedQuery::names
  uint32_t firm_name = 0, firm_query_name = 0;  // the best pair without weak aliases
  double firm_log_odds = -100;
  double log_odds = -100;  // of the names, with what weak aliases and other kinds of parties cost
  double score = 0;        // rounded to four decimals
  bool identifier_agrees = false;
};

// A probability as it is shown: four decimals, 1 only where an identifier agrees.
double RoundedScore(double log_odds, bool identifier_agrees, const Profile& profile);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_QUERY_H_
