// Any bytes as delimited text: blocks of any size hold the same records as the whole, and no byte
// but a line end lies outside every record.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tables/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::tables;
  if (size < 2) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const Dialect dialect{DetectDelimiter(text), data[0] % 6U};
  CsvReader whole(text, 0, text.size(), 1, dialect);
  uint64_t expected = 0;
  for (const Block& block : CutBlocks(text, 0, 1, dialect, 1U + data[1])) {
    CsvReader part(text, block.offset, block.offset + block.length, block.first_line, dialect);
    for (const Record* record = part.Next(); record != nullptr; record = part.Next()) {
      const Record* same = whole.Next();
      if (same == nullptr || same->offset != record->offset || same->length != record->length ||
          same->line != record->line || same->reason != record->reason ||
          same->fields.size() != record->fields.size()) {
        std::abort();
      }
      for (; expected < record->offset; ++expected) {
        if (text[expected] != '\n' && text[expected] != '\r') std::abort();
      }
      expected = record->offset + record->length;
    }
  }
  if (whole.Next() != nullptr) std::abort();
  return 0;
}
