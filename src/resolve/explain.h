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

  // A line of --explain (schemas/resolve-explain.schema.json).
  Json Explain(const Judgement& judgement, bool merged);

 private:
  const Mentions& mentions_;
  Facts facts_;
  Comparer comparer_;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_EXPLAIN_H_
