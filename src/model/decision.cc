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

// Lists without their brackets, with the commas between those that are not empty.
template <size_t kCount>
std::array<std::string_view, kCount * 2 - 1> Joined(
    const std::array<std::string_view, kCount>& lists) {
  std::array<std::string_view, kCount * 2 - 1> pieces;
  bool any = false;
  for (size_t i = 0; i < kCount; ++i) {
    if (any && !lists[i].empty()) pieces[i * 2 - 1] = ",";
    pieces[i * 2] = lists[i];
    any |= !lists[i].empty();
  }
  return pieces;
}

// `more`: bytes that are to follow.
void Append(std::initializer_list<std::string_view> pieces, size_t more, std::string& out) {
  size_t size = out.size() + more;
  for (const std::string_view piece : pieces) size += piece.size();
  out.reserve(size);
  for (const std::string_view piece : pieces) out += piece;
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

void AppendPartyWithoutRole(std::string_view name, std::string_view hits, std::string& out) {
  out.append(R"({"hits":)").append(hits).append(R"(,"name":)");
  AppendJsonString(name, out);
}

void AppendRoleOfParty(Role role, std::string& out) {
  out += R"(,"role":")";
  out += ToString(role);
  out += "\"}";
}

void AppendParty(Role role, std::string_view name, std::string_view hits, std::string& out) {
  AppendPartyWithoutRole(name, hits, out);
  AppendRoleOfParty(role, out);
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
  std::string order = "null", of_parties;
  if (!decision.order.empty()) {
    order.clear();
    AppendJsonString(decision.order, order);
  }
  AppendJsonStrings(decision.reasons, of_parties);
  const auto reasons = Joined<3>({of_parties, rules.reasons, day.reasons});
  const auto warnings = Joined<2>({day.warnings, rules.warnings});
  constexpr size_t kNames = 256;  // room for what follows the questions beside values
  Append({R"({"as_of":")",      ToString(decision.as_of),
          R"(","checked":)",    day.checked,
          R"(,"declared":)",    rules.declared,
          R"(,"facts_used":)",  rules.facts_used,
          R"(,"inputs":)",      day.inputs,
          R"(,"lists":)",       day.lists,
          R"(,"not_checked":)", day.not_checked,
          R"(,"order":)",       order,
          R"(,"outcome":")",    ToString(decision.outcome),
          R"(","parties":)",    decision.parties,
          R"(,"questions":)"},
         rules.questions.json_size() + rules.rules.json_size() + rules.reasons.size() +
             rules.standing.size() + of_parties.size() + day.reasons.size() + kNames,
         out);
  AppendJson(rules.questions, out);
  Append({R"(,"reasons":[)", reasons[0], reasons[1], reasons[2], reasons[3], reasons[4],
          R"(],"rules":)"},
         0, out);
  AppendJson(rules.rules, out);
  Append({R"(,"standing":)", rules.standing, R"(,"warnings":[)", warnings[0], warnings[1],
          warnings[2], "]}"},
         0, out);
}

}  // namespace tidewaiter
