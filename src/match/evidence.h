// What is known of two parties beside their names, and what it is worth.
#ifndef TIDEWAITER_MATCH_EVIDENCE_H_
#define TIDEWAITER_MATCH_EVIDENCE_H_

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "match/contacts.h"
#include "match/profile.h"
#include "model/party.h"

namespace tidewaiter::match {

struct Particulars {
  PartyKind kind = PartyKind::kUnknown;
  std::vector<PartialDate> birth_dates;
  std::vector<std::string> countries;
  std::string gender;
  std::vector<Identifier> identifiers;
  std::vector<AddressWords> addresses;
  bool any_place = false;  // Query::any_place
};

struct EvidenceScore {
  double log_odds = 0;
  bool identifier_agrees = false;  // one with check digits, or a vessel's or an account's number
  // The serial number of an aircraft agrees: it keeps it whatever it is called, but another maker
  // may count alike. The names then count for Profile::serial_alone at the least.
  bool serial_agrees = false;
  std::vector<std::string> why;
};

// Whether anything is known that CompareParticulars weighs.
bool SaysAnything(const Particulars& particulars);

bool KindsDiffer(PartyKind a, PartyKind b);

EvidenceScore CompareParticulars(const Particulars& left, const Particulars& right,
                                 const Profile& profile);

// The most that CompareParticulars can add for this query, whatever the listed party says.
double MostEvidence(const Particulars& query, const Profile& profile);

// An identifier as it is compared: upper case letters and digits; empty when it identifies nobody
// (a wrong check digit, fewer than five characters, all one digit).
std::string ComparableIdentifier(const Identifier& identifier);
// The kinds whose equal values mean the same party.
bool IsDecisive(const Identifier& identifier);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_EVIDENCE_H_
