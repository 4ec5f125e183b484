// A decision is a few kilobytes of which all but the day, the row and the names of the parties is
// the same for every line of a case. So the texts of a case are made once, equal ones kept once,
// and put together with the line's own pieces while the Parquet file is written: what is in memory
// grows with the cases, not the lines.
//
// Canonical JSON sorts its keys, which is what makes the cut possible:
//   {"as_of":D | ,"checked":... ,"not_checked":... | ,"order":O,"outcome":X,"parties":P |
//   ,"questions":Q,"reasons":[R | r] |
//   ,"rules":... ,"standing":... ,"warnings":...}
#include "inspect/decisions.h"

#include <algorithm>
#include <unordered_set>

#include "base/parallel.h"
#include "tables/virtual_table.h"

namespace tidewaiter::inspect {
namespace {

// Rows that DuckDB gathers before it writes them: of a file in which every line asks, 200 MB.
constexpr size_t kRowGroup = 20480;

// The members `keys` of a canonical object as they stand in its text: `,"a":...,"b":...`.
std::string Members(const Json& object, std::initializer_list<std::string_view> keys) {
  Json part;
  for (const auto key : keys) part.Set(std::string(key), *object.Find(key));
  const std::string text = part.Dump();
  return "," + text.substr(1, text.size() - 2);
}

// What all lines of a case share.
struct CaseTexts {
  std::vector<std::string> rules, questions;                       // ids, for the columns
  std::string before_order, questions_and_reasons, after_reasons;  // pieces of the decision
};

CaseTexts TextsOf(const screen::Desk& desk, const Case& c) {
  CaseTexts texts;
  for (const auto& rule : c.evaluation.rules) texts.rules.push_back(rule.id);
  for (const auto& question : c.evaluation.questions) texts.questions.push_back(question.fact);
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

// What a case's lines share, equal texts of several cases at one address.
struct SharedTexts {
  std::vector<std::string> rules, questions;
  const std::string* before_order;
  const std::string* questions_and_reasons;
  const std::string* after_reasons;
};

class DecisionTable : public tables::VirtualTable {
 public:
  DecisionTable(const screen::Desk& desk, const ledger::Ledger& ledger, const Judged& judged,
                unsigned threads)
      : desk_(desk), ledger_(ledger), judged_(judged) {
    std::vector<CaseTexts> texts(judged.cases.size());
    ParallelFor(texts.size(), threads, 16,
                [&](size_t c) { texts[c] = TextsOf(desk, judged.cases[c]); });
    for (CaseTexts& text : texts) {
      cases_.push_back(
          {std::move(text.rules), std::move(text.questions), Keep(std::move(text.before_order)),
           Keep(std::move(text.questions_and_reasons)), Keep(std::move(text.after_reasons))});
    }
  }

  const std::vector<tables::VirtualColumn>& columns() const override { return columns_; }
  uint64_t rows() const override { return ledger_.lines.size(); }
  void Fill(size_t column, uint64_t first, size_t count, tables::CellWriter& cells) const override {
    for (size_t i = 0; i < count; ++i) Write(column, first + i, i, cells);
  }

 private:
  const std::string* Keep(std::string text) { return &*kept_.insert(std::move(text)).first; }

  void Write(size_t column, size_t line, size_t row, tables::CellWriter& cells) const {
    const SharedTexts& shared = cases_[judged_.case_of[line]];
    switch (column) {
      case 0:
        return cells.Text(row, ledger_.sources[ledger_.lines.source[line]].name);
      case 1:
        return cells.Integer(row, ledger_.lines.row[line]);
      case 2:
        return cells.Text(row, ToString(judged_.outcome[line]));
      case 3:
        return cells.Texts(row, shared.rules);
      case 4:
        return cells.Texts(row, shared.questions);
      default:
        if (judged_.outcome[line] != Outcome::kClear) {
          cells.Text(row, cells.Kept(DecisionText(shared, line)));
        }
    }
  }

  std::string DecisionText(const SharedTexts& shared, size_t line) const {
    const LineTexts own = TextsOf(desk_, ledger_, judged_, line);
    std::string text;
    text.reserve(own.day.size() + shared.before_order->size() + own.order_to_parties.size() +
                 shared.questions_and_reasons->size() + own.reasons.size() +
                 shared.after_reasons->size());
    text += own.day;
    text += *shared.before_order;
    text += own.order_to_parties;
    text += *shared.questions_and_reasons;
    text += own.reasons;
    text += *shared.after_reasons;
    return text;
  }

  const screen::Desk& desk_;
  const ledger::Ledger& ledger_;
  const Judged& judged_;
  std::vector<SharedTexts> cases_;
  std::unordered_set<std::string> kept_;  // nodes stay where they are
  std::vector<tables::VirtualColumn> columns_ = {
      {"source", tables::CellType::kText},     {"row", tables::CellType::kInteger},
      {"outcome", tables::CellType::kText},    {"rules", tables::CellType::kTexts},
      {"questions", tables::CellType::kTexts}, {"decision", tables::CellType::kText}};
};

}  // namespace

Status WriteDecisions(const screen::Desk& desk, const ledger::Ledger& ledger, const Judged& judged,
                      unsigned threads, const std::string& path) {
  const DecisionTable table(desk, ledger, judged, threads);
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open({}));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(Register(connection, "judged_lines", table));
  return connection.WriteParquet("SELECT * FROM judged_lines()", path, kRowGroup);
}

}  // namespace tidewaiter::inspect
