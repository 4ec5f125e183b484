// An invented run for the tests of the report: 900 lines, a few schemes, every kind of section
// filled. SYNTHETIC: no party in it exists.
#ifndef TIDEWAITER_REPORT_SAMPLE_PAGE_H_
#define TIDEWAITER_REPORT_SAMPLE_PAGE_H_

#include "report/report.h"

namespace tidewaiter::report {

// Everything but the rows' details.
Page SamplePage(uint64_t lines = 900);

// The same with the details of RowsToEmbed(): what a caller does with a real run.
Page WithRows(Page page);

// The details of one row of the sample.
Row SampleRow(RowReference reference);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_SAMPLE_PAGE_H_
