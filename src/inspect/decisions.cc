#include "inspect/decisions.h"

#include <algorithm>

#include "base/parallel.h"
#include "tables/duckdb.h"

namespace tidewaiter::inspect {
namespace {

constexpr size_t kBatch = 1 << 16;

// Ids hold no blank, so a blank-separated text is the list until SQL splits it.
struct CaseTexts {
  std::string rules, questions;
};

CaseTexts TextsOf(const Case& c) {
  CaseTexts texts;
  for (const auto& rule : c.evaluation.rules)
    texts.rules += (texts.rules.empty() ? "" : " ") + rule.id;
  for (const auto& question : c.evaluation.questions) {
    texts.questions += (texts.questions.empty() ? "" : " ") + question.fact;
  }
  return texts;
}

constexpr std::string_view kTable =
    "CREATE TABLE decisions (source VARCHAR, row BIGINT, outcome VARCHAR, rules VARCHAR, questions "
    "VARCHAR, decision VARCHAR)";
constexpr std::string_view kQuery =
    "SELECT source, row, outcome, CASE WHEN rules = '' THEN [] ELSE string_split(rules, ' ') END "
    "AS rules, "
    "CASE WHEN questions = '' THEN [] ELSE string_split(questions, ' ') END AS questions, decision "
    "FROM decisions";

}  // namespace

Status WriteDecisions(const screen::Desk& desk, const ledger::Ledger& ledger, const Judged& judged,
                      unsigned threads, const std::string& path, Progress& progress) {
  progress.Stage("write decisions", ledger.lines.size());
  std::vector<CaseTexts> texts;
  for (const Case& c : judged.cases) texts.push_back(TextsOf(c));
  tables::DatabaseOptions options;
  options.threads = threads;
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open({}, options));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(connection.Run(std::string(kTable)));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("decisions"));
  std::vector<std::string> decisions(kBatch);
  for (size_t from = 0; from < ledger.lines.size(); from += kBatch) {
    const size_t count = std::min(kBatch, ledger.lines.size() - from);
    ParallelFor(count, threads, 64, [&](size_t i) {
      const bool clear = judged.outcome[from + i] == Outcome::kClear;
      decisions[i] =
          clear ? std::string() : ToJson(DecisionOfLine(desk, ledger, judged, from + i)).Dump();
    });
    for (size_t i = 0; i < count; ++i) {
      const size_t line = from + i;
      appender.Text(0, ledger.sources[ledger.lines.source[line]].name);
      appender.Integer(1, ledger.lines.row[line]);
      appender.Text(2, ToString(judged.outcome[line]));
      appender.Text(3, texts[judged.case_of[line]].rules);
      appender.Text(4, texts[judged.case_of[line]].questions);
      if (!decisions[i].empty()) appender.Text(5, decisions[i]);
      TW_RETURN_IF_ERROR(appender.EndRow());
    }
    progress.Done(from + count);
  }
  TW_RETURN_IF_ERROR(appender.Close());
  return connection.WriteParquet(std::string(kQuery), path);
}

}  // namespace tidewaiter::inspect
