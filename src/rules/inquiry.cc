// From unknown tests to questions: gather the variables, give each its answers, build the outcome
// as a diagram, read off its support.
//
// Two things grow while this runs. An asked control code opens the items that name goods by HS code
// and control code both; and an answer may raise a line, which wakes the general catch-alls that
// stand aside. So it is repeated until nothing new is asked.
#include "rules/inquiry.h"

#include <algorithm>

namespace tidewaiter::rules {
namespace {

constexpr NodeId kRaisingCode =
    kNone;  // as the node of a Test: whether the control code raises the line
constexpr int kMaxRounds = 8;

Diagram::Ref RefOf(Outcome outcome) { return static_cast<Diagram::Ref>(outcome); }

std::string ControlText(const Answer& answer) { return FoldControlCode(answer.text); }

}  // namespace

std::string NameOf(const Variable& variable, const Program& program) {
  switch (variable.kind) {
    case Variable::Kind::kFact:
      return program.facts[variable.index].definition.name;
    case Variable::Kind::kField:
      return std::string(ToString(static_cast<Field>(variable.index)));
    case Variable::Kind::kHs:
      return "hs";
    case Variable::Kind::kControlCode:
      return "eccn";
  }
  return {};
}

Variable Inquiry::FactVariable(int32_t line, FactId fact) const {
  return {program_.facts[fact].definition.of_line ? line : -1, Variable::Kind::kFact, fact};
}

Variable Inquiry::EditionVariable(int32_t line, int edition) const {
  return {line, Variable::Kind::kFact, program_.FindFact("hs_" + std::to_string(edition))};
}

// --- Gathering
// -------------------------------------------------------------------------------------------------

void Inquiry::AddTest(const Variable& variable, int32_t line, NodeId node) {
  auto& tests = domains_[variable].tests;
  const Test test{line, node};
  if (std::find(tests.begin(), tests.end(), test) == tests.end()) tests.push_back(test);
}

void Inquiry::GatherHs(int32_t index, NodeId node) {
  Line& line = *lines_[index];
  const uint32_t hs_test = program_.nodes[node].index;
  const auto& lists = program_.hs_tests[hs_test].lists;
  const auto& matches = line.MatchesOf(hs_test);
  for (size_t i = 0; i < lists.size(); ++i) {
    if (matches[i].truth != Truth::kUnknown) continue;
    const Variable hs{index, Variable::Kind::kHs, 0};
    if (!matches[i].other_edition) AddTest(hs, index, node);
    if (lists[i].edition == line.hs_edition() && !matches[i].other_edition) continue;
    // The code in the list's edition may be needed, whatever the answer to `hs`.
    auto& others = domains_[EditionVariable(index, lists[i].edition)].lists;
    const std::pair<int32_t, const HsList*> entry{index, &lists[i]};
    if (std::find(others.begin(), others.end(), entry) == others.end()) others.push_back(entry);
  }
}

void Inquiry::Gather(int32_t index, NodeId id) {
  Line& line = *lines_[index];
  if (line.Value(id) != Truth::kUnknown || !gathered_.emplace(index, id).second) return;
  const Node& node = program_.nodes[id];
  for (const NodeId child : node.children) Gather(index, child);
  switch (node.kind) {
    case Node::Kind::kFact:
      AddTest(FactVariable(index, program_.fact_tests[node.index].fact), index, id);
      break;
    case Node::Kind::kOwnership:
      AddTest(FactVariable(index, program_.ownership_tests[node.index].test.fact), index, id);
      break;
    case Node::Kind::kField: {
      const Field field = program_.field_tests[node.index].field;
      const int32_t place = field == Field::kOrigin && origin_of_line_ ? index : -1;
      AddTest({place, Variable::Kind::kField, static_cast<uint32_t>(field)}, index, id);
      break;
    }
    case Node::Kind::kHs:
      GatherHs(index, id);
      break;
    case Node::Kind::kControl:
      AddTest({index, Variable::Kind::kControlCode, 0}, index, id);
      break;
    default:
      break;
  }
}

std::vector<NodeId> Inquiry::RaisingLeaves() const {
  const Node& node = program_.nodes[program_.raised];
  if (node.kind == Node::Kind::kOr) return node.children;
  return {program_.raised};
}

bool Inquiry::MayWake(int32_t line) const {
  if (asked_.contains({line, Variable::Kind::kHs, 0}) ||
      asked_.contains({line, Variable::Kind::kControlCode, 0})) {
    return true;
  }
  if (asked_.contains({-1, Variable::Kind::kField, static_cast<uint32_t>(Field::kDestination)}))
    return true;
  const auto waking = waking_.find(line);
  return waking != waking_.end() &&
         std::any_of(waking->second.begin(), waking->second.end(),
                     [&](FactId fact) { return asked_.contains(FactVariable(line, fact)); });
}

void Inquiry::GatherRaising(int32_t line) {
  for (const NodeId leaf : RaisingLeaves()) Gather(line, leaf);
  if (asked_.contains({line, Variable::Kind::kControlCode, 0})) {
    AddTest({line, Variable::Kind::kControlCode, 0}, line, kRaisingCode);
  }
}

void Inquiry::GatherAll(const std::vector<Formula>& formulas) {
  domains_.clear();
  gathered_.clear();
  built_.clear();
  for (const Formula& formula : formulas) {
    if (formula.only_when_raised) {
      if (!MayWake(formula.line)) continue;
      GatherRaising(formula.line);
    }
    Gather(formula.line, formula.applies);
    Gather(formula.line, formula.strong);
  }
}

// --- Building
// --------------------------------------------------------------------------------------------------

template <typename Holds>
Diagram::Ref Inquiry::Literal(const Variable& variable, const Holds& holds) {
  const auto found = domains_.find(variable);
  if (found == domains_.end() || found->second.answers.empty()) return 0;
  std::vector<bool> truth;
  for (const Answer& answer : found->second.answers) truth.push_back(holds(answer));
  return diagram_->Literal(found->second.position, truth);
}

Diagram::Ref Inquiry::Build(int32_t line, NodeId id) {
  const Truth truth = lines_[line]->Value(id);
  if (truth != Truth::kUnknown) return truth == Truth::kTrue ? 1 : 0;
  if (const auto done = built_.find({line, id}); done != built_.end()) return done->second;
  const Diagram::Ref ref = BuildNew(line, id);
  built_.emplace(std::pair{line, id}, ref);
  return ref;
}

Diagram::Ref Inquiry::BuildNew(int32_t line, NodeId id) {
  const Node& node = program_.nodes[id];
  const auto literal = [&](const Variable& variable) {
    return Literal(variable, [&](const Answer& answer) {
      return Try(variable, {line, id}, answer) == Truth::kTrue;
    });
  };
  Diagram::Ref ref = node.kind == Node::Kind::kAnd ? 1 : 0;
  switch (node.kind) {
    case Node::Kind::kAnd:
      for (const NodeId child : node.children) ref = diagram_->Min(ref, Build(line, child));
      return ref;
    case Node::Kind::kOr:
      for (const NodeId child : node.children) ref = diagram_->Max(ref, Build(line, child));
      return ref;
    case Node::Kind::kNot:
      return diagram_->Not(Build(line, node.children.front()));
    case Node::Kind::kFact:
      return literal(FactVariable(line, program_.fact_tests[node.index].fact));
    case Node::Kind::kOwnership:
      return literal(FactVariable(line, program_.ownership_tests[node.index].test.fact));
    case Node::Kind::kControl:
      return literal({line, Variable::Kind::kControlCode, 0});
    case Node::Kind::kHs:
      return BuildHs(line, id);
    case Node::Kind::kField: {
      const Field field = program_.field_tests[node.index].field;
      return literal({field == Field::kOrigin && origin_of_line_ ? line : -1,
                      Variable::Kind::kField, static_cast<uint32_t>(field)});
    }
    default:
      return ref;
  }
}

Diagram::Ref Inquiry::BuildEdition(int32_t line, const HsList& list) {
  return Literal(EditionVariable(line, list.edition), [&](const Answer& answer) {
    return MatchHs(answer.text, list.edition, list).truth == Truth::kTrue;
  });
}

// List by list: met by the answer to `hs`, or left open by it and met by the code in the list's own
// edition.
Diagram::Ref Inquiry::BuildHs(int32_t index, NodeId id) {
  Line& line = *lines_[index];
  const uint32_t hs_test = program_.nodes[id].index;
  const auto& lists = program_.hs_tests[hs_test].lists;
  const auto& matches = line.MatchesOf(hs_test);
  Diagram::Ref any = 0;
  for (size_t i = 0; i < lists.size(); ++i) {
    if (matches[i].truth == Truth::kTrue) return 1;
    if (matches[i].truth == Truth::kFalse) continue;
    if (matches[i].other_edition) {
      any = diagram_->Max(any, BuildEdition(index, lists[i]));
      continue;
    }
    const auto truth_is = [&](Truth truth) {
      return Literal({index, Variable::Kind::kHs, 0}, [&](const Answer& answer) {
        return MatchHs(answer.text, line.hs_edition(), lists[i]).truth == truth;
      });
    };
    any = diagram_->Max(any, truth_is(Truth::kTrue));
    any =
        diagram_->Max(any, diagram_->Min(truth_is(Truth::kUnknown), BuildEdition(index, lists[i])));
  }
  return any;
}

// Only what is asked anyway can raise the line: nothing is asked for the sake of raising it.
Diagram::Ref Inquiry::BuildRaised(int32_t line) {
  Diagram::Ref any = 0;
  for (const NodeId leaf : RaisingLeaves()) {
    std::vector<Variable> variables;
    CollectUnknown(*lines_[line], line, origin_of_line_, leaf, variables);
    const bool asked = std::all_of(variables.begin(), variables.end(),
                                   [&](const Variable& each) { return asked_.contains(each); });
    if (asked) any = diagram_->Max(any, Build(line, leaf));
  }
  const Variable code{line, Variable::Kind::kControlCode, 0};
  if (asked_.contains(code)) {
    any = diagram_->Max(
        any, Literal(code, [&](const Answer& answer) { return Raises(ControlText(answer)); }));
  }
  for (const FactId fact : waking_[line]) {
    const Variable variable = FactVariable(line, fact);
    if (!asked_.contains(variable)) continue;
    any = diagram_->Max(
        any, Literal(variable, [](const Answer& answer) { return answer.reading.truth; }));
  }
  return any;
}

bool Inquiry::Raises(std::string_view control_code) const {
  if (!program_.code_raises || control_code.empty()) return false;
  return std::none_of(program_.not_raising.begin(), program_.not_raising.end(),
                      [&](const ControlPattern& pattern) { return control_code == pattern.text; });
}

Diagram::Ref Inquiry::BuildFormula(const Formula& formula) {
  if (formula.only_when_raised && !MayWake(formula.line)) return 0;
  Diagram::Ref applies = Build(formula.line, formula.applies);
  Diagram::Ref strong = Build(formula.line, formula.strong);
  if (formula.only_when_raised && applies != 0) {
    const Diagram::Ref raised = BuildRaised(formula.line);
    applies = diagram_->Min(applies, raised);
    strong = diagram_->Min(strong, raised);
  }
  return diagram_->Max(diagram_->Scale(applies, RefOf(formula.weak_outcome)),
                       diagram_->Scale(strong, RefOf(formula.full_outcome)));
}

Finding Inquiry::SettleOnce(const std::vector<Formula>& formulas, Outcome base) {
  GatherAll(formulas);
  std::vector<uint32_t> sizes;
  std::vector<Variable> order;
  for (auto& [variable, domain] : domains_) {
    ChooseAnswers(variable, domain);
    domain.position = static_cast<uint32_t>(order.size());
    order.push_back(variable);
    sizes.push_back(static_cast<uint32_t>(std::max<size_t>(1, domain.answers.size())));
  }
  diagram_ = std::make_unique<Diagram>(std::move(sizes));
  Diagram::Ref outcome = RefOf(base);
  // From the last line to the first: diagrams of later lines lie below and are joined without being
  // walked.
  for (auto formula = formulas.rbegin(); formula != formulas.rend(); ++formula) {
    outcome = diagram_->Max(BuildFormula(*formula), outcome);
  }
  Finding finding;
  finding.exact = !diagram_->overflow();
  if (!finding.exact) {
    finding.asked = order;
    finding.outcomes = 0b1111;
    return finding;
  }
  for (const uint32_t position : diagram_->Support(outcome))
    finding.asked.push_back(order[position]);
  finding.outcomes = diagram_->Reachable(outcome);
  return finding;
}

Finding Inquiry::Settle(const std::vector<Formula>& formulas, Outcome base) {
  for (const Formula& formula : formulas) {
    if (!formula.only_when_raised) continue;
    waking_[formula.line].insert(formula.rule->stated_facts.begin(),
                                 formula.rule->stated_facts.end());
  }
  Finding finding;
  for (int round = 0; round < kMaxRounds; ++round) {
    finding = SettleOnce(formulas, base);
    bool grown = false;
    for (const Variable& variable : finding.asked) {
      grown = asked_.insert(variable).second || grown;
      if (variable.kind != Variable::Kind::kControlCode) continue;
      Line& line = *lines_[variable.line];
      if (!line.control_code_open() && line.control_code().empty()) line.OpenControlCode();
    }
    if (!grown) break;
  }
  return finding;
}

std::map<Variable, std::vector<Answer>> Inquiry::Answers() const {
  std::map<Variable, std::vector<Answer>> all;
  for (const auto& [variable, domain] : domains_) all.emplace(variable, domain.answers);
  return all;
}

// --- For rules one by one
// --------------------------------------------------------------------------------------

namespace {

class Collector {
 public:
  Collector(Line& line, int32_t index, bool origin_of_line, std::vector<Variable>& found)
      : line_(line),
        program_(line.program()),
        index_(index),
        origin_of_line_(origin_of_line),
        found_(found) {}

  void Collect(NodeId id) {
    if (line_.Value(id) != Truth::kUnknown || !seen_.insert(id).second) return;
    const Node& node = program_.nodes[id];
    for (const NodeId child : node.children) Collect(child);
    switch (node.kind) {
      case Node::Kind::kFact:
        AddFact(program_.fact_tests[node.index].fact);
        break;
      case Node::Kind::kOwnership:
        AddFact(program_.ownership_tests[node.index].test.fact);
        break;
      case Node::Kind::kControl:
        Add({index_, Variable::Kind::kControlCode, 0});
        break;
      case Node::Kind::kField:
        AddField(program_.field_tests[node.index].field);
        break;
      case Node::Kind::kHs:
        AddHs(node.index);
        break;
      default:
        break;
    }
  }

 private:
  void Add(const Variable& variable) {
    if (std::find(found_.begin(), found_.end(), variable) == found_.end())
      found_.push_back(variable);
  }
  void AddFact(FactId fact) {
    Add({program_.facts[fact].definition.of_line ? index_ : -1, Variable::Kind::kFact, fact});
  }
  void AddField(Field field) {
    const int32_t place = field == Field::kOrigin && origin_of_line_ ? index_ : -1;
    Add({place, Variable::Kind::kField, static_cast<uint32_t>(field)});
  }
  void AddHs(uint32_t hs_test) {
    const auto& matches = line_.MatchesOf(hs_test);
    for (size_t i = 0; i < matches.size(); ++i) {
      if (matches[i].truth != Truth::kUnknown) continue;
      Add({index_, Variable::Kind::kHs, 0});
      if (!matches[i].other_edition) continue;
      AddFact(
          program_.FindFact("hs_" + std::to_string(program_.hs_tests[hs_test].lists[i].edition)));
    }
  }

  Line& line_;
  const Program& program_;
  int32_t index_;
  bool origin_of_line_;
  std::vector<Variable>& found_;
  std::set<NodeId> seen_;
};

}  // namespace

void CollectUnknown(Line& line, int32_t index, bool origin_of_line, NodeId id,
                    std::vector<Variable>& found) {
  Collector(line, index, origin_of_line, found).Collect(id);
}

}  // namespace tidewaiter::rules
