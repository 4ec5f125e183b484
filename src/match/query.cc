#include "match/query.h"

#include <algorithm>
#include <cmath>

#include "match/score.h"

namespace tidewaiter::match {

Particulars ParticularsOf(const Query& query) {
  Particulars out;
  out.kind = query.kind;
  if (query.birth_date) out.birth_dates.push_back(*query.birth_date);
  out.birth_dates.insert(out.birth_dates.end(), query.birth_dates.begin(), query.birth_dates.end());
  out.gender = query.gender;
  out.identifiers = query.identifiers;
  out.any_place = query.any_place;
  if (query.any_place) return out;
  out.countries = query.countries;
  for (const std::string& address : query.addresses)
    out.addresses.push_back(WordsOfAddress(address));
  return out;
}

Particulars ParticularsOf(const ListedParty& party, const Particulars& asked) {
  Particulars out;
  out.kind = party.kind;
  out.birth_dates = party.birth_dates;
  out.countries = party.nationalities;
  for (const Address& address : party.addresses) {
    if (!address.country.empty()) out.countries.push_back(address.country);
  }
  out.gender = party.gender;
  if (!asked.identifiers.empty()) out.identifiers = party.identifiers;
  if (!asked.addresses.empty()) {
    for (const Address& address : party.addresses)
      out.addresses.push_back(WordsOfAddress(address.text));
  }
  return out;
}

double RoundedScore(double log_odds, bool identifier_agrees, const Profile& profile) {
  if (identifier_agrees) return 1;
  return std::min(0.9999, std::round(Probability(log_odds / profile.temperature) * 10000) / 10000);
}

}  // namespace tidewaiter::match
