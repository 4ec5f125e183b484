#include "rules/condition_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace tidewaiter::rules {
namespace {

constexpr std::array<std::pair<std::string_view, Op>, 11> kOps = {
    {{"==", Op::kEqual},
     {"!=", Op::kNotEqual},
     {"<", Op::kLess},
     {"<=", Op::kLessEqual},
     {">", Op::kGreater},
     {">=", Op::kGreaterEqual},
     {"better_than", Op::kBetterThan},
     {"in", Op::kIn},
     {"not_in", Op::kNotIn},
     {"subset_of", Op::kSubsetOf},
     {"not_subset_of", Op::kNotSubsetOf}}};

constexpr std::array<std::string_view, 11> kOpWords = {
    "is",          "is not", "below",   "at most", "above",     "at least",
    "better than", "one of", "none of", "within",  "not within"};

}  // namespace

// The word of member `key`, which must be one of `allowed`.
Result<std::string> OneOf(const YamlNode& node, std::string_view key,
                          std::initializer_list<std::string_view> allowed,
                          std::string_view otherwise) {
  TW_ASSIGN_OR_RETURN(const std::string word, TextOr(node, key, std::string(otherwise)));
  if (std::find(allowed.begin(), allowed.end(), word) != allowed.end()) return word;
  std::string all;
  for (const auto each : allowed) all.append(all.empty() ? "" : ", ").append(each);
  const YamlNode* place = node.Find(key);
  return (place == nullptr ? node : *place)
      .Problem(word.empty() ? "is missing; one of " + all : "'" + word + "' is not one of " + all,
               std::string(key));
}

Result<std::string> RequiredText(const YamlNode& node, std::string_view key) {
  TW_ASSIGN_OR_RETURN(std::string text, TextOr(node, key));
  if (text.empty()) return node.Problem("is missing", std::string(key));
  return text;
}

Result<std::optional<Date>> DayIfAny(const YamlNode& node, std::string_view key) {
  const YamlNode* day = node.Find(key);
  if (day == nullptr || day->is_null()) return std::optional<Date>();
  TW_ASSIGN_OR_RETURN(const Date date, day->Day());
  return std::optional<Date>(date);
}

Result<bool> BooleanOr(const YamlNode& node, std::string_view key, bool otherwise) {
  const YamlNode* value = node.Find(key);
  if (value == nullptr || value->is_null()) return otherwise;
  return value->Boolean();
}

namespace {

Result<int> ReadEdition(const YamlNode& node, bool required) {
  TW_ASSIGN_OR_RETURN(const auto number, NumberIfAny(node, "edition"));
  if (!number && required)
    return node.Problem("HS codes need their edition, such as 2022", "edition");
  const double edition = number.value_or(0);
  for (const int known : {1992, 1996, 2002, 2007, 2012, 2017, 2022}) {
    if (edition == known) return known;
  }
  if (!number) return 0;
  return node.Problem("editions are 1992, 1996, 2002, 2007, 2012, 2017, 2022", "edition");
}

}  // namespace

Status CheckDigits(const YamlNode& list, const std::vector<std::string>& codes,
                   std::string_view field) {
  for (const std::string& code : codes) {
    const bool digits =
        std::all_of(code.begin(), code.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    if (!digits || code.size() < 2) {
      return list.Problem("'" + code + "' is no HS code; two or more digits in quotes",
                          std::string(field));
    }
  }
  return {};
}

Result<HsCodes> ReadHs(const YamlNode& node) {
  HsCodes hs;
  TW_ASSIGN_OR_RETURN(hs.codes, TextsIfAny(node, "hs"));
  TW_ASSIGN_OR_RETURN(hs.edition, ReadEdition(node, !hs.codes.empty()));
  if (!hs.codes.empty()) TW_RETURN_IF_ERROR(CheckDigits(*node.Find("hs"), hs.codes, "hs"));
  return hs;
}

namespace {

Result<std::vector<Condition>> ReadConditions(const YamlNode& list) {
  if (!list.is_sequence()) return list.Problem("must be a list of conditions");
  std::vector<Condition> conditions;
  for (const YamlNode& item : list.items) {
    TW_ASSIGN_OR_RETURN(Condition condition, ReadCondition(item));
    conditions.push_back(std::move(condition));
  }
  if (conditions.empty()) return list.Problem("must not be empty; leave the key out instead");
  return conditions;
}

}  // namespace

Result<std::vector<Condition>> ConditionsIfAny(const YamlNode& node, std::string_view key) {
  const YamlNode* list = node.Find(key);
  if (list == nullptr || list->is_null()) return std::vector<Condition>();
  return ReadConditions(*list);
}

Result<std::optional<Condition>> ConditionIfAny(const YamlNode& node, std::string_view key) {
  const YamlNode* value = node.Find(key);
  if (value == nullptr || value->is_null()) return std::optional<Condition>();
  TW_ASSIGN_OR_RETURN(Condition condition, ReadCondition(*value));
  return std::optional<Condition>(std::move(condition));
}

namespace {

bool LooksBoolean(const YamlNode& node) {
  return node.is_scalar() && !node.quoted && (node.scalar == "true" || node.scalar == "false");
}

Result<std::vector<double>> ReadNumbers(const YamlNode& list) {
  std::vector<double> numbers;
  for (const YamlNode& item : list.items) {
    TW_ASSIGN_OR_RETURN(const double number, item.Number());
    numbers.push_back(number);
  }
  return numbers;
}

Status ReadScalarOperand(const YamlNode& value, FactTest& test) {
  if (LooksBoolean(value)) {
    test.operand = FactTest::Operand::kBool;
    TW_ASSIGN_OR_RETURN(test.truth, value.Boolean());
    return {};
  }
  if (value.quoted || !value.Number()) {
    test.operand = FactTest::Operand::kTexts;
    test.texts = {value.scalar};
    return {};
  }
  test.operand = FactTest::Operand::kNumber;
  TW_ASSIGN_OR_RETURN(test.number, value.Number());
  return std::isfinite(test.number) ? Status()
                                    : Status(value.Problem("must be a finite number", "value"));
}

Status ReadOperand(const YamlNode& value, FactTest& test) {
  if (value.is_scalar()) return ReadScalarOperand(value, test);
  if (!value.is_sequence() || value.items.empty())
    return value.Problem("must be a value or a list", "value");
  const bool set = test.op == Op::kSubsetOf || test.op == Op::kNotSubsetOf;
  test.operand = set ? FactTest::Operand::kNumbers : FactTest::Operand::kTexts;
  if (set) {
    TW_ASSIGN_OR_RETURN(test.numbers, ReadNumbers(value));
  } else {
    TW_ASSIGN_OR_RETURN(test.texts, value.Texts());
  }
  return {};
}

bool IsListOp(Op op) {
  return op == Op::kIn || op == Op::kNotIn || op == Op::kSubsetOf || op == Op::kNotSubsetOf;
}

Status CheckOperand(const YamlNode& node, const FactTest& test) {
  const bool equality = test.op == Op::kEqual || test.op == Op::kNotEqual;
  const bool list = test.operand == FactTest::Operand::kNumbers ||
                    (test.operand == FactTest::Operand::kTexts && test.texts.size() > 1);
  if (IsListOp(test.op) && !node.Find("value")->is_sequence()) {
    return node.Problem("this op needs a list", "value");
  }
  if (list && !IsListOp(test.op)) return node.Problem("this op needs one value", "value");
  if (!IsListOp(test.op) && !equality && test.operand != FactTest::Operand::kNumber) {
    return node.Problem("this op needs a number", "value");
  }
  return {};
}

Result<Op> ReadOp(const YamlNode& node) {
  TW_ASSIGN_OR_RETURN(const std::string word, TextOr(node, "op", "=="));
  for (const auto& [text, op] : kOps) {
    if (text == word) return op;
  }
  return node.Find("op")->Problem("unknown op '" + word +
                                      "'; one of ==, !=, <, <=, >, >=, better_than, in, not_in, "
                                      "subset_of, not_subset_of",
                                  "op");
}

}  // namespace

// {fact, op, value, unit}; {fact} alone means that it is true.
Result<FactTest> ReadFactTest(const YamlNode& node) {
  FactTest test;
  TW_ASSIGN_OR_RETURN(test.fact, RequiredText(node, "fact"));
  TW_ASSIGN_OR_RETURN(test.op, ReadOp(node));
  TW_ASSIGN_OR_RETURN(test.unit, TextOr(node, "unit"));
  const YamlNode* value = node.Find("value");
  if (value == nullptr && node.Find("op") != nullptr) return node.Problem("is missing", "value");
  if (value == nullptr) return test;
  TW_RETURN_IF_ERROR(ReadOperand(*value, test));
  TW_RETURN_IF_ERROR(CheckOperand(node, test));
  return test;
}

namespace {

Status ReadFactCondition(const YamlNode& node, Condition& condition) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"fact", "op", "value", "unit"}));
  condition.kind = Condition::Kind::kFact;
  TW_ASSIGN_OR_RETURN(condition.test, ReadFactTest(node));
  return {};
}

Status ReadFieldCondition(const YamlNode& node, Condition& condition) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"field", "in", "not_in"}));
  condition.kind = Condition::Kind::kField;
  TW_ASSIGN_OR_RETURN(
      condition.name,
      OneOf(node, "field", {"exporter.country", "origin", "departure", "destination", "via"}, ""));
  condition.negated = node.Find("not_in") != nullptr;
  if (condition.negated == (node.Find("in") != nullptr)) {
    return node.Problem("needs either 'in' or 'not_in'", "field");
  }
  TW_ASSIGN_OR_RETURN(condition.list, node.Find(condition.negated ? "not_in" : "in")->Texts());
  return {};
}

Status ReadHsCondition(const YamlNode& node, Condition& condition) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"hs", "edition", "codes"}));
  condition.kind = Condition::Kind::kHs;
  TW_ASSIGN_OR_RETURN(condition.hs, ReadHs(node));
  TW_ASSIGN_OR_RETURN(condition.list, TextsIfAny(node, "codes"));
  return {};
}

Status ReadListCondition(const YamlNode& node, std::string_view key, Condition::Kind kind,
                         Condition& condition) {
  TW_RETURN_IF_ERROR(node.CheckKeys({key}));
  condition.kind = kind;
  TW_ASSIGN_OR_RETURN(condition.list, node.Find(key)->Texts());
  if (condition.list.empty()) return node.Problem("must not be empty", std::string(key));
  return {};
}

Status ReadReference(const YamlNode& node, std::string_view key, Condition::Kind kind,
                     Condition& condition) {
  TW_RETURN_IF_ERROR(node.CheckKeys({key}));
  condition.kind = kind;
  TW_ASSIGN_OR_RETURN(condition.name, RequiredText(node, key));
  return {};
}

Status ReadLogic(const YamlNode& node, std::string_view key, Condition::Kind kind,
                 Condition& condition) {
  TW_RETURN_IF_ERROR(node.CheckKeys({key}));
  condition.kind = kind;
  if (kind == Condition::Kind::kNot) {
    TW_ASSIGN_OR_RETURN(Condition child, ReadCondition(*node.Find(key)));
    condition.children.push_back(std::move(child));
    return {};
  }
  TW_ASSIGN_OR_RETURN(condition.children, ReadConditions(*node.Find(key)));
  return {};
}

Status FillCondition(const YamlNode& node, Condition& condition) {
  using Kind = Condition::Kind;
  if (node.Find("fact") != nullptr) return ReadFactCondition(node, condition);
  if (node.Find("field") != nullptr) return ReadFieldCondition(node, condition);
  if (node.Find("hs") != nullptr || node.Find("codes") != nullptr)
    return ReadHsCondition(node, condition);
  if (node.Find("control") != nullptr)
    return ReadListCondition(node, "control", Kind::kControl, condition);
  if (node.Find("class") != nullptr)
    return ReadListCondition(node, "class", Kind::kClass, condition);
  if (node.Find("recipient") != nullptr)
    return ReadListCondition(node, "recipient", Kind::kRecipient, condition);
  if (node.Find("condition") != nullptr)
    return ReadReference(node, "condition", Kind::kNamed, condition);
  if (node.Find("rule") != nullptr) return ReadReference(node, "rule", Kind::kRule, condition);
  if (node.Find("all") != nullptr) return ReadLogic(node, "all", Kind::kAll, condition);
  if (node.Find("any") != nullptr) return ReadLogic(node, "any", Kind::kAny, condition);
  if (node.Find("not") != nullptr) return ReadLogic(node, "not", Kind::kNot, condition);
  TW_RETURN_IF_ERROR(node.CheckKeys({"fact", "field", "hs", "codes", "control", "class",
                                     "recipient", "condition", "rule", "all", "any", "not"}));
  return node.Problem("is no condition");
}

}  // namespace

Result<Condition> ReadCondition(const YamlNode& node) {
  Condition condition;
  condition.place = PlaceOf(node);
  if (node.is_scalar()) {
    condition.kind = Condition::Kind::kFact;
    condition.test.fact = node.scalar;
    return condition;
  }
  if (!node.is_mapping()) return node.Problem("must be the name of a fact or a condition");
  TW_RETURN_IF_ERROR(FillCondition(node, condition));
  return condition;
}

std::string_view ToString(Op op) { return kOps[static_cast<size_t>(op)].first; }

std::string_view InWords(Op op) { return kOpWords[static_cast<size_t>(op)]; }

Place PlaceOf(const YamlNode& node) { return {node.file, node.line}; }

}  // namespace tidewaiter::rules
