// Any bytes as the sheet, the shared texts and the styles of a workbook (cut apart at bytes 01),
// past the ZIP that no fuzzer gets through: an error with a message, or CSV of which every row has
// equally many fields.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tables/csv.h"
#include "tables/test_files.h"
#include "tables/xlsx.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::tables;
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < size; ++i) {
    if (data[i] == 1 && parts.size() < 3)
      parts.emplace_back();
    else
      parts.back() += static_cast<char>(data[i]);
  }
  parts.resize(3);
  auto entries = WorkbookParts(parts[0], parts[1]);
  if (!parts[2].empty()) entries[4].content = parts[2];
  for (auto& entry : entries) entry.deflated = false;
  ZipLimits limits;
  limits.unpacked = uint64_t{1} << 20;
  const auto sheet = ReadWorkbook(MakeZip(entries), "fuzz.xlsx", "", limits);
  if (!sheet) {
    if (sheet.error().message.empty() || sheet.error().file != "fuzz.xlsx") std::abort();
    return 0;
  }
  size_t fields = 0;
  CsvReader reader(sheet->csv, 0, sheet->csv.size(), 1, {',', 0});
  for (const Record* record = reader.Next(); record != nullptr; record = reader.Next()) {
    if (record->reason == RejectReason::kNul) continue;
    if (record->reason != RejectReason::kNone) std::abort();
    if (fields != 0 && record->fields.size() != fields) std::abort();
    fields = record->fields.size();
  }
  return 0;
}
