// JSON to look at without a copy of its pieces: what is read often and kept by nobody (orders) is
// read this way, what is kept or changed is a Json (json.h).
#ifndef TIDEWAITER_BASE_JSON_VIEW_H_
#define TIDEWAITER_BASE_JSON_VIEW_H_

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace tidewaiter {

// One value; lives as long as what its JsonReader read last. Values lie in the order of the text,
// each before what it holds.
class JsonView {
 public:
  enum class Kind : uint8_t { kNull, kBool, kInteger, kNumber, kText, kList, kObject };
  struct Node {
    std::string_view key;   // of a member of an object
    std::string_view text;  // of kText
    union {
      bool truth;
      int64_t integer;
      double number = 0;
      uint32_t size;  // of a list or an object: how many values it holds
    };
    uint32_t span = 1;  // this value and all within it
    Kind kind = Kind::kNull;
  };

  JsonView() : node_(&Null()) {}
  explicit JsonView(const Node* node) : node_(node) {}

  bool is_null() const { return node_->kind == Kind::kNull; }
  bool is_bool() const { return node_->kind == Kind::kBool; }
  bool is_integer() const { return node_->kind == Kind::kInteger; }
  bool is_number() const { return is_integer() || node_->kind == Kind::kNumber; }
  bool is_string() const { return node_->kind == Kind::kText; }
  bool is_array() const { return node_->kind == Kind::kList; }
  bool is_object() const { return node_->kind == Kind::kObject; }

  // Each requires the matching is_...().
  int64_t as_integer() const { return node_->integer; }
  double as_number() const {
    return is_integer() ? static_cast<double>(node_->integer) : node_->number;
  }
  std::string_view as_string() const { return node_->text; }
  // Of a list or an object.
  size_t size() const { return node_->size; }

  std::string_view key() const { return node_->key; }

  // Over the values of a list or the members of an object.
  class Iterator {
   public:
    explicit Iterator(const Node* node) : node_(node) {}
    JsonView operator*() const { return JsonView(node_); }
    Iterator& operator++() {
      node_ += node_->span;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return node_ != other.node_; }

   private:
    const Node* node_;
  };
  Iterator begin() const { return Iterator(node_ + 1); }
  Iterator end() const { return Iterator(node_ + node_->span); }

  Json ToJson() const;

 private:
  static const Node& Null() {
    static constexpr Node kNull{};
    return kNull;
  }

  const Node* node_;
};

// Keeps its buffers, so that one reader for many small texts costs no allocation a text. For one
// thread.
class JsonReader {
 public:
  JsonReader();
  ~JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;

  // Refuses what ParseJson refuses. The view lives until the next call.
  Result<JsonView> Read(std::string_view text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_JSON_VIEW_H_
