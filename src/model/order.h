// One transaction as a user states it: who sends what to whom, from where to where.
#ifndef TIDEWAITER_MODEL_ORDER_H_
#define TIDEWAITER_MODEL_ORDER_H_

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"
#include "model/fact.h"
#include "model/party.h"
#include "model/role.h"

namespace tidewaiter {

struct Owner {
  std::string name;
  std::optional<double> share_percent;
  std::vector<Owner> owners;  // who owns the owner
};

struct OrderParty {
  Role role = Role::kConsignee;
  std::string name;
  PartyKind kind = PartyKind::kUnknown;
  std::string country;  // ISO; empty: unknown. Likewise below.
  std::string address;
  std::optional<PartialDate> birth_date;
  std::vector<Identifier> identifiers;
  std::vector<Owner> owners;
};

struct Component {
  std::string description;
  std::string eccn;
  std::string origin;
  std::optional<double> value;
};

struct Item {
  int64_t line = 0;
  std::string description;
  std::string hs;  // digits only; empty: unknown
  std::optional<int> hs_edition;
  std::string eccn;  // control code: "9A012.a", "CN:9A012", "EAR99"; empty: unknown
  std::optional<double> quantity;
  std::string unit;
  std::optional<double> net_mass_kg;
  std::optional<double> value;
  std::string currency;
  std::string origin;  // overrides the order's
  Facts facts;
  std::vector<Component> components;
  bool has_components = false;  // an empty list given is not an absent one
};

struct License {
  std::string authority;
  std::string number;
};

struct Order {
  std::string id;
  std::optional<Date> date;
  std::vector<OrderParty> parties;  // the exporter among them
  std::string origin, departure, destination;
  std::vector<std::string> via;
  std::vector<License> licenses;
  Facts facts;
  std::vector<Item> items;

  const OrderParty* FindParty(Role role) const {
    for (const auto& party : parties) {
      if (party.role == role) return &party;
    }
    return nullptr;
  }
};

// One JSON text. Fails for what is no JSON, and with the key (`field`) for what cannot be read:
// unknown keys, roles, countries, dates, types.
Result<Order> ParseOrder(std::string_view json);

}  // namespace tidewaiter

#endif  // TIDEWAITER_MODEL_ORDER_H_
