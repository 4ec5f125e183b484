#include "resolve/phone_number.h"

#include <phonenumbers/phonenumberutil.h>

namespace tidewaiter::resolve {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

}  // namespace

std::string InternationalNumber(std::string_view digits, std::string_view country) {
  constexpr size_t kLongest = 17;  // the 15 of E.164, "(0)" and what is dialled first
  constexpr char kNowhere[] = "ZZ";
  if (digits.size() > kLongest || (!country.empty() && country.size() != 2)) return {};
  const PhoneNumberUtil& plans = *PhoneNumberUtil::GetInstance();
  const std::string text = (country.empty() ? "+" : "") + std::string(digits);
  const std::string region(country.empty() ? kNowhere : country);
  PhoneNumber number;
  if (plans.Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR ||
      !plans.IsValidNumber(number))
    return {};
  std::string out;
  plans.Format(number, PhoneNumberUtil::E164, &out);
  return out.substr(1);
}

}  // namespace tidewaiter::resolve
