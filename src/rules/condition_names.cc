#include "rules/condition_names.h"

#include <map>

namespace tidewaiter::rules {
namespace {

using Texts = std::map<std::string, std::string>;

void PutWords(const Texts& texts, Condition& condition) {
  if (condition.kind == Condition::Kind::kNamed) {
    if (const auto text = texts.find(condition.name); text != texts.end())
      condition.text = text->second;
  }
  for (Condition& child : condition.children) PutWords(texts, child);
}

void PutWords(const Texts& texts, std::vector<Condition>& conditions) {
  for (Condition& condition : conditions) PutWords(texts, condition);
}

void PutWords(const Texts& texts, PackRule& rule) {
  if (rule.binds) PutWords(texts, *rule.binds);
  for (PackItem& item : rule.items) PutWords(texts, item.when);
  PutWords(texts, rule.end_use);
  PutWords(texts, rule.knowledge);
  if (rule.parties) PutWords(texts, rule.parties->any_of);
  for (Uncertainty& each : rule.uncertain) {
    if (each.when) PutWords(texts, *each.when);
  }
}

}  // namespace

void PutNamesIntoWords(std::vector<std::unique_ptr<Pack>>& packs) {
  Texts texts;
  for (const auto& pack : packs) {
    for (const NamedCondition& each : pack->conditions) texts.emplace(each.name, each.text);
  }
  for (const auto& pack : packs) {
    for (PackRule& rule : pack->rules) PutWords(texts, rule);
  }
}

}  // namespace tidewaiter::rules
