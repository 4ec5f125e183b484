// What people said of a queried party and a listed one: that they are the same, or that they are
// not. Kept in DATA/pairs.jsonl, one line each with who, when and why; a later line about the same
// two takes the place of an earlier one, and nothing is ever rewritten.
//
// A word holds as long as neither side changes materially: the queried party's names, kind,
// countries, birth date and identifiers, and the listed party's names, kind, birth dates,
// countries, gender and identifiers are hashed into it. When one of them differs the word has
// fallen: it decides nothing any more, and the hit says so.
//
// A file and not a table of a database: the words are few, are only ever added, and are themselves
// evidence. The same synced line-by-line file serves the decision journal.
#ifndef TIDEWAITER_SCREEN_PAIRS_H_
#define TIDEWAITER_SCREEN_PAIRS_H_

#include <string>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "match/match.h"
#include "model/decision.h"
#include "model/party.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::screen {

struct Pair {
  std::string verdict;  // "same", "different", "withdrawn"
  std::string name;     // of the queried party, as asked
  std::string list, id;
  std::string listed_name;
  std::string by, why;
  std::string when;  // day, ISO
  std::string query_hash, listed_hash;
};
Json ToJson(const Pair& pair);

// What is material of each side, as a hash.
std::string MaterialHash(const match::Query& query);
std::string MaterialHash(const ListedParty& party);

class Pairs {
 public:
  // DATA/pairs.jsonl; without one, none. kBadInput with the line that cannot be read.
  static Result<Pairs> Load(const std::string& data_folder);
  // Appends and syncs. Fails on an empty `by` or `why`.
  static Status Record(const std::string& data_folder, const Pair& pair);

  bool empty() const { return pairs_.empty(); }
  const std::string& hash() const { return hash_; }  // of the file; empty: there is none
  // In the order of the file; those that a later line replaced are not among them.
  std::vector<Pair> Standing() const;
  // Sets Hit::pair and says in Hit::why who said it, when and why, or that it has fallen.
  void Apply(const match::Query& query, const watchlist::Watchlist& watchlist,
             std::vector<Hit>& hits) const;

 private:
  std::string hash_;
  std::vector<Pair> pairs_;
  std::unordered_map<std::string, size_t> latest_;  // key of the two -> pairs_
};

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_PAIRS_H_
