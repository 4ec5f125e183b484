// The header of an indicator and the parameters in its statement, whatever the bytes.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "trace/indicator.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto indicator = tidewaiter::trace::ParseIndicator(text, "fuzz.sql");
  if (!indicator) return 0;
  // Whatever was accepted can be filled in.
  if (!tidewaiter::trace::Substitute(*indicator, indicator->parameters)) std::abort();
  return 0;
}
