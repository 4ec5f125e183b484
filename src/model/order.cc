// Strict: a misspelt key would be a fact that nobody reads, so it is an error that names the
// nearest known one.
#include "model/order.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <unordered_set>

#include "base/json_view.h"
#include "base/yaml.h"
#include "model/country.h"

namespace tidewaiter {
namespace {

using Keys = std::initializer_list<std::string_view>;

constexpr size_t kMaxItems = 100000;
constexpr size_t kUsualParties = 4;  // exporter, buyer, consignee, end user

// A value at a place of the order; every complaint names the place ("items[0].net_mass_kg"), which
// is put together only then. Refers to what it is made of.
class Reader {
 public:
  explicit Reader(JsonView json) : json_(json) {}
  Reader(JsonView json, const Reader& parent, std::string_view key)
      : json_(json), parent_(&parent), key_(key) {}
  Reader(JsonView json, const Reader& parent, std::string_view key, size_t index)
      : json_(json), parent_(&parent), key_(key), index_(index) {}

  JsonView json() const { return json_; }

  Status CheckObject(Keys known) const {
    if (!json_.is_object()) return Problem("must be an object", {});
    for (const JsonView member : json_) {
      if (std::find(known.begin(), known.end(), member.key()) == known.end())
        return UnknownKey(member.key(), known);
    }
    return {};
  }

  // Absent is what null is.
  std::optional<JsonView> Find(std::string_view key) const {
    if (!json_.is_object()) return std::nullopt;
    for (const JsonView member : json_) {
      if (member.key() == key) return member.is_null() ? std::nullopt : std::optional(member);
    }
    return std::nullopt;
  }

  Error Problem(std::string message, std::string_view key) const {
    return BadInput(std::move(message), {}, 0, Place(key));
  }

  std::string Place(std::string_view key) const {
    std::string place = parent_ == nullptr ? std::string() : parent_->Place(key_);
    if (index_) place += "[" + std::to_string(*index_) + "]";
    if (key.empty()) return place.empty() ? "order" : place;
    return place.empty() ? std::string(key) : place + "." + std::string(key);
  }

  Status Text(std::string_view key, std::string& out) const {
    const auto value = Find(key);
    if (!value) return {};
    if (!value->is_string()) return Problem("must be text", key);
    out = value->as_string();
    return {};
  }

  Status Number(std::string_view key, std::optional<double>& out) const {
    const auto value = Find(key);
    if (!value) return {};
    if (!value->is_number()) return Problem("must be a number", key);
    out = value->as_number();
    return {};
  }

  Status Integer(std::string_view key, int64_t& out) const {
    const auto value = Find(key);
    if (!value) return {};
    if (!value->is_integer()) return Problem("must be a whole number", key);
    out = value->as_integer();
    return {};
  }

  Status Country(std::string_view key, std::string& out) const {
    const auto value = Find(key);
    if (!value) return {};
    if (!value->is_string()) return Problem("must be text", key);
    const std::string_view text = value->as_string();
    if (text.empty()) return {};
    auto code = ParseCountry(text);
    if (!code)
      return Problem("'" + std::string(text) + "' is no country; use an ISO 3166 code such as CN",
                     key);
    out = std::move(*code);
    return {};
  }

  // Calls body(element) for each element of the list `key`, which may be absent.
  template <typename Body>
  Status Each(std::string_view key, const Body& body) const {
    const auto value = Find(key);
    if (!value) return {};
    if (!value->is_array()) return Problem("must be a list", key);
    if (value->size() > kMaxItems) return Problem("too long a list", key);
    size_t index = 0;
    for (const JsonView element : *value)
      TW_RETURN_IF_ERROR(body(Reader(element, *this, key, index++)));
    return {};
  }

 private:
  Error UnknownKey(std::string_view key, Keys known) const {
    const std::string near = NearestWord(std::string(key), {known.begin(), known.end()});
    std::string message = "unknown key";
    if (!near.empty()) message += "; did you mean '" + near + "'?";
    return Problem(std::move(message), key);
  }

  JsonView json_;
  const Reader* parent_ = nullptr;  // the order itself has none
  std::string_view key_;
  std::optional<size_t> index_;  // within the list `key_`
};

Status ReadFacts(const Reader& reader, Facts& out) {
  const auto facts = reader.Find("facts");
  if (!facts) return {};
  if (!facts->is_object()) return reader.Problem("must be an object", "facts");
  for (const JsonView value : *facts) {
    const std::string name(value.key());
    auto fact = ParseFact(value.ToJson());
    if (!fact) return reader.Problem(fact.error().message, "facts." + name);
    if (!fact->readings.empty()) out.insert_or_assign(name, std::move(*fact));
  }
  return {};
}

Status ReadIdentifiers(const Reader& reader, std::vector<Identifier>& out) {
  const auto identifiers = reader.Find("identifiers");
  if (!identifiers) return {};
  if (!identifiers->is_object()) return reader.Problem("must be an object", "identifiers");
  for (const JsonView value : *identifiers) {
    if (value.is_null()) continue;
    std::string kind(value.key());
    if (!value.is_string()) return reader.Problem("must be text", "identifiers." + kind);
    if (!value.as_string().empty())
      out.push_back({std::move(kind), std::string(value.as_string()), {}, {}});
  }
  return {};
}

// By which a party is reached; an identifier of that kind.
Status ReadContacts(const Reader& reader, std::vector<Identifier>& out) {
  for (const char* kind : {"email", "phone", "website"}) {
    std::string value;
    TW_RETURN_IF_ERROR(reader.Text(kind, value));
    if (!value.empty()) out.push_back({kind, value, {}, {}});
  }
  return {};
}

Status ReadOwner(const Reader& reader, std::vector<Owner>& owners) {
  TW_RETURN_IF_ERROR(reader.CheckObject({"name", "share_percent", "owners"}));
  Owner owner;
  TW_RETURN_IF_ERROR(reader.Text("name", owner.name));
  TW_RETURN_IF_ERROR(reader.Number("share_percent", owner.share_percent));
  if (owner.share_percent && (*owner.share_percent < 0 || *owner.share_percent > 100)) {
    return reader.Problem("must be between 0 and 100", "share_percent");
  }
  TW_RETURN_IF_ERROR(
      reader.Each("owners", [&](const Reader& above) { return ReadOwner(above, owner.owners); }));
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
  TW_RETURN_IF_ERROR(
      reader.CheckObject({"role", "name", "country", "address", "identifiers", "owners", "schema",
                          "birth_date", "email", "phone", "website"}));
  TW_RETURN_IF_ERROR(reader.Text("name", party.name));
  TW_RETURN_IF_ERROR(reader.Country("country", party.country));
  TW_RETURN_IF_ERROR(reader.Text("address", party.address));
  TW_RETURN_IF_ERROR(ReadKindAndBirth(reader, party));
  TW_RETURN_IF_ERROR(ReadIdentifiers(reader, party.identifiers));
  TW_RETURN_IF_ERROR(ReadContacts(reader, party.identifiers));
  return reader.Each("owners", [&](const Reader& owner) { return ReadOwner(owner, party.owners); });
}

Status ReadParty(const Reader& reader, Order& order) {
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
  const auto json = order_reader.Find("exporter");
  if (!json) return {};
  const Reader reader(*json, order_reader, "exporter");
  OrderParty party;
  TW_RETURN_IF_ERROR(ReadPartyFields(reader, party));
  const auto role = reader.Find("role");
  if (role && !(role->is_string() && role->as_string() == "exporter")) {
    return reader.Problem("the exporter's role is exporter; other parties stand in 'parties'",
                          "role");
  }
  party.role = Role::kExporter;
  order.parties.push_back(std::move(party));
  return {};
}

Status ReadComponent(const Reader& reader, Item& item) {
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

Status ReadItem(const Reader& reader, Order& order) {
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
  item.has_components = reader.Find("components").has_value();
  TW_RETURN_IF_ERROR(reader.Each(
      "components", [&](const Reader& component) { return ReadComponent(component, item); }));
  order.items.push_back(std::move(item));
  return {};
}

Status CheckLineNumbers(const Order& order) {
  std::unordered_set<int64_t> seen;
  const bool several = order.items.size() > 1;
  for (size_t i = 0; i < order.items.size(); ++i) {
    const auto place = [&] { return "items[" + std::to_string(i) + "].line"; };
    if (order.items[i].line <= 0) return BadInput("line numbers begin with 1", {}, 0, place());
    if (several && !seen.insert(order.items[i].line).second)
      return BadInput("this line number occurs twice", {}, 0, place());
  }
  return {};
}

// More fields may follow, so unknown keys are not refused here.
Status ReadLicense(const Reader& reader, Order& order) {
  if (!reader.json().is_object()) return reader.Problem("must be {authority, number}", {});
  License license;
  TW_RETURN_IF_ERROR(reader.Text("authority", license.authority));
  TW_RETURN_IF_ERROR(reader.Text("number", license.number));
  if (license.authority.empty())
    return reader.Problem("a licence needs its authority", "authority");
  order.licenses.push_back(std::move(license));
  return {};
}

Status ReadLicenses(const Reader& reader, Order& order) {
  const auto json = reader.Find("license");
  if (!json) return {};
  if (!json->is_array()) return ReadLicense(Reader(*json, reader, "license"), order);
  return reader.Each("license", [&](const Reader& license) { return ReadLicense(license, order); });
}

Status ReadVia(const Reader& reader, Order& order) {
  return reader.Each("via", [&](const Reader& element) -> Status {
    const JsonView json = element.json();
    const auto code = json.is_string() ? ParseCountry(json.as_string()) : std::nullopt;
    if (!code) return element.Problem("must be a country, as an ISO 3166 code such as KZ", {});
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
  const auto id = reader.Find("id");
  if (id && id->is_integer()) {
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

Result<Order> ParseOrder(std::string_view text) {
  thread_local JsonReader json;
  TW_ASSIGN_OR_RETURN(const JsonView root, json.Read(text));
  const Reader reader(root);
  Order order;
  order.parties.reserve(kUsualParties);
  TW_RETURN_IF_ERROR(reader.CheckObject({"id", "date", "exporter", "parties", "origin", "departure",
                                         "via", "destination", "license", "facts", "items"}));
  TW_RETURN_IF_ERROR(ReadId(reader, order));
  TW_RETURN_IF_ERROR(ReadDate(reader, order));
  TW_RETURN_IF_ERROR(ReadExporter(reader, order));
  TW_RETURN_IF_ERROR(
      reader.Each("parties", [&](const Reader& party) { return ReadParty(party, order); }));
  TW_RETURN_IF_ERROR(ReadRoute(reader, order));
  TW_RETURN_IF_ERROR(ReadLicenses(reader, order));
  TW_RETURN_IF_ERROR(ReadFacts(reader, order.facts));
  TW_RETURN_IF_ERROR(
      reader.Each("items", [&](const Reader& item) { return ReadItem(item, order); }));
  TW_RETURN_IF_ERROR(CheckLineNumbers(order));
  return order;
}

}  // namespace tidewaiter
