// Why two mentions were taken for one, or not: field by field.
#ifndef TIDEWAITER_RESOLVE_EXPLAIN_H_
#define TIDEWAITER_RESOLVE_EXPLAIN_H_

#include "base/json.h"
#include "resolve/compare.h"
#include "resolve/resolve.h"

namespace tidewaiter::resolve {

// One thread. `mentions` and `weights` must outlive it.
class Explainer {
 public:
  Explainer(const Mentions& mentions, const Weights& weights)
      : mentions_(mentions), facts_(mentions, weights), comparer_(facts_) {}

  // Lines of --explain (schemas/resolve-explain.schema.json). A merge has its number in the order
  // of the work; each line says which decision of a person would reverse it.
  Json Merged(const Judgement& judgement, uint64_t number);
  Json Refused(const Judgement& judgement);
  Json WasCut(const Cut& cut);

 private:
  Json Explain(const Judgement& judgement, std::string_view decision);

  const Mentions& mentions_;
  Facts facts_;
  Comparer comparer_;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_EXPLAIN_H_
