// Any bytes offered to `lists import`: recognised and read, or refused with a place.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "lists/registry.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::lists;
  std::vector<SourceFile> files;
  files.push_back({"fuzz", std::string(reinterpret_cast<const char*>(data), size), {}});
  const auto groups = Arrange(std::move(files));
  if (!groups) {
    if (groups.error().file != "fuzz" || groups.error().message.empty()) std::abort();
    return 0;
  }
  for (const auto& group : *groups) {
    const auto list = Parse(group);
    if (!list && list.error().file != "fuzz") std::abort();
  }
  return 0;
}
