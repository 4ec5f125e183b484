// The consolidated list of EU financial sanctions as XML ("export" of sanctionEntity elements,
// schema 1.1 of the Financial Sanctions Files). Written from the published description of the
// format; no file of the publisher was at hand, so it has been run only on files made in the
// format.
#ifndef TIDEWAITER_LISTS_EU_FSF_MAPPER_H_
#define TIDEWAITER_LISTS_EU_FSF_MAPPER_H_

#include <span>
#include <string_view>

#include "base/result.h"
#include "lists/list_file.h"
#include "lists/xml.h"

namespace tidewaiter::lists::eu_fsf {

std::string_view Part(std::string_view bytes);  // "list", or "" when this is no such file
Result<ListedParty> Map(const XmlNode& entity);
Result<ParsedList> Parse(std::span<const SourceFile> files);

}  // namespace tidewaiter::lists::eu_fsf

#endif  // TIDEWAITER_LISTS_EU_FSF_MAPPER_H_
