#include "screen/screened_party.h"

#include <type_traits>

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

// What every party has. Without padding, so that equal ones are equal bytes.
struct Fixed {
  int32_t day;
  uint32_t name, country, address;  // sizes
  uint32_t kind, has_birth_date;
};
static_assert(std::has_unique_object_representations_v<Fixed>);

}  // namespace

std::string CacheKey(const OrderParty& party, Date day) {
  const auto size = [](const std::string& text) { return static_cast<uint32_t>(text.size()); };
  std::string key;
  key.reserve(64 + party.name.size() + party.country.size() + party.address.size());
  AppendRaw(Fixed{day.days, size(party.name), size(party.country), size(party.address),
                  static_cast<uint32_t>(party.kind), party.birth_date.has_value()},
            key);
  key.append(party.name).append(party.country).append(party.address);
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

ScreenedParty MakeScreenedParty(std::string_view name, std::vector<Hit> hits,
                                std::string named_as) {
  std::string texts, text;
  AppendJsonList(hits, texts);
  text.reserve(texts.size() + name.size() + 32);
  AppendPartyWithoutRole(name, texts, text);
  return {std::move(hits), std::move(text), std::move(named_as)};
}

}  // namespace tidewaiter::screen
