// A value at a place of an order, for order.cc.
#ifndef TIDEWAITER_MODEL_ORDER_READER_H_
#define TIDEWAITER_MODEL_ORDER_READER_H_

#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/json_view.h"
#include "base/result.h"
#include "model/order_keys.h"

namespace tidewaiter {

// Every complaint names the place ("items[0].net_mass_kg"), which is put together only then. Refers
// to what it is made of. The members of an object are there once it is open.
class OrderReader {
 public:
  using Keys = std::initializer_list<Key>;

  explicit OrderReader(JsonView json) : json_(json) {}
  OrderReader(JsonView json, const OrderReader& parent, Key key)
      : json_(json), parent_(&parent), key_(key) {}
  OrderReader(JsonView json, const OrderReader& parent, Key key, size_t index)
      : json_(json), parent_(&parent), key_(key), index_(index) {}

  JsonView json() const { return json_; }

  // Fails for what is no object, and for a key that is not among the known ones.
  Status Open(Keys known) { return File(SetOf(known), known); }
  // Members of other keys are left out.
  Status OpenWithMore(Keys known);

  // Null when absent, or not open.
  JsonView Find(Key key) const { return members_[static_cast<size_t>(key)]; }

  Error Problem(std::string message) const { return ProblemAt({}, std::move(message)); }
  Error Problem(std::string message, Key key) const {
    return ProblemAt(ToString(key), std::move(message));
  }
  // About a member of the object `key`.
  Error Problem(std::string message, Key key, std::string_view member) const;

  // Each leaves `out` as it is when there is nothing. Text: a std::string, or a std::string_view
  // for what is looked at while the JSON lives.
  template <typename AnyText>
  Status Text(Key key, AnyText& out) const {
    const JsonView value = Find(key);
    if (value.is_null()) return {};
    if (!value.is_string()) return Problem("must be text", key);
    out = value.as_string();
    return {};
  }
  Status Number(Key key, std::optional<double>& out) const;
  Status Integer(Key key, int64_t& out) const;
  Status Country(Key key, std::string& out) const;

  // Calls body(element) for each element of the list `key`, which may be absent.
  template <typename Body>
  Status Each(Key key, const Body& body) const {
    constexpr size_t kMostElements = 100000;
    const JsonView list = Find(key);
    if (list.is_null()) return {};
    if (!list.is_array()) return Problem("must be a list", key);
    if (list.size() > kMostElements) return Problem("too long a list", key);
    size_t index = 0;
    for (const JsonView element : list) {
      OrderReader reader(element, *this, key, index++);
      TW_RETURN_IF_ERROR(body(reader));
    }
    return {};
  }

 private:
  static constexpr uint64_t SetOf(Keys keys) {
    static_assert(kKeyCount <= 64);
    uint64_t set = 0;
    for (const Key key : keys) set |= uint64_t{1} << static_cast<unsigned>(key);
    return set;
  }
  Status File(uint64_t allowed, Keys known);  // `allowed` is the set of `known`
  Error ProblemAt(std::string_view key, std::string message) const;
  std::string PlaceOf(std::string_view key) const;  // empty key: of the value itself
  Error UnknownKey(std::string_view key, Keys known) const;

  JsonView json_;
  const OrderReader* parent_ = nullptr;  // the order itself has none
  Key key_{};                            // of the parent
  std::optional<size_t> index_;          // within the list `key_`
  std::array<JsonView, kKeyCount> members_{};
};

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_ORDER_READER_H_
