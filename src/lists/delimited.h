// Rows of delimited text with the line each begins on. Quotes may hold delimiters, line ends and
// doubled quotes. Text that is not UTF-8 is taken as Windows-1252.
#ifndef TIDEWAITER_LISTS_DELIMITED_H_
#define TIDEWAITER_LISTS_DELIMITED_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tidewaiter::lists {

struct Row {
  uint64_t line = 0;  // from 1
  std::vector<std::string> fields;
  std::vector<bool> quoted;
};

// Blank lines and a closing Ctrl-Z are no rows. Fails on a quote that never closes, NUL bytes, and
// fields above 1 MB. `file` is for messages.
// Never empty: a text without rows is an error.
Result<std::vector<Row>> SplitRows(std::string_view bytes, char delimiter, const std::string& file);

// The same, row by row; stops at the first error of `take`.
Status ForEachRow(std::string_view bytes, char delimiter, const std::string& file,
                  const std::function<Status(Row)>& take);

// The first row only, of however much of it is there; for recognising formats. Never fails.
std::vector<std::string> FirstRow(std::string_view bytes, char delimiter);

// Columns found by the names of a header row. Case does not matter.
class Columns {
 public:
  explicit Columns(const std::vector<std::string>& header);
  // -1 when there is no such column.
  int Find(std::string_view name) const;

 private:
  std::vector<std::string> names_;
};

// The number of the last line, for messages about how a file ends.
uint64_t LastLine(std::string_view bytes);
std::string ToUtf8(std::string_view bytes);
std::string_view Trim(std::string_view text);
std::vector<std::string> SplitTrimmed(std::string_view text, std::string_view separator);
std::string Lower(std::string_view text);  // ASCII only
bool ContainsNoCase(std::string_view text, std::string_view lower_case_word);

}  // namespace tidewaiter::lists

#endif  // TIDEWAITER_LISTS_DELIMITED_H_
