#include "tables/jsonl.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <functional>

#include "base/parallel.h"

namespace tidewaiter::tables {
namespace {

constexpr uint64_t kBlock = uint64_t{4} << 20;
constexpr size_t kDeepest = 4;  // objects inside objects; what lies deeper stays JSON

using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

template <typename Number>
void AppendNumber(Number value, std::string& out) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), end.ptr);
}

// A value as a cell: nothing for null; of lists and objects their JSON.
void AppendValue(const element& value, std::string& out);

void AppendList(const simdjson::dom::array& list, std::string& out) {
  const size_t before = out.size();
  for (const element item : list) {
    if (item.is_array() || item.is_object()) {
      out.resize(before);
      out += simdjson::minify(list);
      return;
    }
    if (out.size() > before) out += "; ";
    AppendValue(item, out);
  }
}

void AppendValue(const element& value, std::string& out) {
  switch (value.type()) {
    case element_type::STRING:
      out.append(value.get_string().value());
      return;
    case element_type::INT64:
      return AppendNumber(value.get_int64().value(), out);
    case element_type::UINT64:
      return AppendNumber(value.get_uint64().value(), out);
    case element_type::DOUBLE:
      return AppendNumber(value.get_double().value(), out);
    case element_type::BOOL:
      out += value.get_bool().value() ? "true" : "false";
      return;
    case element_type::ARRAY:
      return AppendList(value.get_array().value(), out);
    case element_type::OBJECT:
      out += simdjson::minify(value);
      return;
    case element_type::NULL_VALUE:
      return;
  }
}

// Calls take(key, value) for each value that is no object, or lies too deep.
template <typename Take>
void Walk(const object& object, const std::string& before, size_t depth, const Take& take) {
  std::string joined;
  for (const auto field : object) {
    std::string_view key = field.key;
    if (depth > 0) {
      joined.assign(before).append(key);
      key = joined;
    }
    if (field.value.is_object() && depth < kDeepest)
      Walk(field.value.get_object().value(), std::string(key) + ".", depth + 1, take);
    else
      take(key, field.value);
  }
}

// The number of a key. Lines have mostly the same keys in the same order, so the one behind the
// last one is tried before all are searched.
class KeyFinder {
 public:
  explicit KeyFinder(const JsonKeys& keys) : keys_(keys) {}
  static constexpr size_t kNone = SIZE_MAX;
  size_t Find(std::string_view key) {
    if (next_ >= keys_.names.size()) next_ = 0;
    if (next_ < keys_.names.size() && keys_.names[next_] == key) return next_++;
    const auto at = keys_.at.find(key);
    if (at == keys_.at.end()) return kNone;
    next_ = at->second + 1;
    return at->second;
  }

 private:
  const JsonKeys& keys_;
  size_t next_ = 0;
};

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

struct Line {
  std::string_view text;  // without the line end
  uint64_t offset = 0, next = 0;
};

Line LineAt(std::string_view bytes, uint64_t at) {
  const void* found = std::memchr(bytes.data() + at, '\n', bytes.size() - at);
  const uint64_t end = found == nullptr
                           ? bytes.size()
                           : static_cast<uint64_t>(static_cast<const char*>(found) - bytes.data());
  uint64_t length = end - at;
  if (length > 0 && bytes[at + length - 1] == '\r') --length;
  return {bytes.substr(at, length), at, std::min<uint64_t>(end + 1, bytes.size())};
}

}  // namespace

struct JsonlReader::Parser {
  simdjson::dom::parser parser;
  std::vector<char> padded;

  // The object of a line, alive until the next call.
  simdjson::error_code Parse(std::string_view line, object& out) {
    padded.resize(line.size() + simdjson::SIMDJSON_PADDING);
    std::copy(line.begin(), line.end(), padded.begin());
    element root;
    const auto problem = parser.parse(padded.data(), line.size(), false).get(root);
    return problem != simdjson::SUCCESS ? problem : root.get_object().get(out);
  }
};

std::shared_ptr<const JsonKeys> CollectKeys(std::string_view bytes, unsigned threads, bool* more) {
  const auto blocks = CutLines(bytes, 0, 1, kBlock);
  std::vector<JsonKeys> found(blocks.size());
  ParallelFor(blocks.size(), threads, 1, [&](size_t i) {
    JsonKeys& seen = found[i];
    KeyFinder finder(seen);
    JsonlReader::Parser parser;
    for (uint64_t at = blocks[i].offset; at < blocks[i].offset + blocks[i].length;) {
      const Line line = LineAt(bytes, at);
      at = line.next;
      object root;
      if (IsBlank(line.text) || parser.Parse(line.text, root) != simdjson::SUCCESS) continue;
      Walk(root, "", 0, [&](std::string_view key, const element&) {
        if (seen.names.size() > kMostKeys || finder.Find(key) != KeyFinder::kNone) return;
        seen.at.emplace(key, seen.names.size());
        seen.names.emplace_back(key);
      });
    }
  });
  auto keys = std::make_shared<JsonKeys>();
  *more = false;
  for (const auto& of_block : found) {
    for (const auto& key : of_block.names) {
      if (keys->at.contains(key)) continue;
      if (keys->names.size() == kMostKeys) {
        *more = true;
        continue;
      }
      keys->at.emplace(key, keys->names.size());
      keys->names.push_back(key);
    }
  }
  return keys;
}

std::vector<Block> CutLines(std::string_view bytes, uint64_t from, uint64_t first_line,
                            uint64_t block_bytes, const std::function<void()>& rest) {
  std::vector<Block> blocks;
  Block block{from, 0, 0, first_line, 0};
  uint64_t number = first_line;
  for (uint64_t at = from; at < bytes.size();) {
    const Line line = LineAt(bytes, at);
    at = line.next;
    ++number;
    if (!IsBlank(line.text)) ++block.records;
    block.length = at - block.offset;
    if (block.length >= block_bytes) {
      blocks.push_back(block);
      if (rest) rest();
      block = Block{at, 0, block.first_record + block.records, number, 0};
    }
  }
  if (block.length > 0) blocks.push_back(block);
  return blocks;
}

JsonlReader::JsonlReader(std::string_view bytes, uint64_t from, uint64_t to, uint64_t first_line,
                         std::shared_ptr<const JsonKeys> keys)
    : bytes_(bytes),
      position_(from),
      end_(to),
      line_(first_line),
      keys_(std::move(keys)),
      parser_(std::make_unique<Parser>()),
      values_(keys_->names.size()),
      fields_(keys_->names.size()) {}
JsonlReader::~JsonlReader() = default;
JsonlReader::JsonlReader(JsonlReader&&) noexcept = default;

const Record* JsonlReader::Next() {
  while (position_ < end_) {
    const Line line = LineAt(bytes_, position_);
    record_ = Record{line.offset, line.text.size(), line_, RejectReason::kNone, {}};
    position_ = line.next;
    ++line_;
    if (IsBlank(line.text)) continue;
    record_.reason = Split(line.text);
    if (record_.reason == RejectReason::kNone) record_.fields = fields_;
    return &record_;
  }
  return nullptr;
}

RejectReason JsonlReader::Split(std::string_view line) {
  if (!simdjson::validate_utf8(line.data(), line.size())) return RejectReason::kNotUtf8;
  object root;
  if (parser_->Parse(line, root) != simdjson::SUCCESS) return RejectReason::kNotJson;
  for (auto& value : values_) value.clear();
  size_t longest = 0;
  KeyFinder finder(*keys_);
  Walk(root, "", 0, [&](std::string_view key, const element& value) {
    const size_t at = finder.Find(key);
    if (at == KeyFinder::kNone || !values_[at].empty()) return;
    AppendValue(value, values_[at]);
    longest = std::max(longest, values_[at].size());
  });
  std::copy(values_.begin(), values_.end(), fields_.begin());
  return longest > kLongestField ? RejectReason::kFieldTooLong : RejectReason::kNone;
}

}  // namespace tidewaiter::tables
