// What is not known about an order, and which of it must be asked.
//
// Every unknown test of a line rests on a Variable: a fact or a field of the order. Each variable
// gets the few answers that the tests can tell apart; the outcome becomes a Diagram over them, and
// the questions are exactly the variables on which it depends.
#ifndef TIDEWAITER_RULES_INQUIRY_H_
#define TIDEWAITER_RULES_INQUIRY_H_

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "rules/diagram.h"
#include "rules/line.h"

namespace tidewaiter::rules {

// In the order in which diagrams test them: what concerns all lines first.
struct Variable {
  enum class Kind : uint8_t { kControlCode, kHs, kField, kFact };
  int32_t line = -1;  // index of the line; -1: the whole order
  Kind kind = Kind::kFact;
  uint32_t index = 0;  // FactId or Field
  auto operator<=>(const Variable&) const = default;
};
std::string NameOf(const Variable& variable, const Program& program);

// The variables that the unknown tests below `node` rest on, in the order in which they are met.
void CollectUnknown(Line& line, int32_t line_index, bool origin_of_line, NodeId node,
                    std::vector<Variable>& found);

// One possible raise: what comes of it when it holds.
struct Formula {
  int32_t line = 0;
  const CompiledRule* rule = nullptr;
  NodeId applies = kFalseNode, strong = kFalseNode;
  Outcome weak_outcome = Outcome::kClear, full_outcome = Outcome::kClear;
  bool only_when_raised =
      false;  // a general catch-all that stands aside until an answer raises the line
};

struct Answer {
  std::string text;     // for tests and for people
  FactReading reading;  // of facts
};

struct Finding {
  std::vector<Variable> asked;  // ascending
  uint32_t outcomes = 0;        // bit per Outcome that can come out
  bool exact = true;            // false: too large to settle; everything unknown is asked
};

class Inquiry {
 public:
  // `lines` must outlive the inquiry; `origin_of_line`: lines state origins of their own.
  Inquiry(const Program& program, std::vector<Line*> lines, bool origin_of_line)
      : program_(program), lines_(std::move(lines)), origin_of_line_(origin_of_line) {}

  // `base`: what is certain already.
  Finding Settle(const std::vector<Formula>& formulas, Outcome base);

  // The answers that tests tell apart, after Settle(); for tests.
  std::map<Variable, std::vector<Answer>> Answers() const;

 private:
  // A test that a variable's answer decides: a node of a line, or that a control code raises the
  // line.
  struct Test {
    int32_t line;
    NodeId node;
    bool operator==(const Test&) const = default;
  };
  struct Domain {
    std::vector<Test> tests;
    std::vector<std::pair<int32_t, const HsList*>> lists;  // of hs_<edition> facts
    std::vector<Answer> answers;
    uint32_t position = 0;
  };

  Finding SettleOnce(const std::vector<Formula>& formulas, Outcome base);
  void GatherAll(const std::vector<Formula>& formulas);
  void Gather(int32_t line, NodeId node);
  void GatherHs(int32_t line, NodeId node);
  void GatherRaising(int32_t line);
  void AddTest(const Variable& variable, int32_t line, NodeId node);

  void ChooseAnswers(const Variable& variable, Domain& domain) const;
  std::vector<Answer> Candidates(const Variable& variable, const Domain& domain) const;
  std::vector<Answer> FactCandidates(const Variable& variable, const Domain& domain) const;
  std::vector<Answer> HsCandidates(const Domain& domain) const;
  std::vector<Answer> EditionCandidates(const Domain& domain) const;
  std::vector<Answer> ControlCandidates(const Domain& domain) const;
  std::vector<Answer> FieldCandidates(const Domain& domain) const;
  // What each test says of the answer, a character a test; empty when the answer leaves one open.
  std::string Signature(const Variable& variable, const Domain& domain, const Answer& answer) const;
  Truth Try(const Variable& variable, const Test& test, const Answer& answer) const;
  bool Raises(std::string_view control_code) const;

  Diagram::Ref Build(int32_t line, NodeId node);
  Diagram::Ref BuildNew(int32_t line, NodeId node);
  Diagram::Ref BuildHs(int32_t line, NodeId node);
  Diagram::Ref BuildEdition(int32_t line, const HsList& list);
  Diagram::Ref BuildRaised(int32_t line);
  Diagram::Ref BuildFormula(const Formula& formula);
  template <typename Holds>
  Diagram::Ref Literal(const Variable& variable, const Holds& holds);
  bool MayWake(int32_t line) const;
  std::vector<NodeId> RaisingLeaves() const;
  Variable FactVariable(int32_t line, FactId fact) const;
  Variable EditionVariable(int32_t line, int edition) const;

  const Program& program_;
  std::vector<Line*> lines_;
  bool origin_of_line_;
  std::map<Variable, Domain> domains_;
  std::set<Variable> asked_;                    // so far: their answers may raise a line
  std::map<int32_t, std::set<FactId>> waking_;  // by line: facts that wake its general catch-alls
  std::unique_ptr<Diagram> diagram_;
  std::map<std::pair<int32_t, NodeId>, Diagram::Ref> built_;
  std::set<std::pair<int32_t, NodeId>> gathered_;
};

}  // namespace tidewaiter::rules

#endif  // TIDEWAITER_RULES_INQUIRY_H_
