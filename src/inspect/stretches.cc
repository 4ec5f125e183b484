#include "inspect/stretches.h"

#include <algorithm>

namespace tidewaiter::inspect {
namespace {

bool Holds(const rules::Evaluation& evaluation, const std::string& rule) {
  return std::any_of(evaluation.rules.begin(), evaluation.rules.end(),
                     [&](const RuleResult& result) { return result.id == rule; });
}

std::string Answers(const Interval& days, const std::vector<Stretch>& stretches) {
  std::string text;
  for (size_t i = 0; i < stretches.size(); ++i) {
    const Date to = i + 1 < stretches.size() ? stretches[i + 1].from - 1 : days.to;
    text += (text.empty() ? "" : ", ") + ToString(stretches[i].from) + " to " + ToString(to) + " " +
            std::string(ToString(stretches[i].outcome));
  }
  return text;
}

std::vector<std::string> RulesThatDiffer(const std::vector<Stretch>& stretches) {
  std::vector<std::string> ids;
  for (const Stretch& stretch : stretches) {
    for (const RuleResult& rule : stretch.evaluation->rules) {
      const bool everywhere =
          std::all_of(stretches.begin(), stretches.end(),
                      [&](const Stretch& other) { return Holds(*other.evaluation, rule.id); });
      if (!everywhere) ids.push_back(rule.id);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

std::vector<Date> ChangesWithin(const Interval& days, const std::vector<Date>& rule_changes,
                                const std::vector<Interval>& listed) {
  std::vector<Date> changes;
  const auto add = [&](Date day) {
    if (days.from < day && day <= days.to) changes.push_back(day);
  };
  for (auto day = std::upper_bound(rule_changes.begin(), rule_changes.end(), days.from);
       day != rule_changes.end() && *day <= days.to; ++day) {
    add(*day);
  }
  for (const Interval& interval : listed) {
    add(interval.from);
    if (interval.to < days.to) add(interval.to + 1);
  }
  std::sort(changes.begin(), changes.end());
  changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
  return changes;
}

std::vector<Stretch> Joined(std::vector<Stretch> stretches) {
  const auto end = std::unique(
      stretches.begin(), stretches.end(),
      [](const Stretch& before, const Stretch& after) { return before.outcome == after.outcome; });
  stretches.erase(end, stretches.end());
  return stretches;
}

std::shared_ptr<const rules::Evaluation> AskingForTheDay(const Interval& days,
                                                         const std::vector<Stretch>& stretches) {
  const auto strongest =
      std::find_if(stretches.begin(), stretches.end(), [&](const Stretch& stretch) {
        return std::all_of(stretches.begin(), stretches.end(), [&](const Stretch& other) {
          return Stronger(stretch.outcome, other.outcome) == stretch.outcome;
        });
      });
  auto asking = std::make_shared<rules::Evaluation>(*strongest->evaluation);
  asking->outcome = Outcome::kAsk;
  const std::string answers = Answers(days, stretches);
  Question question;
  question.fact = "date";
  question.text =
      "On which day was it? The answer changes within the month, and the file states no day";
  question.settles = RulesThatDiffer(stretches);
  asking->questions.push_front(std::move(question));
  asking->reasons.insert(
      asking->reasons.begin(),
      "the file states no day of the month, and the outcome rests on it: " + answers);
  for (const Stretch& stretch : stretches) asking->outcomes.push_back(stretch.outcome);
  std::sort(asking->outcomes.begin(), asking->outcomes.end());
  asking->outcomes.erase(std::unique(asking->outcomes.begin(), asking->outcomes.end()),
                         asking->outcomes.end());
  asking->text.questions = asking->questions;
  asking->text.reasons.clear();
  AppendJsonStrings(asking->reasons, asking->text.reasons);
  return asking;
}

}  // namespace tidewaiter::inspect
