// Denied persons -> ListedParty. One record a row: a person with several addresses has several
// rows, which share their id.
#ifndef TIDEWAITER_LISTS_BIS_DPL_MAPPER_H_
#define TIDEWAITER_LISTS_BIS_DPL_MAPPER_H_

#include <span>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::bis_dpl {

// The list numbers nobody, so an id is made of what stays the same between issues: "DPL-" and the
// first 12 hex digits of SHA-256 of NAME|YYYY-MM-DD, the name in capitals with single blanks, the
// date the effective one ("" when unknown).
std::string StableId(std::string_view name, std::optional<Date> effective);

Result<ParsedList> Parse(std::span<const SourceFile> files);

}  // namespace tidewaiter::lists::bis_dpl

#endif  // TIDEWAITER_LISTS_BIS_DPL_MAPPER_H_
