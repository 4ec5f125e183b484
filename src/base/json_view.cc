#include "base/json_view.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace tidewaiter {
namespace {

using Node = JsonView::Node;
using Kind = JsonView::Kind;

constexpr int kMaxDepth = 100;

// One of 64 bits: keys of different bits differ.
uint64_t BitOf(std::string_view key) {
  if (key.empty()) return 1;
  const auto letter = [](char c) { return size_t{static_cast<unsigned char>(c)}; };
  return uint64_t{1} << (key.size() * 5 + letter(key.front()) * 3 + letter(key.back()) * 11) % 64;
}

// Of the members of the object at `nodes[at]`.
const std::string_view* KeyThatOccursTwice(const std::vector<Node>& nodes, size_t at,
                                           std::vector<const std::string_view*>& keys) {
  keys.clear();
  for (size_t i = at + 1; i < nodes.size(); i += nodes[i].span) keys.push_back(&nodes[i].key);
  constexpr size_t kFew = 16;  // up to here comparing all with all is quicker than sorting
  if (keys.size() <= kFew) {
    for (size_t i = 1; i < keys.size(); ++i) {
      for (size_t k = 0; k < i; ++k) {
        if (*keys[i] == *keys[k]) return keys[i];
      }
    }
    return nullptr;
  }
  std::sort(keys.begin(), keys.end(), [](const auto* a, const auto* b) { return *a < *b; });
  const auto twice = std::adjacent_find(keys.begin(), keys.end(),
                                        [](const auto* a, const auto* b) { return *a == *b; });
  return twice == keys.end() ? nullptr : *twice;
}

}  // namespace

struct JsonReader::State {
  simdjson::dom::parser parser;
  std::vector<Node> nodes;
  std::vector<const std::string_view*> keys;  // of the object that is just complete
  std::optional<Error> problem;               // the first that was found

  void Add(const simdjson::dom::element& element, std::string_view key, int depth);
  void AddList(const simdjson::dom::array& list, size_t at, int depth);
  void AddObject(const simdjson::dom::object& object, size_t at, int depth);
  void Close(size_t at, Kind kind, uint32_t size);
  void Report(Error error) {
    if (!problem) problem = std::move(error);
  }
};

void JsonReader::State::Add(const simdjson::dom::element& element, std::string_view key,
                            int depth) {
  if (depth > kMaxDepth) return Report(BadInput("more than 100 levels of nesting"));
  const size_t at = nodes.size();
  Node& node = nodes.emplace_back();
  node.key = key;
  bool truth = false;
  simdjson::dom::array list;
  simdjson::dom::object object;
  // Each get() takes values of its own type only; numbers beyond 64 bits are left to double.
  if (element.get(node.text) == simdjson::SUCCESS) {
    node.kind = Kind::kText;
  } else if (element.get(node.integer) == simdjson::SUCCESS) {
    node.kind = Kind::kInteger;
  } else if (element.get(object) == simdjson::SUCCESS) {
    AddObject(object, at, depth);
  } else if (element.get(list) == simdjson::SUCCESS) {
    AddList(list, at, depth);
  } else if (element.get(node.number) == simdjson::SUCCESS) {
    node.kind = Kind::kNumber;
  } else if (element.get(truth) == simdjson::SUCCESS) {
    node.kind = Kind::kBool;
    node.truth = truth;
  }
}

void JsonReader::State::AddList(const simdjson::dom::array& list, size_t at, int depth) {
  uint32_t size = 0;
  for (const auto& child : list) {
    Add(child, {}, depth + 1);
    ++size;
  }
  Close(at, Kind::kList, size);
}

void JsonReader::State::AddObject(const simdjson::dom::object& object, size_t at, int depth) {
  uint32_t size = 0;
  uint64_t seen = 0;
  bool may_repeat = false;
  for (const auto& [key, child] : object) {
    Add(child, key, depth + 1);
    ++size;
    const uint64_t bit = BitOf(key);
    may_repeat |= (seen & bit) != 0;
    seen |= bit;
  }
  Close(at, Kind::kObject, size);
  if (!may_repeat) return;
  if (const std::string_view* key = KeyThatOccursTwice(nodes, at, keys))
    Report(BadInput("the key occurs twice in one object", {}, 0, std::string(*key)));
}

void JsonReader::State::Close(size_t at, Kind kind, uint32_t size) {
  nodes[at].kind = kind;
  nodes[at].size = size;
  nodes[at].span = static_cast<uint32_t>(nodes.size() - at);
}

JsonReader::JsonReader() : state_(std::make_unique<State>()) {}
JsonReader::~JsonReader() = default;

Result<JsonView> JsonReader::Read(std::string_view text) {
  simdjson::dom::element root;
  // An empty text may have no address, which simdjson would copy from.
  const auto problem =
      text.empty() ? simdjson::EMPTY : state_->parser.parse(text.data(), text.size()).get(root);
  if (problem == simdjson::DEPTH_ERROR) return BadInput("more than 100 levels of nesting");
  if (problem != simdjson::SUCCESS)
    return BadInput(std::string("not JSON: ") + simdjson::error_message(problem));
  state_->nodes.clear();
  state_->problem.reset();
  state_->Add(root, {}, 1);
  if (state_->problem) return *std::move(state_->problem);
  return JsonView(state_->nodes.data());
}

Json JsonView::ToJson() const {
  switch (node_->kind) {
    case Kind::kNull:
      return {};
    case Kind::kBool:
      return node_->truth;
    case Kind::kInteger:
      return node_->integer;
    case Kind::kNumber:
      return node_->number;
    case Kind::kText:
      return node_->text;
    case Kind::kList: {
      Json::Array array;
      array.reserve(size());
      for (const JsonView value : *this) array.push_back(value.ToJson());
      return array;
    }
    case Kind::kObject: {
      Json::Object object;
      object.reserve(size());
      for (const JsonView value : *this)
        object.emplace_back(std::string(value.key()), value.ToJson());
      return object;
    }
  }
  return {};
}

Result<Json> ParseJson(std::string_view text) {
  thread_local JsonReader reader;
  TW_ASSIGN_OR_RETURN(const JsonView view, reader.Read(text));
  return view.ToJson();
}

}  // namespace tidewaiter
