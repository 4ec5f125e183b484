// A file of claims, whatever the bytes: what is accepted can be linted and shown.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "evidence/claims.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto file = tidewaiter::evidence::ParseClaims(text, "fuzz.yaml");
  if (!file) return 0;
  (void)tidewaiter::evidence::LintClaims(*file);
  for (const auto& claim : file->claims) {
    if (claim.chain.empty() || claim.credibility < 1 || claim.credibility > 6) std::abort();
    if (!tidewaiter::ParseJson(tidewaiter::evidence::ToJson(claim).Dump())) std::abort();
  }
  return 0;
}
