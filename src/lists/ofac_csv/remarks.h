// The remarks of an OFAC entry hold, as text, what the other formats hold in fields: birth dates
// and places, nationality, gender, weak aliases in quotes, identifiers. Parts stand between
// semicolons:
//   DOB 24 Sep 1959; alt. DOB circa 1960; POB Gotham; nationality Iran; Gender Male; Passport A1
//   (Iran) expires 23 Jan 2011; a.k.a. 'BNC'; Vessel Registration Identification IMO 9187629;
//   Linked To: SOME BANK.
// Whatever is not understood stays in the remarks, which are kept whole in any case.
#ifndef TIDEWAITER_LISTS_OFAC_CSV_REMARKS_H_
#define TIDEWAITER_LISTS_OFAC_CSV_REMARKS_H_

#include <string_view>

#include "model/party.h"

namespace tidewaiter::lists::ofac_csv {

// Adds what `remarks` says to `party`; does not touch party.remarks.
void AddRemarks(std::string_view remarks, ListedParty& party);

}  // namespace tidewaiter::lists::ofac_csv

#endif  // TIDEWAITER_LISTS_OFAC_CSV_REMARKS_H_
