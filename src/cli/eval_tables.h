// The tables of `tidewaiter eval retrieval` and `eval thresholds`: what search leaves out
// (nothing), and what a threshold costs and brings.
#ifndef TIDEWAITER_CLI_EVAL_TABLES_H_
#define TIDEWAITER_CLI_EVAL_TABLES_H_

#include <string>
#include <vector>

#include "base/result.h"
#include "match/match.h"

namespace tidewaiter::cli {

// A row of a file with the columns name and, of positives, list and id of the right party.
struct EvalRow {
  std::string name, list, id;
};
Result<std::vector<EvalRow>> ReadEvalRows(const std::string& file);

// The cells of these columns, by row; "" where a row ends before, or a column that is not the first
// is not there.
Result<std::vector<std::vector<std::string>>> ReadColumns(const std::string& file,
                                                          const std::vector<std::string>& columns);

struct TableText {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

// For each threshold: the share of the exhaustive reference's hits that search returns (must be 1),
// whether all hits are equal, and the share of listed names that were compared.
Result<TableText> RetrievalTable(const match::Matcher& matcher, const std::vector<EvalRow>& rows,
                                 unsigned threads);

// For each threshold: innocents with a hit per 1,000; right parties found, and found first.
Result<TableText> ThresholdTable(const match::Matcher& matcher,
                                 const std::vector<EvalRow>& innocents,
                                 const std::vector<EvalRow>& positives, unsigned threads);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_EVAL_TABLES_H_
