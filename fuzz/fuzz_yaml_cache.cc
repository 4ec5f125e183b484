// Any bytes as a cache of parsed YAML files: the same tree back, or an error.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/yaml_cache.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto roots = DecodeYaml(bytes);
  if (roots && !DecodeYaml(EncodeYaml(*roots))) std::abort();
  return 0;
}
