// Charts as inline SVG, drawn by hand: no library, no request. Each is drawn twice, for wide and
// for narrow screens; the style sheet shows one. A chart never stands alone: the table beside it
// holds the same numbers.
#ifndef TIDEWAITER_REPORT_CHARTS_H_
#define TIDEWAITER_REPORT_CHARTS_H_

#include <string>
#include <vector>

#include "report/report.h"
#include "report/writer.h"

namespace tidewaiter::report {

// Months as bars over a time axis, the control dates as numbered lines. Writes nothing for fewer
// than two months.
void WriteMonthChart(Writer& writer, const Totals& totals, const FigureTable& months);

// The routes as ribbons from origin by departure to destination, as wide as their value (or lines).
void WriteRouteChart(Writer& writer, const Totals& totals, const FigureTable& routes);

// The parties as ribbons from sender by middleman to recipient. A line is one ribbon, between the
// two or three parties that it names: that a middleman passes on what he received is not shown.
void WriteChannelChart(Writer& writer, const Totals& totals, const FigureTable& channels);

// What became of all lines, as one bar.
void WriteOutcomeBar(Writer& writer);

// Control dates that lie in the months of the table, in the order in which the chart numbers them.
std::vector<const ControlDate*> ControlDatesWithin(const Page& page, const FigureTable& months);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_CHARTS_H_
