#include "match/query.h"

#include <algorithm>
#include <cmath>

#include "match/match.h"
#include "match/score.h"
#include "names/acronym.h"
#include "names/name_tokens.h"
#include "names/readings.h"

namespace tidewaiter::match {

bool MayNameAPerson(const std::vector<names::NameToken>& words) {
  constexpr size_t kMostWords = 8;
  const auto count = [&](uint16_t flags) {
    return std::count_if(words.begin(), words.end(),
                         [&](const names::NameToken& word) { return (word.flags & flags) != 0; });
  };
  const auto classed = count(names::kWord | names::kLegal);
  const bool may = classed == 1 || (classed == 0 && count(names::kParticle) > 0);
  return words.size() <= kMostWords && may && count(names::kGeneric) == 0;
}

namespace {

void AppendWords(const std::vector<names::NameToken>& words, std::string& key) {
  for (const names::NameToken& word : words) {
    key.append(word.text) += static_cast<char>(word.flags & 0xFFU);
    key += static_cast<char>(word.flags >> 8U);
    key.append(word.own) += '\n';
  }
  key += '\r';
}

}  // namespace

// All that Prepare() of the matcher makes of a name.
std::string KeyOfName(std::string_view name, PartyKind kind, bool name_groups) {
  std::string key;
  const auto add = [&](std::string_view text) {
    std::vector<names::NameToken> words = names::AnalyseName(text, kind).tokens;
    AppendWords(words, key);
    if (kind == PartyKind::kUnknown && MayNameAPerson(words))
      AppendWords(names::AnalyseName(text, PartyKind::kPerson).tokens, key);
    return words;
  };
  const std::vector<names::NameToken> words = add(name);
  for (const std::string& read : names::OtherReadings(name, kind, name_groups)) add(read);
  if (kind == PartyKind::kUnknown || kind == PartyKind::kOrganization)
    AppendWords(names::AcronymsOf(name, words), key);
  return key;
}

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
