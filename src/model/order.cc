// Strict: a misspelt key would be a fact that nobody reads, so it is an error that names the
// nearest known one.
#include "model/order.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <unordered_set>

#include "base/yaml.h"
#include "model/country.h"

namespace tidewaiter {
namespace {

using Keys = std::initializer_list<std::string_view>;

constexpr size_t kMaxItems = 100000;

// An object at a place of the order; every complaint names the place ("items[0].net_mass_kg").
class Reader {
 public:
  Reader(const Json& json, std::string place) : json_(json), place_(std::move(place)) {}

  Status CheckObject(Keys known) const {
    if (!json_.is_object()) return Problem("must be an object", {});
    for (const auto& [key, value] : json_.as_object()) {
      if (std::find(known.begin(), known.end(), key) == known.end()) return UnknownKey(key, known);
    }
    return {};
  }

  const Json* Find(std::string_view key) const {
    const Json* value = json_.Find(key);
    return value == nullptr || value->is_null() ? nullptr : value;
  }

  Error Problem(std::string message, std::string_view key) const {
    return BadInput(std::move(message), {}, 0, Place(key));
  }

  std::string Place(std::string_view key) const {
    if (key.empty()) return place_.empty() ? "order" : place_;
    return place_.empty() ? std::string(key) : place_ + "." + std::string(key);
  }

  Status Text(std::string_view key, std::string& out) const {
    const Json* value = Find(key);
    if (value == nullptr) return {};
    if (!value->is_string()) return Problem("must be text", key);
    out = value->as_string();
    return {};
  }

  Status Number(std::string_view key, std::optional<double>& out) const {
    const Json* value = Find(key);
    if (value == nullptr) return {};
    if (!value->is_number()) return Problem("must be a number", key);
    out = value->as_number();
    return {};
  }

  Status Integer(std::string_view key, int64_t& out) const {
    const Json* value = Find(key);
    if (value == nullptr) return {};
    if (!value->is_integer()) return Problem("must be a whole number", key);
    out = value->as_integer();
    return {};
  }

  Status Country(std::string_view key, std::string& out) const {
    std::string text;
    TW_RETURN_IF_ERROR(Text(key, text));
    if (text.empty()) return {};
    const auto code = ParseCountry(text);
    if (!code) return Problem("'" + text + "' is no country; use an ISO 3166 code such as CN", key);
    out = *code;
    return {};
  }

  // Calls body(element, place) for each element of the list `key`, which may be absent.
  template <typename Body>
  Status Each(std::string_view key, const Body& body) const {
    const Json* value = Find(key);
    if (value == nullptr) return {};
    if (!value->is_array()) return Problem("must be a list", key);
    if (value->as_array().size() > kMaxItems) return Problem("too long a list", key);
    for (size_t i = 0; i < value->as_array().size(); ++i) {
      TW_RETURN_IF_ERROR(body(value->as_array()[i], Place(key) + "[" + std::to_string(i) + "]"));
    }
    return {};
  }

 private:
  Error UnknownKey(const std::string& key, Keys known) const {
    const std::string near = NearestWord(key, {known.begin(), known.end()});
    std::string message = "unknown key";
    if (!near.empty()) message += "; did you mean '" + near + "'?";
    return Problem(std::move(message), key);
  }

  const Json& json_;
  std::string place_;
};

Status ReadFacts(const Reader& reader, Facts& out) {
  const Json* facts = reader.Find("facts");
  if (facts == nullptr) return {};
  if (!facts->is_object()) return reader.Problem("must be an object", "facts");
  for (const auto& [name, value] : facts->as_object()) {
    auto fact = ParseFact(value);
    if (!fact) return reader.Problem(fact.error().message, "facts." + name);
    if (!fact->readings.empty()) out.insert_or_assign(name, std::move(*fact));
  }
  return {};
}

Status ReadIdentifiers(const Reader& reader, std::vector<Identifier>& out) {
  const Json* identifiers = reader.Find("identifiers");
  if (identifiers == nullptr) return {};
  if (!identifiers->is_object()) return reader.Problem("must be an object", "identifiers");
  for (const auto& [kind, value] : identifiers->as_object()) {
    if (value.is_null()) continue;
    if (!value.is_string()) return reader.Problem("must be text", "identifiers." + kind);
    if (!value.as_string().empty()) out.push_back({kind, value.as_string(), {}, {}});
  }
  return {};
}

Status ReadOwner(const Json& json, const std::string& place, std::vector<Owner>& owners) {
  const Reader reader(json, place);
  TW_RETURN_IF_ERROR(reader.CheckObject({"name", "share_percent", "owners"}));
  Owner owner;
  TW_RETURN_IF_ERROR(reader.Text("name", owner.name));
  TW_RETURN_IF_ERROR(reader.Number("share_percent", owner.share_percent));
  if (owner.share_percent && (*owner.share_percent < 0 || *owner.share_percent > 100)) {
    return reader.Problem("must be between 0 and 100", "share_percent");
  }
  TW_RETURN_IF_ERROR(reader.Each("owners", [&](const Json& above, const std::string& where) {
    return ReadOwner(above, where, owner.owners);
  }));
  owners.push_back(std::move(owner));
  return {};
}

// "1970", "1970-05", "1970-05-17".
std::optional<PartialDate> ReadPartialDate(const std::string& text) {
  PartialDate date;
  date.text = text;
  if (const auto day = ParseIsoDate(text)) {
    date.days = {*day, *day};
    return date;
  }
  const auto first = ParseIsoDate(text + (text.size() == 4 ? "-01-01" : "-01"));
  if (!first) return std::nullopt;
  auto last = ToYearMonthDay(*first);
  if (text.size() == 4) last.month = 12;
  last.day = DaysInMonth(last.year, last.month);
  date.days = {*first, FromYearMonthDay(last)};
  return date;
}

Status ReadKindAndBirth(const Reader& reader, OrderParty& party) {
  std::string kind, birth;
  TW_RETURN_IF_ERROR(reader.Text("schema", kind));
  TW_RETURN_IF_ERROR(reader.Text("birth_date", birth));
  if (!kind.empty()) {
    const auto parsed = ParsePartyKind(kind);
    if (!parsed) return reader.Problem("unknown kind of party '" + kind + "'", "schema");
    party.kind = *parsed;
  }
  if (birth.empty()) return {};
  party.birth_date = ReadPartialDate(birth);
  if (!party.birth_date)
    return reader.Problem("write it as YYYY-MM-DD, YYYY-MM or YYYY", "birth_date");
  return {};
}

Status ReadPartyFields(const Reader& reader, OrderParty& party) {
  TW_RETURN_IF_ERROR(reader.CheckObject(
      {"role", "name", "country", "address", "identifiers", "owners", "schema", "birth_date"}));
  TW_RETURN_IF_ERROR(reader.Text("name", party.name));
  TW_RETURN_IF_ERROR(reader.Country("country", party.country));
  TW_RETURN_IF_ERROR(reader.Text("address", party.address));
  TW_RETURN_IF_ERROR(ReadKindAndBirth(reader, party));
  TW_RETURN_IF_ERROR(ReadIdentifiers(reader, party.identifiers));
  return reader.Each("owners", [&](const Json& owner, const std::string& place) {
    return ReadOwner(owner, place, party.owners);
  });
}

Status ReadParty(const Json& json, const std::string& place, Order& order) {
  const Reader reader(json, place);
  OrderParty party;
  TW_RETURN_IF_ERROR(ReadPartyFields(reader, party));
  std::string role;
  TW_RETURN_IF_ERROR(reader.Text("role", role));
  const auto parsed = ParseRole(role);
  if (!parsed) {
    return reader.Problem((role.empty() ? "a party needs a role" : "unknown role '" + role + "'") +
                              "; one of " + KnownRoles(),
                          "role");
  }
  party.role = *parsed;
  order.parties.push_back(std::move(party));
  return {};
}

Status ReadExporter(const Reader& order_reader, Order& order) {
  const Json* json = order_reader.Find("exporter");
  if (json == nullptr) return {};
  const Reader reader(*json, "exporter");
  OrderParty party;
  TW_RETURN_IF_ERROR(ReadPartyFields(reader, party));
  if (const Json* role = reader.Find("role"); role != nullptr && *role != Json("exporter")) {
    return reader.Problem("the exporter's role is exporter; other parties stand in 'parties'",
                          "role");
  }
  party.role = Role::kExporter;
  order.parties.push_back(std::move(party));
  return {};
}

Status ReadComponent(const Json& json, const std::string& place, Item& item) {
  const Reader reader(json, place);
  TW_RETURN_IF_ERROR(reader.CheckObject({"description", "eccn", "origin", "value"}));
  Component component;
  TW_RETURN_IF_ERROR(reader.Text("description", component.description));
  TW_RETURN_IF_ERROR(reader.Text("eccn", component.eccn));
  TW_RETURN_IF_ERROR(reader.Country("origin", component.origin));
  TW_RETURN_IF_ERROR(reader.Number("value", component.value));
  if (component.value && *component.value < 0)
    return reader.Problem("must not be negative", "value");
  item.components.push_back(std::move(component));
  return {};
}

// Digits with points, blanks or hyphens between them; a code given as a number is refused, it may
// have lost its leading zero.
Status ReadHs(const Reader& reader, std::string& out) {
  std::string text;
  TW_RETURN_IF_ERROR(reader.Text("hs", text));
  for (const char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c))) {
      out += c;
    } else if (c != '.' && c != ' ' && c != '-') {
      return reader.Problem("'" + text + "' is no HS code; digits only", "hs");
    }
  }
  if (out.size() == 1) return reader.Problem("an HS code has at least two digits", "hs");
  return {};
}

Status ReadEdition(const Reader& reader, Item& item) {
  int64_t edition = 0;
  TW_RETURN_IF_ERROR(reader.Integer("hs_edition", edition));
  constexpr std::array<int64_t, 8> kEditions = {0, 1992, 1996, 2002, 2007, 2012, 2017, 2022};
  if (std::find(kEditions.begin(), kEditions.end(), edition) == kEditions.end()) {
    return reader.Problem("editions are 1992, 1996, 2002, 2007, 2012, 2017, 2022", "hs_edition");
  }
  if (edition != 0) item.hs_edition = static_cast<int>(edition);
  return {};
}

Status ReadAmounts(const Reader& reader, Item& item) {
  TW_RETURN_IF_ERROR(reader.Number("quantity", item.quantity));
  TW_RETURN_IF_ERROR(reader.Text("unit", item.unit));
  TW_RETURN_IF_ERROR(reader.Number("net_mass_kg", item.net_mass_kg));
  TW_RETURN_IF_ERROR(reader.Number("value", item.value));
  return reader.Text("currency", item.currency);
}

Status ReadItem(const Json& json, const std::string& place, Order& order) {
  const Reader reader(json, place);
  TW_RETURN_IF_ERROR(
      reader.CheckObject({"line", "description", "hs", "hs_edition", "eccn", "quantity", "unit",
                          "net_mass_kg", "value", "currency", "origin", "facts", "components"}));
  Item item;
  item.line = static_cast<int64_t>(order.items.size()) + 1;
  TW_RETURN_IF_ERROR(reader.Integer("line", item.line));
  TW_RETURN_IF_ERROR(reader.Text("description", item.description));
  TW_RETURN_IF_ERROR(ReadHs(reader, item.hs));
  TW_RETURN_IF_ERROR(ReadEdition(reader, item));
  TW_RETURN_IF_ERROR(reader.Text("eccn", item.eccn));
  TW_RETURN_IF_ERROR(ReadAmounts(reader, item));
  TW_RETURN_IF_ERROR(reader.Country("origin", item.origin));
  TW_RETURN_IF_ERROR(ReadFacts(reader, item.facts));
  item.has_components = reader.Find("components") != nullptr;
  TW_RETURN_IF_ERROR(reader.Each("components", [&](const Json& component, const std::string& at) {
    return ReadComponent(component, at, item);
  }));
  order.items.push_back(std::move(item));
  return {};
}

Status CheckLineNumbers(const Order& order) {
  std::unordered_set<int64_t> seen;
  for (size_t i = 0; i < order.items.size(); ++i) {
    const std::string place = "items[" + std::to_string(i) + "].line";
    if (order.items[i].line <= 0) return BadInput("line numbers begin with 1", {}, 0, place);
    if (!seen.insert(order.items[i].line).second) {
      return BadInput("this line number occurs twice", {}, 0, place);
    }
  }
  return {};
}

Status ReadLicense(const Json& json, const std::string& place, Order& order) {
  if (!json.is_object()) return Reader(json, place).Problem("must be {authority, number}", {});
  const Reader reader(json, place);  // more fields may follow, so unknown keys are not refused here
  License license;
  TW_RETURN_IF_ERROR(reader.Text("authority", license.authority));
  TW_RETURN_IF_ERROR(reader.Text("number", license.number));
  if (license.authority.empty())
    return reader.Problem("a licence needs its authority", "authority");
  order.licenses.push_back(std::move(license));
  return {};
}

Status ReadLicenses(const Reader& reader, Order& order) {
  const Json* json = reader.Find("license");
  if (json == nullptr) return {};
  if (!json->is_array()) return ReadLicense(*json, "license", order);
  return reader.Each("license", [&](const Json& license, const std::string& place) {
    return ReadLicense(license, place, order);
  });
}

Status ReadVia(const Reader& reader, Order& order) {
  return reader.Each("via", [&](const Json& json, const std::string& place) -> Status {
    const auto code = json.is_string() ? ParseCountry(json.as_string()) : std::nullopt;
    if (!code) return BadInput("must be a country, as an ISO 3166 code such as KZ", {}, 0, place);
    order.via.push_back(*code);
    return {};
  });
}

Status ReadDate(const Reader& reader, Order& order) {
  std::string text;
  TW_RETURN_IF_ERROR(reader.Text("date", text));
  if (text.empty()) return {};
  order.date = ParseIsoDate(text);
  if (!order.date) return reader.Problem("'" + text + "' is no day; write YYYY-MM-DD", "date");
  return {};
}

Status ReadId(const Reader& reader, Order& order) {
  const Json* id = reader.Find("id");
  if (id != nullptr && id->is_integer()) {
    order.id = std::to_string(id->as_integer());
    return {};
  }
  return reader.Text("id", order.id);
}

Status ReadRoute(const Reader& reader, Order& order) {
  TW_RETURN_IF_ERROR(reader.Country("origin", order.origin));
  TW_RETURN_IF_ERROR(reader.Country("departure", order.departure));
  TW_RETURN_IF_ERROR(reader.Country("destination", order.destination));
  return ReadVia(reader, order);
}

}  // namespace

Result<Order> ParseOrder(const Json& json) {
  const Reader reader(json, {});
  Order order;
  TW_RETURN_IF_ERROR(reader.CheckObject({"id", "date", "exporter", "parties", "origin", "departure",
                                         "via", "destination", "license", "facts", "items"}));
  TW_RETURN_IF_ERROR(ReadId(reader, order));
  TW_RETURN_IF_ERROR(ReadDate(reader, order));
  TW_RETURN_IF_ERROR(ReadExporter(reader, order));
  TW_RETURN_IF_ERROR(reader.Each("parties", [&](const Json& party, const std::string& place) {
    return ReadParty(party, place, order);
  }));
  TW_RETURN_IF_ERROR(ReadRoute(reader, order));
  TW_RETURN_IF_ERROR(ReadLicenses(reader, order));
  TW_RETURN_IF_ERROR(ReadFacts(reader, order.facts));
  TW_RETURN_IF_ERROR(reader.Each("items", [&](const Json& item, const std::string& place) {
    return ReadItem(item, place, order);
  }));
  TW_RETURN_IF_ERROR(CheckLineNumbers(order));
  return order;
}

}  // namespace tidewaiter
