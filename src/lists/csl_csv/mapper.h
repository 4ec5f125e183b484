// Rows of the Consolidated Screening List -> ListedParty. Rows that repeat an OFAC or denied
// persons entry name it as their origin (origin_list, origin_id).
#ifndef TIDEWAITER_LISTS_CSL_CSV_MAPPER_H_
#define TIDEWAITER_LISTS_CSL_CSV_MAPPER_H_

#include <span>

#include "base/result.h"
#include "lists/csl_csv/reader.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::csl_csv {

ListedParty Map(const ScreeningRow& row);
Result<ParsedList> Parse(std::span<const SourceFile> files);

}  // namespace tidewaiter::lists::csl_csv

#endif  // TIDEWAITER_LISTS_CSL_CSV_MAPPER_H_
