// Reads what every part of a pack is made of: words of a fixed set, days, HS codes, tests of facts
// and conditions. Each fails with the place of what it cannot read.
#ifndef TIDEWAITER_RULES_CONDITION_READER_H_
#define TIDEWAITER_RULES_CONDITION_READER_H_

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.h"
#include "rules/pack.h"

namespace tidewaiter::rules {

Place PlaceOf(const YamlNode& node);

// The word of member `key`, which must be one of `allowed`.
Result<std::string> OneOf(const YamlNode& node, std::string_view key,
                          std::initializer_list<std::string_view> allowed,
                          std::string_view otherwise);
Result<std::string> RequiredText(const YamlNode& node, std::string_view key);
Result<std::optional<Date>> DayIfAny(const YamlNode& node, std::string_view key);
Result<bool> BooleanOr(const YamlNode& node, std::string_view key, bool otherwise);

// Members `hs` and `edition`; codes without an edition are refused.
Result<HsCodes> ReadHs(const YamlNode& node);
Status CheckDigits(const YamlNode& list, const std::vector<std::string>& codes,
                   std::string_view field);

Result<FactTest> ReadFactTest(const YamlNode& node);
Result<Condition> ReadCondition(const YamlNode& node);
Result<std::vector<Condition>> ConditionsIfAny(const YamlNode& node, std::string_view key);
Result<std::optional<Condition>> ConditionIfAny(const YamlNode& node, std::string_view key);

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_CONDITION_READER_H_
