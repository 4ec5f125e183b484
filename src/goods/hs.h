// Codes of the Harmonized System through its editions. A code is read in the edition of its date;
// to hold it against a rule of another edition it is converted step by step (1992, 1996, 2002,
// 2007, 2012, 2017, 2022). Where a conversion is not certain, all candidates are given and none is
// chosen: 8525.80 of 2017 may be a camera or a drone in 2022, and 8541.51 of 2022 was part of some
// 150 codes before.
//
// The table holds chapters 84, 85, 88, 90, 93, 95, a few headings of others, and what is linked
// with them (reference/hs/concordance.tsv, compiled in). Pure functions; any thread may call them.
#ifndef TIDEWAITER_GOODS_HS_H_
#define TIDEWAITER_GOODS_HS_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace tidewaiter::goods {

inline constexpr std::array<int, 7> kHsEditions = {1992, 1996, 2002, 2007, 2012, 2017, 2022};
bool IsHsEdition(int edition);

// How the code asked about relates to the candidates, read from `from` to `to`.
enum class Conversion {
  kSame,      // the same code with the same content
  kOneToOne,  // another code with the same content
  kNToOne,    // it and others became one code: certain, but the candidate holds more than the code
              // did
  kOneToN,    // it was split: each candidate holds a part of it
  kNToN,      // some step is many to many: the candidates are possible, none is certain
  kNone,      // the table does not know the code, or it has no counterpart; no candidates
};
std::string_view ToString(Conversion kind);  // "same", "1:1", "n:1", "1:n", "n:n", "none"

struct Converted {
  Conversion kind = Conversion::kNone;
  std::vector<std::string> candidates;  // six digits each, sorted

  // Whether the code travels under the one candidate for certain.
  bool certain() const {
    return kind == Conversion::kSame || kind == Conversion::kOneToOne ||
           kind == Conversion::kNToOne;
  }
};

// `hs`: at least six digits, of which six are used. kNone for anything else, for an edition that is
// not in kHsEditions, and for codes outside the table: the engine does not guess that a code stayed
// what it was. Between equal editions every code of six digits is kSame.
Converted ConvertHs(std::string_view hs, int from_edition, int to_edition);

// Whether the table knows this code in that edition.
bool IsKnownHs(std::string_view hs6, int edition);

// The edition in force on that day by the World Customs Organization's calendar (1 January of its
// year). Countries adopt later: an order or a layout that knows its edition says so.
int HsEditionOn(Date date);

// A short description of a subheading or heading of edition 2022, in our own words; "" when there
// is none. Covers what the rules and drone goods need (reference/hs/codes.tsv). Longer codes are
// cut to six digits, then to four.
std::string_view DescribeHs(std::string_view hs);

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_HS_H_
