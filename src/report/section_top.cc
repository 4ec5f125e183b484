#include "report/charts.h"
#include "report/headline.h"
#include "report/sections.h"

namespace tidewaiter::report {
namespace {

void WriteBanner(Writer& writer) {
  if (!writer.synthetic()) return;
  writer.Put(
      "<aside class=\"synthetic\" aria-label=\"SYNTHETIC data\"><b>SYNTHETIC</b> The rows are made "
      "up."
      "<span class=\"wide-only\"> Parties are invented, but for a few from official lists; brands "
      "occur "
      "only as goods.</span></aside>\n");
}

std::string Period(const Page& page) {
  if (!page.first_date || !page.last_date) return "";
  return ToString(*page.first_date) + " to " + ToString(*page.last_date);
}

void WriteTitle(Writer& writer) {
  const Page& page = writer.page();
  writer.Put("<header class=\"top\">\n<p class=\"kicker\">Tidewaiter: report on ",
             Count(LineCount(page), "line", "lines"), "</p>\n<h1 dir=\"auto\">",
             writer.Data(TitleOf(page)), "</h1>\n<p class=\"facts\">");
  const std::string period = Period(page);
  if (!period.empty()) writer.Put("<span>Lines dated <b>", period, "</b></span> ");
  writer.Put("<span>Rules and lists as of <b>",
             page.as_of ? ToString(*page.as_of) : std::string("each line's own date"),
             "</b></span>");
  for (const Input& input : page.inputs) {
    writer.Put(" <span>Layout <b>", Escape(input.layout), "</b></span>");
    break;
  }
  writer.Put(
      "</p>\n<p class=\"caveat\">Decision support, not legal advice. A flag is a reason to look, "
      "not a "
      "finding of guilt.</p>\n</header>\n");
}

void WriteWarnings(Writer& writer) {
  const Page& page = writer.page();
  if (page.warnings.empty() && page.missing_lists.empty() && page.parties_screened) return;
  writer.Put("<div class=\"warnings\" role=\"note\" aria-label=\"Warnings\"><ul>\n");
  if (!page.parties_screened)
    writer.Put("<li>No party was screened: the run was told to use no list.</li>\n");
  for (const std::string& warning : page.warnings)
    writer.Put("<li>", writer.Data(warning), "</li>\n");
  if (!page.missing_lists.empty()) {
    writer.Put("<li>Official lists that are not loaded: ");
    for (size_t i = 0; i < page.missing_lists.size(); ++i) {
      writer.Put(i == 0 ? "" : "; ", Escape(page.missing_lists[i]));
    }
    writer.Put(". Nobody was compared with them.</li>\n");
  }
  writer.Put("</ul></div>\n");
}

void WriteSentence(Writer& writer, const Sentence& sentence) {
  writer.Put("<li class=\"", sentence.kind, "\"><p>");
  for (const Part& part : sentence.parts) {
    writer.Put(part.set == nullptr ? writer.Data(part.text)
                                   : writer.Opens(*part.set, part.text, part.title));
  }
  writer.Put("</p> <a class=\"more\" href=\"#", sentence.section,
             "\" aria-label=\"More on: ", sentence.section, "\">more</a></li>\n");
}

void WriteWay(Writer& writer) {
  writer.Put(
      "<nav aria-label=\"Sections\"><a href=\"#summary\">In short</a><a href=\"#held\">Held</a>"
      "<a href=\"#questions\">Questions</a><a href=\"#review\">Review</a>"
      "<a href=\"#parties\">Parties</a><a href=\"#figures\">What went where</a>"
      "<a href=\"#patterns\">Patterns</a><a href=\"#rules\">Rules</a>"
      "<a href=\"#basis\">Basis</a></nav>\n");
}

}  // namespace

std::string_view OutcomeInWords(Outcome outcome) {
  switch (outcome) {
    case Outcome::kStop:
      return "stop";
    case Outcome::kAsk:
      return "ask";
    case Outcome::kReview:
      return "review";
    case Outcome::kClear:
      return "clear";
  }
  return "unknown";
}

std::string OutcomeMark(Outcome outcome) {
  const std::string word(OutcomeInWords(outcome));
  return "<span class=\"mark " + word + "\">" + word + "</span>";
}

std::string_view EffectInWords(std::string_view effect) {
  if (effect == "prohibit") return "prohibits, licence or not";
  if (effect == "license") return "needs a licence";
  if (effect == "catch_all") return "needs a licence because of use or user";
  if (effect == "notify") return "asks for notice: a person must look";
  if (effect == "inform") return "shown as context, decides nothing";
  return effect;
}

std::string ConfidenceMark(std::string_view confidence) {
  if (confidence == "quoted") return "<span class=\"sure\">quoted from the source</span>";
  if (confidence == "quoted-secondary")
    return "<span class=\"sure\">quoted from a secondary source</span>";
  if (confidence == "memory") {
    return "<span class=\"unsure\">uncertain: written from memory, not checked against the "
           "source</span>";
  }
  return "<span class=\"unsure\">" + Escape(confidence.empty() ? "not stated" : confidence) +
         "</span>";
}

void WriteRest(Writer& writer, size_t all, size_t shown, std::string_view file) {
  if (all <= shown) return;
  writer.Put("<p class=\"note\">", Grouped(shown), " of ", Grouped(all), " are shown; ", file,
             " has all of them.</p>\n");
}

void WriteTop(Writer& writer) {
  WriteBanner(writer);
  writer.Put("<a class=\"skip\" href=\"#summary\">Skip to the summary</a>\n");
  WriteTitle(writer);
  WriteWay(writer);
  writer.Put("<main>\n");
  WriteWarnings(writer);
  writer.BeginSection("summary", "In short");
  WriteOutcomeBar(writer);
  writer.Put("<ul class=\"headlines\">\n");
  for (const Sentence& sentence : Headlines(writer.page())) WriteSentence(writer, sentence);
  writer.Put(
      "</ul>\n<noscript><p class=\"note\">Without its script this page shows every table in full, "
      "but its "
      "numbers do not open into rows.</p></noscript>\n");
  writer.EndSection();
}

void WriteOutcomeBar(Writer& writer) {
  const OutcomeCounts& counts = writer.page().outcomes;
  struct Share {
    Outcome outcome;
    const RowSet* set;
    const char* words;
  };
  const Share shares[] = {{Outcome::kStop, &counts.stop, "must not ship, or need a licence"},
                          {Outcome::kAsk, &counts.ask, "need one more fact"},
                          {Outcome::kReview, &counts.review, "a person must look"},
                          {Outcome::kClear, &counts.clear, "nothing found"}};
  writer.Put("<div class=\"bar-of-all\" aria-hidden=\"true\">");
  for (const Share& share : shares) {
    if (share.set->count == 0) continue;
    writer.Put("<span class=\"", OutcomeInWords(share.outcome),
               "\" style=\"flex-grow:", std::to_string(share.set->count), "\"></span>");
  }
  writer.Put("</div>\n<ul class=\"outcomes\">\n");
  for (const Share& share : shares) {
    writer.Put("<li>", OutcomeMark(share.outcome), " <b>",
               writer.Opens(*share.set, std::string("Lines: ") + share.words),
               "</b> <span class=\"soft\">", share.words, "</span></li>\n");
  }
  writer.Put("</ul>\n");
}

}  // namespace tidewaiter::report
