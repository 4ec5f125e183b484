// OFAC's enhanced XML (sdn_enhanced.xml, cons_enhanced.xml): the same entries as sdn.xml with names
// in their own script, features with dates, and since when each list has the party. One file is one
// list: the export's own filter says which.
#ifndef TIDEWAITER_LISTS_OFAC_ENHANCED_MAPPER_H_
#define TIDEWAITER_LISTS_OFAC_ENHANCED_MAPPER_H_

#include <span>
#include <string_view>

#include "base/result.h"
#include "lists/list_file.h"
#include "lists/xml.h"

namespace tidewaiter::lists::ofac_enhanced {

std::string_view Part(std::string_view bytes);  // "list", or "" when this is no such file
// `list`: ofac_sdn or ofac_nonsdn.
Result<ListedParty> Map(const XmlNode& entity, std::string_view list);
Result<ParsedList> Parse(std::span<const SourceFile> files);

}  // namespace tidewaiter::lists::ofac_enhanced

#endif  // TIDEWAITER_LISTS_OFAC_ENHANCED_MAPPER_H_
