// Any bytes as a table of mentions, and as decisions: an error with a message, or entities that
// hold every mention once.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "resolve/decisions.h"
#include "resolve/party_split.h"
#include "resolve/resolve.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter;
  using namespace tidewaiter::resolve;
  static const auto names = ColumnNames::Read(".");
  static const auto weights = Weights::Read(".");
  if (!names || !weights) std::abort();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!ParseDecisions(bytes, "fuzz") && size == 0) std::abort();
  static const auto words = PartyWords::Read(".");
  if (words) {
    const SplitParty split = Split(bytes, *words);
    if (split.name.empty() != bytes.empty() || !bytes.starts_with(split.name)) std::abort();
  }
  auto table = ParseTable(bytes, "fuzz");
  if (!table || table->columns.empty() || table->rows > 200) return 0;
  const auto mapping = MapColumns(*table, {table->columns[0].name}, *names, {});
  if (!mapping) std::abort();
  const auto mentions = MakeMentions(std::move(*table), *mapping, 1);
  if (!mentions) return 0;
  NoProgress progress;
  Options options;
  options.learn.random_pairs = 200;
  const auto found = Resolve(*mentions, *weights, options, progress);
  for (uint32_t m = 0; m < mentions->count; ++m) {
    const uint32_t first = found.clusters.entity_of[m];
    if (first > m || found.clusters.entity_of[first] != first) std::abort();
  }
  return 0;
}
