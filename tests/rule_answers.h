// Answers orders with the rule packs alone, in this process: rules and recognition of goods, no
// lists. What scenarios and mutants are run on. Immutable once opened but for the memory of
// recognitions; one thread each.
#ifndef TIDEWAITER_TESTS_RULE_ANSWERS_H_
#define TIDEWAITER_TESTS_RULE_ANSWERS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "goods/goods.h"
#include "model/order.h"
#include "rules/rules.h"

namespace tidewaiter::scenario {

// An order read once, with its goods recognised, so that thousands of rule sets can answer it.
struct ReadyOrder {
  Order order;
  std::vector<goods::Recognition> recognitions;
  std::string error;  // not empty: the order cannot be read
};

ReadyOrder Prepare(const Json& order, const goods::Goods& goods);

// The decision as JSON, without parties and lists; {"error": ...} for an order that cannot be read.
Json Answer(const rules::RuleSet& rules, const ReadyOrder& ready);

}  // namespace tidewaiter::scenario

#endif  // TIDEWAITER_TESTS_RULE_ANSWERS_H_
