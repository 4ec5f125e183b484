// Any bytes as a cache of parsed packs: the same tree back, or an error.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "rules/loader.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::rules;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto roots = DecodeYaml(bytes);
  if (roots && !DecodeYaml(EncodeYaml(*roots))) std::abort();
  return 0;
}
