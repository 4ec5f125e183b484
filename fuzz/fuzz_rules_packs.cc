// Any bytes as a rule pack: a rule set that answers an order, or an error with its place; never a
// crash or a hang.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "rules/lint.h"
#include "rules/loader.h"
#include "rules/words.h"

namespace {

using namespace tidewaiter;

// SYNTHETIC: a line with a little of everything.
Order SomeOrder() {
  Order order;
  OrderParty buyer;
  buyer.role = Role::kBuyer;
  buyer.name = "Example Buyer";
  order.parties = {buyer};
  order.destination = "KZ";
  Item item;
  item.line = 1;
  item.hs = "880622";
  order.items = {item};
  return order;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::vector<rules::PackFile> files = {
      {"fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size), false}};
  const auto set = rules::MakeRuleSet(files, {});
  if (!set) {
    if (set.error().message.empty() || set.error().file.empty()) std::abort();
    return 0;
  }
  rules::Context context;
  context.as_of = *ParseIsoDate("2024-01-01");
  context.explain_all = true;
  const Order order = SomeOrder();
  const auto evaluation = (*set)->Evaluate(order, context);
  if ((evaluation->outcome == Outcome::kAsk) == evaluation->questions.empty()) std::abort();
  const auto program = rules::LoadProgram(files, {});
  if (!program) std::abort();
  (void)rules::Lint(**program, nullptr);
  for (const auto& pack : (*program)->packs) (void)rules::PageInHtml(*pack);
  return 0;
}
