// How else a name may be parted into words: people write apart what others write as one.
#ifndef TIDEWAITER_NAMES_READINGS_H_
#define TIDEWAITER_NAMES_READINGS_H_

#include <string>
#include <string_view>
#include <vector>

#include "model/party.h"

namespace tidewaiter::names {

// Two texts at most, each with its words parted otherwise than in the name:
//   a blank for each apostrophe within a word: "Sa'id" -> "Sa id", "Dell'Aquila" -> "Dell Aquila";
//   of a person's name, or one that may be, neighbours that the name groups know as one name
//   written apart, where one of them is a syllable: "Hiu-ming Quill" -> "Hiuming Quill" (only if
//   `name_groups`).
// Those of a name always come in the same order.
std::vector<std::string> OtherReadings(std::string_view name, PartyKind kind, bool name_groups);

// Under which two words that are one name written apart stand in the name groups; empty: they may
// not be one. Looked up by OtherReadings, filled by make_groups_main.cc.
std::string ApartKey(std::string_view two_words);

// Words of so many letters or fewer may be parts of a name that people write apart.
inline constexpr size_t kLongestSyllable = 3;

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_READINGS_H_
