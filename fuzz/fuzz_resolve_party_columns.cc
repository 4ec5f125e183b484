// Any bytes as a table whose columns each hold whole parties: the columns that come out fit the
// rows, and nothing is left to be split.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "resolve/party_columns.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter;
  using namespace tidewaiter::resolve;
  static const auto words = PartyWords::Read(".");
  if (!words) std::abort();
  auto table = ParseTable({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!table || table->rows > 500 || table->columns.size() > 50) return 0;
  Mapping mapping;
  mapping.uses.resize(table->columns.size());
  for (auto& use : mapping.uses) use.kind = Kind::kParty;
  const size_t before = table->columns.size(), rows = table->rows;
  SplitPartyColumns(*words, 1, *table, mapping);
  if (mapping.uses.size() != table->columns.size() || table->rows != rows) std::abort();
  for (size_t c = 0; c < table->columns.size(); ++c) {
    const Column& column = table->columns[c];
    if (column.cell.size() != rows || mapping.uses[c].kind == Kind::kParty) std::abort();
    for (const uint32_t cell : column.cell) {
      if (cell >= column.values.size() || (c < before && cell != 0)) std::abort();
    }
  }
  return 0;
}
