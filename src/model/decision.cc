#include "model/decision.h"

#include <array>

namespace tidewaiter {
namespace {

Json OrNull(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json OrNull(Date date) { return OrNull(ToString(date)); }
Json LineOrNull(int64_t line) { return line == 0 ? Json() : Json(line); }

template <typename T>
Json List(const std::vector<T>& values) {
  Json::Array array;
  for (const auto& value : values) array.push_back(ToJson(value));
  return Json(std::move(array));
}

Json ToJson(const DecisionInputs& inputs) {
  Json json;
  json.Set("watchlist", OrNull(inputs.watchlist)).Set("rulepacks", OrNull(inputs.rulepacks));
  json.Set("catalogue", OrNull(inputs.catalogue)).Set("profile", OrNull(inputs.profile));
  if (!inputs.relations.empty()) json.Set("relations", inputs.relations);
  if (!inputs.pairs.empty()) json.Set("pairs", inputs.pairs);
  return json.Set("engine", OrNull(inputs.engine));
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

Json ToJson(const PartyResult& party) {
  Json json;
  json.Set("role", ToString(party.role)).Set("name", party.name).Set("hits", List(party.hits));
  return json;
}

Json ToJson(const DeclaredFact& fact) {
  Json json;
  json.Set("fact", fact.fact).Set("line", LineOrNull(fact.line)).Set("value", fact.value);
  return json.Set("by", fact.by);
}

Json ToJson(const Hit& hit) {
  Json json;
  json.Set("list", hit.list).Set("id", hit.id).Set("name", hit.name).Set("score", hit.score);
  json.Set("schema", ToString(hit.kind)).Set("programs", TextsToJson(hit.programs));
  json.Set("why", TextsToJson(hit.why)).Set("path", TextsToJson(hit.path));
  json.Set("listed_on", hit.listed_on ? Json(ToString(*hit.listed_on)) : Json());
  json.Set("citations", TextsToJson(hit.citations));
  Json::Array also;
  for (const auto& other : hit.also) {
    also.push_back(Json().Set("list", other.list).Set("id", other.id));
  }
  json.Set("also", Json(std::move(also)));
  if (!hit.pair.empty()) json.Set("pair", hit.pair);
  if (!hit.explanation.is_null()) json.Set("explanation", hit.explanation);
  return json;
}

Json ToJson(const RuleResult& result) {
  Json json;
  json.Set("id", result.id).Set("line", LineOrNull(result.line));
  json.Set("status", ToString(result.status)).Set("effect", result.effect);
  json.Set("authority", result.authority).Set("title", result.title);
  json.Set("in_force", Json(Json::Array{OrNull(result.in_force.from), OrNull(result.in_force.to)}));
  json.Set("depends_on", TextsToJson(result.depends_on))
      .Set("because", TextsToJson(result.because));
  json.Set("citation", result.citation).Set("confidence", result.confidence);
  if (!result.date_confidence.empty()) json.Set("date_confidence", result.date_confidence);
  if (!result.doubts.empty()) json.Set("doubts", TextsToJson(result.doubts));
  if (result.answered) json.Set("answered_by_license", true);
  return json;
}

Json ToJson(const Question& question) {
  Json json;
  json.Set("fact", question.fact).Set("line", LineOrNull(question.line));
  json.Set("unit", OrNull(question.unit)).Set("text", question.text);
  return json.Set("settles", TextsToJson(question.settles));
}

Json ToJson(const Decision& decision) {
  Json json;
  json.Set("order", OrNull(decision.order));
  json.Set("as_of", decision.as_of ? Json(ToString(*decision.as_of)) : Json());
  json.Set("outcome", ToString(decision.outcome)).Set("reasons", TextsToJson(decision.reasons));
  json.Set("parties", List(decision.parties)).Set("rules", List(decision.rules));
  json.Set("questions", List(decision.questions)).Set("declared", List(decision.declared));
  json.Set("standing", TextsToJson(decision.standing))
      .Set("checked", TextsToJson(decision.checked));
  json.Set("not_checked", TextsToJson(decision.not_checked))
      .Set("warnings", TextsToJson(decision.warnings));
  json.Set("facts_used", decision.facts_used).Set("lists", decision.lists);
  return json.Set("inputs", ToJson(decision.inputs));
}

}  // namespace tidewaiter
