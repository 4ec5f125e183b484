#include "base/json.h"
#include "report/sections.h"

namespace tidewaiter::report {
namespace {

std::string Days(const Finding& finding) {
  if (!finding.from && !finding.to) return "";
  if (finding.from == finding.to) return ToString(*finding.from);
  return (finding.from ? ToString(*finding.from) : "") + " to " +
         (finding.to ? ToString(*finding.to) : "");
}

void WriteFinding(Writer& writer, const IndicatorResult& indicator, const Finding& finding) {
  const std::string subject =
      finding.person ? writer.Name(finding.subject_name) : writer.Data(finding.subject_name);
  writer.Put("<tr><td dir=\"auto\">", subject, " <span class=\"soft\">",
             Escape(finding.subject_kind), "</span></td><td>", writer.Data(finding.statistic),
             "</td><td class=\"date\">", Days(finding), "</td><td>", Escape(finding.grade),
             "</td><td class=\"num\" data-v=\"", std::to_string(finding.rows.count), "\">",
             writer.Opens(finding.rows, indicator.title + ": " + finding.subject_name),
             "</td></tr>\n");
}

std::string ValueInWords(const Json& value) {
  if (value.is_string()) return value.as_string();
  if (!value.is_array()) return value.Dump();
  std::string out;
  for (const Json& item : value.as_array()) out += (out.empty() ? "" : ", ") + ValueInWords(item);
  return out;
}

// "days: 365; least_usd: 50000" from a JSON object; any other text as it stands.
std::string ParametersInWords(const std::string& parameters) {
  const Result<Json> json = ParseJson(parameters);
  if (!json || !json->is_object()) return parameters;
  std::string out;
  for (const auto& [name, value] : json->as_object()) {
    out += (out.empty() ? "" : "; ") + name + ": " + ValueInWords(value);
  }
  return out;
}

void WriteMeaning(Writer& writer, const IndicatorResult& indicator) {
  writer.Put("<dl class=\"meaning\">");
  const auto term = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) writer.Put("<dt>", name, "</dt><dd>", writer.Data(text), "</dd>\n");
  };
  term("Shows", indicator.shows);
  term("Does not show", indicator.does_not_show);
  term("Parameters", ParametersInWords(indicator.parameters));
  term("Source", indicator.source);
  writer.Put("</dl>\n");
}

void WriteFindings(Writer& writer, const IndicatorResult& indicator) {
  writer.Put("<div class=\"scroll\"><table class=\"data\" data-page=\"10\"><caption>",
             Count(indicator.findings.size(), "finding", "findings"),
             " of: ", writer.Data(indicator.title),
             ".</caption>\n<thead><tr><th scope=\"col\">Subject</th><th scope=\"col\">What was "
             "measured</th>"
             "<th scope=\"col\">When</th><th scope=\"col\">Grade</th>"
             "<th scope=\"col\" class=\"num\" data-num>Rows</th></tr></thead>\n<tbody>\n");
  for (const Finding& finding : FirstOf(indicator.findings, kShownFindings)) {
    WriteFinding(writer, indicator, finding);
  }
  writer.Put("</tbody></table></div>\n");
  WriteRest(writer, indicator.findings.size(), kShownFindings, "findings.parquet");
}

std::string State(const IndicatorResult& indicator) {
  if (!indicator.not_computable.empty()) return "<span class=\"unsure\">not computable</span>";
  return "<span class=\"soft\">" + Count(indicator.findings.size(), "finding", "findings") +
         "</span>";
}

void WriteIndicator(Writer& writer, const IndicatorResult& indicator) {
  const bool open = !indicator.findings.empty();
  writer.Put("<details class=\"fold indicator\" id=\"", Anchor("indicator", indicator.key), "\"",
             open ? " open" : "", "><summary>",
             indicator.number > 0 ? std::to_string(indicator.number) + ". " : "",
             writer.Data(indicator.title), " ", State(indicator),
             "</summary>\n<div class=\"inside\">\n");
  WriteMeaning(writer, indicator);
  if (!indicator.not_computable.empty()) {
    writer.Put("<p>Not computable, which is not a no: ", writer.Data(indicator.not_computable),
               "</p>\n");
  }
  if (open) WriteFindings(writer, indicator);
  writer.Put("</div></details>\n");
}

}  // namespace

void WritePatterns(Writer& writer) {
  writer.BeginSection("patterns", "Patterns of diversion");
  writer.Put(
      "<p>An indicator is a question put to the rows. A finding says that the rows look that way; "
      "it does "
      "not say why. Findings are not added up into a score.</p>\n");
  for (const IndicatorResult& indicator : writer.page().indicators)
    WriteIndicator(writer, indicator);
  if (writer.page().indicators.empty()) writer.Put("<p>No indicator was run.</p>\n");
  writer.EndSection();
}

}  // namespace tidewaiter::report
