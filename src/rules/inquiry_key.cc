#include "rules/inquiry_key.h"

#include "rules/key_bytes.h"

namespace tidewaiter::rules {
namespace {

// Follows one line the way that an inquiry does: down to what is unknown, and no further.
class Walk {
 public:
  Walk(Line& line, std::string& key) : line_(line), key_(key), seen_(line.program().nodes.size()) {}

  void Visit(NodeId id) {
    const Truth truth = line_.Value(id);
    AppendTruth(truth, key_);
    if (truth != Truth::kUnknown || seen_[id]) return;
    seen_[id] = true;
    const Program& program = line_.program();
    const Node& node = program.nodes[id];
    for (const NodeId child : node.children) Visit(child);
    switch (node.kind) {
      case Node::Kind::kFact:
        return Note(program.fact_tests[node.index].fact);
      case Node::Kind::kOwnership:
        return Note(program.ownership_tests[node.index].test.fact);
      case Node::Kind::kHs:
        hs_open_ = true;
        return;
      case Node::Kind::kControl:
        control_open_ = true;
        return;
      default:
        return;
    }
  }

  bool control_open() const { return control_open_; }

  // What answers are chosen by, beside the truths.
  void Finish() {
    AppendText(line_.control_code(), key_);
    if (hs_open_) {
      AppendText(line_.hs(), key_);
      AppendRaw(line_.hs_edition(), key_);
    }
    if (half_known_) AppendRaw(line_.goods()->catalogue, key_);
  }

 private:
  // A fact that is open although something is known of it: two readings, a range, a bound.
  void Note(FactId fact) {
    half_known_ |= line_.Known(fact).fact != nullptr || line_.BoundOf(fact).has_value();
  }

  Line& line_;
  std::string& key_;
  std::vector<bool> seen_;
  bool control_open_ = false, hs_open_ = false, half_known_ = false;
};

// Whether a control code is open.
bool WalkFormulas(Line& line, int32_t index, const std::vector<Formula>& formulas,
                  std::string& key) {
  Walk walk(line, key);
  bool standing = false;
  for (const Formula& formula : formulas) {
    if (formula.line != index) continue;
    standing |= formula.only_when_raised;
    key += formula.only_when_raised ? 's' : '-';
    walk.Visit(formula.applies);
    walk.Visit(formula.strong);
  }
  if (standing) walk.Visit(line.program().raised);
  walk.Finish();
  return walk.control_open();
}

}  // namespace

std::string InquiryKey(const Program& program, std::vector<Line>& lines, bool origin_of_line,
                       const std::vector<Formula>& formulas, Outcome base) {
  std::string key;
  key += static_cast<char>('0' + static_cast<int>(base));
  key += origin_of_line ? 'l' : 'o';
  for (const Formula& formula : formulas) {
    AppendRaw(static_cast<uint32_t>(formula.rule - program.rules.data()), key);
    AppendRaw(formula.line, key);
  }
  for (size_t i = 0; i < lines.size(); ++i) {
    const auto index = static_cast<int32_t>(i);
    if (!WalkFormulas(lines[i], index, formulas, key)) continue;
    // An asked control code opens further items of the line.
    Line open = lines[i];
    open.OpenControlCode();
    WalkFormulas(open, index, formulas, key);
  }
  return key;
}

}  // namespace tidewaiter::rules
