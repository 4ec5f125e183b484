// A sheet of an Office Open XML workbook (.xlsx, .xlsm) as CSV in UTF-8: one line a row that holds
// anything, all of equally many fields, numbers plain, dates ISO. Parts are unpacked and parsed
// piece by piece; only the shared texts and the sheet's own text are held. Formulas count by the
// value that was saved with them.
//
// Source: ECMA-376 part 1 (SpreadsheetML).
#ifndef TIDEWAITER_TABLES_XLSX_H_
#define TIDEWAITER_TABLES_XLSX_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tables/zip.h"

namespace tidewaiter::tables {

struct SheetText {
  std::string csv;
  std::string sheet;                // whose it is
  std::vector<std::string> others;  // visible sheets that were not read
};

// `sheet` empty: the first visible one that holds anything. kBadInput, naming `path`, when the file
// is damaged, a bomb, no workbook, or has no such sheet (the message names those it has).
Result<SheetText> ReadWorkbook(std::string_view bytes, const std::string& path,
                               const std::string& sheet, const ZipLimits& limits);

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_XLSX_H_
