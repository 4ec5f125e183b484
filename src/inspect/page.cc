// Lines that share a verdict share one on the page; lines that ask the same question are one group;
// a listed party is one entry however many rows name it. Each carries its rows.
#include "inspect/page.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "inspect/embedded_rows.h"
#include "inspect/row_sets.h"
#include "tables/duckdb.h"

namespace tidewaiter::inspect {
namespace {

using ledger::Id;
using ledger::Ledger;

std::string WhereRule(const std::string& id) {
  return "(source, row) IN (SELECT (source, row) FROM 'decisions.parquet' WHERE "
         "list_contains(rules, " +
         tables::QuoteText(id) + "))";
}
std::string WhereOutcome(Outcome outcome) {
  return "(source, row) IN (SELECT (source, row) FROM 'decisions.parquet' WHERE outcome = " +
         tables::QuoteText(ToString(outcome)) + ")";
}
std::string WhereQuestion(const std::string& fact) {
  return "(source, row) IN (SELECT (source, row) FROM 'decisions.parquet' WHERE "
         "list_contains(questions, " +
         tables::QuoteText(fact) + "))";
}

bool SaysSynthetic(const ledger::Source& source) {
  constexpr size_t kLookedAt = 1 << 20;
  return source.intake->bytes().substr(0, kLookedAt).find("SYNTHETIC") != std::string_view::npos;
}

class PageMaker {
 public:
  explicit PageMaker(const PageInputs& in) : in_(in), ledger_(in.ledger), judged_(in.judged) {}

  Result<report::Page> Make() {
    AddRun();
    AddLists();
    AddOutcomes();
    IndexLines();
    AddRules();
    AddQuestions();
    AddHits();
    AddLines();
    AddControlDates();
    page_.totals = in_.totals;
    AddFindings();
    AddWhatWasChecked();
    TW_ASSIGN_OR_RETURN(page_.rows,
                        FetchRows(ledger_, judged_, in_.is_person, report::RowsToEmbed(page_)));
    return std::move(page_);
  }

 private:
  void AddRun() {
    page_.show_persons = in_.request.with_persons;
    page_.engine = in_.desk.inputs();
    page_.who_is_who = std::string(in_.resolution.StringOr("snapshot")) +
                       " (parties: " + in_.resolution.Find("entities")->Dump() +
                       ", names as written: " + in_.resolution.Find("mentions")->Dump() + ")";
    page_.as_of = ParseIsoDate(in_.request.as_of);
    page_.command = "tidewaiter inspect";
    for (const auto& source : ledger_.sources) {
      report::Input input;
      input.name = source.name;
      input.sha256 = source.sha256;
      input.bytes = source.bytes;
      input.layout = source.mapping.layout;
      input.rows_read = source.rows;
      input.lines = source.lines;
      input.rejects = source.rejects;
      for (const auto& column : source.mapping.columns) input.columns.push_back(column.name);
      page_.inputs.push_back(std::move(input));
      page_.command += " " + source.name;
      for (const auto& doubt : source.doubts) page_.warnings.push_back(source.name + ": " + doubt);
      for (const auto& note : source.notes) page_.warnings.push_back(source.name + ": " + note);
    }
    for (size_t line = 0; line < ledger_.lines.size(); ++line) AddDate(ledger_.lines.from[line]);
    page_.synthetic = IsSynthetic();
    std::map<std::string, uint64_t> reasons;
    for (const auto& reject : ledger_.rejects) ++reasons[reject.reason];
    for (const auto& [reason, count] : reasons) page_.rejects.push_back({reason, count});
  }

  void AddDate(Date date) {
    if (date == kDistantPast) return;
    if (!page_.first_date || date < *page_.first_date) page_.first_date = date;
    if (!page_.last_date || *page_.last_date < date) page_.last_date = date;
  }

  // Made-up rows say so in their text; real ones do not hold the word.
  bool IsSynthetic() const {
    return std::any_of(ledger_.sources.begin(), ledger_.sources.end(),
                       [](const auto& source) { return SaysSynthetic(source); });
  }

  void AddLists() {
    page_.parties_screened = in_.desk.watchlist() != nullptr;
    const Date day =
        in_.judged.day.empty() ? Date{} : *std::max_element(judged_.day.begin(), judged_.day.end());
    if (!page_.parties_screened) return;
    std::set<std::string> loaded;
    for (const auto& list : in_.desk.watchlist()->lists()) {
      const auto* policy = in_.desk.policies().Find(list.name);
      const bool old = day - list.date > in_.desk.config().max_age_days;
      page_.lists.push_back(
          {list.name, policy != nullptr ? policy->title : list.name, list.date, list.entries,
           old ? std::to_string(day - list.date) + " days older than the newest line"
               : std::string()});
      loaded.insert(list.name);
    }
    for (const auto& policy : in_.desk.policies().all()) {
      if (policy.official && !loaded.contains(policy.list))
        page_.missing_lists.push_back(policy.title);
    }
  }

  void AddOutcomes() {
    std::array<std::vector<uint32_t>, 4> lines;
    for (uint32_t line = 0; line < judged_.outcome.size(); ++line)
      lines[static_cast<size_t>(judged_.outcome[line])].push_back(line);
    const auto set = [&](Outcome outcome) {
      return MakeRowSet(ledger_, lines[static_cast<size_t>(outcome)], WhereOutcome(outcome));
    };
    page_.outcomes = {set(Outcome::kStop), set(Outcome::kAsk), set(Outcome::kReview),
                      set(Outcome::kClear)};
  }

  // The lines of which the rules say the same, ascending, in the order of their first line. Cases
  // can be as many as lines; what is said of them is not.
  struct Said {
    const rules::Evaluation* evaluation;
    std::vector<uint32_t> lines;
  };

  void IndexLines() {
    std::unordered_map<const rules::Evaluation*, size_t> known;
    for (uint32_t line = 0; line < judged_.case_of.size(); ++line) {
      const rules::Evaluation* evaluation = judged_.cases[judged_.case_of[line]].evaluation.get();
      if (evaluation->rules.empty() && evaluation->questions.empty()) continue;
      const auto [it, fresh] = known.try_emplace(evaluation, said_.size());
      if (fresh) said_.push_back({evaluation, {}});
      said_[it->second].lines.push_back(line);
    }
  }

  void AddRules() {
    struct Use {
      const RuleResult* result = nullptr;
      std::vector<uint32_t> applies, depends;
    };
    std::map<std::string, Use> uses;
    for (const Said& said : said_) {
      for (const RuleResult& result : said.evaluation->rules) {
        if (result.status == RuleStatus::kNo) continue;
        Use& use = uses[result.id];
        if (use.result == nullptr) use.result = &result;
        auto& lines = result.status == RuleStatus::kApplies ? use.applies : use.depends;
        lines.insert(lines.end(), said.lines.begin(), said.lines.end());
      }
    }
    for (auto& [id, use] : uses) {
      std::sort(use.applies.begin(), use.applies.end());
      std::sort(use.depends.begin(), use.depends.end());
      report::RuleNote note;
      note.id = id;
      note.title = use.result->title;
      note.authority = use.result->authority;
      note.effect = use.result->effect;
      note.in_force = use.result->in_force;
      note.citation = use.result->citation;
      note.confidence = use.result->confidence;
      note.date_confidence = use.result->date_confidence;
      note.doubts = use.result->doubts;
      note.applies = MakeRowSet(ledger_, use.applies, WhereRule(id));
      note.depends = MakeRowSet(ledger_, use.depends, WhereRule(id));
      page_.rules.push_back(std::move(note));
    }
    // Those that apply first, then those that may.
    std::stable_sort(page_.rules.begin(), page_.rules.end(), [](const auto& a, const auto& b) {
      return std::pair(a.applies.count, a.depends.count) >
             std::pair(b.applies.count, b.depends.count);
    });
  }

  std::string SubjectOf(const Case& c) const {
    const auto& r = judged_.Recognised(judged_.kinds[c.kind].example);
    if (!r.model.empty()) return r.brand + " " + r.model;
    if (!r.component_class.empty())
      return r.brand.empty() ? r.component_class : r.brand + " " + r.component_class;
    // Six digits: those behind them are each country's own.
    const std::string_view hs = ledger_.Text(judged_.kinds[c.kind].hs);
    return hs.empty() ? std::string() : "HS " + std::string(hs.substr(0, 6));
  }

  void AddQuestions() {
    struct Group {
      const Question* question = nullptr;
      std::set<std::string> settles;
      std::vector<uint32_t> lines;
    };
    std::map<std::pair<std::string, std::string>, Group> groups;  // fact, subject
    for (const Said& said : said_) {
      const bool of_goods =
          std::any_of(said.evaluation->questions.begin(), said.evaluation->questions.end(),
                      [](const Question& question) { return question.line != 0; });
      std::map<std::string, std::vector<uint32_t>> by_subject;
      for (const uint32_t line : said.lines) {
        if (of_goods) by_subject[SubjectOf(judged_.cases[judged_.case_of[line]])].push_back(line);
      }
      for (const Question& question : said.evaluation->questions) {
        const auto add = [&](const std::string& subject, const std::vector<uint32_t>& lines) {
          Group& group = groups[{question.fact, subject}];
          if (group.question == nullptr) group.question = &question;
          group.settles.insert(question.settles.begin(), question.settles.end());
          group.lines.insert(group.lines.end(), lines.begin(), lines.end());
        };
        if (question.line == 0) {
          add({}, said.lines);
        } else {
          for (const auto& [subject, lines] : by_subject) add(subject, lines);
        }
      }
    }
    for (auto& [key, group] : groups) {
      std::sort(group.lines.begin(), group.lines.end());
      report::QuestionGroup q;
      q.text = group.question->text;
      q.subject = key.second;
      q.fact = key.first;
      q.unit = group.question->unit;
      q.settles.assign(group.settles.begin(), group.settles.end());
      q.lines = MakeRowSet(ledger_, group.lines, WhereQuestion(key.first));
      page_.questions.push_back(std::move(q));
    }
    std::stable_sort(page_.questions.begin(), page_.questions.end(),
                     [](const auto& a, const auto& b) { return a.lines.count > b.lines.count; });
  }

  // Lines with hits, by (party, role, hit).
  void AddHits() {
    std::map<std::tuple<Id, Role, uint32_t>, std::vector<uint32_t>> lines_of;
    std::map<std::tuple<Id, Role, uint32_t>, Outcome> outcome_of;
    for (uint32_t line = 0; line < ledger_.lines.size(); ++line) {
      if (!MayHaveHit(line)) continue;
      for (const LineHit& hit : HitsOfLine(in_.desk, ledger_, judged_, line)) {
        const auto key = std::tuple(hit.party, hit.role, hit.hit);
        lines_of[key].push_back(line);
        outcome_of[key] = Stronger(outcome_of[key], hit.outcome);
      }
    }
    std::vector<std::tuple<Id, Role, uint32_t>> keys;
    for (const auto& [key, lines] : lines_of) keys.push_back(key);
    std::stable_sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
      const Hit& x = judged_.hits[std::get<0>(a)][std::get<2>(a)];
      const Hit& y = judged_.hits[std::get<0>(b)][std::get<2>(b)];
      return std::tuple(x.identifier_agrees, x.score) > std::tuple(y.identifier_agrees, y.score);
    });
    std::map<uint32_t, uint32_t> entries;
    for (const auto& key : keys) {
      const auto [party, role, index] = key;
      const Hit& hit = judged_.hits[party][index];
      const auto [entry, fresh] =
          entries.try_emplace(hit.entry, static_cast<uint32_t>(page_.entries.size()));
      if (fresh) page_.entries.push_back(in_.desk.watchlist()->record(hit.entry).party);
      hit_index_[key] = static_cast<uint32_t>(page_.hits.size());
      report::PartyHit shown;
      shown.name = ledger_.DisplayName(party);
      shown.role = role;
      shown.country = judged_.country[party];
      shown.person = in_.is_person[party] && !hit.identifier_agrees;
      shown.hit = hit;
      shown.entry = entry->second;
      shown.consequence = outcome_of[key] == Outcome::kStop ? "the list forbids it to this exporter"
                          : outcome_of[key] == Outcome::kReview
                              ? "a person must look"
                              : "shown only: " + std::string(ToString(role));
      const std::string column(ToString(role));
      shown.rows =
          MakeRowSet(ledger_, lines_of[key], column + " = " + tables::QuoteText(shown.name));
      page_.hits.push_back(std::move(shown));
    }
  }

  bool MayHaveHit(size_t line) const {
    for (const Role role : AllRoles()) {
      if (!judged_.hits[ledger_.lines.PartyOf(role, line)].empty()) return true;
    }
    return false;
  }

  uint32_t VerdictOf(uint32_t line) {
    const rules::Evaluation& evaluation = *judged_.cases[judged_.case_of[line]].evaluation;
    const auto key = std::pair(&evaluation, judged_.outcome[line]);
    const auto [it, fresh] =
        verdicts_.try_emplace(key, static_cast<uint32_t>(page_.verdicts.size()));
    if (!fresh) return it->second;
    report::Verdict verdict;
    verdict.outcome = judged_.outcome[line];
    verdict.reasons = evaluation.reasons;
    if (judged_.outcome[line] != evaluation.outcome)
      verdict.reasons.push_back("a party is listed or looks like a listed one");
    verdict.standing = evaluation.standing;
    for (const RuleResult& result : evaluation.rules) {
      if (result.status == RuleStatus::kNo) continue;
      verdict.rules.push_back(
          {result.id, result.status, result.because, result.depends_on, result.answered});
    }
    page_.verdicts.push_back(std::move(verdict));
    return it->second;
  }

  void AddLines() {
    for (const Outcome outcome : {Outcome::kStop, Outcome::kReview, Outcome::kAsk}) {
      for (uint32_t line = 0;
           line < ledger_.lines.size() && page_.lines.size() < report::kListedLines; ++line) {
        if (judged_.outcome[line] != outcome) continue;
        report::Line shown;
        shown.row = ReferenceOf(ledger_, line);
        shown.verdict = VerdictOf(line);
        for (const LineHit& hit : HitsOfLine(in_.desk, ledger_, judged_, line)) {
          shown.hits.push_back(hit_index_.at(std::tuple(hit.party, hit.role, hit.hit)));
        }
        page_.lines.push_back(std::move(shown));
      }
    }
  }

  // The days on which rules that matter here began, within the time of the file or up to a year
  // before it.
  void AddControlDates() {
    if (!page_.first_date) return;
    std::map<Date, report::ControlDate> dates;
    for (const auto& rule : page_.rules) {
      if (rule.effect == "inform") continue;  // decides nothing
      const Date from = rule.in_force.from;
      if (from < *page_.first_date - 365 || *page_.last_date < from) continue;
      auto& date = dates[from];
      date.date = from;
      if (date.label.empty()) date.label = rule.authority + ": " + rule.citation;
      date.rules.push_back(rule.id);
    }
    for (const evidence::Event& event : in_.timeline) {
      if (event.date < *page_.first_date || *page_.last_date < event.date || !Concerns(event))
        continue;
      auto& date = dates[event.date];
      date.date = event.date;
      date.label += (date.label.empty() ? "" : "; ") + event.who + ": " + event.what;
    }
    for (auto& [day, date] : dates) page_.control_dates.push_back(std::move(date));
  }

  // Statements about a trade in drones say nothing of other goods, nor of countries that no line
  // names.
  bool Concerns(const evidence::Event& event) const {
    const bool drones = std::any_of(judged_.recognitions.begin(), judged_.recognitions.end(),
                                    [](const auto& r) { return !r.component_class.empty(); });
    if (!drones) return false;
    return std::any_of(ledger_.routes.begin(), ledger_.routes.end(), [&](const auto& route) {
      return std::find(event.countries.begin(), event.countries.end(),
                       ledger_.Text(route.destination)) != event.countries.end();
    });
  }

  void AddFindings() {
    std::map<std::pair<int, std::string>, std::vector<const trace::Finding*>> by_indicator;
    for (const auto& finding : in_.findings)
      by_indicator[{finding.indicator, finding.indicator_key}].push_back(&finding);
    const LineFinder finder(ledger_);
    FindPersonEntities();
    for (const auto& [key, found] : by_indicator) {
      report::IndicatorResult result;
      for (const trace::Indicator& indicator : in_.indicators) {
        if (indicator.key != key.second) continue;
        result.source = indicator.source;
        result.shows = indicator.doc;
      }
      result.number = key.first;
      result.key = key.second;
      result.title = found.front()->title;
      result.parameters = found.front()->parameters;
      for (const trace::Finding* finding : found) {
        if (finding->status == "not_computable") {
          result.not_computable = finding->reason;
          continue;
        }
        result.findings.push_back(ShowFinding(*finding, finder));
      }
      page_.indicators.push_back(std::move(result));
    }
  }

  void FindPersonEntities() {
    for (Id party = 1; party < ledger_.parties.size(); ++party) {
      if (in_.is_person[party]) person_entities_.insert(ledger_.EntityText(party));
    }
  }

  // A subject is an entity, or several joined by | or >.
  bool NamesPerson(std::string_view subject) const {
    while (!subject.empty()) {
      const size_t end = subject.find_first_of("|>");
      if (person_entities_.contains(std::string(subject.substr(0, end)))) return true;
      subject.remove_prefix(end == std::string_view::npos ? subject.size() : end + 1);
    }
    return false;
  }

  report::Finding ShowFinding(const trace::Finding& finding, const LineFinder& finder) const {
    report::Finding shown;
    shown.subject_kind = finding.subject_kind;
    shown.subject_name = finding.subject_name.empty() ? finding.subject : finding.subject_name;
    shown.person = NamesPerson(finding.subject);
    shown.statistic = finding.statistic;
    shown.grade = finding.grade;
    shown.from = finding.from;
    shown.to = finding.to;
    std::vector<uint32_t> lines;
    for (const auto& row : finding.rows) {
      if (const auto line = finder.Find(row.source, row.row)) lines.push_back(*line);
    }
    std::sort(lines.begin(), lines.end());
    shown.rows =
        MakeRowSet(ledger_, lines,
                   "(source, row) IN (SELECT unnest(rows) FROM 'findings.parquet' WHERE id = " +
                       tables::QuoteText(finding.id) + ")");
    return shown;
  }

  void AddWhatWasChecked() {
    page_.checked.push_back("every line against the control rules in force on its day (" +
                            std::to_string(judged_.cases.size()) + " distinct cases)");
    for (const auto& list : page_.lists)
      page_.checked.push_back("every party against " + list.title);
    page_.not_checked.push_back("the end use and the end user: customs lines do not state them");
    page_.not_checked.push_back("who owns the parties");
    if (!page_.parties_screened) page_.not_checked.push_back("the parties: screening was left out");
    for (const auto& list : page_.missing_lists) page_.not_checked.push_back(list + ": not loaded");
  }

  const PageInputs& in_;
  const Ledger& ledger_;
  const Judged& judged_;
  report::Page page_;
  std::vector<Said> said_;
  std::unordered_set<std::string> person_entities_;
  std::map<std::tuple<Id, Role, uint32_t>, uint32_t> hit_index_;
  std::map<std::pair<const rules::Evaluation*, Outcome>, uint32_t> verdicts_;
};

}  // namespace

Result<report::Page> MakePage(const PageInputs& inputs) { return PageMaker(inputs).Make(); }

}  // namespace tidewaiter::inspect
