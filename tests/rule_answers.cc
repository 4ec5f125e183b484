#include "rule_answers.h"

#include <string_view>
#include <utility>

#include "model/decision.h"

namespace tidewaiter::scenario {

ReadyOrder Prepare(const Json& order, const goods::Goods& goods) {
  ReadyOrder ready;
  auto parsed = ParseOrder(order.Dump());
  if (!parsed) {
    ready.error = parsed.error().ToString();
    return ready;
  }
  ready.order = std::move(parsed).value();
  for (const auto& item : ready.order.items) {
    ready.recognitions.push_back(
        goods.Recognise({std::string_view(item.description)}, item.hs, {}));
  }
  return ready;
}

Json Answer(const rules::RuleSet& rules, const ReadyOrder& ready) {
  if (!ready.error.empty()) return Json().Set("error", ready.error);
  rules::Context context;
  context.as_of = ready.order.date.value_or(Date{});
  for (const auto& recognition : ready.recognitions) context.goods.push_back(&recognition);
  const auto evaluation = rules.Evaluate(ready.order, context);
  const Decision decision{ready.order.id,
                          context.as_of,
                          evaluation->outcome,
                          "[]",
                          {},
                          std::make_shared<const DayText>(),
                          {evaluation, &evaluation->text}};
  auto json = ParseJson(JsonOf(decision));
  return json ? std::move(*json) : Json();
}

}  // namespace tidewaiter::scenario
