// Which customers a change of a list can concern. Customers are filed once under everything by
// which search could find a listed party for them; a listed party then leads back to them.
// Lossless: a customer for whom Search returns the party at some threshold is always found (more
// may be).
#ifndef TIDEWAITER_MATCH_AFFECTED_H_
#define TIDEWAITER_MATCH_AFFECTED_H_

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "match/match.h"
#include "model/party.h"

namespace tidewaiter::match {

class CustomerIndex {
 public:
  void Add(uint32_t customer, const Query& query);
  // Marks the customers that the party may concern. `touched` has an element for each customer.
  void Mark(const ListedParty& party, std::vector<bool>& touched) const;

 private:
  using Filed = std::unordered_map<uint64_t, std::vector<uint32_t>>;
  static void MarkAll(const Filed& filed, uint64_t hash, std::vector<bool>& touched);

  Filed words_;   // what is sought for a word, or for two written together
  Filed wholes_;  // a word that the list may write as two
  Filed identifiers_;
};

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_AFFECTED_H_
