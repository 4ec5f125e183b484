// Decisions held against what scenarios expect.
#include <algorithm>
#include <string_view>

#include "scenario.h"

namespace tidewaiter::scenario {
namespace {

const Json::Array& ArrayOf(const Json& decision, std::string_view key) {
  static const Json::Array kNone;
  const Json* found = decision.Find(key);
  return found != nullptr && found->is_array() ? found->as_array() : kNone;
}

int64_t LineOf(const Json& json) {
  const Json* line = json.Find("line");
  return line != nullptr && line->is_integer() ? line->as_integer() : 0;
}

bool Holds(const Json::Array& texts, std::string_view text) {
  return std::any_of(texts.begin(), texts.end(), [&](const Json& json) {
    return json.is_string() && json.as_string() == text;
  });
}

// The strongest result of the rule at that line (0: anywhere); nullptr: there is none.
const Json* FindRule(const Json& decision, const Expectation& expected) {
  const Json* best = nullptr;
  const auto rank = [](const Json& rule) {
    const auto status = rule.StringOr("status");
    return status == "applies" ? 2 : status == "depends" ? 1 : 0;
  };
  for (const auto& rule : ArrayOf(decision, "rules")) {
    if (rule.StringOr("id") != expected.subject) continue;
    if (expected.item != 0 && LineOf(rule) != 0 && LineOf(rule) != expected.item) continue;
    if (best == nullptr || rank(rule) > rank(*best)) best = &rule;
  }
  return best;
}

std::string JoinTexts(const Json::Array& texts) {
  std::string joined;
  for (const auto& text : texts) {
    if (text.is_string()) joined += (joined.empty() ? "" : ", ") + text.as_string();
  }
  return joined;
}

std::string RuleProblem(const Json& decision, const Expectation& expected) {
  const Json* rule = FindRule(decision, expected);
  const std::string status(rule == nullptr ? "no" : rule->StringOr("status"));
  const auto facts = rule == nullptr ? Json::Array() : ArrayOf(*rule, "depends_on");
  const std::string found = status + (facts.empty() ? "" : " on " + JoinTexts(facts));
  if (status != expected.value) return "it is: " + found;
  for (const auto& name : expected.names) {
    if (!Holds(facts, name)) return "it is: " + found;
  }
  if (expected.exactly && facts.size() != expected.names.size()) return "it is: " + found;
  if (expected.limb.empty()) return {};
  const std::string why = rule == nullptr ? "" : JoinTexts(ArrayOf(*rule, "because"));
  return why.find(expected.limb) != std::string::npos ? "" : "because: " + why;
}

std::string OnlyRulesProblem(const Json& decision, const Expectation& expected) {
  std::string others;
  for (const auto& rule : ArrayOf(decision, "rules")) {
    const std::string id(rule.StringOr("id"));
    if (rule.StringOr("status") == "no" || rule.StringOr("effect") == "inform") continue;
    if (std::find(expected.names.begin(), expected.names.end(), id) == expected.names.end()) {
      others += " " + id + " (" + std::string(rule.StringOr("status")) + ")";
    }
  }
  return others.empty() ? "" : "there is also" + others;
}

bool HasQuestion(const Json& decision, const Expectation& expected) {
  for (const auto& question : ArrayOf(decision, "questions")) {
    const bool line_fits =
        expected.item == 0 || LineOf(question) == 0 || LineOf(question) == expected.item;
    if (line_fits && (expected.subject.empty() || question.StringOr("fact") == expected.subject))
      return true;
  }
  return false;
}

std::string QuestionList(const Json& decision) {
  std::string list = "asked:";
  for (const auto& question : ArrayOf(decision, "questions"))
    list += " " + std::string(question.StringOr("fact"));
  return list;
}

bool Declares(const Json& decision, std::string_view fact) {
  const auto& declared = ArrayOf(decision, "declared");
  return std::any_of(declared.begin(), declared.end(),
                     [&](const Json& json) { return json.StringOr("fact") == fact; });
}

std::string OutcomeProblem(const Json& decision, const Expectation& expected) {
  const auto outcome = decision.StringOr("outcome");
  if ((outcome == expected.value) != expected.negated) return {};
  std::string why = "it is: " + std::string(outcome);
  for (const auto& reason : ArrayOf(decision, "reasons")) why += " / " + reason.as_string();
  return why;
}

std::string Problem(const Json& decision, const Expectation& expected) {
  using Kind = Expectation::Kind;
  switch (expected.kind) {
    case Kind::kOutcome:
      return OutcomeProblem(decision, expected);
    case Kind::kRule:
      return RuleProblem(decision, expected);
    case Kind::kField: {
      const Json* rule = FindRule(decision, expected);
      const std::string found(rule == nullptr ? "no such rule" : rule->StringOr(expected.limb));
      return found == expected.value ? "" : "it is: " + found;
    }
    case Kind::kOnlyRules:
      return OnlyRulesProblem(decision, expected);
    case Kind::kQuestion:
      return HasQuestion(decision, expected) ? "" : QuestionList(decision);
    case Kind::kNoQuestion:
      return HasQuestion(decision, expected) ? QuestionList(decision) : "";
    case Kind::kStanding:
    case Kind::kNotStanding: {
      const bool stands = Holds(ArrayOf(decision, "standing"), expected.subject);
      return stands == (expected.kind == Kind::kStanding) ? ""
             : stands                                     ? "it stands aside"
                                                          : "it does not";
    }
    case Kind::kAnswered: {
      const Json* rule = FindRule(decision, expected);
      return rule != nullptr && rule->Find("answered_by_license") != nullptr
                 ? ""
                 : "no licence answers it";
    }
    case Kind::kDeclared:
      return Declares(decision, expected.subject) ? "" : "it is not among the declared";
    case Kind::kReason:
      return decision.Dump().find(expected.value) != std::string::npos
                 ? ""
                 : "the decision does not say so";
    case Kind::kError:
      return decision.StringOr("error").find(expected.value) != std::string_view::npos
                 ? ""
                 : "error: " + std::string(decision.StringOr("error"));
  }
  return {};
}

}  // namespace

std::vector<std::string> Mismatches(const Case& scenario, const Json& decision) {
  std::vector<std::string> problems;
  const bool error_expected =
      std::any_of(scenario.expectations.begin(), scenario.expectations.end(),
                  [](const auto& expected) { return expected.kind == Expectation::Kind::kError; });
  if (decision.Find("error") != nullptr && !error_expected) {
    problems.push_back(scenario.Place() +
                       ": the order is refused: " + std::string(decision.StringOr("error")));
    return problems;
  }
  for (const auto& expected : scenario.expectations) {
    const std::string problem = Problem(decision, expected);
    if (problem.empty()) continue;
    problems.push_back(scenario.Place() + ": " + expected.text + ": " + problem);
  }
  return problems;
}

}  // namespace tidewaiter::scenario
