// Phone numbers by the numbering plans of countries (libphonenumber, which only this file's other
// half includes): "040 1234567" of a party in Germany and "+49 40 1234567" are one number.
#ifndef TIDEWAITER_RESOLVE_PHONE_NUMBER_H_
#define TIDEWAITER_RESOLVE_PHONE_NUMBER_H_

#include <string>
#include <string_view>

namespace tidewaiter::resolve {

// Digits of a number as NormalPhone leaves them -> its E.164 digits, with the code of its country
// and without '+'. `country` is where it is dialled (ISO 3166, two capitals); "": the digits begin
// with the code of a country. Nothing when they are no number of a plan. Safe on any number of
// threads.
std::string InternationalNumber(std::string_view digits, std::string_view country);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_PHONE_NUMBER_H_
