// Lists of values that many lists hold: each value is kept once, with its JSON. A rule says the
// same of thousands of cases; what differs is which rules speak.
//   SharedList<Question> questions;
//   questions.push_back(question);
//   for (const Question& each : questions) ...
#ifndef TIDEWAITER_MODEL_SHARED_LIST_H_
#define TIDEWAITER_MODEL_SHARED_LIST_H_

#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tidewaiter {

// T has an AppendJson(value, out). Values never change, so any number of threads may share them.
template <typename T>
class SharedList {
 public:
  struct Entry {
    T value;
    std::string json;
  };
  using Shared = std::shared_ptr<const Entry>;

  static Shared Share(T value) {
    auto entry = std::make_shared<Entry>();
    AppendJson(value, entry->json);
    entry->value = std::move(value);
    return entry;
  }

  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = const T&;
    Iterator() = default;
    explicit Iterator(const Shared* at) : at_(at) {}
    reference operator*() const { return (*at_)->value; }
    pointer operator->() const { return &(*at_)->value; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) { return Iterator(at_++); }
    bool operator==(const Iterator&) const = default;

   private:
    const Shared* at_ = nullptr;
  };
  using value_type = T;
  using const_iterator = Iterator;

  void push_back(T value) { entries_.push_back(Share(std::move(value))); }
  void push_back(Shared entry) { entries_.push_back(std::move(entry)); }
  void push_front(T value) { entries_.insert(entries_.begin(), Share(std::move(value))); }

  Iterator begin() const { return Iterator(entries_.data()); }
  Iterator end() const { return Iterator(entries_.data() + entries_.size()); }
  bool empty() const { return entries_.empty(); }
  size_t size() const { return entries_.size(); }
  const T& operator[](size_t i) const { return entries_[i]->value; }
  const T& front() const { return entries_.front()->value; }
  const T& back() const { return entries_.back()->value; }
  const std::vector<Shared>& entries() const { return entries_; }

  size_t json_size() const {
    size_t size = 2;
    for (const Shared& entry : entries_) size += entry->json.size() + 1;
    return size;
  }

 private:
  std::vector<Shared> entries_;
};

// A JSON list.
template <typename T>
void AppendJson(const SharedList<T>& list, std::string& out) {
  out += '[';
  bool first = true;
  for (const auto& entry : list.entries()) {
    if (!first) out += ',';
    first = false;
    out += entry->json;
  }
  out += ']';
}

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_SHARED_LIST_H_
