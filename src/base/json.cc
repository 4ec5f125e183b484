#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace tidewaiter {
namespace {

// Length of the valid UTF-8 sequence at `text[i]`, 0 when there is none.
size_t Utf8Length(std::string_view text, size_t i) {
  const auto byte = [&](size_t k) { return static_cast<unsigned char>(text[k]); };
  const unsigned char first = byte(i);
  if (first < 0x80) return 1;
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || i + length > text.size()) return 0;
  for (size_t k = 1; k < length; ++k) {
    if ((byte(i + k) & 0xC0) != 0x80) return 0;
  }
  const unsigned char second = byte(i + 1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool out_of_range = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || out_of_range ? 0 : length;
}

// Whether eight characters are ASCII of which none is escaped. May say no where the answer is yes.
bool AreEightPlain(const char* text) {
  constexpr uint64_t kOnes = 0x0101010101010101, kHigh = 0x8080808080808080;
  uint64_t word;
  std::memcpy(&word, text, sizeof word);
  const auto lacks = [](uint64_t bytes) { return (bytes - kOnes) & ~bytes; };  // high bit: a zero
  const uint64_t found =
      word | (word - kOnes * 0x20) | lacks(word ^ (kOnes * '"')) | lacks(word ^ (kOnes * '\\'));
  return (found & kHigh) == 0;
}

void AppendEscaped(unsigned char c, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  static constexpr char kDigits[] = "0123456789abcdef";
  out += "\\u00";
  out += kDigits[c >> 4];
  out += kDigits[c & 15];
}

std::vector<const Json::Member*> SortedMembers(const Json::Object& object) {
  std::vector<const Json::Member*> members;
  members.reserve(object.size());
  for (const auto& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  return members;
}

void DumpPrettyTo(const Json& json, int indent, std::string& out) {
  const std::string pad(static_cast<size_t>(indent) * 2 + 2, ' ');
  if (json.is_array() && !json.as_array().empty()) {
    out += "[\n";
    for (size_t i = 0; i < json.as_array().size(); ++i) {
      out += pad;
      DumpPrettyTo(json.as_array()[i], indent + 1, out);
      out += i + 1 < json.as_array().size() ? ",\n" : "\n";
    }
    out += pad.substr(2) + "]";
  } else if (json.is_object() && !json.as_object().empty()) {
    out += "{\n";
    for (size_t i = 0; i < json.as_object().size(); ++i) {
      const auto& [key, value] = json.as_object()[i];
      out += pad;
      AppendJsonString(key, out);
      out += ": ";
      DumpPrettyTo(value, indent + 1, out);
      out += i + 1 < json.as_object().size() ? ",\n" : "\n";
    }
    out += pad.substr(2) + "}";
  } else {
    json.DumpTo(out);
  }
}

}  // namespace

const Json* Json::Find(std::string_view key) const {
  if (!is_object()) return nullptr;
  for (const auto& [name, value] : as_object()) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::string_view Json::StringOr(std::string_view key, std::string_view otherwise) const {
  const Json* member = Find(key);
  return member != nullptr && member->is_string() ? std::string_view(member->as_string())
                                                  : otherwise;
}

Json& Json::Set(std::string key, Json value) {
  if (is_null()) value_ = Object{};
  for (auto& [name, old] : as_object()) {
    if (name == key) {
      old = std::move(value);
      return *this;
    }
  }
  as_object().emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::Add(Json value) {
  if (is_null()) value_ = Array{};
  as_array().push_back(std::move(value));
  return *this;
}

std::string Json::Dump() const {
  std::string out;
  DumpTo(out);
  return out;
}

void Json::DumpTo(std::string& out) const {
  if (is_null()) {
    out += "null";
  } else if (is_bool()) {
    out += as_bool() ? "true" : "false";
  } else if (is_integer()) {
    out += std::to_string(as_integer());
  } else if (is_number()) {
    AppendJsonNumber(as_number(), out);
  } else if (is_string()) {
    AppendJsonString(as_string(), out);
  } else if (is_array()) {
    out += '[';
    for (size_t i = 0; i < as_array().size(); ++i) {
      if (i != 0) out += ',';
      as_array()[i].DumpTo(out);
    }
    out += ']';
  } else {
    out += '{';
    bool first = true;
    for (const Member* member : SortedMembers(as_object())) {
      if (!first) out += ',';
      first = false;
      AppendJsonString(member->first, out);
      out += ':';
      member->second.DumpTo(out);
    }
    out += '}';
  }
}

std::string Json::DumpPretty() const {
  std::string out;
  DumpPrettyTo(*this, 0, out);
  return out;
}

std::string& JsonMembers::Begin(std::string_view key) {
  // One append for the short keys of the schemas: decisions have dozens.
  char member[64] = {',', '"'};
  if (key.size() + 4 > sizeof member) {
    out_ += first_ ? "\"" : ",\"";
    out_.append(key).append("\":");
  } else {
    std::memcpy(member + 2, key.data(), key.size());
    member[key.size() + 2] = '"';
    member[key.size() + 3] = ':';
    out_.append(member + first_, key.size() + 4 - first_);
  }
  first_ = false;
  return out_;
}

void JsonMembers::Text(std::string_view key, std::string_view value) {
  AppendJsonString(value, Begin(key));
}

void JsonMembers::TextOrNull(std::string_view key, std::string_view value) {
  std::string& out = Begin(key);
  if (value.empty())
    out += "null";
  else
    AppendJsonString(value, out);
}

void JsonMembers::Texts(std::string_view key, const std::vector<std::string>& values) {
  std::string& out = Begin(key);
  out += '[';
  AppendJsonStrings(values, out);
  out += ']';
}

Json TextsToJson(const std::vector<std::string>& texts) {
  Json::Array array;
  for (const auto& text : texts) array.emplace_back(text);
  return Json(std::move(array));
}

void AppendJsonString(std::string_view text, std::string& out) {
  out += '"';
  size_t plain = 0;  // from here to i nothing needs a change
  for (size_t i = 0; i < text.size();) {
    if (i + 8 <= text.size() && AreEightPlain(text.data() + i)) {
      i += 8;
      continue;
    }
    const auto c = static_cast<unsigned char>(text[i]);
    const bool escaped = c < 0x20 || c == '"' || c == '\\';
    const size_t length = escaped ? 0 : Utf8Length(text, i);
    if (length > 0) {
      i += length;
      continue;
    }
    out.append(text, plain, i - plain);
    if (escaped)
      AppendEscaped(c, out);
    else
      out += "\xEF\xBF\xBD";
    plain = ++i;
  }
  out.append(text, plain);
  out += '"';
}

void AppendJsonStrings(const std::vector<std::string>& texts, std::string& out) {
  for (size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonString(texts[i], out);
  }
}

void AppendJsonNumber(double value, std::string& out) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  if (value == std::floor(value) && std::fabs(value) < 1e15) {
    out += std::to_string(static_cast<int64_t>(value));
    return;
  }
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  out.append(buffer, end);
}

}  // namespace tidewaiter
