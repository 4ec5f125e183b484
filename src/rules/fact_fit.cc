#include "rules/fact_fit.h"

#include "model/units.h"

namespace tidewaiter::rules {
namespace {

Status CheckKind(const FactTest& test, const FactDefinition& definition, const Place& place) {
  using Operand = FactTest::Operand;
  using Kind = FactDefinition::Kind;
  const bool fits = (definition.kind == Kind::kBool && test.operand == Operand::kBool) ||
                    (definition.kind == Kind::kNumber && test.operand == Operand::kNumber) ||
                    (definition.kind == Kind::kSet && test.operand == Operand::kNumbers) ||
                    (definition.kind == Kind::kText && test.operand == Operand::kTexts);
  if (fits) return {};
  return place.Problem("the value does not fit the kind of this fact (see where it is defined)",
                       test.fact);
}

static Status ConvertNumbers(const FactDefinition& definition, const Place& place, FactTest& test) {
  if (test.unit.empty()) test.unit = definition.unit;
  if (!ConvertUnit(1, test.unit, definition.unit)) {
    return place.Problem("the unit '" + test.unit + "' does not fit '" + definition.unit +
                             "', in which the fact is "
                             "defined",
                         test.fact);
  }
  test.number = ConvertUnit(test.number, test.unit, definition.unit).value_or(test.number);
  for (double& number : test.numbers)
    number = ConvertUnit(number, test.unit, definition.unit).value_or(number);
  return {};
}

}  // namespace

Status FitToDefinition(const FactDefinition& definition, const Place& place, FactTest& test) {
  TW_RETURN_IF_ERROR(CheckKind(test, definition, place));
  return ConvertNumbers(definition, place, test);
}

}  // namespace tidewaiter::rules
