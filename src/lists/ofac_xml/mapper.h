// OFAC's lists as XML (sdn.xml, consolidated.xml): the same entries as the CSV, with the strength
// of each alias and identifiers in fields of their own. The reader is lists/xml.h: each sdnEntry
// comes as a small tree.
#ifndef TIDEWAITER_LISTS_OFAC_XML_MAPPER_H_
#define TIDEWAITER_LISTS_OFAC_XML_MAPPER_H_

#include <span>
#include <string_view>

#include "base/result.h"
#include "lists/list_file.h"
#include "lists/xml.h"

namespace tidewaiter::lists::ofac_xml {

std::string_view Part(std::string_view bytes);  // "list", or "" when this is no such file
// `list` stays empty: it is known when all entries are read.
Result<ListedParty> Map(const XmlNode& entry);
Result<ParsedList> Parse(std::span<const SourceFile> files);

}  // namespace tidewaiter::lists::ofac_xml

#endif  // TIDEWAITER_LISTS_OFAC_XML_MAPPER_H_
