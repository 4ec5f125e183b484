// What is the same for all lines of a case was written once by the rules; what is the line's own
// (day, row, parties, reasons about them) is put together with it while the Parquet file is
// written. So what is in memory grows with the cases, not the lines.
#include "inspect/decisions.h"

#include <unordered_map>

#include "tables/virtual_table.h"

namespace tidewaiter::inspect {
namespace {

// Rows that DuckDB gathers before it writes them: of a file in which every line asks, 200 MB.
constexpr size_t kRowGroup = 20480;

// What the lines of one evaluation share, for the columns.
struct SharedColumns {
  std::vector<std::string> rules, questions;
};

class DecisionTable : public tables::VirtualTable {
 public:
  DecisionTable(const screen::Desk& desk, const ledger::Ledger& ledger, const Judged& judged)
      : desk_(desk),
        ledger_(ledger),
        judged_(judged),
        day_(std::make_shared<DayText>(TextOf(desk))) {
    for (const Case& c : judged.cases) {
      const auto [it, fresh] = shared_.try_emplace(c.evaluation.get());
      if (!fresh) continue;
      for (const auto& rule : c.evaluation->rules) it->second.rules.push_back(rule.id);
      for (const auto& question : c.evaluation->questions)
        it->second.questions.push_back(question.fact);
    }
    hits_.resize(judged.hits.size());
    for (size_t p = 0; p < hits_.size(); ++p) {
      for (const Hit& hit : judged.hits[p]) hits_[p].push_back(JsonOf(hit));
    }
  }

  const std::vector<tables::VirtualColumn>& columns() const override { return columns_; }
  uint64_t rows() const override { return ledger_.lines.size(); }
  void Fill(size_t column, uint64_t first, size_t count, tables::CellWriter& cells) const override {
    for (size_t i = 0; i < count; ++i) Write(column, first + i, i, cells);
  }

 private:
  // Lists and rules are named on the page, once for all lines.
  static DayText TextOf(const screen::Desk& desk) {
    DayText day;
    day.inputs = JsonOf(desk.inputs());
    day.lists = desk.ListsUsed().Dump();
    return day;
  }

  void Write(size_t column, size_t line, size_t row, tables::CellWriter& cells) const {
    const auto shared = [&]() -> const SharedColumns& {
      return shared_.at(judged_.cases[judged_.case_of[line]].evaluation.get());
    };
    switch (column) {
      case 0:
        return cells.Text(row, ledger_.sources[ledger_.lines.source[line]].name);
      case 1:
        return cells.Integer(row, ledger_.lines.row[line]);
      case 2:
        return cells.Text(row, ToString(judged_.outcome[line]));
      case 3:
        return cells.Texts(row, shared().rules);
      case 4:
        return cells.Texts(row, shared().questions);
      default:
        if (judged_.outcome[line] != Outcome::kClear)
          cells.Text(row, cells.Kept(JsonOf(DecisionOf(line))));
    }
  }

  Decision DecisionOf(size_t line) const {
    const auto& evaluation = judged_.cases[judged_.case_of[line]].evaluation;
    Decision decision;
    decision.order = ledger_.sources[ledger_.lines.source[line]].name + ":" +
                     std::to_string(ledger_.lines.row[line]);
    decision.as_of = judged_.day[line];
    decision.outcome = judged_.outcome[line];
    const auto hits = HitsOfLine(desk_, ledger_, judged_, line);
    decision.parties = PartiesOf(line, hits);
    for (const LineHit& hit : hits) {
      if (hit.outcome == Outcome::kClear) continue;
      const Hit& found = judged_.hits[hit.party][hit.hit];
      decision.reasons.push_back(std::string(ToString(hit.role)) + " " +
                                 std::string(ledger_.DisplayName(hit.party)) +
                                 (found.identifier_agrees ? " is " : " may be ") + found.name +
                                 " on " + found.list + " (" + found.id + ")");
    }
    if (IsUndated(ledger_, judged_, line)) {
      decision.reasons.push_back("the file states no day for this line: judged on " +
                                 ToString(decision.as_of) + ", the day of the run");
    }
    decision.day = day_;
    decision.rules = {evaluation, &evaluation->text};
    return decision;
  }

  std::string PartiesOf(size_t line, const std::vector<LineHit>& hits) const {
    std::string parties = "[";
    std::string texts;
    for (const Role role : AllRoles()) {
      const ledger::Id party = ledger_.lines.PartyOf(role, line);
      if (party == 0) continue;
      texts = '[';
      for (const LineHit& hit : hits) {
        if (hit.role != role) continue;
        if (texts.size() > 1) texts += ',';
        texts += hits_[party][hit.hit];
      }
      texts += ']';
      if (parties.size() > 1) parties += ',';
      AppendParty(role, ledger_.DisplayName(party), texts, parties);
    }
    return parties + "]";
  }

  const screen::Desk& desk_;
  const ledger::Ledger& ledger_;
  const Judged& judged_;
  std::shared_ptr<const DayText> day_;
  std::unordered_map<const rules::Evaluation*, SharedColumns> shared_;
  std::vector<std::vector<std::string>> hits_;  // by Ledger::parties: Judged::hits as JSON
  std::vector<tables::VirtualColumn> columns_ = {
      {"source", tables::CellType::kText},     {"row", tables::CellType::kInteger},
      {"outcome", tables::CellType::kText},    {"rules", tables::CellType::kTexts},
      {"questions", tables::CellType::kTexts}, {"decision", tables::CellType::kText}};
};

}  // namespace

Status WriteDecisions(const screen::Desk& desk, const ledger::Ledger& ledger, const Judged& judged,
                      const std::string& path) {
  const DecisionTable table(desk, ledger, judged);
  TW_ASSIGN_OR_RETURN(const tables::Database database, tables::Database::Open({}));
  TW_ASSIGN_OR_RETURN(tables::Connection connection, database.Connect());
  TW_RETURN_IF_ERROR(Register(connection, "judged_lines", table));
  return connection.WriteParquet("SELECT * FROM judged_lines()", path, {.row_group = kRowGroup});
}

}  // namespace tidewaiter::inspect
