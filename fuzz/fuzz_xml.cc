// Any bytes as XML, given to the scanner in pieces: what it takes, expat takes too, with the same
// events.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tables/xml_events.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::tables;
  if (size == 0) return 0;
  const std::string_view xml(reinterpret_cast<const char*>(data) + 1, size - 1);
  const XmlEvents quick = EventsOfScanner(xml, size_t{1} + data[0]);
  if (!quick.ok) return 0;
  const XmlEvents slow = EventsOfExpat(xml);
  if (!slow.ok || slow.text != quick.text) std::abort();
  return 0;
}
