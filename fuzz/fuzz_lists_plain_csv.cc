// Any bytes as a CSV and its mapping, apart at the first NUL: an answer or an error, never a crash.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "lists/registry.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::lists;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const size_t cut = std::min(bytes.find('\0'), bytes.size());
  FileGroup group{"plain_csv", {}};
  group.files.push_back({"fuzz", bytes.substr(std::min(cut + 1, bytes.size())), "list"});
  group.files.push_back({"map", bytes.substr(0, cut), "mapping"});
  const auto list = Parse(group);
  if (!list) return 0;
  for (const auto& party : list->parties) {
    if (party.names.empty() || party.id.empty() || party.list != list->list) std::abort();
  }
  return 0;
}
