// A decision is a few kilobytes of which all but the day, the row and the names of the parties is
// the same for every line of a case. So the texts of a case are made once, kept as the values of
// ENUM types, and put together with the line's own pieces by SQL while the Parquet file is written:
// what is in memory grows with the cases, not the lines.
//
// Canonical JSON sorts its keys, which is what makes the cut possible:
//   {"as_of":D | ,"checked":... ,"not_checked":... | ,"order":O,"outcome":X,"parties":P |
//   ,"questions":Q,"reasons":[R | r] |
//   ,"rules":... ,"standing":... ,"warnings":...}
#include "inspect/decisions.h"

#include <algorithm>
#include <unordered_map>

#include "base/parallel.h"
#include "tables/duckdb.h"

namespace tidewaiter::inspect {
namespace {

constexpr size_t kBatch = 1 << 16;

// The members `keys` of a canonical object as they stand in its text: `,"a":...,"b":...`.
std::string Members(const Json& object, std::initializer_list<std::string_view> keys) {
  Json part;
  for (const auto key : keys) part.Set(std::string(key), *object.Find(key));
  const std::string text = part.Dump();
  return "," + text.substr(1, text.size() - 2);
}

// What all lines of a case share.
struct CaseTexts {
  std::string rules, questions;  // ids, separated by blanks, for the columns
  std::string before_order, questions_and_reasons, after_reasons;  // pieces of the decision
};

std::string SpaceSeparated(const std::vector<std::string>& ids) {
  std::string out;
  for (const auto& id : ids) out += (out.empty() ? "" : " ") + id;
  return out.empty() ? " " : out;  // an ENUM has no empty value
}

CaseTexts TextsOf(const screen::Desk& desk, const Case& c) {
  CaseTexts texts;
  std::vector<std::string> rules, questions;
  for (const auto& rule : c.evaluation.rules) rules.push_back(rule.id);
  for (const auto& question : c.evaluation.questions) questions.push_back(question.fact);
  texts.rules = SpaceSeparated(rules);
  texts.questions = SpaceSeparated(questions);
  const Json whole = ToJson(DecisionOfCase(desk, c));
  texts.before_order =
      Members(whole, {"checked", "declared", "facts_used", "inputs", "lists", "not_checked"});
  // The list of reasons stays open, because those about the line's parties follow.
  texts.questions_and_reasons = Members(whole, {"questions", "reasons"});
  texts.questions_and_reasons.pop_back();
  texts.after_reasons = Members(whole, {"rules", "standing", "warnings"}) + "}";
  return texts;
}

// What is the line's own.
struct LineTexts {
  std::string day, order_to_parties, reasons;
};

LineTexts TextsOf(const screen::Desk& desk, const ledger::Ledger& ledger, const Judged& judged,
                  size_t line) {
  const Decision decision = PartiesOfLine(desk, ledger, judged, line);
  LineTexts texts;
  texts.day = "{\"as_of\":\"" + ToString(*decision.as_of) + "\"";
  texts.order_to_parties = ",\"order\":";
  AppendJsonString(decision.order, texts.order_to_parties);
  texts.order_to_parties +=
      ",\"outcome\":\"" + std::string(ToString(decision.outcome)) + "\",\"parties\":";
  Json::Array parties;
  for (const auto& party : decision.parties) parties.push_back(ToJson(party));
  Json(std::move(parties)).DumpTo(texts.order_to_parties);
  const bool first = judged.cases[judged.case_of[line]].evaluation.reasons.empty();
  for (size_t i = 0; i < decision.reasons.size(); ++i) {
    if (!first || i > 0) texts.reasons += ',';
    AppendJsonString(decision.reasons[i], texts.reasons);
  }
  texts.reasons += ']';
  return texts;
}

// Distinct texts, numbered; becomes an ENUM type.
class Values {
 public:
  uint32_t IdOf(const std::string& text) {
    const auto [it, fresh] = ids_.try_emplace(text, static_cast<uint32_t>(texts_.size()));
    if (fresh) texts_.push_back(it->first);
    return it->second;
  }
  Status CreateEnum(tables::Connection& connection, const std::string& name) {
    if (texts_.empty()) IdOf(" ");
    return connection.CreateEnum(name, texts_);
  }

 private:
  std::unordered_map<std::string, uint32_t>
      ids_;  // nodes stay where they are, so views of their keys last
  std::vector<std::string_view> texts_;
};

struct CaseIds {
  uint32_t rules, questions, before_order, questions_and_reasons, after_reasons;
};

constexpr std::string_view kTable =
    "CREATE TABLE decisions (source VARCHAR, row BIGINT, outcome VARCHAR, rules t_rules, questions "
    "t_questions, "
    "day VARCHAR, before_order t_before, parties VARCHAR, asked t_asked, reasons VARCHAR, rest "
    "t_rest)";
constexpr std::string_view kQuery =
    "SELECT source, row, outcome, CASE WHEN rules = ' ' THEN []::VARCHAR[] ELSE "
    "string_split(rules::VARCHAR, ' ') END AS rules, "
    "CASE WHEN questions = ' ' THEN []::VARCHAR[] ELSE string_split(questions::VARCHAR, ' ') END "
    "AS questions, "
    "day || before_order::VARCHAR || parties || asked::VARCHAR || reasons || rest::VARCHAR AS "
    "decision FROM decisions";

Result<std::vector<CaseIds>> MakeCaseTexts(const screen::Desk& desk, const Judged& judged,
                                           unsigned threads, tables::Connection& connection) {
  std::vector<CaseTexts> texts(judged.cases.size());
  ParallelFor(texts.size(), threads, 16,
              [&](size_t c) { texts[c] = TextsOf(desk, judged.cases[c]); });
  Values rules, questions, before, asked, rest;
  std::vector<CaseIds> ids;
  for (const CaseTexts& text : texts) {
    ids.push_back({rules.IdOf(text.rules), questions.IdOf(text.questions),
                   before.IdOf(text.before_order), asked.IdOf(text.questions_and_reasons),
                   rest.IdOf(text.after_reasons)});
  }
  TW_RETURN_IF_ERROR(rules.CreateEnum(connection, "t_rules"));
  TW_RETURN_IF_ERROR(questions.CreateEnum(connection, "t_questions"));
  TW_RETURN_IF_ERROR(before.CreateEnum(connection, "t_before"));
  TW_RETURN_IF_ERROR(asked.CreateEnum(connection, "t_asked"));
  TW_RETURN_IF_ERROR(rest.CreateEnum(connection, "t_rest"));
  return ids;
}

}  // namespace

Status WriteDecisions(const screen::Desk& desk, const ledger::Ledger& ledger, const Judged& judged,
                      unsigned threads, const std::string& path, Progress& progress) {
  progress.Stage("write decisions", ledger.lines.size());
  tables::DatabaseOptions options;
  options.threads = threads;
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open({}, options));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_ASSIGN_OR_RETURN(const std::vector<CaseIds> cases,
                      MakeCaseTexts(desk, judged, threads, connection));
  TW_RETURN_IF_ERROR(connection.Run(std::string(kTable)));
  TW_ASSIGN_OR_RETURN(tables::Appender appender, connection.Append("decisions"));
  std::vector<LineTexts> texts(kBatch);
  for (size_t from = 0; from < ledger.lines.size(); from += kBatch) {
    const size_t count = std::min(kBatch, ledger.lines.size() - from);
    ParallelFor(count, threads, 64, [&](size_t i) {
      const bool clear = judged.outcome[from + i] == Outcome::kClear;
      texts[i] = clear ? LineTexts{} : TextsOf(desk, ledger, judged, from + i);
    });
    for (size_t i = 0; i < count; ++i) {
      const size_t line = from + i;
      const CaseIds& ids = cases[judged.case_of[line]];
      appender.Text(0, ledger.sources[ledger.lines.source[line]].name);
      appender.Integer(1, ledger.lines.row[line]);
      appender.Text(2, ToString(judged.outcome[line]));
      appender.Code(3, ids.rules);
      appender.Code(4, ids.questions);
      if (!texts[i].day.empty()) {
        appender.Text(5, texts[i].day);
        appender.Code(6, ids.before_order);
        appender.Text(7, texts[i].order_to_parties);
        appender.Code(8, ids.questions_and_reasons);
        appender.Text(9, texts[i].reasons);
        appender.Code(10, ids.after_reasons);
      }
      TW_RETURN_IF_ERROR(appender.EndRow());
    }
    progress.Done(from + count);
  }
  TW_RETURN_IF_ERROR(appender.Close());
  return connection.WriteParquet(std::string(kQuery), path);
}

}  // namespace tidewaiter::inspect
