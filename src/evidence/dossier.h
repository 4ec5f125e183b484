// Everything that a run holds about one party, in a folder: dossier.json and dossier.md with its
// roles, sums, partners, findings, hits on lists and claims; rows.csv with the text of its rows;
// letter.txt, a draft that asks it to reply until a day. Nothing is sent.
#ifndef TIDEWAITER_EVIDENCE_DOSSIER_H_
#define TIDEWAITER_EVIDENCE_DOSSIER_H_

#include <functional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "evidence/claims.h"
#include "evidence/disputes.h"

namespace tidewaiter::evidence {

struct DossierRequest {
  std::string run, party, out;
  std::string resources;
  Disputes disputes;
  ClaimsFile claims;
  Date written, deadline;  // of the letter
  std::string sender;      // who signs it; empty: a blank to fill in
  // Puts a number in place of the names of natural persons who are on no official list; the party
  // itself is named when it is none of them.
  std::function<std::string(std::string)> mask;
};

struct DossierAnswer {
  std::string entity;
  uint64_t rows = 0;
  std::vector<std::string> files;
};

// Fails with kMissingData when no line names the party. The files replace those of an earlier
// dossier.
Result<DossierAnswer> WriteDossier(const DossierRequest& request);

}  // namespace tidewaiter::evidence

#endif  // TIDEWAITER_EVIDENCE_DOSSIER_H_
