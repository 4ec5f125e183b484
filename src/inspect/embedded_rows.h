// Rows for the page, with the record as it stands in its file.
#ifndef TIDEWAITER_INSPECT_EMBEDDED_ROWS_H_
#define TIDEWAITER_INSPECT_EMBEDDED_ROWS_H_

#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "inspect/judge.h"
#include "ledger/ledger.h"
#include "report/report.h"

namespace tidewaiter::inspect {

// (source, row) -> index of the line. Lines are in order of source and row, so this is a binary
// search.
class LineFinder {
 public:
  explicit LineFinder(const ledger::Ledger& ledger) : ledger_(ledger) {}
  std::optional<uint32_t> Find(std::string_view source, uint64_t row) const;
  std::optional<uint32_t> Find(uint32_t source, uint64_t row) const;

 private:
  const ledger::Ledger& ledger_;
};

// Reads the records back from their files; fails when a file changed since it was imported.
Result<std::vector<report::Row>> FetchRows(const ledger::Ledger& ledger, const Judged& judged,
                                           const std::vector<bool>& is_person,
                                           const std::vector<report::RowReference>& references);

}  // namespace tidewaiter::inspect

#endif  // TIDEWAITER_INSPECT_EMBEDDED_ROWS_H_
