// Serial numbers in the text of a line, whatever the bytes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "trace/serials.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static const tidewaiter::trace::SerialWords words{{"S/N", "SERIAL", "зав.", "序列号"},
                                                    {"NUMBER", "NO", "№", "为"}};
  for (const auto& serial : tidewaiter::trace::SerialsIn(text, words)) {
    if (serial.size() < 8) std::abort();
  }
  return 0;
}
