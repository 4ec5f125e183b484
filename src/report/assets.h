// The style sheet and the script of the page: src/report/assets/page.css and page.js, compiled in.
#ifndef TIDEWAITER_REPORT_ASSETS_H_
#define TIDEWAITER_REPORT_ASSETS_H_

#include <string_view>

namespace tidewaiter::report {

extern const std::string_view kStyle;
extern const std::string_view kScript;

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_ASSETS_H_
