// The consolidated list of the UN Security Council, official XML. The reader is lists/xml.h: each
// INDIVIDUAL and ENTITY comes as a small tree.
#ifndef TIDEWAITER_LISTS_UN_XML_MAPPER_H_
#define TIDEWAITER_LISTS_UN_XML_MAPPER_H_

#include <span>
#include <string_view>

#include "base/result.h"
#include "lists/list_file.h"
#include "lists/xml.h"

namespace tidewaiter::lists::un_xml {

std::string_view Part(std::string_view bytes);  // "list", or "" when this is no such file
Result<ListedParty> Map(const XmlNode& record);
Result<ParsedList> Parse(std::span<const SourceFile> files);

}  // namespace tidewaiter::lists::un_xml

#endif  // TIDEWAITER_LISTS_UN_XML_MAPPER_H_
