// Descriptions: "HS|BRAND|TEXT|TEXT..." -> the same recognition twice, with values in their ranges.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "goods/goods.h"

namespace {

void Demand(bool holds) {
  if (!holds) std::abort();
}

bool InRange(double value) { return value >= 0 && value <= 1; }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto goods = tidewaiter::goods::Goods::Load(".");
  Demand(goods.has_value());
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> parts;
  for (size_t at = 0; at <= input.size();) {
    const size_t end = std::min(input.find('|', at), input.size());
    parts.push_back(input.substr(at, end - at));
    at = end + 1;
  }
  if (parts.size() < 3) return 0;
  const std::vector<std::string_view> texts(parts.begin() + 2, parts.end());
  const auto found = (*goods)->Recognise(texts, parts[0], parts[1]);
  const auto again = (*goods)->Recognise(texts, parts[0], parts[1]);
  Demand(InRange(found.vagueness) && InRange(found.brand_confidence));
  Demand(InRange(found.model_confidence) && InRange(found.class_confidence));
  Demand(found.model.empty() == (found.catalogue == nullptr));
  Demand(found.words == again.words && found.model == again.model);
  Demand(found.component_class == again.component_class && found.vagueness == again.vagueness);
  return 0;
}
