// The UK sanctions list as CSV: a line "Report Date: ...", a header, and for each name, address or
// other repeated value of a party a row of its own. Written from the published description of the
// columns; no file of the publisher was at hand, so it has been run only on files made in the
// format.
#ifndef TIDEWAITER_LISTS_UK_SL_READER_H_
#define TIDEWAITER_LISTS_UK_SL_READER_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::uk_sl {

struct SanctionsRow {
  uint64_t line = 0;
  std::string id, un_reference, name_type, alias_strength, title, original_name, regime, kind,
      imposed, other_information, reasons, postal_code, country, phone, website, email, designated,
      birth_date, nationality, national_id, passport, position, gender, birth_town, birth_country,
      parent, registration, imo, owner, flag;
  std::array<std::string, 6> names;    // Name 1 ... Name 6; the sixth is the family or whole name
  std::array<std::string, 6> address;  // Address Line 1 ... 6
};

struct SanctionsFile {
  std::optional<Date> date;
  std::vector<SanctionsRow> rows;
};

std::string_view Part(std::string_view bytes);  // "list", or "" when this is no such file
Result<SanctionsFile> Read(const SourceFile& file);

// "31/12/1970", "dd/mm/1970", "00/12/1970": days before months, and words or zeros for what is not
// known. As "1970-12-31", "1970-12" or "1970"; "" when it is none of these.
std::string DayFirst(std::string_view text);

}  // namespace tidewaiter::lists::uk_sl

#endif  // TIDEWAITER_LISTS_UK_SL_READER_H_
