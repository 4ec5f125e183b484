#include "model/decision.h"

#include <array>

namespace tidewaiter {
namespace {

void AppendLine(int64_t line, std::string& out) {
  out += line == 0 ? "null" : std::to_string(line);
}

void AppendInForce(const Interval& in_force, std::string& out) {
  const auto day = [&](Date date) {
    const std::string text = ToString(date);
    out += text.empty() ? "null" : '"' + text + '"';
  };
  out += '[';
  day(in_force.from);
  out += ',';
  day(in_force.to);
  out += ']';
}

// Lists without their brackets, those that are not empty joined to one.
void AppendJoined(std::initializer_list<std::string_view> parts, std::string& out) {
  out += '[';
  bool first = true;
  for (const std::string_view part : parts) {
    if (part.empty()) continue;
    if (!first) out += ',';
    first = false;
    out += part;
  }
  out += ']';
}

}  // namespace

std::string_view ToString(Outcome outcome) {
  static constexpr std::array<std::string_view, 4> kNames = {"clear", "review", "ask", "stop"};
  return kNames[static_cast<size_t>(outcome)];
}

std::string_view ToString(RuleStatus status) {
  static constexpr std::array<std::string_view, 3> kNames = {"no", "depends", "applies"};
  return kNames[static_cast<size_t>(status)];
}

void AppendJson(const DecisionInputs& inputs, std::string& out) {
  JsonMembers json(out);
  json.TextOrNull("catalogue", inputs.catalogue);
  json.TextOrNull("engine", inputs.engine);
  if (!inputs.pairs.empty()) json.Text("pairs", inputs.pairs);
  json.TextOrNull("profile", inputs.profile);
  if (!inputs.relations.empty()) json.Text("relations", inputs.relations);
  json.TextOrNull("rulepacks", inputs.rulepacks);
  json.TextOrNull("watchlist", inputs.watchlist);
}

void AppendJson(const DeclaredFact& fact, std::string& out) {
  JsonMembers json(out);
  json.Text("by", fact.by);
  json.Text("fact", fact.fact);
  AppendLine(fact.line, json.Begin("line"));
  fact.value.DumpTo(json.Begin("value"));
}

void AppendJson(const ListReference& reference, std::string& out) {
  JsonMembers json(out);
  json.Text("id", reference.id);
  json.Text("list", reference.list);
}

void AppendJson(const Hit& hit, std::string& out) {
  JsonMembers json(out);
  json.Each("also", hit.also);
  json.Texts("citations", hit.citations);
  if (!hit.explanation.is_null()) hit.explanation.DumpTo(json.Begin("explanation"));
  json.Text("id", hit.id);
  json.Text("list", hit.list);
  json.TextOrNull("listed_on", hit.listed_on ? ToString(*hit.listed_on) : std::string());
  json.Text("name", hit.name);
  if (!hit.pair.empty()) json.Text("pair", hit.pair);
  json.Texts("path", hit.path);
  json.Texts("programs", hit.programs);
  json.Text("schema", ToString(hit.kind));
  AppendJsonNumber(hit.score, json.Begin("score"));
  json.Texts("why", hit.why);
}

void AppendParty(Role role, std::string_view name, std::string_view hits, std::string& out) {
  JsonMembers json(out);
  json.Begin("hits") += hits;
  json.Text("name", name);
  json.Text("role", ToString(role));
}

void AppendJson(const RuleResult& result, std::string& out) {
  JsonMembers json(out);
  if (result.answered) json.Begin("answered_by_license") += "true";
  json.Text("authority", result.authority);
  json.Texts("because", result.because);
  json.Text("citation", result.citation);
  json.Text("confidence", result.confidence);
  if (!result.date_confidence.empty()) json.Text("date_confidence", result.date_confidence);
  json.Texts("depends_on", result.depends_on);
  if (!result.doubts.empty()) json.Texts("doubts", result.doubts);
  json.Text("effect", result.effect);
  json.Text("id", result.id);
  AppendInForce(result.in_force, json.Begin("in_force"));
  AppendLine(result.line, json.Begin("line"));
  json.Text("status", ToString(result.status));
  json.Text("title", result.title);
}

void AppendJson(const Question& question, std::string& out) {
  JsonMembers json(out);
  json.Text("fact", question.fact);
  AppendLine(question.line, json.Begin("line"));
  json.Texts("settles", question.settles);
  json.Text("text", question.text);
  json.TextOrNull("unit", question.unit);
}

void AppendJson(const Decision& decision, std::string& out) {
  const DayText& day = *decision.day;
  const RulesText& rules = *decision.rules;
  out.reserve(out.size() + decision.parties.size() + day.checked.size() + day.inputs.size() +
              day.lists.size() + day.not_checked.size() + day.warnings.size() +
              rules.declared.size() + rules.facts_used.size() + rules.questions.size() +
              rules.rules.size() + rules.reasons.size() + rules.warnings.size() + 1024);
  JsonMembers json(out);
  json.Text("as_of", ToString(decision.as_of));
  json.Begin("checked") += day.checked;
  json.Begin("declared") += rules.declared;
  json.Begin("facts_used") += rules.facts_used;
  json.Begin("inputs") += day.inputs;
  json.Begin("lists") += day.lists;
  json.Begin("not_checked") += day.not_checked;
  json.TextOrNull("order", decision.order);
  json.Text("outcome", ToString(decision.outcome));
  json.Begin("parties") += decision.parties;
  json.Begin("questions") += rules.questions;
  std::string reasons;
  AppendJsonStrings(decision.reasons, reasons);
  AppendJoined({reasons, rules.reasons, day.reasons}, json.Begin("reasons"));
  json.Begin("rules") += rules.rules;
  json.Begin("standing") += rules.standing;
  AppendJoined({day.warnings, rules.warnings}, json.Begin("warnings"));
}

}  // namespace tidewaiter
