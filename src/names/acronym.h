// The acronym of a name: "National Iranian Oil Company" -> "nioc".
#ifndef TIDEWAITER_NAMES_ACRONYM_H_
#define TIDEWAITER_NAMES_ACRONYM_H_

#include <string_view>
#include <vector>

#include "names/name_tokens.h"

namespace tidewaiter::names {

// The acronyms that people make of a company's name of three words or more: the first letters of
// all words but particles, with the legal form at its end and without it. Each is one word
// (kAcronym), written like the whole name. None where the words are not written in letters.
// `tokens`: of `name`, as AnalyseName gives them.
std::vector<NameToken> AcronymsOf(std::string_view name, const std::vector<NameToken>& tokens);

// What an acronym is worth, in nats: each letter more is met less often by chance.
double AcronymRarity(std::string_view letters);

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_ACRONYM_H_
