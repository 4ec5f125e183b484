// OFAC's rows -> ListedParty.
#ifndef TIDEWAITER_LISTS_OFAC_CSV_MAPPER_H_
#define TIDEWAITER_LISTS_OFAC_CSV_MAPPER_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/list_file.h"
#include "lists/ofac_csv/reader.h"

namespace tidewaiter::lists::ofac_csv {

ListedParty MapMain(const MainRow& row, const std::string& list);
Address MapAddress(const AddressRow& row);

// "ofac_sdn" or "ofac_nonsdn", by the programmes of each entry; the majority decides.
std::string ListOfProgrammes(const std::vector<std::string_view>& programs);

// One list of files that belong together: exactly one "main", at most one of each other part.
// Whether it is the SDN list or the consolidated one is told by its programmes. Fails on an alias
// or address of an entry that the main file does not have: the files are of different days, or one
// is cut off.
Result<ParsedList> Parse(std::span<const SourceFile> files);

// Files of one import -> groups that belong together, by the entry numbers they share.
Result<std::vector<std::vector<SourceFile>>> Arrange(std::vector<SourceFile> files);

}  // namespace tidewaiter::lists::ofac_csv

#endif  // TIDEWAITER_LISTS_OFAC_CSV_MAPPER_H_
