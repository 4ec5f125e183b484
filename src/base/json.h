// JSON values. Dump() is canonical in the sense of RFC 8785 (keys sorted, no white space, shortest
// numbers), so that equal values are equal bytes: hashes, replays and tests rely on it. Parsing is
// simdjson's; its exceptions and its padding stay inside json_view.cc.
#ifndef TIDEWAITER_BASE_JSON_H_
#define TIDEWAITER_BASE_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace tidewaiter {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;  // in order of insertion; Dump() sorts

  Json() = default;                            // null
  Json(std::nullptr_t) {}                      // NOLINT: implicit on purpose, as are all below
  Json(bool value) : value_(value) {}          // NOLINT
  Json(int value) : value_(int64_t{value}) {}  // NOLINT
  Json(int64_t value) : value_(value) {}       // NOLINT
  Json(uint64_t value) : value_(static_cast<int64_t>(value)) {}  // NOLINT
  Json(double value) : value_(value) {}                          // NOLINT
  Json(const char* value) : value_(std::string(value)) {}        // NOLINT
  Json(std::string_view value) : value_(std::string(value)) {}   // NOLINT
  Json(std::string value) : value_(std::move(value)) {}          // NOLINT
  Json(Array value) : value_(std::move(value)) {}                // NOLINT
  Json(Object value) : value_(std::move(value)) {}               // NOLINT

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_number() const { return is_integer() || std::holds_alternative<double>(value_); }
  bool is_integer() const { return std::holds_alternative<int64_t>(value_); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  // Each requires the matching is_...().
  bool as_bool() const { return std::get<bool>(value_); }
  int64_t as_integer() const { return std::get<int64_t>(value_); }
  double as_number() const {
    return is_integer() ? static_cast<double>(as_integer()) : std::get<double>(value_);
  }
  const std::string& as_string() const { return std::get<std::string>(value_); }
  const Array& as_array() const { return std::get<Array>(value_); }
  Array& as_array() { return std::get<Array>(value_); }
  const Object& as_object() const { return std::get<Object>(value_); }
  Object& as_object() { return std::get<Object>(value_); }

  // The member of an object, or nullptr when there is none or this is no object.
  const Json* Find(std::string_view key) const;
  // The string member `key`, or "" when absent, null or of another type.
  std::string_view StringOr(std::string_view key, std::string_view otherwise = {}) const;
  // Sets or replaces a member; turns null into an object first.
  Json& Set(std::string key, Json value);
  // Appends to an array; turns null into an array first.
  Json& Add(Json value);

  std::string Dump() const;
  void DumpTo(std::string& out) const;
  std::string DumpPretty() const;  // two spaces a level, keys in order of insertion; for people

  bool operator==(const Json&) const = default;

 private:
  std::variant<std::nullptr_t, bool, int64_t, double, std::string, Array, Object> value_ = nullptr;
};

// Parses one JSON text. A key that occurs twice in an object, a lone surrogate, invalid UTF-8, more
// than 100 levels or anything behind the value is an error.
Result<Json> ParseJson(std::string_view text);

// An array of strings.
Json TextsToJson(const std::vector<std::string>& texts);

// Appends a list of what AppendJson(value, out) writes.
template <typename Values>
void AppendJsonList(const Values& values, std::string& out) {
  out += '[';
  bool first = true;
  for (const auto& value : values) {
    if (!first) out += ',';
    first = false;
    AppendJson(value, out);
  }
  out += ']';
}

// An object written straight to text, for what is written often. Keys must come in ascending order:
// then the text is what Json::Dump() would give.
class JsonMembers {
 public:
  explicit JsonMembers(std::string& out) : out_(out) { out_ += '{'; }
  ~JsonMembers() { out_ += '}'; }
  JsonMembers(const JsonMembers&) = delete;
  JsonMembers& operator=(const JsonMembers&) = delete;

  // Begins a member; the caller appends its value to what is returned.
  std::string& Begin(std::string_view key);
  void Text(std::string_view key, std::string_view value);
  void TextOrNull(std::string_view key, std::string_view value);  // empty: null
  void Texts(std::string_view key, const std::vector<std::string>& values);
  // Appends a list of what AppendJson(value, out) writes.
  template <typename Values>
  void Each(std::string_view key, const Values& values) {
    AppendJsonList(values, Begin(key));
  }

 private:
  std::string& out_;
  bool first_ = true;
};

// Appends `text` as a JSON string, quotes included. Invalid UTF-8 becomes U+FFFD.
void AppendJsonString(std::string_view text, std::string& out);
// The members of a list of strings, without its brackets: others may stand before and behind.
void AppendJsonStrings(const std::vector<std::string>& texts, std::string& out);
// Appends a number in its shortest form that reads back equal; NaN and infinities become null.
void AppendJsonNumber(double value, std::string& out);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_JSON_H_
