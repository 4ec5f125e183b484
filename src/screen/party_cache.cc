#include "screen/party_cache.h"

namespace tidewaiter::screen {

std::string CacheKey(const match::Query& query, Date day) {
  constexpr char kUnit = '\x1f';
  std::string key = std::to_string(day.days) + kUnit + std::string(ToString(query.kind));
  for (const auto& name : query.names) key.append(1, kUnit).append(name);
  key += "\x1d";
  for (const auto& country : query.countries) key.append(1, kUnit).append(country);
  key += "\x1d";
  if (query.birth_date) {
    key += std::to_string(query.birth_date->days.from.days) + kUnit +
           std::to_string(query.birth_date->days.to.days) + (query.birth_date->circa ? "c" : "");
  }
  key += "\x1d" + query.gender;
  for (const auto& id : query.identifiers) {
    key.append(1, kUnit).append(id.kind).append(1, kUnit).append(id.value).append(1, kUnit).append(
        id.country);
  }
  key += "\x1d";
  for (const auto& address : query.addresses) key.append(1, kUnit).append(address);
  return key;
}

}  // namespace tidewaiter::screen
