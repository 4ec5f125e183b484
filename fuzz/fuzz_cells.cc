// Any bytes as cells of a column: what is read is finite, a day is a day, a code has 2 to 14
// digits, and a doubt names one of the cells.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "ledger/cells.h"
#include "ledger/doubts.h"
#include "tables/sheet_cells.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::ledger;
  if (size == 0) return 0;
  std::vector<std::string> cells;
  std::string current;
  for (size_t i = 1; i < size; ++i) {
    if (data[i] != '\n') {
      current += static_cast<char>(data[i]);
      continue;
    }
    if (const auto trimmed = Trim(current); !trimmed.empty()) cells.emplace_back(trimmed);
    current.clear();
  }
  DecimalVote vote;
  for (const std::string& cell : cells) {
    vote.Add(cell);
    for (const char decimal : {'.', ','}) {
      const auto number = ParseNumber(cell, decimal);
      if (number && !std::isfinite(*number)) std::abort();
    }
    bool padded = false;
    const std::string code = ReadHs(cell, data[0] % 13, padded);
    if (!code.empty() && (code.size() < 2 || code.size() > 15)) std::abort();
    for (const bool from_1904 : {false, true})
      if (tidewaiter::tables::DayText(cell, from_1904).empty()) std::abort();
    tidewaiter::tables::PlainNumber(cell);
    tidewaiter::tables::WithoutEscapes(cell);
  }
  for (const DateFormat& format : FormatsThatFit(cells)) {
    const auto days = format.Read(cells.front());
    if (!days || days->to < days->from) std::abort();
  }
  for (const char* text : {"date", "hs", "quantity", "origin", "currency", "importer.name"}) {
    const auto use = ParseColumnUse(text);
    const std::string doubt = Doubt(*use, cells, {});
    if (!doubt.empty() && cells.empty()) std::abort();
  }
  return 0;
}
