// Any bytes in any encoding: what comes out is UTF-8 beside the byte FF, and guessing says why.
#include <simdjson.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tables/encoding.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::tables;
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (GuessEncoding(bytes).evidence.empty()) std::abort();
  const auto encoding = static_cast<Encoding>(1 + data[0] % 6);
  std::string text = ToUtf8(bytes, encoding);
  for (char& c : text) {
    if (c == '\xFF') c = '?';
  }
  if (!simdjson::validate_utf8(text.data(), text.size())) std::abort();
  return 0;
}
