// The data behind the page's buttons: rows, row sets, verdicts, as JSON for the script. Texts occur
// once, in a table `t` to which all else refers by number.
#ifndef TIDEWAITER_REPORT_ISLAND_H_
#define TIDEWAITER_REPORT_ISLAND_H_

#include <cstddef>
#include <string>

#include "report/writer.h"

namespace tidewaiter::report {

// Safe inside <script type="application/json">: holds no '<', '>' or '&'. Raw records are kept for
// the first rows, up to `record_bytes` of text in all. Called after the sections, when every row
// set has its number.
std::string DataIsland(const Writer& writer, size_t record_bytes);

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_ISLAND_H_
