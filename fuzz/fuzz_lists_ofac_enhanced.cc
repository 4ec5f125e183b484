// Any bytes as a list of the format ofac_enhanced: an answer or an error, never a crash; what is
// read has a name and an id.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "lists/registry.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::lists;
  FileGroup group{"ofac_enhanced", {}};
  group.files.push_back({"fuzz", std::string(reinterpret_cast<const char*>(data), size), "list"});
  const auto list = Parse(group);
  if (!list) return 0;
  for (const auto& party : list->parties) {
    if (party.names.empty() || party.id.empty() || party.list != list->list) std::abort();
  }
  return 0;
}
