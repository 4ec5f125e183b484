#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include "base/file.h"

namespace tidewaiter {
namespace {

constexpr size_t kMaxDepth = 100;

struct Refusal {
  std::string message;
  YAML::Mark mark;
};

// Builds the tree from yaml-cpp's events: its own node type loses whether a scalar was quoted and
// lets duplicate keys pass.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(std::shared_ptr<const std::string> file) : file_(std::move(file)) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override { Put(At(mark)); }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    throw Refusal{"aliases are not read; write the value out", mark};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& value) override {
    YamlNode node = At(mark);
    node.quoted = tag == "!";
    const bool null = !node.quoted && (value.empty() || value == "~" || value == "null");
    node.kind = null ? YamlNode::Kind::kNull : YamlNode::Kind::kScalar;
    node.scalar = null ? std::string() : value;
    Put(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    Open(mark, YamlNode::Kind::kSequence);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    Open(mark, YamlNode::Kind::kMapping);
  }
  void OnMapEnd() override { Close(); }

  YamlNode root;

 private:
  struct Level {
    YamlNode node;
    std::optional<std::string> key;
  };

  YamlNode At(const YAML::Mark& mark) const {
    YamlNode node;
    node.file = file_;
    node.line = static_cast<uint64_t>(mark.line) + 1;
    node.column = static_cast<uint64_t>(mark.column) + 1;
    return node;
  }
  void Open(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (levels_.size() >= kMaxDepth) throw Refusal{"more than 100 levels of nesting", mark};
    YamlNode node = At(mark);
    node.kind = kind;
    levels_.push_back({std::move(node), std::nullopt});
  }
  void Close() {
    YamlNode node = std::move(levels_.back().node);
    levels_.pop_back();
    Put(std::move(node));
  }
  void Put(YamlNode node) {
    if (levels_.empty()) {
      root = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.is_sequence()) {
      level.node.items.push_back(std::move(node));
    } else if (level.key) {
      level.node.members.emplace_back(*std::exchange(level.key, std::nullopt), std::move(node));
    } else {
      TakeKey(level, node);
    }
  }
  static void TakeKey(Level& level, const YamlNode& node) {
    YAML::Mark mark;
    mark.line = static_cast<int>(node.line) - 1;
    mark.column = static_cast<int>(node.column) - 1;
    if (!node.is_scalar()) throw Refusal{"a key must be plain text", mark};
    if (level.node.Find(node.scalar) != nullptr) {
      throw Refusal{"the key '" + node.scalar + "' occurs twice", mark};
    }
    level.key = node.scalar;
  }

  std::shared_ptr<const std::string> file_;
  std::vector<Level> levels_;
};

Error ProblemAt(const YAML::Mark& mark, std::string message, const std::string& file) {
  Error error = BadInput(std::move(message), file, static_cast<uint64_t>(mark.line) + 1);
  error.column = static_cast<uint64_t>(mark.column) + 1;
  return error;
}

size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = std::exchange(row[0], i);
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

YamlNode::YamlNode() = default;
YamlNode::~YamlNode() = default;
YamlNode::YamlNode(const YamlNode&) = default;
YamlNode::YamlNode(YamlNode&&) noexcept = default;
YamlNode& YamlNode::operator=(const YamlNode&) = default;
YamlNode& YamlNode::operator=(YamlNode&&) noexcept = default;

const YamlNode* YamlNode::Find(std::string_view key) const {
  for (const auto& [name, node] : members) {
    if (name == key) return &node;
  }
  return nullptr;
}

Error YamlNode::Problem(std::string message, std::string field) const {
  Error error = BadInput(std::move(message), file ? *file : std::string(), line, std::move(field));
  error.column = column;
  return error;
}

Status YamlNode::CheckKeys(std::initializer_list<std::string_view> known) const {
  if (!is_mapping()) return Problem("expected a mapping (key: value)");
  for (const auto& [key, node] : members) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const std::vector<std::string> words(known.begin(), known.end());
    const std::string near = NearestWord(key, words);
    if (!near.empty()) return node.Problem("unknown key; did you mean '" + near + "'?", key);
    std::string all;
    for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
    return node.Problem("unknown key; known here: " + all, key);
  }
  return {};
}

Result<std::string> YamlNode::Text() const {
  if (!is_scalar()) return Problem("expected one value");
  return scalar;
}

Result<double> YamlNode::Number() const {
  double value = 0;
  const char* end = scalar.data() + scalar.size();
  const auto parsed = std::from_chars(scalar.data(), end, value);
  if (!is_scalar() || quoted || parsed.ec != std::errc() || parsed.ptr != end ||
      !std::isfinite(value)) {
    return Problem("expected a number");
  }
  return value;
}

Result<int64_t> YamlNode::Whole(int64_t least, int64_t most) const {
  const auto number = Number();
  if (!number || *number < static_cast<double>(least) || *number > static_cast<double>(most) ||
      *number != std::trunc(*number)) {
    return Problem("expected a whole number from " + std::to_string(least) + " to " +
                   std::to_string(most));
  }
  return static_cast<int64_t>(*number);
}

Result<bool> YamlNode::Boolean() const {
  if (is_scalar() && !quoted && scalar == "true") return true;
  if (is_scalar() && !quoted && scalar == "false") return false;
  return Problem("expected true or false");
}

Result<Date> YamlNode::Day() const {
  const auto date = ParseIsoDate(scalar);
  if (!is_scalar() || !date) return Problem("expected a date like 2024-09-01");
  return *date;
}

Result<std::vector<std::string>> YamlNode::Texts() const {
  if (is_scalar()) return std::vector<std::string>{scalar};
  if (!is_sequence()) return Problem("expected a list of values");
  std::vector<std::string> texts;
  for (const auto& item : items) {
    TW_ASSIGN_OR_RETURN(std::string text, item.Text());
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<std::string> TextOr(const YamlNode& mapping, std::string_view key, std::string otherwise) {
  const YamlNode* node = mapping.Find(key);
  if (node == nullptr || node->is_null()) return otherwise;
  return node->Text();
}

Result<std::optional<double>> NumberIfAny(const YamlNode& mapping, std::string_view key) {
  const YamlNode* node = mapping.Find(key);
  if (node == nullptr || node->is_null()) return std::optional<double>();
  TW_ASSIGN_OR_RETURN(const double number, node->Number());
  return std::optional<double>(number);
}

Result<std::optional<int64_t>> WholeIfAny(const YamlNode& mapping, std::string_view key,
                                          int64_t least, int64_t most) {
  const YamlNode* node = mapping.Find(key);
  if (node == nullptr || node->is_null()) return std::optional<int64_t>();
  TW_ASSIGN_OR_RETURN(const int64_t number, node->Whole(least, most));
  return std::optional<int64_t>(number);
}

Result<std::vector<std::string>> TextsIfAny(const YamlNode& mapping, std::string_view key) {
  const YamlNode* node = mapping.Find(key);
  if (node == nullptr || node->is_null()) return std::vector<std::string>{};
  return node->Texts();
}

Result<YamlNode> ParseYaml(std::string_view text, const std::string& file) {
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder(std::make_shared<const std::string>(file));
    if (!parser.HandleNextDocument(builder)) return BadInput("the file is empty", file);
    return std::move(builder.root);
  } catch (const Refusal& refusal) {
    return ProblemAt(refusal.mark, refusal.message, file);
  } catch (const YAML::Exception& problem) {
    return ProblemAt(problem.mark, "not YAML: " + problem.msg, file);
  } catch (const std::exception& problem) {
    return BadInput(std::string("not YAML: ") + problem.what(), file);
  }
}

Result<YamlNode> ReadYaml(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ParseYaml(text, path);
}

std::string NearestWord(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  size_t best_distance = word.size() / 3 + 1;
  for (const auto& candidate : known) {
    const size_t distance = EditDistance(word, candidate);
    if (distance < best_distance || (distance == best_distance && best.empty())) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace tidewaiter
