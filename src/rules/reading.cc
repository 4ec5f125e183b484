// One reading of a fact held against one test.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "model/units.h"
#include "rules/line.h"

namespace tidewaiter::rules {
namespace {

using Kind = FactReading::Kind;

std::optional<double> PlainNumber(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::string Folded(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (c != ' ') folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return folded;
}

std::string TextOf(const FactReading& reading) {
  if (reading.kind == Kind::kInterval) return FormatQuantity(reading.min, reading.unit);
  return reading.text;
}

std::optional<bool> TruthOf(const FactReading& reading) {
  if (reading.kind == Kind::kBool) return reading.truth;
  if (reading.kind != Kind::kText) return std::nullopt;
  const std::string text = Folded(reading.text);
  if (text == "yes" || text == "true") return true;
  if (text == "no" || text == "false") return false;
  return std::nullopt;
}

// How all numbers of [min, max] stand to `least`: true when all are at least that (or above it, if
// strict).
Truth AtLeast(const NumberRange& range, double least, bool strict) {
  const auto holds = [&](double value) { return strict ? value > least : value >= least; };
  if (holds(range.min)) return Truth::kTrue;
  return holds(range.max) ? Truth::kUnknown : Truth::kFalse;
}

Truth Equals(const NumberRange& range, double value) {
  if (value < range.min || value > range.max) return Truth::kFalse;
  return range.min == range.max ? Truth::kTrue : Truth::kUnknown;
}

Truth TestRange(const NumberRange& range, const FactTest& test) {
  switch (test.op) {
    case Op::kGreaterEqual:
      return AtLeast(range, test.number, false);
    case Op::kGreater:
      return AtLeast(range, test.number, true);
    case Op::kLess:
    case Op::kBetterThan:
      return Not(AtLeast(range, test.number, false));
    case Op::kLessEqual:
      return Not(AtLeast(range, test.number, true));
    case Op::kEqual:
      return Equals(range, test.number);
    case Op::kNotEqual:
      return Not(Equals(range, test.number));
    default:
      return Truth::kUnknown;
  }
}

std::optional<std::vector<double>> SetOf(const FactReading& reading, std::string_view unit) {
  std::vector<double> values = reading.set;
  if (reading.kind != Kind::kSet) {
    const auto range = RangeOf(reading, unit);
    if (!range || range->min != range->max) return std::nullopt;
    return std::vector<double>{range->min};
  }
  if (reading.unit.empty()) return values;
  for (double& value : values) {
    const auto converted = ConvertUnit(value, reading.unit, unit);
    if (!converted) return std::nullopt;
    value = *converted;
  }
  return values;
}

Truth TestSet(const std::vector<double>& values, const FactTest& test) {
  const bool inside = std::all_of(values.begin(), values.end(), [&](double value) {
    return std::find(test.numbers.begin(), test.numbers.end(), value) != test.numbers.end();
  });
  return ToTruth(inside == (test.op == Op::kSubsetOf));
}

Truth TestText(const FactReading& reading, const FactTest& test) {
  const std::string text = Folded(TextOf(reading));
  const bool found = std::any_of(test.texts.begin(), test.texts.end(),
                                 [&](const std::string& each) { return Folded(each) == text; });
  return ToTruth(found == (test.op == Op::kEqual || test.op == Op::kIn));
}

}  // namespace

std::optional<NumberRange> RangeOf(const FactReading& reading, std::string_view unit) {
  NumberRange range{reading.min, reading.max};
  if (reading.kind == Kind::kText) {
    const auto number = PlainNumber(reading.text);
    if (!number) return std::nullopt;
    range = {*number, *number};
  } else if (reading.kind != Kind::kInterval) {
    return std::nullopt;
  }
  if (reading.unit.empty() || reading.unit == unit) return range;
  const auto min = std::isinf(range.min) ? range.min : ConvertUnit(range.min, reading.unit, unit);
  const auto max = std::isinf(range.max) ? range.max : ConvertUnit(range.max, reading.unit, unit);
  if (!min || !max || !ConvertUnit(1, reading.unit, unit)) return std::nullopt;
  return NumberRange{*min, *max};
}

Truth TestReading(const FactReading& reading, const FactTest& test,
                  const FactDefinition& definition) {
  switch (test.operand) {
    case FactTest::Operand::kBool: {
      const auto truth = TruthOf(reading);
      if (!truth) return Truth::kUnknown;
      return ToTruth((*truth == test.truth) == (test.op == Op::kEqual));
    }
    case FactTest::Operand::kNumber: {
      const auto range = RangeOf(reading, definition.unit);
      return range ? TestRange(*range, test) : Truth::kUnknown;
    }
    case FactTest::Operand::kNumbers: {
      const auto values = SetOf(reading, definition.unit);
      return values ? TestSet(*values, test) : Truth::kUnknown;
    }
    case FactTest::Operand::kTexts:
      return TestText(reading, test);
  }
  return Truth::kUnknown;
}

Fact InUnitOf(const FactDefinition& definition, const Fact& fact) {
  Fact same = fact;
  const bool number = definition.kind == FactDefinition::Kind::kNumber;
  for (FactReading& reading : same.readings) {
    if (const auto truth = TruthOf(reading);
        truth && definition.kind == FactDefinition::Kind::kBool) {
      reading.kind = Kind::kBool;
      reading.truth = *truth;
      reading.text.clear();
    } else if (const auto range = RangeOf(reading, definition.unit); range && number) {
      reading.kind = Kind::kInterval;
      reading.min = range->min;
      reading.max = range->max;
      reading.text.clear();
      reading.unit = definition.unit;
    } else if (auto set = SetOf(reading, definition.unit);
               set && definition.kind == FactDefinition::Kind::kSet) {
      reading.kind = Kind::kSet;
      reading.set = std::move(*set);
      reading.unit = definition.unit;
    }
  }
  return same;
}

std::optional<std::string> WhyUnreadable(const Fact& fact, const FactDefinition& definition) {
  for (const FactReading& reading : fact.readings) {
    switch (definition.kind) {
      case FactDefinition::Kind::kBool:
        if (!TruthOf(reading)) return "must be true or false";
        break;
      case FactDefinition::Kind::kNumber:
        if (!RangeOf(reading, definition.unit)) {
          return "must be a number" +
                 (definition.unit.empty()
                      ? ""
                      : " in " + definition.unit + " or a unit that converts to it");
        }
        break;
      case FactDefinition::Kind::kSet:
        if (!SetOf(reading, definition.unit)) {
          return "must be a set of numbers" +
                 (definition.unit.empty() ? "" : " in " + definition.unit);
        }
        break;
      case FactDefinition::Kind::kText:
        if (reading.kind == Kind::kBool || reading.kind == Kind::kSet) return "must be text";
        break;
    }
  }
  return std::nullopt;
}

}  // namespace tidewaiter::rules
