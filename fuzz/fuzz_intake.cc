// Any bytes as a file of rows: an error with a message, or UTF-8 whose blocks of any size hold the
// same records as the whole. Packed and encoded text, workbooks and JSON Lines come this way;
// Parquet is DuckDB's to survive.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tables/intake.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::tables;
  if (size < 2) return 0;
  std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (bytes.starts_with("PAR1")) return 0;
  IntakeOptions options;
  options.limit = uint64_t{1} << 20;
  const auto intake = Intake::OfBytes(std::move(bytes), "fuzz", options);
  if (!intake) {
    if (intake.error().message.empty()) std::abort();
    return 0;
  }
  const std::string_view text = (*intake)->bytes();
  const RowFormat& format = (*intake)->format();
  RowReader whole(text, 0, text.size(), 1, format);
  for (const Block& block : CutBlocks(text, 0, 1, format, 1U + data[0])) {
    RowReader part(text, block.offset, block.offset + block.length, block.first_line, format);
    for (const Record* record = part.Next(); record != nullptr; record = part.Next()) {
      const Record* same = whole.Next();
      if (same == nullptr || same->offset != record->offset || same->length != record->length ||
          same->line != record->line || same->reason != record->reason ||
          same->fields.size() != record->fields.size())
        std::abort();
      if (format.keys && record->reason == RejectReason::kNone &&
          record->fields.size() != format.keys->names.size())
        std::abort();
    }
  }
  if (whole.Next() != nullptr) std::abort();
  return 0;
}
