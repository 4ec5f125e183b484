#include "screen/screened_party.h"

namespace tidewaiter::screen {
namespace {

template <typename T>
void AppendRaw(const T& value, std::string& key) {
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void AppendText(std::string_view text, std::string& key) {
  AppendRaw(static_cast<uint32_t>(text.size()), key);
  key += text;
}

}  // namespace

std::string CacheKey(const OrderParty& party, Date day) {
  std::string key;
  key.reserve(64 + party.name.size() + party.address.size());
  AppendRaw(day, key);
  AppendRaw(party.kind, key);
  AppendText(party.name, key);
  AppendText(party.country, key);
  AppendText(party.address, key);
  AppendRaw(party.birth_date.has_value(), key);
  if (party.birth_date) {
    AppendRaw(party.birth_date->days, key);
    AppendRaw(party.birth_date->circa, key);
  }
  for (const auto& id : party.identifiers) {
    AppendText(id.kind, key);
    AppendText(id.value, key);
    AppendText(id.country, key);
  }
  return key;
}

}  // namespace tidewaiter::screen
