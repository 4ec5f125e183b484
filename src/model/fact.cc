// A fact arrives as a bool, a number, a text ("46 min", "30 to 60 min"), an object or a list of
// them.
#include "model/fact.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "model/units.h"

namespace tidewaiter {
namespace {

std::string_view Trim(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t\n\r");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\n\r") - from + 1);
}

// Reads a number at the beginning of `text` and cuts it off.
std::optional<double> TakeNumber(std::string_view& text) {
  double value = 0;
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return value;
}

// "to 60", "- 60", "... 60": the upper end of a range.
std::optional<double> TakeUpperEnd(std::string_view& text) {
  std::string_view rest = Trim(text);
  for (const std::string_view word : {"to", "-", "–", "..."}) {
    if (!rest.starts_with(word)) continue;
    rest = Trim(rest.substr(word.size()));
    const auto upper = TakeNumber(rest);
    if (upper) text = rest;
    return upper;
  }
  return std::nullopt;
}

FactReading TextReading(std::string_view text) {
  FactReading reading;
  reading.kind = FactReading::Kind::kText;
  reading.text = std::string(text);
  return reading;
}

FactReading Number(double min, double max, std::string unit) {
  FactReading reading;
  reading.kind = FactReading::Kind::kInterval;
  reading.min = min;
  reading.max = max;
  reading.unit = std::move(unit);
  return reading;
}

Result<std::string> KnownUnit(std::string_view text) {
  const Unit* unit = FindUnit(text);
  if (unit == nullptr) return BadInput("unknown unit '" + std::string(text) + "'");
  return std::string(unit->name);
}

// A text with a number and a known unit is a quantity; any other text stays text ("3R", "4").
Result<FactReading> ReadText(std::string_view text) {
  std::string_view rest = Trim(text);
  const auto min = TakeNumber(rest);
  if (!min) return TextReading(Trim(text));
  const auto max = TakeUpperEnd(rest);
  rest = Trim(rest);
  if (rest.empty()) return max ? Number(*min, *max, {}) : TextReading(Trim(text));
  const bool spaced = text.find(' ') != std::string_view::npos;
  const Unit* unit = FindUnit(rest);
  // "1M" is a laser class, and no metre.
  if (unit != nullptr && !spaced && rest.size() == 1 && unit->name != rest) unit = nullptr;
  if (unit == nullptr) {
    // "46 furlongs" is a quantity in a unit that is not known; "3R" is a name.
    if (spaced || max) return BadInput("unknown unit '" + std::string(rest) + "'");
    return TextReading(Trim(text));
  }
  if (max && *max < *min) return BadInput("the range ends before it begins");
  return Number(*min, max.value_or(*min), std::string(unit->name));
}

Result<FactReading> ReadSet(const Json::Array& values) {
  FactReading reading;
  reading.kind = FactReading::Kind::kSet;
  for (const Json& value : values) {
    if (!value.is_number()) return BadInput("a set holds numbers only");
    reading.set.push_back(value.as_number());
  }
  return reading;
}

Status CheckMembers(const Json& object) {
  for (const auto& [key, value] : object.as_object()) {
    if (key == "value" || key == "min" || key == "max") continue;
    if (key != "unit" && key != "source") {
      return BadInput("unknown key '" + key + "'; a fact has value, min, max, unit, source");
    }
    if (!value.is_string() && !value.is_null()) return BadInput("'" + key + "' must be text");
  }
  return {};
}

Result<double> Bound(const Json& object, std::string_view key, double otherwise) {
  const Json* value = object.Find(key);
  if (value == nullptr || value->is_null()) return otherwise;
  if (!value->is_number()) return BadInput("'" + std::string(key) + "' must be a number");
  return value->as_number();
}

Result<FactReading> ReadScalar(const Json& value) {
  if (value.is_bool()) {
    FactReading reading;
    reading.kind = FactReading::Kind::kBool;
    reading.truth = value.as_bool();
    return reading;
  }
  if (value.is_number()) return Number(value.as_number(), value.as_number(), {});
  if (value.is_string()) return ReadText(value.as_string());
  if (value.is_array()) return ReadSet(value.as_array());
  return BadInput("a fact is a bool, a number, a text, a list or {value, min, max, unit, source}");
}

Result<FactReading> ReadRange(const Json& object) {
  TW_ASSIGN_OR_RETURN(const double min, Bound(object, "min", -HUGE_VAL));
  TW_ASSIGN_OR_RETURN(const double max, Bound(object, "max", HUGE_VAL));
  if (max < min) return BadInput("the range ends before it begins");
  return Number(min, max, {});
}

Result<FactReading> ReadObject(const Json& object) {
  TW_RETURN_IF_ERROR(CheckMembers(object));
  const Json* value = object.Find("value");
  const bool has_value = value != nullptr && !value->is_null();
  if (!has_value && object.Find("min") == nullptr && object.Find("max") == nullptr) {
    return BadInput("a fact needs a value, or min and max");
  }
  TW_ASSIGN_OR_RETURN(FactReading reading, has_value ? ReadScalar(*value) : ReadRange(object));
  if (const std::string_view unit = object.StringOr("unit"); !unit.empty()) {
    TW_ASSIGN_OR_RETURN(reading.unit, KnownUnit(unit));
  }
  reading.source = std::string(object.StringOr("source"));
  return reading;
}

Result<FactReading> ReadOne(const Json& value) {
  return value.is_object() ? ReadObject(value) : ReadScalar(value);
}

// A list of objects are sources that may contradict each other; a list of numbers is one set.
bool IsListOfSources(const Json& value) {
  return value.is_array() && !value.as_array().empty() && !value.as_array().front().is_number();
}

Json BoundJson(double value) { return std::isfinite(value) ? Json(value) : Json(); }

Json ValueOf(const FactReading& reading) {
  switch (reading.kind) {
    case FactReading::Kind::kBool:
      return reading.truth;
    case FactReading::Kind::kInterval:
      return reading.min;
    case FactReading::Kind::kText:
      return reading.text;
    case FactReading::Kind::kSet:
      break;
  }
  Json set{Json::Array{}};
  for (const double value : reading.set) set.Add(value);
  return set;
}

Json ToJson(const FactReading& reading) {
  const bool range = reading.kind == FactReading::Kind::kInterval && reading.min != reading.max;
  if (!range && reading.unit.empty() && reading.source.empty()) return ValueOf(reading);
  Json json{Json::Object{}};
  if (range) {
    json.Set("min", BoundJson(reading.min));
    json.Set("max", BoundJson(reading.max));
  } else {
    json.Set("value", ValueOf(reading));
  }
  if (!reading.unit.empty()) json.Set("unit", reading.unit);
  if (!reading.source.empty()) json.Set("source", reading.source);
  return json;
}

}  // namespace

Result<Fact> ParseFact(const Json& value) {
  Fact fact;
  if (value.is_null()) return fact;
  if (!IsListOfSources(value)) {
    TW_ASSIGN_OR_RETURN(FactReading reading, ReadOne(value));
    fact.readings.push_back(std::move(reading));
    return fact;
  }
  for (const Json& element : value.as_array()) {
    if (element.is_null()) continue;
    if (element.is_array()) return BadInput("lists of lists are not read");
    TW_ASSIGN_OR_RETURN(FactReading reading, ReadOne(element));
    fact.readings.push_back(std::move(reading));
  }
  return fact;
}

Json ToJson(const Fact& fact) {
  if (fact.readings.empty()) return {};
  if (fact.readings.size() == 1) return ToJson(fact.readings.front());
  Json json{Json::Array{}};
  for (const FactReading& reading : fact.readings) json.Add(ToJson(reading));
  return json;
}

}  // namespace tidewaiter
