// Serial and lot numbers in the text of a line: the only thing in customs data that says that goods
// here are the very goods there (grade G1). Precision first: a number counts only behind a word
// that announces it ("S/N", "serial no", "зав. №", "序列号", "lot"), and only when it is long
// enough not to be a size or a year.
#ifndef TIDEWAITER_TRACE_SERIALS_H_
#define TIDEWAITER_TRACE_SERIALS_H_

#include <string>
#include <string_view>
#include <vector>

namespace tidewaiter::trace {

// As their bytes stand; none is empty. Data: indicators/tables/serial_words.tsv.
struct SerialWords {
  std::vector<std::string> markers, fillers;
};

// In upper case without dashes and points, sorted, each once.
std::vector<std::string> SerialsIn(std::string_view text, const SerialWords& words);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_SERIALS_H_
