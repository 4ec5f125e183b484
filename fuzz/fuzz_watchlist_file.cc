// Any bytes as a watchlist file, and as the bytes of one record, which no checksum guards.
#include <cstdint>
#include <cstring>
#include <string>

#include "watchlist/codec.h"
#include "watchlist/file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::watchlist;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  (void)OpenBytes(bytes, "fuzz");
  // The first half as a record, the second as its strings.
  Record record;
  (void)Decode(std::string_view(bytes).substr(0, size / 2),
               std::string_view(bytes).substr(size / 2), record);
  return 0;
}
