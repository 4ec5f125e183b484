#include "rules/inquiry_key.h"

#include <algorithm>
#include <type_traits>

namespace tidewaiter::rules {
namespace {

// Follows one line the way that an inquiry does: down to what is unknown, and no further.
class Walk {
 public:
  Walk(Line& line, std::string& key) : line_(line), key_(key), seen_(line.program().nodes.size()) {}

  void Visit(NodeId id) {
    const Truth truth = line_.Value(id);
    key_ += static_cast<char>('0' + static_cast<int>(truth));
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
    Text(line_.control_code());
    if (hs_open_) {
      Text(line_.hs());
      Raw(line_.hs_edition());
    }
    if (half_known_) Raw(line_.goods()->catalogue);
  }

 private:
  // A fact that is open although something is known of it: two readings, a range, a bound.
  void Note(FactId fact) {
    half_known_ |= line_.Known(fact).fact != nullptr || line_.BoundOf(fact).has_value();
  }
  template <typename T>
  void Raw(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    key_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void Text(std::string_view text) {
    Raw(static_cast<uint32_t>(text.size()));
    key_ += text;
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
    const auto rule = static_cast<uint32_t>(formula.rule - program.rules.data());
    key.append(reinterpret_cast<const char*>(&rule), sizeof rule);
    key.append(reinterpret_cast<const char*>(&formula.line), sizeof formula.line);
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
