// Any bytes as an order against the packs that the program ships: a decision or an error that names
// its field.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/file.h"
#include "base/json.h"
#include "rules/rules.h"

namespace {

using namespace tidewaiter;

const rules::RuleSet& Packs() {
  static const auto packs = [] {
    const auto resources = ResourceFolder();
    if (!resources) std::abort();
    auto loaded = rules::RuleSet::Load(*resources, {}, {});
    if (!loaded) std::abort();
    return *loaded;
  }();
  return *packs;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view json(reinterpret_cast<const char*>(data), size);
  const auto order = ParseOrder(json);
  if (!ParseJson(json)) {
    if (order) std::abort();
    return 0;
  }
  if (!order) {
    if (order.error().message.empty() || order.error().field.empty()) std::abort();
    return 0;
  }
  if (order->items.size() > 20) return 0;
  rules::Context context;
  context.as_of = order->date.value_or(*ParseIsoDate("2024-01-01"));
  const auto evaluation = Packs().Evaluate(*order, context);
  if ((evaluation->outcome == Outcome::kAsk) == evaluation->questions.empty()) std::abort();
  const std::string rules = JsonOf(evaluation->text.rules);
  const auto text = ParseJson(rules);
  if (!text || text->Dump() != rules) std::abort();
  return 0;
}
