// The files of Commerce and State from which the US Consolidated Screening List is made, each as
// its publisher gave it: CSV under a header of its own. Where the CSL is loaded too, a party stands
// on both.
//
//   entity list and military end users  "Source List,Entity Number,...": a row for each pair of an
//                                       address and another name
//   unverified list                     "COUNTRY,NAME,ADDRESS": a row for each address
//   nonproliferation sanctions          "Source List,Programs,Name,...": a row for each sanction
//   debarred by State (AECA)            "Party Name,Date Of Birth,..."
#ifndef TIDEWAITER_LISTS_US_SOURCES_READER_H_
#define TIDEWAITER_LISTS_US_SOURCES_READER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::us_sources {

enum class Source { kNone, kEntityList, kMilitaryEndUsers, kUnverified, kNonproliferation, kAeca };

struct SourceRow {
  uint64_t line = 0;
  std::string name, aliases, country, address, city, state, postal_code, notice, start_date,
      end_date, requirement, policy, remarks, programs, birth_date, link;
};

Source SourceOf(std::string_view bytes);
std::string_view Part(std::string_view bytes);  // "list", or "" when this is no such file

// Rows that hold nothing but delimiters are left out. Fails on a row with fewer columns than the
// header names, and on one without a name.
Result<std::vector<SourceRow>> Read(const SourceFile& file, Source source);

}  // namespace tidewaiter::lists::us_sources

#endif  // TIDEWAITER_LISTS_US_SOURCES_READER_H_
