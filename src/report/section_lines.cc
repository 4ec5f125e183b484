#include <algorithm>

#include "report/headline.h"
#include "report/sections.h"

namespace tidewaiter::report {
namespace {

std::string Goods(const Writer& writer, const Row& row) {
  std::string recognised = row.brand;
  if (!row.model.empty()) recognised += (recognised.empty() ? "" : " ") + row.model;
  std::string out;
  if (!recognised.empty()) out = "<b>" + Escape(recognised) + "</b> ";
  if (!row.component_class.empty())
    out += "<span class=\"soft\">" + Escape(row.component_class) + "</span> ";
  return out + "<span class=\"text\">" + Escape(Shorten(writer.mask().Text(row.description), 90)) +
         "</span>";
}

const RowParty* Receiver(const Row& row) {
  for (const RowParty& party : row.parties) {
    if (IsRecipient(party.role)) return &party;
  }
  return nullptr;
}

std::string ValueCell(const Row& row) {
  if (!row.value_usd)
    return "<td class=\"num\" data-v=\"-1\"><span class=\"soft\">not stated</span></td>";
  return "<td class=\"num\" data-v=\"" + Coordinate(*row.value_usd) + "\">" +
         Amount(*row.value_usd) + "</td>";
}

std::string HitLink(const Page& page, uint32_t hit) {
  const std::string list = Escape(page.hits[hit].hit.list);
  if (hit >= kShownHits) return "<span class=\"id\">" + list + "</span> ";
  return "<a class=\"id\" href=\"#hit-" + std::to_string(hit) + "\">" + list + "</a> ";
}

// Ids of the rules that apply, else of those that depend, and what the parties add.
std::string Why(const Writer& writer, const Line& line) {
  const Verdict& verdict = writer.page().verdicts[line.verdict];
  std::string out;
  for (const RuleStatus wanted : {RuleStatus::kApplies, RuleStatus::kDepends}) {
    for (const RuleUse& use : verdict.rules) {
      const RuleNote* rule = FindRule(writer.page(), use.rule);
      if (use.status != wanted || use.answered || (rule != nullptr && rule->effect == "inform"))
        continue;
      out += writer.RuleLink(use.rule) + " ";
    }
    if (!out.empty()) break;
  }
  for (const uint32_t hit : line.hits) {
    out += HitLink(writer.page(), hit);
  }
  if (out.empty() && !verdict.reasons.empty()) out = writer.Data(verdict.reasons.front());
  return out;
}

void WriteLine(Writer& writer, const Line& line) {
  writer.Put("<tr><td data-v=\"", std::to_string(line.row.row), "\">", writer.OpensRow(line.row),
             "</td>");
  const auto index = writer.embedded().IndexOf(line.row);
  if (!index) {
    writer.Put(
        "<td></td><td class=\"soft\">the row is not in the "
        "page</td><td></td><td></td><td></td><td>",
        Why(writer, line), "</td></tr>\n");
    return;
  }
  const Row& row = *writer.embedded().rows()[*index];
  const RowParty* receiver = Receiver(row);
  writer.Put(
      "<td class=\"date\">", row.date ? ToString(*row.date) : "", "</td><td dir=\"auto\">",
      Goods(writer, row), "</td>", ValueCell(row), "<td>",
      Escape(RouteInWords({row.origin, row.departure, row.destination})), "</td><td dir=\"auto\">",
      receiver == nullptr ? "<span class=\"soft\">not stated</span>" : writer.Name(receiver->name),
      "</td><td>", Why(writer, line), "</td></tr>\n");
}

void WriteLines(Writer& writer, Outcome outcome, const RowSet& all, std::string_view caption) {
  const Page& page = writer.page();
  writer.Put("<div class=\"scroll\"><table class=\"data lines\" data-page=\"15\"><caption>",
             caption,
             "</caption>\n<thead><tr><th scope=\"col\" data-num>Row</th><th scope=\"col\">Date</th>"
             "<th scope=\"col\">Goods</th><th scope=\"col\" class=\"num\" data-num>USD</th>"
             "<th scope=\"col\">Route</th><th scope=\"col\">Goes to</th><th "
             "scope=\"col\">Why</th></tr></thead>"
             "\n<tbody>\n");
  size_t shown = 0;
  for (const Line& line : FirstOf(page.lines, kListedLines)) {
    if (page.verdicts[line.verdict].outcome != outcome) continue;
    WriteLine(writer, line);
    ++shown;
  }
  writer.Put("</tbody></table></div>\n");
  if (shown < all.count) {
    writer.Put("<p class=\"note\">", Grouped(shown), " of ", Grouped(all.count),
               " lines are listed here. All of them: ",
               writer.Opens(all, "query and hash", "All such lines"), ".</p>\n");
  }
}

bool Decides(const RuleNote& rule) { return rule.effect != "inform"; }

// The rules that hold lines (or, for `waiting`, that wait for a fact), most lines first.
std::vector<const RuleNote*> RulesBy(const Page& page, bool waiting) {
  std::vector<const RuleNote*> rules;
  for (const RuleNote& rule : page.rules) {
    if (Decides(rule) && (waiting ? rule.depends : rule.applies).count > 0) rules.push_back(&rule);
  }
  std::stable_sort(rules.begin(), rules.end(), [&](const RuleNote* a, const RuleNote* b) {
    return waiting ? a->depends.count > b->depends.count : a->applies.count > b->applies.count;
  });
  return rules;
}

void WriteRuleTotals(Writer& writer, bool waiting) {
  const auto rules = RulesBy(writer.page(), waiting);
  if (rules.empty()) return;
  writer.Put(
      "<div class=\"scroll\"><table class=\"data\" data-page=\"12\"><caption>",
      waiting ? "Rules that wait for a fact." : "By whose rule. A line can fall under several.",
      "</caption>\n<thead><tr><th scope=\"col\">Authority</th><th scope=\"col\">Rule</th>"
      "<th scope=\"col\">Effect</th><th scope=\"col\" class=\"num\" "
      "data-num>Lines</th></tr></thead>\n<tbody>\n");
  for (const RuleNote* rule : rules) {
    const RowSet& lines = waiting ? rule->depends : rule->applies;
    writer.Put("<tr><td>", Escape(rule->authority), "</td><td>", writer.RuleLink(rule->id), " ",
               Escape(rule->title),
               rule->confidence == "memory" ? " <span class=\"unsure\">uncertain</span>" : "",
               "</td><td>", Escape(EffectInWords(rule->effect)), "</td><td class=\"num\" data-v=\"",
               std::to_string(lines.count), "\">",
               writer.Opens(lines, "Lines on which " + rule->id +
                                       (waiting ? " depends on a fact" : " applies")),
               "</td></tr>\n");
  }
  writer.Put("</tbody></table></div>\n");
}

}  // namespace

void WriteHeldLines(Writer& writer) {
  const RowSet& stop = writer.page().outcomes.stop;
  writer.BeginSection("held", "Held: must not ship, or need a licence");
  if (stop.count == 0) {
    writer.Put("<p>No line is held.</p>\n");
  } else {
    writer.Put(
        "<p>Open a row to see it as it stands in the file, each rule with its citation, and the "
        "list entry "
        "of a party.</p>\n");
  }
  WriteRuleTotals(writer, false);
  if (stop.count > 0) WriteLines(writer, Outcome::kStop, stop, "Held lines, one by one.");
  writer.EndSection();
}

void WriteReview(Writer& writer) {
  const RowSet& review = writer.page().outcomes.review;
  writer.BeginSection("review", "For a person to look at");
  if (review.count == 0) {
    writer.Put("<p>No line waits only for a person's look.</p>\n");
  } else {
    WriteLines(writer, Outcome::kReview, review,
               "Lines with a party or a red flag to be looked at.");
  }
  writer.EndSection();
}

void WriteQuestions(Writer& writer) {
  const Page& page = writer.page();
  writer.BeginSection("questions", "Questions that would settle the rest");
  if (page.questions.empty()) {
    writer.Put("<p>Nothing is asked: the facts in the file decide every line.</p>\n");
    writer.EndSection();
    return;
  }
  writer.Put(
      "<div class=\"scroll\"><table class=\"data\" data-page=\"20\"><caption>One row for each "
      "question, not "
      "for each line. The rule says yes or no once it is answered.</caption>\n<thead><tr>"
      "<th scope=\"col\">Question</th><th scope=\"col\">About</th>"
      "<th scope=\"col\" class=\"num\" data-num>Decides lines</th><th scope=\"col\">For the "
      "rules</th>"
      "<th scope=\"col\">Fact</th></tr></thead>\n<tbody>\n");
  for (const QuestionGroup& question : FirstOf(page.questions, kShownQuestions)) {
    writer.Put("<tr><td>", writer.Data(question.text), "</td><td>", writer.Data(question.subject),
               "</td><td class=\"num\" data-v=\"", std::to_string(question.lines.count), "\">",
               writer.Opens(question.lines, "Lines decided by: " + question.text), "</td><td>");
    for (const std::string& rule : question.settles) writer.Put(writer.RuleLink(rule), " ");
    writer.Put("</td><td class=\"id\">", Escape(question.fact), question.unit.empty() ? "" : ", ",
               Escape(question.unit), "</td></tr>\n");
  }
  writer.Put("</tbody></table></div>\n");
  WriteRest(writer, page.questions.size(), kShownQuestions, "decisions.parquet");
  writer.Put("<details class=\"fold\"><summary>The rules that ask</summary>\n");
  WriteRuleTotals(writer, true);
  writer.Put("</details>\n");
  if (!page.declared.empty()) {
    writer.Put("<h3>Taken on the exporter's word</h3>\n<ul>\n");
    for (const std::string& sentence : page.declared)
      writer.Put("<li>", writer.Data(sentence), "</li>\n");
    writer.Put("</ul>\n");
  }
  writer.EndSection();
}

}  // namespace tidewaiter::report
