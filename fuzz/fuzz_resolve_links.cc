// Any bytes as a table of mentions, each an entity of its own: what links them names at least two
// of them, each once, and how strongly.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <numeric>
#include <string_view>

#include "resolve/links.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter;
  using namespace tidewaiter::resolve;
  static const auto names = ColumnNames::Read(".");
  static const auto words = LinkWords::Read(".");
  if (!names || !words) std::abort();
  auto table = ParseTable({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!table || table->columns.empty() || table->rows > 200) return 0;
  const auto mapping = MapColumns(*table, {table->columns[0].name}, *names, {});
  if (!mapping) std::abort();
  const auto mentions = MakeMentions(std::move(*table), *mapping, 1);
  if (!mentions) return 0;
  Clusters clusters;
  clusters.entity_of.resize(mentions->count);
  std::iota(clusters.entity_of.begin(), clusters.entity_of.end(), 0U);
  const EntityNames entities(*mentions, clusters);
  for (const Link& link : FindLinks(*mentions, clusters, *words)) {
    const auto& m = link.mentions;
    if (m.size() < 2 || !std::is_sorted(m.begin(), m.end()) ||
        std::adjacent_find(m.begin(), m.end()) != m.end() || m.back() >= mentions->count)
      std::abort();
    if (link.value.empty() || !(link.strength > 0 && link.strength <= 1) || link.unrelated < 1 ||
        link.unrelated > m.size())
      std::abort();
    if (!ParseJson(ToJson(link, *mentions, entities).Dump())) std::abort();
  }
  return 0;
}
