#include "report/headline.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "model/country.h"
#include "report/text.h"

namespace tidewaiter::report {
namespace {

constexpr size_t kNamed = 3;  // rules, parties, routes named in a sentence; the sections have all

class Builder {
 public:
  Builder(std::string kind, std::string section)
      : sentence_{std::move(kind), std::move(section), {}} {}
  Builder& Say(std::string text) {
    sentence_.parts.push_back({std::move(text), nullptr, {}});
    return *this;
  }
  Builder& Number(const RowSet& set, std::string text, std::string title) {
    sentence_.parts.push_back({std::move(text), &set, std::move(title)});
    return *this;
  }
  Builder& Number(const RowSet& set, std::string title) {
    return Number(set, Grouped(set.count), std::move(title));
  }
  Sentence Finish() && { return std::move(sentence_); }

 private:
  Sentence sentence_;
};

bool Holds(const RuleNote& rule) {
  return rule.applies.count > 0 &&
         (rule.effect == "prohibit" || rule.effect == "license" || rule.effect == "catch_all") &&
         rule.confidence != "memory";
}

std::vector<const RuleNote*> HoldingRules(const Page& page) {
  std::vector<const RuleNote*> rules;
  for (const RuleNote& rule : page.rules) {
    if (Holds(rule)) rules.push_back(&rule);
  }
  std::stable_sort(rules.begin(), rules.end(), [](const RuleNote* a, const RuleNote* b) {
    return a->applies.count > b->applies.count;
  });
  return rules;
}

void SayByWhoseRule(const Page& page, Builder& out) {
  const auto rules = HoldingRules(page);
  for (size_t i = 0; i < std::min(rules.size(), kNamed); ++i) {
    const RuleNote& rule = *rules[i];
    out.Say(i == 0 ? " By whose rule: " : "; ");
    out.Say(rule.authority + ", " + rule.id + " (")
        .Number(rule.applies, "Lines on which " + rule.id + " applies")
        .Say(rule.applies.count == 1 ? " line)" : " lines)");
  }
  if (rules.size() > kNamed)
    out.Say("; and " + Count(rules.size() - kNamed, "more rule", "more rules"));
  if (!rules.empty()) out.Say(".");
}

Sentence StopSentence(const Page& page) {
  Builder out("stop", "held");
  const RowSet& stop = page.outcomes.stop;
  if (stop.count == 0) {
    out.Say(
        "No line is held: no rule in force prohibits one, and none needs a licence that is not "
        "given.");
    return std::move(out).Finish();
  }
  out.Number(stop, "Lines that must not ship or need a licence")
      .Say(" of " + Count(LineCount(page), "line", "lines") + " must not ship, or " +
           (stop.count == 1 ? "needs" : "need") + " a licence that is not given.");
  SayByWhoseRule(page, out);
  return std::move(out).Finish();
}

Sentence AskSentence(const Page& page) {
  Builder out("ask", "questions");
  const RowSet& ask = page.outcomes.ask;
  if (ask.count == 0) {
    out.Say("No line waits for a missing fact.");
    return std::move(out).Finish();
  }
  out.Number(ask, "Lines that need one more fact")
      .Say(ask.count == 1 ? " line depends on a fact that the file does not state."
                          : " lines depend on facts that the file does not state.");
  if (!page.questions.empty()) {
    const QuestionGroup& first = page.questions.front();
    out.Say(" " + Count(page.questions.size(), "question", "questions") + " to ask; the first, \"" +
            first.text + "\"" + (first.subject.empty() ? "" : " (" + first.subject + ")") +
            ", decides ")
        .Number(first.lines, Count(first.lines.count, "line", "lines"),
                "Lines that the first question decides")
        .Say(".");
  }
  return std::move(out).Finish();
}

Sentence ReviewSentence(const Page& page) {
  Builder out("review", "review");
  const RowSet& review = page.outcomes.review;
  out.Number(review, "Lines that a person must look at")
      .Say(review.count == 1
               ? " line waits for a person to look: a party or a red flag, no rule by itself."
               : " lines wait for a person to look: a party or a red flag, no rule by itself.");
  return std::move(out).Finish();
}

// The hits of distinct parties of the file, those that are listed or those that only look like it.
std::vector<const PartyHit*> DistinctParties(const Page& page, bool listed) {
  std::vector<const PartyHit*> out;
  std::set<std::string_view> seen;
  for (const PartyHit& hit : page.hits) {
    if (hit.hit.identifier_agrees) seen.insert(hit.name);
  }
  std::set<std::string_view> done;
  for (const PartyHit& hit : page.hits) {
    if (seen.contains(hit.name) == listed && done.insert(hit.name).second) out.push_back(&hit);
  }
  return out;
}

void SayParties(const std::vector<const PartyHit*>& hits, Builder& out) {
  for (size_t i = 0; i < std::min(hits.size(), kNamed); ++i) {
    const PartyHit& hit = *hits[i];
    out.Say(i == 0 ? ": " : "; ");
    out.Say(hit.name + ", " + std::string(RoleInWords(ToString(hit.role))) + " on ")
        .Number(hit.rows, Count(hit.rows.count, "line", "lines"), "Lines with " + hit.name)
        .Say(", like " + hit.hit.name + " on " + hit.hit.list);
  }
  if (hits.size() > kNamed) out.Say("; and " + Grouped(hits.size() - kNamed) + " more");
  out.Say(".");
}

Sentence PartySentence(const Page& page) {
  Builder out("parties", "parties");
  if (!page.parties_screened) {
    out.Say("No party was screened: the run was told to use no list.");
    return std::move(out).Finish();
  }
  const auto listed = DistinctParties(page, true), alike = DistinctParties(page, false);
  if (listed.empty() && alike.empty()) {
    out.Say(
        "No party of the file is listed, or looks like a listed one, on the lists that were used.");
    return std::move(out).Finish();
  }
  if (!listed.empty()) {
    out.Say(Count(listed.size(), "party is", "parties are") + " listed, an identifier agrees");
    SayParties(listed, out);
  }
  if (!alike.empty()) {
    out.Say((listed.empty() ? "" : " ") + Count(alike.size(), "party looks", "parties look") +
            " like a listed one by name");
    SayParties(alike, out);
  }
  return std::move(out).Finish();
}

const FigureTable* TableOf(const Totals& totals, FigureTable::Kind kind) {
  for (const FigureTable& table : totals.tables) {
    if (table.kind == kind) return &table;
  }
  return nullptr;
}

std::string ValueOrLines(const Figure& figure) {
  return figure.value_usd ? UsdRange(*figure.value_usd, figure.value_without_disputed)
                          : Count(figure.rows.count, "line", "lines");
}

Sentence RouteSentence(const Totals& totals) {
  Builder out("routes", "figures");
  out.Say(totals.title + ": ")
      .Number(totals.total.rows, Count(totals.total.rows.count, "line", "lines"), totals.title)
      .Say(totals.total.value_usd
               ? ", " + UsdRange(*totals.total.value_usd, totals.total.value_without_disputed)
               : std::string(", no value in dollars stated"));
  const FigureTable* routes = TableOf(totals, FigureTable::Kind::kRoute);
  if (routes != nullptr && !routes->figures.empty()) {
    out.Say(routes->figures.size() == 1 ? ". The route: " : ". The largest routes: ");
    const bool departure = StatesDeparture(*routes);
    for (size_t i = 0; i < std::min(routes->figures.size(), kNamed); ++i) {
      const Figure& route = routes->figures[i];
      const std::string words =
          departure ? RouteInWords(route.key) : RouteInWords({route.key.front(), route.key.back()});
      out.Say((i == 0 ? "" : "; ") + words + " ").Number(route.rows, ValueOrLines(route), words);
    }
  }
  out.Say(".");
  return std::move(out).Finish();
}

// What totals without a table of routes compare: the same goods to one destination and another.
Sentence ComparisonSentence(const std::vector<const Totals*>& compared) {
  Builder out("routes", "figures");
  out.Say("The same goods to two destinations: ");
  for (const Totals* totals : compared) {
    const Figure& total = totals->total;
    out.Say(totals == compared.front() ? "" : "; ").Say(totals->title + " ");
    out.Number(total.rows, Count(total.rows.count, "line", "lines"), totals->title);
    if (total.value_usd) out.Say(", " + UsdRange(*total.value_usd, total.value_without_disputed));
  }
  out.Say(".");
  return std::move(out).Finish();
}

Sentence PatternSentence(const Page& page) {
  Builder out("patterns", "patterns");
  size_t findings = 0, not_computable = 0;
  for (const IndicatorResult& indicator : page.indicators) {
    findings += indicator.findings.size();
    not_computable += indicator.not_computable.empty() ? 0 : 1;
  }
  out.Say(Count(findings, "pattern", "patterns") + " found by " +
          Count(page.indicators.size() - not_computable, "indicator", "indicators") +
          " of diversion.");
  if (not_computable > 0) {
    out.Say(" " + Count(not_computable, "indicator is", "indicators are") +
            " not computable on this data, which is not a no.");
  }
  out.Say(" A pattern is a reason to look, not a finding of guilt.");
  return std::move(out).Finish();
}

Sentence BasisSentence(const Page& page) {
  Builder out("basis", "basis");
  out.Say(Count(RowsRead(page), "row", "rows") +
          " read: " + Count(LineCount(page), "line", "lines") + " and " +
          Count(RejectCount(page), "reject", "rejects") +
          ". Every number opens its rows, or names the query and the hash of its rows.");
  return std::move(out).Finish();
}

}  // namespace

std::vector<Sentence> Headlines(const Page& page) {
  std::vector<Sentence> out = {StopSentence(page), AskSentence(page)};
  if (page.outcomes.review.count > 0) out.push_back(ReviewSentence(page));
  out.push_back(PartySentence(page));
  std::vector<const Totals*> compared;
  for (const Totals& totals : page.totals) {
    if (TableOf(totals, FigureTable::Kind::kRoute) != nullptr)
      out.push_back(RouteSentence(totals));
    else
      compared.push_back(&totals);
  }
  if (!compared.empty()) out.push_back(ComparisonSentence(compared));
  if (!page.indicators.empty()) out.push_back(PatternSentence(page));
  out.push_back(BasisSentence(page));
  return out;
}

std::string TitleOf(const Page& page) {
  if (!page.title.empty()) return page.title;
  if (page.inputs.empty()) return "No input";
  std::string title = page.inputs.front().name;
  if (page.inputs.size() > 1)
    title += " and " + Count(page.inputs.size() - 1, "more file", "more files");
  return title;
}

bool IsSynthetic(const Page& page) {
  const auto says = [](const std::string& text) {
    return text.find("SYNTHETIC") != std::string::npos;
  };
  return page.synthetic ||
         std::any_of(page.inputs.begin(), page.inputs.end(),
                     [&](const Input& i) { return says(i.name); }) ||
         std::any_of(page.rows.begin(), page.rows.end(), [&](const Row& row) {
           return says(row.declaration) || std::any_of(row.cells.begin(), row.cells.end(), says);
         });
}

uint64_t LineCount(const Page& page) {
  uint64_t sum = 0;
  for (const Input& input : page.inputs) sum += input.lines;
  return sum;
}

uint64_t RowsRead(const Page& page) {
  uint64_t sum = 0;
  for (const Input& input : page.inputs) sum += input.rows_read;
  return sum;
}

uint64_t RejectCount(const Page& page) {
  uint64_t sum = 0;
  for (const Input& input : page.inputs) sum += input.rejects;
  return sum;
}

std::string ChannelInWords(const std::vector<std::string>& key) {
  std::string words;
  for (const auto& name : key) {
    if (!name.empty()) words += (words.empty() ? "" : " > ") + name;
  }
  return words;
}

bool StatesDeparture(const FigureTable& routes) {
  return std::any_of(routes.figures.begin(), routes.figures.end(), [](const Figure& figure) {
    return figure.key.size() == 3 && !figure.key[1].empty();
  });
}

std::string RouteInWords(const std::vector<std::string>& key) {
  std::string out;
  for (size_t i = 0; i < key.size(); ++i) {
    if (i == 1 && key.size() == 3 && key[1] == key[0] && !key[0].empty())
      continue;  // leaves from where it was made
    if (!out.empty()) out += " > ";
    out += key[i].empty() ? "not stated" : std::string(CountryName(key[i]));
  }
  return out;
}

}  // namespace tidewaiter::report
