// The table of `tidewaiter eval texts`: how well the words of descriptions speak for their
// headings.
#ifndef TIDEWAITER_CLI_EVAL_TEXTS_H_
#define TIDEWAITER_CLI_EVAL_TEXTS_H_

#include <string>

#include "cli/eval_tables.h"
#include "goods/heading_words.h"

namespace tidewaiter::cli {

// `file`: a CSV with the columns hs (right codes) and description. Each text is also read beside a
// wrong code, that of the row half a file further, where that is of another chapter.
Result<TableText> TextsTable(const goods::HeadingWords& words, const std::string& file);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_EVAL_TEXTS_H_
