// Which answers to a question the tests can tell apart. Every test is put to a few candidates on
// and around its threshold; candidates of which all tests say the same are one answer.
#include <algorithm>
#include <cmath>
#include <set>

#include "goods/hs.h"
#include "model/country.h"
#include "model/units.h"
#include "rules/inquiry.h"

namespace tidewaiter::rules {
namespace {

constexpr NodeId kRaisingCode = kNone;
constexpr std::string_view kOtherText = "other";

Answer TextAnswer(std::string text) {
  Answer answer;
  answer.reading.kind = FactReading::Kind::kText;
  answer.reading.text = text;
  answer.text = std::move(text);
  return answer;
}

Answer NumberAnswer(double value, const std::string& unit) {
  Answer answer;
  answer.reading.kind = FactReading::Kind::kInterval;
  answer.reading.min = answer.reading.max = value;
  answer.reading.unit = unit;
  answer.text = FormatQuantity(value, unit);
  return answer;
}

Answer BoolAnswer(bool value) {
  Answer answer;
  answer.reading.kind = FactReading::Kind::kBool;
  answer.reading.truth = value;
  answer.text = value ? "true" : "false";
  return answer;
}

Answer SetAnswer(std::vector<double> values, const std::string& unit) {
  Answer answer;
  answer.reading.kind = FactReading::Kind::kSet;
  answer.reading.set = std::move(values);
  answer.reading.unit = unit;
  answer.text = "set";
  return answer;
}

// The thresholds, a point between each two, one below and one above all.
std::vector<double> AroundThresholds(const std::set<double>& thresholds) {
  std::vector<double> points;
  if (thresholds.empty()) return {0};
  const double first = *thresholds.begin(), last = *thresholds.rbegin();
  points.push_back(first > 0 ? first / 2 : first - 1);
  for (auto at = thresholds.begin(); at != thresholds.end(); ++at) {
    points.push_back(*at);
    if (const auto next = std::next(at); next != thresholds.end())
      points.push_back((*at + *next) / 2);
  }
  points.push_back(last > 0 ? last * 2 : last + 1);
  return points;
}

// What the stated readings leave possible: they contradict each other or are ranges.
std::vector<double> Within(const std::vector<double>& points,
                           const std::vector<NumberRange>& ranges) {
  if (ranges.empty()) return points;
  std::set<double> kept;
  for (const NumberRange& range : ranges) {
    for (const double point : points) {
      if (range.min <= point && point <= range.max) kept.insert(point);
    }
    if (std::isfinite(range.min)) kept.insert(range.min);
    if (std::isfinite(range.max)) kept.insert(range.max);
  }
  // A range between two thresholds' midpoints still has points between its ends.
  std::vector<double> all(kept.begin(), kept.end());
  for (size_t i = all.size(); i-- > 1;) {
    const double middle = (all[i - 1] + all[i]) / 2;
    for (const NumberRange& range : ranges) {
      if (range.min <= middle && middle <= range.max) kept.insert(middle);
    }
  }
  return {kept.begin(), kept.end()};
}

std::string CountryCode(size_t index) {
  if (index >= 26 * 26) {
    const size_t region = index - 26 * 26;
    return std::string("UA-") + static_cast<char>('0' + region / 10) +
           static_cast<char>('0' + region % 10);
  }
  return {static_cast<char>('A' + index / 26), static_cast<char>('A' + index % 26)};
}

// A code below `code` that no pattern names: what somebody may answer who knows the heading only.
std::string Below(const std::string& code) { return code + ".zz"; }

}  // namespace

std::vector<Answer> Inquiry::FactCandidates(const Variable& variable, const Domain& domain) const {
  const FactDefinition& definition = program_.facts[variable.index].definition;
  std::set<double> thresholds;
  std::set<std::string> texts(definition.options.begin(), definition.options.end());
  std::vector<Answer> answers;
  std::set<double> outside = {0};
  for (const Test& each : domain.tests) {
    const Node& node = program_.nodes[each.node];
    const FactTest& test = node.kind == Node::Kind::kOwnership
                               ? program_.ownership_tests[node.index].test.test
                               : program_.fact_tests[node.index].test;
    thresholds.insert(test.number);
    texts.insert(test.texts.begin(), test.texts.end());
    if (test.operand == FactTest::Operand::kNumbers)
      answers.push_back(SetAnswer(test.numbers, definition.unit));
    for (const double number : test.numbers) outside.insert(number);
  }
  std::vector<NumberRange> ranges;
  Line& line = *lines_[std::max<int32_t>(0, variable.line >= 0     ? variable.line
                                            : domain.tests.empty() ? 0
                                                                   : domain.tests.front().line)];
  const KnownFact known = line.Known(variable.index);
  switch (definition.kind) {
    case FactDefinition::Kind::kBool:
      return {BoolAnswer(false), BoolAnswer(true)};
    case FactDefinition::Kind::kNumber:
      if (known.fact != nullptr) {
        for (const FactReading& reading : known.fact->readings) {
          if (const auto range = RangeOf(reading, definition.unit)) ranges.push_back(*range);
        }
      } else if (const auto bound = line.BoundOf(variable.index)) {
        ranges.push_back(*bound);
      }
      for (const double point : Within(AroundThresholds(thresholds), ranges)) {
        answers.push_back(NumberAnswer(point, definition.unit));
      }
      return answers;
    case FactDefinition::Kind::kText:
      for (const std::string& text : texts) answers.push_back(TextAnswer(text));
      answers.push_back(TextAnswer(std::string(kOtherText)));
      break;
    case FactDefinition::Kind::kSet:
      answers.push_back(SetAnswer({*outside.rbegin() * 2 + 1}, definition.unit));
      break;
  }
  if (known.fact != nullptr && known.fact->readings.size() > 1) {
    answers.clear();
    for (const FactReading& reading : known.fact->readings) {
      Answer answer;
      answer.reading = reading;
      answers.push_back(std::move(answer));
    }
  }
  return answers;
}

std::vector<Answer> Inquiry::EditionCandidates(const Domain& domain) const {
  std::set<std::string> codes = {"9999999999"};
  std::set<std::string> candidates;
  bool bounded = !domain.lists.empty();
  for (const auto& [index, list] : domain.lists) {
    const HsMatch match = lines_[index]->MatchList(*list);
    bounded = bounded && !match.candidates.empty();
    candidates.insert(match.candidates.begin(), match.candidates.end());
    codes.insert(list->codes.begin(), list->codes.end());
  }
  for (const std::string& candidate : candidates) codes.insert(candidate + "0000");
  std::vector<Answer> answers;
  for (const std::string& code : codes) {
    const bool possible = !bounded || candidates.contains(code.substr(0, 6)) || code.size() < 6;
    if (!possible) continue;
    answers.push_back(TextAnswer(code));
    if (code.size() < 10) answers.push_back(TextAnswer(code + std::string(10 - code.size(), '9')));
  }
  return answers;
}

std::vector<Answer> Inquiry::HsCandidates(const Domain& domain) const {
  std::set<std::string> codes = {"0901", "99"};
  std::string known;
  int edition = 0;
  for (const Test& test : domain.tests) {
    if (test.node == kRaisingCode) continue;
    const Line& line = *lines_[test.line];
    known = std::string(line.hs());
    edition = line.hs_edition();
    for (const HsList& list : program_.hs_tests[program_.nodes[test.node].index].lists) {
      for (const std::string& code : list.codes) {
        if (list.edition == edition || code.size() < 6) codes.insert(code);
        if (list.edition == edition || code.size() < 6) continue;
        for (const auto& each : goods::ConvertHs(code, list.edition, edition).candidates)
          codes.insert(each);
      }
    }
  }
  codes.insert(known);
  std::vector<Answer> answers;
  for (const std::string& code : codes) {
    const std::string text = code.starts_with(known) ? code : known;
    for (const char filler : {'0', '9'}) {
      answers.push_back(
          TextAnswer(text + std::string(text.size() < 10 ? 10 - text.size() : 0, filler)));
    }
    answers.push_back(TextAnswer(text));
  }
  return answers;
}

std::vector<Answer> Inquiry::ControlCandidates(const Domain& domain) const {
  std::set<std::string> codes = {"ear99", "0z999"};
  std::string known;
  for (const Test& test : domain.tests) {
    known = lines_[test.line]->control_code();
    if (test.node == kRaisingCode) continue;
    for (const ControlPattern& pattern :
         program_.control_tests[program_.nodes[test.node].index].patterns) {
      std::string code = (pattern.system.empty() ? "" : pattern.system + ":") +
                         (pattern.text == "*" ? std::string("0z999") : pattern.text);
      std::replace(code.begin(), code.end(), '?', '0');
      codes.insert(code);
      codes.insert(Below(code));
    }
  }
  std::vector<Answer> answers;
  for (const std::string& code : codes) {
    if (known.empty()) {
      answers.push_back(TextAnswer(code));
    } else if (code.starts_with(known + ".")) {
      answers.push_back(TextAnswer(code));
    }
  }
  if (!known.empty()) answers.push_back(TextAnswer(Below(known)));
  return answers;
}

std::vector<Answer> Inquiry::FieldCandidates(const Domain& domain) const {
  CountrySet named;
  for (const Test& test : domain.tests)
    named |= program_.field_tests[program_.nodes[test.node].index].countries;
  std::vector<Answer> answers;
  bool outside = false;
  for (size_t index = 0; index < kCountries; ++index) {
    const std::string code = CountryCode(index);
    if (named.test(index)) answers.push_back(TextAnswer(code));
    if (named.test(index) || outside || !IsCountryCode(code)) continue;
    outside = true;
    answers.push_back(TextAnswer(code));
  }
  return answers;
}

std::vector<Answer> Inquiry::Candidates(const Variable& variable, const Domain& domain) const {
  switch (variable.kind) {
    case Variable::Kind::kHs:
      return HsCandidates(domain);
    case Variable::Kind::kControlCode:
      return ControlCandidates(domain);
    case Variable::Kind::kField:
      return FieldCandidates(domain);
    case Variable::Kind::kFact:
      break;
  }
  const bool edition = program_.facts[variable.index].hs_edition != 0;
  return edition ? EditionCandidates(domain) : FactCandidates(variable, domain);
}

Truth Inquiry::Try(const Variable& variable, const Test& test, const Answer& answer) const {
  if (test.node == kRaisingCode) return ToTruth(Raises(FoldControlCode(answer.text)));
  const Node& node = program_.nodes[test.node];
  switch (node.kind) {
    case Node::Kind::kFact:
      return TestReading(answer.reading, program_.fact_tests[node.index].test,
                         program_.facts[variable.index].definition);
    case Node::Kind::kOwnership:
      return TestReading(answer.reading, program_.ownership_tests[node.index].test.test,
                         program_.facts[variable.index].definition);
    case Node::Kind::kField: {
      const FieldTest& field = program_.field_tests[node.index];
      return ToTruth(field.countries.test(CountryIndex(answer.text)) != field.negated);
    }
    case Node::Kind::kControl: {
      Truth any = Truth::kFalse;
      for (const ControlPattern& pattern : program_.control_tests[node.index].patterns) {
        any = Or(any, MatchControl(FoldControlCode(answer.text), pattern));
      }
      return any;
    }
    default:
      return Truth::kUnknown;
  }
}

std::string Inquiry::Signature(const Variable& variable, const Domain& domain,
                               const Answer& answer) const {
  std::string signature = "=";
  for (const Test& test : domain.tests) {
    if (variable.kind == Variable::Kind::kHs && test.node != kRaisingCode) {
      const Line& line = *lines_[test.line];
      for (const HsList& list : program_.hs_tests[program_.nodes[test.node].index].lists) {
        const HsMatch match = MatchHs(answer.text, line.hs_edition(), list);
        if (match.truth == Truth::kUnknown && !match.other_edition) return {};
        signature += static_cast<char>('0' + static_cast<int>(match.truth));
      }
      continue;
    }
    const Truth truth = Try(variable, test, answer);
    if (truth == Truth::kUnknown) return {};
    signature += static_cast<char>('0' + static_cast<int>(truth));
  }
  for (const auto& [index, list] : domain.lists) {
    const Truth truth = MatchHs(answer.text, list->edition, *list).truth;
    if (truth == Truth::kUnknown) return {};
    signature += static_cast<char>('0' + static_cast<int>(truth));
  }
  return signature;
}

void Inquiry::ChooseAnswers(const Variable& variable, Domain& domain) const {
  std::set<std::string> seen;
  for (Answer& candidate : Candidates(variable, domain)) {
    const std::string signature = Signature(variable, domain, candidate);
    if (signature.empty() || !seen.insert(signature).second) continue;
    domain.answers.push_back(std::move(candidate));
  }
}

}  // namespace tidewaiter::rules
