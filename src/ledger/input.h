// The header of an input file: where it is, and what its columns are taken for.
#ifndef TIDEWAITER_LEDGER_INPUT_H_
#define TIDEWAITER_LEDGER_INPUT_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/cells.h"
#include "ledger/ledger.h"
#include "tables/intake.h"

namespace tidewaiter::ledger {

// Where the header is and what it says.
struct Header {
  tables::RowFormat format;
  Mapping mapping;
  uint64_t line = 1;       // of the header
  uint64_t data = 0;       // offset of the first byte behind it
  uint64_t data_line = 2;  // its line
};

// Finds the header: the first of the first rows that a layout fits, else the first that looks like
// names of columns (title rows and blank ones before it are passed over). The header of JSON Lines
// are its keys, and all its lines are rows.
Result<Header> FindHeader(const tables::Intake& intake, const std::string& path,
                          const ImportOptions& options);

// Columns that a layout of the user's own gives a meaning to and the file has not: one sentence
// each, with the name that was perhaps meant. (A layout of the program names columns that a file
// may lack.)
std::vector<std::string> MissingColumns(const Layout* layout, const Mapping& mapping);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_INPUT_H_
