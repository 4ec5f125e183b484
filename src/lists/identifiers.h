// Identifiers as lists word them: which kind "Tax ID No." or "SWIFT/BIC" is.
#ifndef TIDEWAITER_LISTS_IDENTIFIERS_H_
#define TIDEWAITER_LISTS_IDENTIFIERS_H_

#include <optional>
#include <string>
#include <string_view>

#include "model/party.h"

namespace tidewaiter::lists {

// An Identifier of the publisher's `label`. The kind comes from the label and, where a label says
// no more than "tax number", from the country and the form of the value: ten or twelve digits of
// Russia are an INN.
Identifier MakeIdentifier(std::string_view label, std::string_view value, std::string_view country);

// Whether a label names an identifier at all ("Passport", "C.U.R.P.", "Registration Number").
bool IsIdentifierLabel(std::string_view label);

}  // namespace tidewaiter::lists

#endif  // TIDEWAITER_LISTS_IDENTIFIERS_H_
