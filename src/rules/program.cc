#include "rules/program.h"

#include <algorithm>
#include <set>

#include "text/tokenize.h"

namespace tidewaiter::rules {

std::string_view ToString(Field field) {
  constexpr std::string_view kNames[] = {"exporter.country", "origin", "departure", "destination",
                                         "via"};
  return kNames[static_cast<size_t>(field)];
}

std::string_view ToString(Limb limb) {
  constexpr std::string_view kNames[] = {"bound",     "item",  "destination", "end use",
                                         "knowledge", "party", "ownership",   "other rule"};
  return kNames[static_cast<size_t>(limb)];
}

uint32_t CountryIndex(std::string_view code) {
  const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (code.size() < 2 || !letter(code[0]) || !letter(code[1])) return kNone;
  const auto index = static_cast<uint32_t>((code[0] - 'A') * 26 + (code[1] - 'A'));
  if (code.size() == 2) return index;
  // The occupied regions: numbered by their two digits.
  if (code.size() != 5 || !code.starts_with("UA-")) return kNone;
  const auto region = static_cast<uint32_t>((code[3] - '0') * 10 + (code[4] - '0'));
  return region < 100 ? 26 * 26 + region : kNone;
}

std::string FoldPartyName(std::string_view name,
                          const std::unordered_set<std::string>& legal_forms) {
  std::string all, kept;
  for (const text::Token& token : text::Tokenize(name)) {
    (all += all.empty() ? "" : " ") += token.latin;
    if (!legal_forms.contains(token.latin)) (kept += kept.empty() ? "" : " ") += token.latin;
  }
  return kept.empty() ? all : kept;
}

FactId Program::FindFact(std::string_view name) const {
  const auto found = fact_ids.find(name);
  return found == fact_ids.end() ? kNone : found->second;
}

const std::vector<uint32_t>& Program::ActiveOn(Date day) const {
  const auto next = std::upper_bound(change_days.begin(), change_days.end(), day);
  return active[static_cast<size_t>(next - change_days.begin())];
}

void Program::FindChangeDays() {
  std::set<Date> days;
  for (const Interval& each : dates) {
    if (each.from != kDistantPast) days.insert(each.from);
    if (each.to != kDistantFuture) days.insert(each.to + 1);
  }
  change_days.assign(days.begin(), days.end());
  for (size_t i = 0; i <= change_days.size(); ++i) {
    const Date day = i < change_days.size() ? change_days[i] - 1 : kDistantFuture;
    std::vector<uint32_t> in_force;
    for (uint32_t r = 0; r < rules.size(); ++r) {
      const CompiledRule& rule = rules[r];
      if (rule.applies != kFalseNode && rule.pack->in_force.Contains(day)) in_force.push_back(r);
    }
    active.push_back(std::move(in_force));
  }
}

}  // namespace tidewaiter::rules
