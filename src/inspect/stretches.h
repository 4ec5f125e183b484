// A date that is a month alone means all its days. What rules and lists say may change within it;
// then a line's outcome rests on a day that the file does not state, and the line asks for it.
#ifndef TIDEWAITER_INSPECT_STRETCHES_H_
#define TIDEWAITER_INSPECT_STRETCHES_H_

#include <memory>
#include <vector>

#include "base/date.h"
#include "model/decision.h"
#include "rules/rules.h"

namespace tidewaiter::inspect {

// Days in a row that give one answer: from this day to the one before the next stretch.
struct Stretch {
  Date from;
  Outcome outcome = Outcome::kClear;
  std::shared_ptr<const rules::Evaluation> evaluation;
};

// The days of `days` behind the first on which a rule changes, or one of `listed` begins or ends.
// Ascending, each once.
std::vector<Date> ChangesWithin(const Interval& days, const std::vector<Date>& rule_changes,
                                const std::vector<Interval>& listed);

// Neighbours of one outcome become one; the first evaluation stays.
std::vector<Stretch> Joined(std::vector<Stretch> stretches);

// The evaluation of the strongest stretch, made to ask for the day: question `date`, which settles
// the rules that do not hold in every stretch, and a reason that says what each day would give.
std::shared_ptr<const rules::Evaluation> AskingForTheDay(const Interval& days,
                                                         const std::vector<Stretch>& stretches);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_STRETCHES_H_
