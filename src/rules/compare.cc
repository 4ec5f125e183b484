#include "rules/compare.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/markup.h"

namespace tidewaiter::rules {
namespace {

constexpr int kRowHeight = 22, kLeft = 190, kWidth = 1000, kTop = 70;

std::shared_ptr<const Evaluation> On(const RuleSet& rules, Order order,
                                     const std::vector<const goods::Recognition*>& goods,
                                     Date day) {
  Context context;
  context.as_of = day;
  context.goods = goods;
  // The line's HS code is read in the edition that it was given in, whatever the day.
  if (!order.date) order.date = day;
  return rules.Evaluate(order, context);
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

std::string Standing(const RuleResult* result) {
  if (result == nullptr) return "does not hold for it";
  if (result->status == RuleStatus::kApplies) return "applies (" + result->effect + ")";
  return "depends on " + Joined(result->depends_on) + " (" + result->effect + ")";
}

std::map<std::string, const RuleResult*> ById(const Evaluation& evaluation) {
  std::map<std::string, const RuleResult*> by_id;
  for (const RuleResult& result : evaluation.rules) by_id[result.id] = &result;
  return by_id;
}

std::vector<Period::Rule> RulesOf(const Evaluation& evaluation) {
  std::vector<Period::Rule> rules;
  for (const RuleResult& result : evaluation.rules) {
    if (result.effect != "inform")
      rules.push_back({result.id, result.effect, result.title, result.status});
  }
  std::sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return rules;
}

std::string Text(int x, int y, std::string_view text, std::string_view extra = {}) {
  return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" " +
         std::string(extra) + ">" + EscapeMarkup(text) + "</text>\n";
}

std::string Box(int x, int y, int width, std::string_view style, std::string_view title) {
  return "<rect x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" width=\"" +
         std::to_string(width) + "\" height=\"" + std::to_string(kRowHeight - 4) + "\" class=\"" +
         std::string(style) + "\"><title>" + EscapeMarkup(title) + "</title></rect>\n";
}

// The days drawn: from half a year before the first change to a year after the last.
struct Scale {
  Date from, to;
  int X(Date day) const {
    const int32_t clipped = std::clamp(day, from, to) - from;
    return kLeft + static_cast<int>(int64_t{clipped} * kWidth / std::max(1, to - from));
  }
};

Scale ScaleOf(const std::vector<Period>& periods) {
  if (periods.size() < 2) return {Date{0}, Date{365}};
  return {periods.front().days.to - 182, periods.back().days.from + 365};
}

std::string DayText(Date day) { return ToString(day).empty() ? "..." : ToString(day); }

std::string PeriodText(const Period& period) {
  return DayText(period.days.from) + " to " + DayText(period.days.to);
}

std::string Axis(const std::vector<Period>& periods, const Scale& scale, int bottom) {
  std::string out;
  const int first = ToYearMonthDay(scale.from).year + 1, last = ToYearMonthDay(scale.to).year;
  for (int year = first; year <= last; ++year) {
    const int x = scale.X(FromYearMonthDay({year, 1, 1}));
    out += "<line x1=\"" + std::to_string(x) + "\" x2=\"" + std::to_string(x) +
           "\" y1=\"44\" y2=\"" + std::to_string(bottom) + "\" class=\"year\"/>\n" +
           Text(x + 3, 40, std::to_string(year), "class=\"small\"");
  }
  for (const Period& period : periods) {
    const int x = scale.X(period.days.from);
    out += Box(x, 48, std::max(1, scale.X(period.days.to + 1) - x), ToString(period.outcome),
               std::string(ToString(period.outcome)) + ", " + PeriodText(period));
  }
  return out + Text(4, 62, "outcome", "font-weight=\"bold\"");
}

}  // namespace

std::vector<Change> Compare(const RuleSet& rules, const Order& order,
                            const std::vector<const goods::Recognition*>& goods, Date before,
                            Date after) {
  const auto first = On(rules, order, goods, before), second = On(rules, order, goods, after);
  const auto old_rules = ById(*first), new_rules = ById(*second);
  std::set<std::string> ids;
  for (const auto& [id, result] : old_rules) ids.insert(id);
  for (const auto& [id, result] : new_rules) ids.insert(id);
  std::vector<Change> changes;
  for (const std::string& id : ids) {
    const auto was = old_rules.find(id), is = new_rules.find(id);
    const RuleResult* a = was == old_rules.end() ? nullptr : was->second;
    const RuleResult* b = is == new_rules.end() ? nullptr : is->second;
    Change change{id, Standing(a), Standing(b), b != nullptr ? b->title : a->title};
    if (change.before != change.after) changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<Period> Timeline(const RuleSet& rules, const Order& order,
                             const std::vector<const goods::Recognition*>& goods) {
  std::vector<Period> periods;
  Date from = kDistantPast;
  const auto& changes = rules.change_days();
  for (size_t i = 0; i <= changes.size(); ++i) {
    const Date to = i < changes.size() ? changes[i] - 1 : kDistantFuture;
    const Date day = i < changes.size() ? to : from;
    const auto evaluation = On(rules, order, goods, changes.empty() ? Date{0} : day);
    Period period{{from, to}, evaluation->outcome, RulesOf(*evaluation)};
    if (!periods.empty() && periods.back().outcome == period.outcome &&
        periods.back().rules == period.rules) {
      periods.back().days.to = to;
    } else {
      periods.push_back(std::move(period));
    }
    from = to + 1;
  }
  return periods;
}

std::string TimelineSvg(const std::vector<Period>& periods, const std::string& title) {
  std::map<std::string, std::string> titles;
  for (const Period& period : periods) {
    for (const Period::Rule& rule : period.rules) titles.emplace(rule.id, rule.title);
  }
  const Scale scale = ScaleOf(periods);
  const int height = kTop + static_cast<int>(titles.size()) * kRowHeight + 16;
  std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " +
                    std::to_string(kLeft + kWidth + 10) + " " + std::to_string(height) +
                    "\" font-family=\"sans-serif\" font-size=\"12\">\n<style>.stop,.applies{fill:"
                    "#b3261e}.ask,.depends{fill:#d98e04}.review{fill:#5b6abf}.clear{fill:#cfe3cf}."
                    "notify{fill:#5b6abf}"
                    ".year{stroke:#ccc}.small{font-size:10px;fill:#555}</style>\n<rect "
                    "width=\"100%\" height=\"100%\" "
                    "fill=\"#fff\"/>\n" +
                    Text(4, 18, title, "font-size=\"15\" font-weight=\"bold\"") +
                    Axis(periods, scale, height - 8);
  int y = kTop;
  for (const auto& [id, text] : titles) {
    out += Text(4, y + 14, id);
    for (const Period& period : periods) {
      for (const Period::Rule& rule : period.rules) {
        if (rule.id != id) continue;
        const int x = scale.X(period.days.from);
        const std::string style =
            rule.effect == "notify" ? "notify" : std::string(ToString(rule.status));
        out += Box(x, y, std::max(1, scale.X(period.days.to + 1) - x), style,
                   id + " " + std::string(ToString(rule.status)) + ", " + rule.effect + ", " +
                       PeriodText(period) + ". " + text);
      }
    }
    y += kRowHeight;
  }
  return out + "</svg>\n";
}

}  // namespace tidewaiter::rules
