// Rows of the UK sanctions list -> ListedParty: all rows of one Unique ID are one party.
#ifndef TIDEWAITER_LISTS_UK_SL_MAPPER_H_
#define TIDEWAITER_LISTS_UK_SL_MAPPER_H_

#include <span>

#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::uk_sl {

Result<ParsedList> Parse(std::span<const SourceFile> files);

}  // namespace tidewaiter::lists::uk_sl

#endif  // TIDEWAITER_LISTS_UK_SL_MAPPER_H_
