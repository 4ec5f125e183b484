// Any bytes as a description: what it states is in the text, and its numbers are in order.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "goods/stated.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::goods;
  static const auto reader = StatedReader::Load("catalogue/stated.yaml");
  if (!reader) std::abort();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Stated stated = reader->Read(text);
  for (const auto& number : stated.part_numbers)
    if (text.find(number) == text.npos) std::abort();
  for (const auto& one : stated.parameters) {
    if (text.find(one.words) == text.npos || !(one.min <= one.max) || !std::isfinite(one.max))
      std::abort();
    if (ToString(one).empty()) std::abort();
  }
  return 0;
}
