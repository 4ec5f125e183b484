// The same product and route on other days: what changed between two of them, and what held when.
#ifndef TIDEWAITER_RULES_COMPARE_H_
#define TIDEWAITER_RULES_COMPARE_H_

#include <string>
#include <vector>

#include "rules/rules.h"

namespace tidewaiter::rules {

// One rule whose standing differs, in words.
struct Change {
  std::string rule, before, after, title;
};
// `goods` as in Context. Ordered by rule.
std::vector<Change> Compare(const RuleSet& rules, const Order& order,
                            const std::vector<const goods::Recognition*>& goods, Date before,
                            Date after);

// Days on which nothing changed for the order.
struct Period {
  Interval days;
  Outcome outcome = Outcome::kClear;
  struct Rule {
    std::string id, effect, title;
    RuleStatus status = RuleStatus::kNo;
    bool operator==(const Rule&) const = default;
  };
  std::vector<Rule> rules;  // that apply or depend, by id; those that only inform are left out
};
std::vector<Period> Timeline(const RuleSet& rules, const Order& order,
                             const std::vector<const goods::Recognition*>& goods);

// A picture of its own: one row a rule, one column a period.
std::string TimelineSvg(const std::vector<Period>& periods, const std::string& title);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_COMPARE_H_
