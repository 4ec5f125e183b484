// A file of disputes, whatever the bytes: what is accepted names rows and says whose dispute it is.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "evidence/disputes.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto disputes = tidewaiter::evidence::ParseDisputes(text, "fuzz.yaml");
  if (!disputes) return 0;
  for (const auto& dispute : disputes->all) {
    const auto where = tidewaiter::evidence::WhereDisputed(dispute.rows);
    if (dispute.id.empty() || where.size() < 3) std::abort();
  }
  return 0;
}
