// The report's page out of a judged ledger.
#ifndef TIDEWAITER_INSPECT_PAGE_H_
#define TIDEWAITER_INSPECT_PAGE_H_

#include <vector>

#include "evidence/claims.h"
#include "inspect/judge.h"
#include "ledger/ledger.h"
#include "report/report.h"
#include "screen/desk.h"
#include "tidewaiter/engine.h"
#include "trace/finding.h"
#include "trace/indicator.h"
#include "trace/trace.h"

namespace tidewaiter::inspect {

struct PageInputs {
  const screen::Desk& desk;
  const ledger::Ledger& ledger;
  const Judged& judged;
  const std::vector<trace::Indicator>& indicators;  // those that the findings are of
  const std::vector<trace::Finding>& findings;
  const std::vector<bool>& is_person;  // by Ledger::parties
  const InspectRequest& request;
  const std::vector<report::Totals>& totals;     // of MakeTotals
  const std::vector<evidence::Event>& timeline;  // statements for the axis of time
  // Of NumberResolution. Its number is not for the page: it counts the runs of a folder.
  const Json& resolution;
};

// Everything, the embedded rows among it.
Result<report::Page> MakePage(const PageInputs& inputs);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_PAGE_H_
