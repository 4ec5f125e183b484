// One indicator of diversion: an SQL file with a header that says what it is and what it needs.
//
//   -- id: 18                                   1 to 30 as in docs/indicators.md; absent: a user's
//   own
//   -- key: mass-implausible                    names it on the command line
//   -- title: Mass implausible for the model
//   -- subject: party                           party, pair, route, line, product or group
//   -- needs: model, quantity, importer|consignee|buyer   what a source must fill; one of each
//   group
//   -- window: 12, 0                            months before and after a control date that must be
//   covered
//   -- parameter: factor = 2.0 | how many times too heavy or too light
//   -- not_computable_if: SELECT 'why' AS reason WHERE ...   may go over several such lines
//   -- source: ...                              where the definition comes from; may repeat, as doc
//   may
//   -- doc: ...
//   SELECT subject, subject_name, source, row_no, day, statistic [, grade] ... :factor ...
//
// The statement returns a row for every row of a finding: rows of one subject are one finding.
// `:name` is a parameter (Spark's notation); text in quotes and comments is left alone. The
// statement keeps to the SQL that DuckDB and Spark share; docs/indicators.md lists what it may
// read.
#ifndef TIDEWAITER_TRACE_INDICATOR_H_
#define TIDEWAITER_TRACE_INDICATOR_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tidewaiter::trace {

struct IndicatorParameter {
  std::string name;
  std::string value;  // as SQL: 2.0, 'text', DATE '2022-02-24'
  std::string doc;
};

// Months of trade that the data must hold on either side of a control date.
struct Window {
  int before = 0, after = 0;
};

struct Indicator {
  std::string file;
  int id = 0;  // 0: a user's own
  std::string key, title, subject_kind;
  std::vector<std::vector<std::string>> needs;
  std::optional<Window> window;  // absent: looks at no control date
  std::vector<IndicatorParameter> parameters;
  std::string source, doc;        // lines joined by blanks
  std::string not_computable_if;  // SQL that returns a row with the reason when the data cannot
                                  // answer; empty: none
  std::string sql;                // without the header
};

Result<Indicator> ParseIndicator(std::string_view text, const std::string& file);
// The SQL files of a folder (not of the folders below it) and the user's own, by id, then key; ids
// and keys are unique.
Result<std::vector<Indicator>> LoadIndicators(const std::string& folder,
                                              const std::vector<std::string>& own);

// Parameters of an indicator with the user's settings ("key.name" or "name") in place of the
// defaults.
std::vector<IndicatorParameter> Settle(const Indicator& indicator,
                                       const std::map<std::string, std::string>& set);
// The SQL with each `:name` replaced. Fails for a name that the header does not have.
Result<std::string> Substitute(const Indicator& indicator,
                               const std::vector<IndicatorParameter>& parameters);

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_INDICATOR_H_
