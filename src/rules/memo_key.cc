#include "rules/memo_key.h"

#include "rules/key_bytes.h"

namespace tidewaiter::rules {
namespace {

constexpr size_t kMaxItems = 16;  // longer orders do not repeat

class Key {
 public:
  explicit Key(size_t expected) { bytes_.reserve(expected); }

  template <typename T>
  void Raw(const T& value) {
    AppendRaw(value, bytes_);
  }
  void Text(std::string_view text) { AppendText(text, bytes_); }
  void Put(const std::optional<double>& value) {
    Raw(value.has_value());
    Raw(value.value_or(0));
  }
  void Put(const FactReading& reading) {
    Raw(reading.kind);
    Raw(reading.truth);
    Raw(reading.min);
    Raw(reading.max);
    Raw(static_cast<uint32_t>(reading.set.size()));
    for (const double value : reading.set) Raw(value);
    Text(reading.text);
    Text(reading.unit);
    Text(reading.source);
  }
  void Put(const Facts& facts) {
    Raw(static_cast<uint32_t>(facts.size()));
    for (const auto& [name, fact] : facts) {
      Text(name);
      Raw(static_cast<uint32_t>(fact.readings.size()));
      for (const FactReading& reading : fact.readings) Put(reading);
    }
  }
  void Put(const Component& component) {
    Text(component.description);
    Text(component.eccn);
    Text(component.origin);
    Put(component.value);
  }
  void Put(const Item& item) {
    Raw(item.line);
    Text(item.hs);
    Raw(item.hs_edition.value_or(0));
    Text(item.eccn);
    Text(item.origin);
    Put(item.facts);
    Raw(static_cast<uint32_t>(item.components.size()));
    for (const Component& component : item.components) Put(component);
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

void PutRoute(const Order& order, Key& key) {
  key.Text(order.origin);
  key.Text(order.departure);
  key.Text(order.destination);
  key.Raw(static_cast<uint32_t>(order.via.size()));
  for (const std::string& via : order.via) key.Text(via);
  key.Raw(static_cast<uint32_t>(order.licenses.size()));
  for (const License& license : order.licenses) key.Text(license.authority);
}

// False: the order has owners, and somebody else knows whether they are listed.
bool PutRecipients(const OrderView& view, Key& key) {
  for (const OrderParty* party : view.recipients) {
    if (!party->owners.empty()) return false;
  }
  for (const auto& [party, name] : view.named) {
    key.Raw(party->role);
    key.Text(party->name);
  }
  return true;
}

void PutGoods(const Context& context, size_t index, Key& key) {
  const goods::Recognition* goods = index < context.goods.size() ? context.goods[index] : nullptr;
  key.Text(goods == nullptr ? std::string_view() : std::string_view(goods->component_class));
  key.Raw(goods == nullptr ? nullptr : goods->catalogue);
}

}  // namespace

std::string MemoKey(const OrderView& view, const Context& context) {
  const Order& order = *view.order;
  if (order.items.size() > kMaxItems) return {};
  Key key(512);
  key.Raw(context.as_of);
  key.Raw(order.date.value_or(context.as_of));
  key.Raw(static_cast<uint8_t>((context.party_hit ? 1 : 0) | (context.explain_all ? 2 : 0)));
  key.Text(view.exporter_country);
  PutRoute(order, key);
  key.Put(order.facts);
  if (!PutRecipients(view, key)) return {};
  for (size_t i = 0; i < std::max<size_t>(1, order.items.size()); ++i) {
    if (i < order.items.size()) key.Put(order.items[i]);
    PutGoods(context, i, key);
  }
  return key.Take();
}

}  // namespace tidewaiter::rules
