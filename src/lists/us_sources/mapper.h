// Rows of the sources of the Consolidated Screening List -> ListedParty, in lists of their own:
// bis_el, bis_meu, bis_uvl, state_isn, state_aeca. None of them numbers its parties, so the ids are
// made of name, notice and day (collect.h). Rows of one party (its addresses, its other names) are
// one record.
#ifndef TIDEWAITER_LISTS_US_SOURCES_MAPPER_H_
#define TIDEWAITER_LISTS_US_SOURCES_MAPPER_H_

#include <span>

#include "base/result.h"
#include "lists/list_file.h"
#include "lists/us_sources/reader.h"

namespace tidewaiter::lists::us_sources {

Result<ParsedList> Parse(std::span<const SourceFile> files);

}  // namespace tidewaiter::lists::us_sources

#endif  // TIDEWAITER_LISTS_US_SOURCES_MAPPER_H_
