#include "cli/eval_schemes.h"

#include <algorithm>
#include <charconv>
#include <sstream>
#include <unordered_map>

#include "base/file.h"
#include "base/json.h"
#include "tables/duckdb.h"

namespace tidewaiter::cli {
namespace {

// The schemes that a finding shares rows with, by their index.
std::set<size_t> Touched(const EvalFinding& finding,
                         const std::unordered_map<uint64_t, size_t>& scheme_of) {
  std::set<size_t> touched;
  for (const uint64_t row : finding.rows) {
    if (const auto at = scheme_of.find(row); at != scheme_of.end()) touched.insert(at->second);
  }
  return touched;
}

struct Scorer {
  const std::vector<EvalScheme>& schemes;
  const Finders& finders;
  SchemeScores scores;
  std::vector<uint64_t> findings_of;  // by scheme: of the indicators meant for its kind

  bool IsMeant(const std::string& kind, int indicator) const {
    const auto at = finders.find(kind);
    return at != finders.end() && at->second.contains(indicator);
  }

  void Count(const EvalFinding& finding, const std::set<size_t>& touched) {
    std::set<std::string> kinds;
    for (const size_t i : touched) {
      kinds.insert(schemes[i].kind);
      findings_of[i] += IsMeant(schemes[i].kind, finding.indicator);
    }
    auto& by_indicator = scores.indicators[{finding.indicator, finding.key}];
    ++by_indicator.findings;
    by_indicator.planted += !kinds.empty();
    bool meant = false;
    for (auto& [kind, score] : scores.kinds) {
      if (!IsMeant(kind, finding.indicator)) continue;
      ++score.findings;
      const bool right = kinds.contains(kind);
      meant = meant || right;
      score.right += right;
      score.other += !right && !kinds.empty();
      score.wrong += kinds.empty();
    }
    by_indicator.meant += meant;
  }

  void Finish() {
    for (size_t i = 0; i < schemes.size(); ++i) {
      auto& score = scores.kinds[schemes[i].kind];
      score.found += findings_of[i] > 0;
      score.per_scheme += static_cast<double>(findings_of[i]);
    }
    for (auto& [kind, score] : scores.kinds) {
      if (score.found > 0) score.per_scheme /= static_cast<double>(score.found);
    }
  }
};

}  // namespace

SchemeScores ScoreSchemes(const std::vector<EvalScheme>& schemes,
                          const std::vector<EvalFinding>& findings, const Finders& finders,
                          const std::set<int>& not_computable) {
  Scorer scorer{schemes, finders, {}, std::vector<uint64_t>(schemes.size())};
  std::unordered_map<uint64_t, size_t> scheme_of;
  for (size_t i = 0; i < schemes.size(); ++i) {
    ++scorer.scores.kinds[schemes[i].kind].planted;
    for (const uint64_t row : schemes[i].rows) scheme_of.emplace(row, i);
  }
  for (const auto& finding : findings) scorer.Count(finding, Touched(finding, scheme_of));
  scorer.Finish();
  for (auto& [kind, score] : scorer.scores.kinds) {
    const auto at = finders.find(kind);
    score.computable =
        at == finders.end() || !std::includes(not_computable.begin(), not_computable.end(),
                                              at->second.begin(), at->second.end());
  }
  return std::move(scorer.scores);
}

Result<Finders> ReadFinders(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  std::istringstream lines(text);
  std::string line;
  Finders finders;
  for (bool header = true; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    if (header) {
      header = false;
      continue;
    }
    std::istringstream fields(line);
    std::string kind;
    fields >> kind;
    for (int id = 0; fields >> id;) finders[kind].insert(id);
  }
  return finders;
}

Result<std::vector<EvalScheme>> ReadSchemes(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const auto json = ParseJson(text);
  if (!json) return BadInput(json.error().message, path);
  if (!json->is_array()) return BadInput("is no list of schemes", path);
  std::vector<EvalScheme> schemes;
  for (const Json& item : json->as_array()) {
    EvalScheme scheme{std::string(item.StringOr("id")), std::string(item.StringOr("kind")), {}};
    const Json* rows = item.Find("rows");
    if (scheme.kind.empty() || rows == nullptr || !rows->is_array())
      return BadInput("a scheme has no kind or no rows", path);
    for (const Json& row : rows->as_array()) {
      if (row.is_integer()) scheme.rows.insert(static_cast<uint64_t>(row.as_integer()));
    }
    schemes.push_back(std::move(scheme));
  }
  return schemes;
}

Result<std::vector<EvalFinding>> ReadFindings(const std::string& path) {
  if (!FileExists(path))
    return MissingData("there are no findings; `tidewaiter inspect` makes them", path);
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open(""));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  auto rows = connection.Query(
      "SELECT id, coalesce(indicator, 0), indicator_key, r.\"row\" FROM (SELECT *, "
      "unnest(\"rows\") "
      "AS r FROM read_parquet(" +
      tables::QuoteText(path) + ") WHERE status = 'found') ORDER BY id");
  if (!rows) return BadInput(rows.error().message, path);
  std::vector<EvalFinding> findings;
  std::string last;
  while (rows->Next()) {
    if (findings.empty() || rows->Text(0) != last) {
      last = rows->Text(0);
      findings.push_back({static_cast<int>(rows->Integer(1)), std::string(rows->Text(2)), {}});
    }
    findings.back().rows.push_back(static_cast<uint64_t>(rows->Integer(3)));
  }
  TW_RETURN_IF_ERROR(rows->status());
  return findings;
}

Result<std::set<int>> ReadNotComputable(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open(""));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_ASSIGN_OR_RETURN(auto rows, connection.Query("SELECT DISTINCT indicator FROM read_parquet(" +
                                                  tables::QuoteText(path) +
                                                  ") WHERE status = 'not_computable' AND "
                                                  "indicator IS NOT NULL"));
  std::set<int> indicators;
  while (rows.Next()) indicators.insert(static_cast<int>(rows.Integer(0)));
  TW_RETURN_IF_ERROR(rows.status());
  return indicators;
}

}  // namespace tidewaiter::cli
