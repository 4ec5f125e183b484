// Identifiers as they are compared, with the check digits that tell a number from a typing error.
#ifndef TIDEWAITER_NAMES_IDENTIFIERS_H_
#define TIDEWAITER_NAMES_IDENTIFIERS_H_

#include <string>
#include <string_view>

namespace tidewaiter::names {

// Upper-case letters and digits of `value`; "" when it can identify nobody: shorter than five, one
// character over and over, or (imo, inn, ogrn, lei, uscc, bic) wrong by its check digits or form.
std::string ComparableIdentifier(std::string_view kind, std::string_view value);

// The kind that another word for it means: "swift" -> "bic", "tel" -> "phone", "tail" ->
// "tail_number"; any other is itself. Lower case, words joined by "_".
std::string_view KindOfWord(std::string_view word);

// Kinds whose equal values are the same party beyond doubt.
bool IsDecisiveKind(std::string_view kind);

// Each takes upper-case letters and digits only.
bool IsImo(std::string_view digits);   // 7 digits, weights 7 to 2
bool IsInn(std::string_view digits);   // Russian tax number, 10 or 12 digits
bool IsOgrn(std::string_view digits);  // Russian state register, 13 or 15 digits
bool IsLei(std::string_view text);     // ISO 17442: 20 characters, mod 97
bool IsUscc(std::string_view text);    // GB 32100: 18 characters, mod 31
bool IsBic(std::string_view text);     // ISO 9362: form only

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_IDENTIFIERS_H_
