// FollowTheMoney: one JSON object a line with id, schema and properties. Parties (Person, Company,
// Organization, LegalEntity, PublicBody, Vessel, Airplane) become entries; Sanction, Ownership,
// Passport, Identification and Address lines add to the parties that they name; other schemas are
// passed over. The list is named by a second file of part "name" (`lists import --list NAME`), else
// "ftm".
#ifndef TIDEWAITER_LISTS_FTM_MAPPER_H_
#define TIDEWAITER_LISTS_FTM_MAPPER_H_

#include <span>
#include <string_view>

#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::ftm {

std::string_view Part(std::string_view bytes);  // "list", or "" when this is no such file
Result<ParsedList> Parse(std::span<const SourceFile> files);

}  // namespace tidewaiter::lists::ftm

#endif  // TIDEWAITER_LISTS_FTM_MAPPER_H_
