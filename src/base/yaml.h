// YAML files that people edit: rule packs, catalogue, layouts, lexicons. A reader walks a tree of
// YamlNodes; each knows its file, line and column, so that every complaint has a place. A key that
// nobody asked for is an error that names the nearest known one: a misspelt limb of a rule must
// never be skipped in silence.
#ifndef TIDEWAITER_BASE_YAML_H_
#define TIDEWAITER_BASE_YAML_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace tidewaiter {

class YamlNode {
 public:
  enum class Kind : uint8_t { kNull, kScalar, kSequence, kMapping };

  // Defined where the type is complete: clang looks into the pairs of `members` before that
  // otherwise.
  YamlNode();
  ~YamlNode();
  YamlNode(const YamlNode&);
  YamlNode(YamlNode&&) noexcept;
  YamlNode& operator=(const YamlNode&);
  YamlNode& operator=(YamlNode&&) noexcept;

  Kind kind = Kind::kNull;
  std::string scalar;   // of kScalar: its text
  bool quoted = false;  // of kScalar: written in quotes, so text even when it looks like a number
  std::vector<YamlNode> items;                            // of kSequence
  std::vector<std::pair<std::string, YamlNode>> members;  // of kMapping, in file order
  std::shared_ptr<const std::string> file;
  uint64_t line = 0;
  uint64_t column = 0;

  bool is_null() const { return kind == Kind::kNull; }
  bool is_scalar() const { return kind == Kind::kScalar; }
  bool is_sequence() const { return kind == Kind::kSequence; }
  bool is_mapping() const { return kind == Kind::kMapping; }

  // The member of a mapping, or nullptr.
  const YamlNode* Find(std::string_view key) const;

  Error Problem(std::string message, std::string field = {}) const;  // kBadInput at this place

  // Fails unless this is a mapping whose keys are all in `known`; names the nearest known key.
  Status CheckKeys(std::initializer_list<std::string_view> known) const;

  // Each fails with the place when the node is not what is asked for.
  Result<std::string> Text() const;                          // any scalar
  Result<double> Number() const;                             // finite
  Result<int64_t> Whole(int64_t least, int64_t most) const;  // within +-2^53
  Result<bool> Boolean() const;
  Result<Date> Day() const;
  Result<std::vector<std::string>> Texts()
      const;  // a sequence of scalars, or one scalar as a list of one
};

// The scalar of member `key`, or `otherwise` when the member is absent or null.
Result<std::string> TextOr(const YamlNode& mapping, std::string_view key,
                           std::string otherwise = {});
Result<std::optional<double>> NumberIfAny(const YamlNode& mapping, std::string_view key);
Result<std::optional<int64_t>> WholeIfAny(const YamlNode& mapping, std::string_view key,
                                          int64_t least, int64_t most);
Result<std::vector<std::string>> TextsIfAny(const YamlNode& mapping, std::string_view key);

// Parses one document. Duplicate keys, aliases, more than 100 levels are errors. `file` is used in
// messages.
Result<YamlNode> ParseYaml(std::string_view text, const std::string& file);
Result<YamlNode> ReadYaml(const std::string& path);

// The known word with the fewest edits to `word`, or "" when none is near (more than a third of it
// differs).
std::string NearestWord(std::string_view word, const std::vector<std::string>& known);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_YAML_H_
