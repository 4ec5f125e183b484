// The US Consolidated Screening List as CSV: thirteen lists of three departments in 29 columns
// under a header.
#ifndef TIDEWAITER_LISTS_CSL_CSV_READER_H_
#define TIDEWAITER_LISTS_CSL_CSV_READER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::csl_csv {

// Fields as published, without blanks at the ends.
struct ScreeningRow {
  uint64_t line = 0;
  std::string id, source, entity_number, type, programs, name, title, addresses, notice, start_date,
      end_date, standard_order, license_requirement, license_policy, call_sign, vessel_type,
      vessel_flag, vessel_owner, remarks, alt_names, citizenships, dates_of_birth, nationalities,
      places_of_birth, information_url, ids;
};

std::string_view Part(std::string_view bytes);  // "list", or "" when this is no such file
Result<std::vector<ScreeningRow>> Read(const SourceFile& file);

}  // namespace tidewaiter::lists::csl_csv

#endif  // TIDEWAITER_LISTS_CSL_CSV_READER_H_
