// A ledger's files: lines.parquet, ledger.duckdb, rejects.csv, in the shapes that CONTRACTS fixes.
//
// ledger.duckdb holds the tables
//   lines     a view, as lines.parquet, column for column, in the same order of rows
//   mentions  a view: source, row, role, name, entity; one row per line and role in which somebody
//   is named parties   entity, name, name_en, address, country, identifiers (a JSON object kind ->
//   value): one row per
//             distinct mention
//   sources   source, sha256, bytes, layout, rows, lines, rejects
//   coverage  field (a column of lines): the columns that some source can fill; the others are null
//   for want
//             of data, not for want of events
#ifndef TIDEWAITER_LEDGER_WRITE_H_
#define TIDEWAITER_LEDGER_WRITE_H_

#include <optional>
#include <string>
#include <vector>

#include "base/progress.h"
#include "base/result.h"
#include "ledger/ledger.h"

namespace tidewaiter::ledger {

// What goods recognition made of one GoodsText. Empty text and confidence 0: not recognised.
struct RecognisedGoods {
  std::string brand, model, component_class;
  double brand_confidence = 0, model_confidence = 0, component_class_confidence = 0;
  double vagueness = 0;
  std::optional<bool> code_agreement;
};

struct WritePaths {
  std::string lines_parquet, ledger_duckdb, rejects_csv;  // empty: not written
};

// The names of the columns of lines.parquet, in order.
std::vector<std::string> LineColumns();

// `recognised[i]` belongs to ledger.goods[i]. The files must not exist; they are complete when OK
// comes back.
Status WriteLedger(const Ledger& ledger, const std::vector<RecognisedGoods>& recognised,
                   const WritePaths& paths, unsigned threads, Progress& progress);

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_WRITE_H_
