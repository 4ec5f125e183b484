#include "rules/covers.h"

#include <algorithm>

namespace tidewaiter::rules {
namespace {

bool IsLower(Op op) { return op == Op::kLess || op == Op::kLessEqual || op == Op::kBetterThan; }
bool IsUpper(Op op) { return op == Op::kGreater || op == Op::kGreaterEqual; }
bool IsStrict(Op op) { return op != Op::kLessEqual && op != Op::kGreaterEqual; }

// "x >= 4" covers "x > 5"; "x > 4" does not cover "x >= 4".
bool CoversNumbers(const FactTest& wide, const FactTest& narrow) {
  const bool from = IsUpper(wide.op) && IsUpper(narrow.op);
  const bool to = IsLower(wide.op) && IsLower(narrow.op);
  if (!from && !to) return false;
  if (wide.number == narrow.number) return !IsStrict(wide.op) || IsStrict(narrow.op);
  return from ? wide.number < narrow.number : wide.number > narrow.number;
}

bool CoversTexts(const FactTest& wide, const FactTest& narrow) {
  const auto lists = [](Op op) { return op == Op::kEqual || op == Op::kIn; };
  return lists(wide.op) && lists(narrow.op) &&
         std::all_of(narrow.texts.begin(), narrow.texts.end(), [&](const std::string& text) {
           return std::find(wide.texts.begin(), wide.texts.end(), text) != wide.texts.end();
         });
}

bool CoversFact(const CompiledTest& wide, const CompiledTest& narrow) {
  using Operand = FactTest::Operand;
  if (wide.fact != narrow.fact || wide.test.operand != narrow.test.operand) return false;
  if (wide.test.operand == Operand::kNumber) return CoversNumbers(wide.test, narrow.test);
  return wide.test.operand == Operand::kTexts && CoversTexts(wide.test, narrow.test);
}

bool CoversField(const FieldTest& wide, const FieldTest& narrow) {
  if (wide.field != narrow.field || wide.field == Field::kVia) return false;
  if (wide.negated && narrow.negated) return (wide.countries & ~narrow.countries).none();
  if (wide.negated) return (wide.countries & narrow.countries).none();
  return !narrow.negated && (narrow.countries & ~wide.countries).none();
}

// Every code of the narrow test lies below one of the wide test in the same edition.
bool CoversHs(const HsTest& wide, const HsTest& narrow) {
  return std::all_of(narrow.lists.begin(), narrow.lists.end(), [&](const HsList& below) {
    return std::any_of(wide.lists.begin(), wide.lists.end(), [&](const HsList& above) {
      if (above.edition != below.edition) return false;
      return std::all_of(below.codes.begin(), below.codes.end(), [&](const std::string& code) {
        return std::any_of(above.codes.begin(), above.codes.end(),
                           [&](const std::string& prefix) { return code.starts_with(prefix); });
      });
    });
  });
}

bool CoversClasses(const std::vector<std::string>& wide, const std::vector<std::string>& narrow) {
  return std::all_of(narrow.begin(), narrow.end(), [&](const std::string& each) {
    return std::find(wide.begin(), wide.end(), each) != wide.end();
  });
}

}  // namespace

bool Coverage::Covers(NodeId wide, NodeId narrow) {
  if (wide == narrow || wide == kTrueNode || narrow == kFalseNode) return true;
  if (wide == kFalseNode || narrow == kTrueNode) return false;
  const auto [at, is_new] = known_.try_emplace({wide, narrow}, false);
  if (is_new) at->second = Compare(wide, narrow);
  return at->second;
}

bool Coverage::Compare(NodeId wide, NodeId narrow) {
  using Kind = Node::Kind;
  const Node &w = program_.nodes[wide], &n = program_.nodes[narrow];
  const auto wide_covers = [&](NodeId child) { return Covers(wide, child); };
  const auto covers_narrow = [&](NodeId child) { return Covers(child, narrow); };
  if (n.kind == Kind::kOr) return std::all_of(n.children.begin(), n.children.end(), wide_covers);
  if (w.kind == Kind::kAnd) return std::all_of(w.children.begin(), w.children.end(), covers_narrow);
  if (w.kind == Kind::kNot && n.kind == Kind::kNot && Covers(n.children[0], w.children[0]))
    return true;
  if (w.kind == Kind::kOr && std::any_of(w.children.begin(), w.children.end(), covers_narrow))
    return true;
  if (n.kind == Kind::kAnd && std::any_of(n.children.begin(), n.children.end(), wide_covers))
    return true;
  return CoversLeaf(w, n);
}

bool Coverage::CoversLeaf(const Node& wide, const Node& narrow) const {
  using Kind = Node::Kind;
  if (wide.kind != narrow.kind) return false;
  switch (wide.kind) {
    case Kind::kFact:
      return CoversFact(program_.fact_tests[wide.index], program_.fact_tests[narrow.index]);
    case Kind::kField:
      return CoversField(program_.field_tests[wide.index], program_.field_tests[narrow.index]);
    case Kind::kHs:
      return CoversHs(program_.hs_tests[wide.index], program_.hs_tests[narrow.index]);
    case Kind::kClass:
      return CoversClasses(program_.class_tests[wide.index], program_.class_tests[narrow.index]);
    case Kind::kDated: {
      const Interval &w = program_.dates[wide.index], &n = program_.dates[narrow.index];
      return w.from <= n.from && n.to <= w.to;
    }
    default:
      return false;  // equal ones are one node
  }
}

}  // namespace tidewaiter::rules
