// What the lists and the rules say of every line of a ledger.
//
// Nothing is judged twice: each distinct party is screened once over all history of the lists,
// those that differ in address and country only together where nobody is like them anywhere, and
// each distinct case (kind of goods, route, exporter's seat, interval between two days on which
// rules change, named parties, whether a party is listed) is evaluated once. A line is then a case,
// a day and a few parties: that is what makes millions of lines cheap.
//
// A line whose date is a month is judged on every day of it: it has the outcome that all of them
// share, else it asks for the day (stretches.h). A line without a date is judged on the day of the
// run, which its decision and the run say.
#ifndef TIDEWAITER_INSPECT_JUDGE_H_
#define TIDEWAITER_INSPECT_JUDGE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/progress.h"
#include "base/result.h"
#include "goods/goods.h"
#include "ledger/ledger.h"
#include "model/country.h"
#include "model/decision.h"
#include "model/order.h"
#include "rules/rules.h"
#include "screen/desk.h"

namespace tidewaiter::inspect {

// A party of a line that is listed, or looks like it, on the day of the line.
struct LineHit {
  Role role = Role::kConsignee;
  ledger::Id party = 0;
  uint32_t hit = 0;                   // index into Judged::hits[party]
  Outcome outcome = Outcome::kClear;  // what it makes of the line
};

struct Case {
  uint32_t kind = 0;  // index into Judged::kinds
  ledger::Id route = 0;
  Date day;         // a day of the interval: every other day of it gives the same
  IsoCountry seat;  // of the exporter; empty: unknown
  bool party_hit = false;
  std::vector<std::pair<Role, ledger::Id>> named;       // parties that some rule names
  std::shared_ptr<const rules::Evaluation> evaluation;  // other cases may share it
};

// Goods that rules cannot tell apart.
struct GoodsKind {
  ledger::Id hs = 0;       // into Ledger::strings
  ledger::Id example = 0;  // the first of Ledger::goods of this kind
};

struct Judged {
  // What was recognised, without the words that it rests on: many texts say the same.
  std::vector<goods::Recognition> recognitions;  // distinct, in order of first appearance
  std::vector<uint32_t> recognised_as;           // by Ledger::goods, into recognitions
  std::vector<uint32_t> kind_of;                 // by Ledger::goods, into kinds
  std::vector<GoodsKind> kinds;
  std::vector<std::vector<Hit>> hits;  // by Ledger::parties; of every day
  std::vector<Case> cases;
  std::vector<uint32_t> case_of;    // by line
  std::vector<Outcome> outcome;     // by line
  std::vector<Date> day;            // by line: the day that it was judged on, or the first of them
  uint64_t day_asked = 0;           // lines of a month that ask for their day
  uint64_t undated = 0;             // lines without a date
  bool own_days = true;             // each line's own; false: one day for all (as_of)
  std::vector<IsoCountry> country;  // by Ledger::parties; empty: unknown

  const goods::Recognition& Recognised(ledger::Id goods) const {
    return recognitions[recognised_as[goods]];
  }
};

struct JudgeOptions {
  std::optional<Date> as_of;  // absent: each line's own day
  Date today;                 // for lines without a day
  unsigned threads = 1;
};

Result<Judged> Judge(const screen::Desk& desk, const ledger::Ledger& ledger,
                     const JudgeOptions& options, Progress& progress);

// The days that a line was judged on: one, or those of a month.
Interval DaysOf(const ledger::Ledger& ledger, const Judged& judged, size_t line);
bool IsUndated(const ledger::Ledger& ledger, const Judged& judged, size_t line);

// The hits of one line on any of its days, in order of role.
std::vector<LineHit> HitsOfLine(const screen::Desk& desk, const ledger::Ledger& ledger,
                                const Judged& judged, size_t line);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_JUDGE_H_
