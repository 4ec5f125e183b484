// Any bytes as a table of words and headings, the last line as a text: an error with a place, or
// evidence whose probabilities are of a whole.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "goods/heading_words.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::goods;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t last = input.rfind('\n') + 1;  // 0: all is text
  const auto words = HeadingWords::Parse(input.substr(0, last), "fuzz.tsv");
  if (!words) {
    if (words.error().message.empty()) std::abort();
    return 0;
  }
  for (const std::string_view declared : {"", "8806", "852580", "000000"}) {
    const auto evidence = words->Read(input.substr(last), declared);
    double sum = 0;
    for (const auto& guess : evidence.top) sum += guess.probability;
    if (!(sum <= 1 + 1e-6) || !(evidence.declared >= 0 && evidence.declared <= 1)) std::abort();
    const auto against = words->Against(input.substr(last), declared);
    if (against.has_value() != (!evidence.top.empty() && !evidence.declared_is_top)) std::abort();
  }
  return 0;
}
