// The normal form of one value of each kind: equal normal forms are equal values. "": the value
// says nothing. Bounded in time and length whatever the text.
#ifndef TIDEWAITER_RESOLVE_NORMAL_H_
#define TIDEWAITER_RESOLVE_NORMAL_H_

#include <string>
#include <string_view>

namespace tidewaiter::resolve {

// Words in Latin letters, parted by single blanks.
std::string NormalText(std::string_view text);
// "YYYYMMDD"; what is unknown is 00; when day and month can be told either way, both readings
// joined by kValueSeparator, the earlier day first. A text that is no date keeps its digits when it
// has four to eight ("1855-81-01" is a typing error of a date, not nothing).
std::string NormalDate(std::string_view text);
std::string NormalGender(std::string_view text);    // "m", "f", else the text
std::string NormalCountry(std::string_view text);   // ISO code, else the text
std::string NormalPostcode(std::string_view text);  // lower-case letters and digits
std::string NormalEmail(std::string_view text);     // lower case, without display name; needs an @
std::string NormalPhone(std::string_view text);     // digits, at least five
// "kind:VALUE"; "" when it can identify nobody.
std::string NormalIdentifier(std::string_view kind, std::string_view text);

// The part of a normal postcode that names a wider area: "sw1h" of "sw1h9aa", "891" of "89111".
std::string_view PostcodeArea(std::string_view normal);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_NORMAL_H_
