// Row sets are taken whole or not at all: a number that opened into half of its rows would be a
// wrong number. Figures come last and the small ones of them first, so that as many numbers as
// possible open.
#include "report/rows.h"

#include <algorithm>
#include <set>

namespace tidewaiter::report {
namespace {

class Selection {
 public:
  void Take(RowReference row) {
    if (order_.size() < kEmbeddedRows && taken_.insert(row).second) order_.push_back(row);
  }

  void TakeWhole(const RowSet& set) {
    if (set.rows.size() != set.count || set.count > kEmbeddedRows) return;
    const auto missing = std::count_if(set.rows.begin(), set.rows.end(),
                                       [&](RowReference row) { return !taken_.contains(row); });
    if (order_.size() + static_cast<size_t>(missing) > kEmbeddedRows) return;
    for (const RowReference row : set.rows) Take(row);
  }

  std::vector<RowReference> Finish() && { return std::move(order_); }

 private:
  std::vector<RowReference> order_;
  std::set<RowReference> taken_;
};

std::vector<const RowSet*> FigureSets(const Page& page) {
  std::vector<const RowSet*> sets;
  for (const Totals& totals : page.totals) {
    for (const FigureTable& table : totals.tables) {
      for (const Figure& figure : FirstOf(table.figures, kShownFigures))
        sets.push_back(&figure.rows);
    }
  }
  std::stable_sort(sets.begin(), sets.end(),
                   [](const RowSet* a, const RowSet* b) { return a->count < b->count; });
  return sets;
}

}  // namespace

std::vector<RowReference> RowsToEmbed(const Page& page) {
  Selection selection;
  for (const Line& line : FirstOf(page.lines, kListedLines)) selection.Take(line.row);
  for (const PartyHit& hit : FirstOf(page.hits, kShownHits)) selection.TakeWhole(hit.rows);
  for (const QuestionGroup& question : FirstOf(page.questions, kShownQuestions)) {
    selection.TakeWhole(question.lines);
  }
  for (const IndicatorResult& indicator : page.indicators) {
    for (const Finding& finding : FirstOf(indicator.findings, kShownFindings)) {
      selection.TakeWhole(finding.rows);
    }
  }
  for (const RuleNote& rule : page.rules) {
    selection.TakeWhole(rule.applies);
    selection.TakeWhole(rule.depends);
  }
  const OutcomeCounts& outcomes = page.outcomes;
  for (const RowSet* set : {&outcomes.stop, &outcomes.review, &outcomes.ask})
    selection.TakeWhole(*set);
  for (const RowSet* set : FigureSets(page)) selection.TakeWhole(*set);
  for (const Totals& totals : page.totals) selection.TakeWhole(totals.total.rows);
  selection.TakeWhole(outcomes.clear);
  return std::move(selection).Finish();
}

EmbeddedRows::EmbeddedRows(const Page& page) {
  std::map<RowReference, const Row*> given;
  for (const Row& row : page.rows) given.emplace(row.reference, &row);
  for (const RowReference reference : RowsToEmbed(page)) {
    const auto found = given.find(reference);
    if (found == given.end()) continue;
    index_.emplace(reference, static_cast<uint32_t>(rows_.size()));
    rows_.push_back(found->second);
  }
}

std::optional<uint32_t> EmbeddedRows::IndexOf(RowReference reference) const {
  const auto found = index_.find(reference);
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

std::optional<std::vector<uint32_t>> EmbeddedRows::IndicesOf(const RowSet& set) const {
  if (set.rows.size() != set.count) return std::nullopt;
  std::vector<uint32_t> indices;
  indices.reserve(set.rows.size());
  for (const RowReference row : set.rows) {
    const std::optional<uint32_t> index = IndexOf(row);
    if (!index) return std::nullopt;
    indices.push_back(*index);
  }
  return indices;
}

}  // namespace tidewaiter::report
