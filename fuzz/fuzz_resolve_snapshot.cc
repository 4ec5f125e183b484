// Any bytes as a log of snapshots: an error that names a line, or a log that takes one more line
// and, asked again for the same snapshot, none.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "resolve/snapshot.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter;
  using namespace tidewaiter::resolve;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Json record;
  record.Set("snapshot", "r0123456789abcdef").Set("mentions", 3);
  const auto once = NumberSnapshot(bytes, "fuzz", record);
  if (!once) {
    if (once.error().line == 0 || once.error().message.empty()) std::abort();
    return 0;
  }
  const std::string_view whole = bytes.substr(0, bytes.rfind('\n') + 1);
  if (!once->log.starts_with(whole)) std::abort();
  const auto twice = NumberSnapshot(once->log, "fuzz", record);
  if (!twice || twice->log != once->log || twice->number != once->number) std::abort();
  return 0;
}
