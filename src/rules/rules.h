// Dated, cited, three-valued control rules. A RuleSet is every pack of rulepacks/ (and the user's
// own), compiled; Evaluate() says of one order which rules apply, do not apply, or depend on which
// facts, and what to ask. Nothing here knows a jurisdiction: who is bound, what is controlled and
// when are data.
//
// Immutable after loading; any number of threads may evaluate.
#ifndef TIDEWAITER_RULES_RULES_H_
#define TIDEWAITER_RULES_RULES_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "goods/goods.h"
#include "model/decision.h"
#include "model/order.h"

namespace tidewaiter::rules {

struct Context {
  Date as_of;
  // One for each item of the order, in order; may be empty (then nothing is recognised).
  std::vector<const goods::Recognition*> goods;
  // RuleSet::NamedAs() of each party of the order, in order; may be empty (then it is found out).
  std::vector<std::string_view> named_as;
  bool party_hit = false;  // a screening hit raises lines out of the shadow of general catch-alls
  // Whether this owner counts for an ownership fact on that day: the loaded watchlist names it, or
  // it is itself owned by such; may be empty.
  std::function<bool(std::string_view name, std::string_view fact)> is_listed;
  // No other order is like this one, so that its answer need not be kept under all that it says.
  bool only_once = false;
  bool explain_all = false;  // results of rules that do not apply too, with the limb that failed
};

struct Evaluation {
  Outcome outcome = Outcome::kClear;
  // Where the answers to `questions` can lead, ascending; empty when nothing is asked.
  std::vector<Outcome> outcomes;
  SharedList<RuleResult>
      rules;  // applies and depends (and, with explain_all, no), by line, then id
  SharedList<Question> questions;
  std::vector<DeclaredFact> declared;
  std::vector<std::string> standing;
  std::vector<std::string> reasons;
  std::vector<std::string> warnings;
  Json facts_used;
  RulesText text;  // all of it, as decisions have it
};

class RuleSet {
 public:
  // Reads `resources`/rulepacks and every folder or file of `own_policies`. `cache`: folder of
  // base/yaml_cache.h, empty: none.
  static Result<std::shared_ptr<const RuleSet>> Load(const std::string& resources,
                                                     const std::vector<std::string>& own_policies,
                                                     const std::string& cache);
  virtual ~RuleSet() = default;

  // Orders that the rules cannot tell apart share one answer.
  virtual std::shared_ptr<const Evaluation> Evaluate(const Order& order,
                                                     const Context& context) const = 0;
  // Fails, naming the fact, when an order states one in a way that its rules cannot read: minutes
  // for a mass. Facts that no rule knows are not looked at.
  virtual Status CheckFacts(const Order& order) const = 0;
  virtual const std::string& hash() const = 0;
  // Days on which some rule starts or stops holding, sorted: between two of them nothing changes.
  virtual const std::vector<Date>& change_days() const = 0;
  // The name folded, as rules compare it, where some rule's party limb names it; else empty. Only
  // such parties can change a rule's result.
  virtual std::string NamedAs(std::string_view name) const = 0;
  // The files of packs that nobody has held against their source since `day`, in order.
  virtual std::vector<std::string> PacksReviewedBefore(Date day) const = 0;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_RULES_H_
