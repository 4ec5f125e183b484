// The diversion schemes that a corpus hides, decided before the first row is written. Every scheme
// knows its kind, its parties and, once the corpus is written, its rows: that is the truth against
// which indicators are measured. There are at most kMostOfAKind schemes of a kind, so that the plan
// fits in memory at any size.
#ifndef TIDEWAITER_SYNTH_PLAN_H_
#define TIDEWAITER_SYNTH_PLAN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "synth/background.h"
#include "synth/trade.h"

namespace tidewaiter::synth {

inline constexpr uint64_t kMostOfAKind = 2000;

struct Scheme {
  std::string_view
      kind;  // hub_chain, burner, phoenix, code_drift, kit_splitting, under_declared, ...
  std::vector<Party> parties;
  std::vector<uint16_t> route;  // countries, in order
  Date turn;                    // the control date that it answers to
  std::vector<uint64_t> rows;   // filled while writing
};

struct Plan {
  std::vector<Scheme> schemes;
  std::vector<Trade>
      trades;  // of all schemes, by date, with some honest ones (scheme -1) that look alike
};

// About one row in seventy belongs to a scheme; at least one scheme of every kind.
Plan MakePlan(const World& world, uint64_t lines);

}  // namespace tidewaiter::synth

#endif  // TIDEWAITER_SYNTH_PLAN_H_
