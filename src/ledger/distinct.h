// Distinct tuples of ids, numbered from 1 in order of first appearance.
#ifndef TIDEWAITER_LEDGER_DISTINCT_H_
#define TIDEWAITER_LEDGER_DISTINCT_H_

#include <cstdint>
#include <span>

#include "base/text_pool.h"

namespace tidewaiter::ledger {

class Distinct {
 public:
  // The number of `tuple`; `fresh` says whether it was not there before.
  uint32_t Number(std::span<const uint32_t> tuple, bool& fresh) {
    const size_t before = tuples_.size();
    const uint32_t number =
        tuples_.Intern({reinterpret_cast<const char*>(tuple.data()), tuple.size_bytes()});
    fresh = tuples_.size() > before;
    return number;
  }

 private:
  TextPool tuples_;
};

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_DISTINCT_H_
