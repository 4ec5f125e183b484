#include "report/sections.h"

namespace tidewaiter::report {
namespace {

void WriteRule(Writer& writer, const RuleNote& rule) {
  writer.Put(
      "<article class=\"rule\" id=\"", Anchor("rule", rule.id), "\"><h3><span class=\"id\">",
      Escape(rule.id), "</span> ", Escape(rule.title), "</h3>\n<dl>\n<dt>Authority</dt><dd>",
      Escape(rule.authority), "</dd>\n<dt>Effect</dt><dd>", Escape(EffectInWords(rule.effect)),
      "</dd>\n<dt>In force</dt><dd>", InForce(rule.in_force),
      rule.date_confidence == "memory" ? " <span class=\"unsure\">dates from memory</span>" : "",
      "</dd>\n<dt>Citation</dt><dd dir=\"auto\">", Escape(rule.citation),
      "</dd>\n<dt>Confidence</dt><dd>", ConfidenceMark(rule.confidence), "</dd>\n");
  if (!rule.doubts.empty()) {
    writer.Put("<dt>Doubts</dt><dd><ul>");
    for (const std::string& doubt : rule.doubts) writer.Put("<li>", Escape(doubt), "</li>");
    writer.Put("</ul></dd>\n");
  }
  writer.Put("<dt>Lines</dt><dd>applies to ",
             writer.Opens(rule.applies, "Lines on which " + rule.id + " applies"),
             ", depends on a fact for ",
             writer.Opens(rule.depends, "Lines on which " + rule.id + " depends on a fact"),
             "</dd>\n</dl></article>\n");
}

}  // namespace

void WriteRules(Writer& writer) {
  writer.BeginSection("rules", "The rules, with their sources");
  if (writer.page().rules.empty()) writer.Put("<p>No rule applied or might apply.</p>\n");
  for (const RuleNote& rule : writer.page().rules) WriteRule(writer, rule);
  writer.EndSection();
}

}  // namespace tidewaiter::report
