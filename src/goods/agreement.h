// What codes such goods travel under, and whether the declared one is among them.
#ifndef TIDEWAITER_GOODS_AGREEMENT_H_
#define TIDEWAITER_GOODS_AGREEMENT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "goods/catalogue.h"

namespace tidewaiter::goods {

// Headings or subheadings of edition 2022. A drone whose take-off mass the catalogue knows gets the
// two subheadings of its mass (flown by remote control only, or otherwise).
std::vector<std::string> ExpectedHs(const ComponentClass& one, const Model* model);

// Whether the declared code (digits; of any edition) is one of the expected. Absent: the code is
// too short or means several things, or goods of this class are often declared so.
std::optional<bool> AgreesWithCode(std::string_view declared, const ComponentClass& one,
                                   const std::vector<std::string>& expected, bool toy);

bool BeginsWithAny(std::string_view code, const std::vector<std::string>& prefixes);

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_AGREEMENT_H_
