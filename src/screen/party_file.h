// Files of parties to screen: every format that tables/intake.h knows, with a column or key `name`
// and optional id, schema, country, birth_date, identifiers, address, email, phone, website, role
// (and, with a header of customs data, names that mean these).
#ifndef TIDEWAITER_SCREEN_PARTY_FILE_H_
#define TIDEWAITER_SCREEN_PARTY_FILE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "match/match.h"

namespace tidewaiter::screen {

struct PartyRow {
  uint64_t row = 0;  // from 1, data rows
  std::optional<std::string> id;
  std::string name;  // as in the file
  match::Query query;
  std::string problem;  // why the row cannot be screened; empty: it can
};

struct PartyFile {
  std::string path;      // "-" is standard input
  std::string encoding;  // of text; empty: recognised
  std::string sheet;     // of a workbook; empty: the first that holds anything
  unsigned threads = 1;
};

// Calls `take` for each row in input order, in batches; `take` returns false to stop. Fails when
// the file cannot be read or has no `name`; a row that cannot be read is handed over with its
// problem.
Status ReadPartyFile(const PartyFile& file, size_t batch,
                     const std::function<bool(std::vector<PartyRow>)>& take);

// "inn:7707083893; imo 9187629" -> identifiers. A word without a kind is of kind "other".
std::vector<Identifier> ParseIdentifiers(std::string_view text);
// A date, month or year: "1970-01-31", "1970-01", "1970"; nullopt for anything else.
std::optional<PartialDate> ParseBirthDate(std::string_view text);
// Fills everything but the name; returns a problem or "".
std::string FillQuery(std::string_view schema, std::string_view country,
                      std::string_view birth_date, std::string_view identifiers,
                      std::string_view address, match::Query& query);

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_PARTY_FILE_H_
