// The findings of a run against the truth of a synthetic corpus: which planted schemes were found,
// and how many findings touch nothing that was planted.
#ifndef TIDEWAITER_CLI_EVAL_SCHEMES_H_
#define TIDEWAITER_CLI_EVAL_SCHEMES_H_

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tidewaiter::cli {

struct EvalScheme {
  std::string id, kind;
  std::set<uint64_t> rows;
};

struct EvalFinding {
  int indicator = 0;
  std::string key;
  std::vector<uint64_t> rows;
};

// Of one kind. A finding belongs to a scheme when they share a row.
struct KindScore {
  uint64_t planted = 0, found = 0;
  uint64_t findings = 0;  // of the indicators that are meant to find the kind
  uint64_t right = 0;     // of these: touch a scheme of the kind
  uint64_t other = 0;     // touch planted rows, of other kinds only
  uint64_t wrong = 0;     // touch nothing planted
  double per_scheme = 0;  // findings that touch a found scheme, on average
  bool computable =
      true;  // false: the run says of each of these indicators that its data is missing
};

struct IndicatorScore {
  uint64_t findings = 0, meant = 0, planted = 0;  // touch a kind it is meant for; any planted row
};

struct SchemeScores {
  std::map<std::string, KindScore> kinds;
  std::map<std::pair<int, std::string>, IndicatorScore> indicators;
};

using Finders = std::map<std::string, std::set<int>>;  // kind -> indicators

SchemeScores ScoreSchemes(const std::vector<EvalScheme>& schemes,
                          const std::vector<EvalFinding>& findings, const Finders& finders,
                          const std::set<int>& not_computable = {});

Result<Finders> ReadFinders(const std::string& path);                    // synth/kinds.tsv
Result<std::vector<EvalScheme>> ReadSchemes(const std::string& path);    // schemes.json
Result<std::vector<EvalFinding>> ReadFindings(const std::string& path);  // findings.parquet
Result<std::set<int>> ReadNotComputable(const std::string& path);        // the same file

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_EVAL_SCHEMES_H_
