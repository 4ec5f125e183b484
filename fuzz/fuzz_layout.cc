// Any bytes as a layout file: an error with a place or a layout; what its mapping writes reads back
// the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ledger/layout.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::ledger;
  const auto layout = ParseLayout({reinterpret_cast<const char*>(data), size}, "fuzz.yaml");
  if (!layout) {
    if (layout.error().message.empty()) std::abort();
    return 0;
  }
  std::vector<std::string> header;
  for (const auto& [name, use] : layout->columns) header.push_back(name);
  const Layouts none;
  const auto mapping = none.Apply(*layout, header);
  if (!mapping) return 0;  // `recognise` may ask for more columns than are described
  const auto again = ParseLayout(mapping->ToYaml(), "again.yaml");
  if (!again) return 0;  // a name of a column or an identifier's kind may be no plain YAML text
  if (again->constants != layout->constants || again->decimal != layout->decimal) std::abort();
  return 0;
}
