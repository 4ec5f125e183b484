// Strict: a misspelt key would be a fact that nobody reads, so it is an error that names the
// nearest known one.
#include "model/order.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <unordered_set>

#include "base/json_view.h"
#include "model/country.h"
#include "model/order_reader.h"

namespace tidewaiter {
namespace {

using Reader = OrderReader;

constexpr size_t kUsualParties = 4;  // exporter, buyer, consignee, end user

Status ReadFacts(const Reader& reader, Facts& out) {
  const JsonView facts = reader.Find(Key::kFacts);
  if (facts.is_null()) return {};
  if (!facts.is_object()) return reader.Problem("must be an object", Key::kFacts);
  for (const JsonView value : facts) {
    auto fact = ParseFact(value.ToJson());
    if (!fact) return reader.Problem(fact.error().message, Key::kFacts, value.key());
    if (!fact->readings.empty()) out.insert_or_assign(std::string(value.key()), std::move(*fact));
  }
  return {};
}

Status ReadIdentifiers(const Reader& reader, std::vector<Identifier>& out) {
  const JsonView identifiers = reader.Find(Key::kIdentifiers);
  if (identifiers.is_null()) return {};
  if (!identifiers.is_object()) return reader.Problem("must be an object", Key::kIdentifiers);
  for (const JsonView value : identifiers) {
    if (value.is_null()) continue;
    if (!value.is_string()) return reader.Problem("must be text", Key::kIdentifiers, value.key());
    if (!value.as_string().empty())
      out.push_back({std::string(value.key()), std::string(value.as_string()), {}, {}});
  }
  return {};
}

// By which a party is reached; an identifier of that kind.
Status ReadContacts(const Reader& reader, std::vector<Identifier>& out) {
  for (const Key kind : {Key::kEmail, Key::kPhone, Key::kWebsite}) {
    std::string_view value;
    TW_RETURN_IF_ERROR(reader.Text(kind, value));
    if (!value.empty()) out.push_back({std::string(ToString(kind)), std::string(value), {}, {}});
  }
  return {};
}

Status ReadOwner(Reader& reader, std::vector<Owner>& owners) {
  TW_RETURN_IF_ERROR(reader.Open({Key::kName, Key::kSharePercent, Key::kOwners}));
  Owner owner;
  TW_RETURN_IF_ERROR(reader.Text(Key::kName, owner.name));
  TW_RETURN_IF_ERROR(reader.Number(Key::kSharePercent, owner.share_percent));
  if (owner.share_percent && (*owner.share_percent < 0 || *owner.share_percent > 100)) {
    return reader.Problem("must be between 0 and 100", Key::kSharePercent);
  }
  TW_RETURN_IF_ERROR(
      reader.Each(Key::kOwners, [&](Reader& above) { return ReadOwner(above, owner.owners); }));
  owners.push_back(std::move(owner));
  return {};
}

// "1970", "1970-05", "1970-05-17".
std::optional<PartialDate> ReadPartialDate(std::string_view text) {
  PartialDate date;
  date.text = text;
  if (const auto day = ParseIsoDate(text)) {
    date.days = {*day, *day};
    return date;
  }
  const auto first = ParseIsoDate(date.text + (text.size() == 4 ? "-01-01" : "-01"));
  if (!first) return std::nullopt;
  auto last = ToYearMonthDay(*first);
  if (text.size() == 4) last.month = 12;
  last.day = DaysInMonth(last.year, last.month);
  date.days = {*first, FromYearMonthDay(last)};
  return date;
}

Status ReadKindAndBirth(const Reader& reader, OrderParty& party) {
  std::string_view kind, birth;
  TW_RETURN_IF_ERROR(reader.Text(Key::kSchema, kind));
  TW_RETURN_IF_ERROR(reader.Text(Key::kBirthDate, birth));
  if (!kind.empty()) {
    const auto parsed = ParsePartyKind(kind);
    if (!parsed)
      return reader.Problem("unknown kind of party '" + std::string(kind) + "'", Key::kSchema);
    party.kind = *parsed;
  }
  if (birth.empty()) return {};
  party.birth_date = ReadPartialDate(birth);
  if (!party.birth_date)
    return reader.Problem("write it as YYYY-MM-DD, YYYY-MM or YYYY", Key::kBirthDate);
  return {};
}

Status ReadPartyFields(Reader& reader, OrderParty& party) {
  TW_RETURN_IF_ERROR(reader.Open({Key::kRole, Key::kName, Key::kCountry, Key::kAddress,
                                  Key::kIdentifiers, Key::kOwners, Key::kSchema, Key::kBirthDate,
                                  Key::kEmail, Key::kPhone, Key::kWebsite}));
  TW_RETURN_IF_ERROR(reader.Text(Key::kName, party.name));
  TW_RETURN_IF_ERROR(reader.Country(Key::kCountry, party.country));
  TW_RETURN_IF_ERROR(reader.Text(Key::kAddress, party.address));
  TW_RETURN_IF_ERROR(ReadKindAndBirth(reader, party));
  TW_RETURN_IF_ERROR(ReadIdentifiers(reader, party.identifiers));
  TW_RETURN_IF_ERROR(ReadContacts(reader, party.identifiers));
  return reader.Each(Key::kOwners, [&](Reader& owner) { return ReadOwner(owner, party.owners); });
}

Status ReadParty(Reader& reader, Order& order) {
  OrderParty& party = order.parties.emplace_back();
  TW_RETURN_IF_ERROR(ReadPartyFields(reader, party));
  std::string_view role;
  TW_RETURN_IF_ERROR(reader.Text(Key::kRole, role));
  const auto parsed = ParseRole(role);
  if (!parsed) {
    return reader.Problem(
        (role.empty() ? "a party needs a role" : "unknown role '" + std::string(role) + "'") +
            "; one of " + KnownRoles(),
        Key::kRole);
  }
  party.role = *parsed;
  return {};
}

Status ReadExporter(const Reader& order_reader, Order& order) {
  const JsonView json = order_reader.Find(Key::kExporter);
  if (json.is_null()) return {};
  Reader reader(json, order_reader, Key::kExporter);
  OrderParty& party = order.parties.emplace_back();
  TW_RETURN_IF_ERROR(ReadPartyFields(reader, party));
  const JsonView role = reader.Find(Key::kRole);
  if (!role.is_null() && !(role.is_string() && role.as_string() == "exporter")) {
    return reader.Problem("the exporter's role is exporter; other parties stand in 'parties'",
                          Key::kRole);
  }
  party.role = Role::kExporter;
  return {};
}

Status ReadComponent(Reader& reader, Item& item) {
  TW_RETURN_IF_ERROR(reader.Open({Key::kDescription, Key::kEccn, Key::kOrigin, Key::kValue}));
  Component component;
  TW_RETURN_IF_ERROR(reader.Text(Key::kDescription, component.description));
  TW_RETURN_IF_ERROR(reader.Text(Key::kEccn, component.eccn));
  TW_RETURN_IF_ERROR(reader.Country(Key::kOrigin, component.origin));
  TW_RETURN_IF_ERROR(reader.Number(Key::kValue, component.value));
  if (component.value && *component.value < 0)
    return reader.Problem("must not be negative", Key::kValue);
  item.components.push_back(std::move(component));
  return {};
}

// Digits with points, blanks or hyphens between them; a code given as a number is refused, it may
// have lost its leading zero.
Status ReadHs(const Reader& reader, std::string& out) {
  std::string_view text;
  TW_RETURN_IF_ERROR(reader.Text(Key::kHs, text));
  for (const char c : text) {
    if (std::isdigit(static_cast<unsigned char>(c))) {
      out += c;
    } else if (c != '.' && c != ' ' && c != '-') {
      return reader.Problem("'" + std::string(text) + "' is no HS code; digits only", Key::kHs);
    }
  }
  if (out.size() == 1) return reader.Problem("an HS code has at least two digits", Key::kHs);
  return {};
}

Status ReadEdition(const Reader& reader, Item& item) {
  int64_t edition = 0;
  TW_RETURN_IF_ERROR(reader.Integer(Key::kHsEdition, edition));
  constexpr std::array<int64_t, 8> kEditions = {0, 1992, 1996, 2002, 2007, 2012, 2017, 2022};
  if (std::find(kEditions.begin(), kEditions.end(), edition) == kEditions.end()) {
    return reader.Problem("editions are 1992, 1996, 2002, 2007, 2012, 2017, 2022", Key::kHsEdition);
  }
  if (edition != 0) item.hs_edition = static_cast<int>(edition);
  return {};
}

Status ReadAmounts(const Reader& reader, Item& item) {
  TW_RETURN_IF_ERROR(reader.Number(Key::kQuantity, item.quantity));
  TW_RETURN_IF_ERROR(reader.Text(Key::kUnit, item.unit));
  TW_RETURN_IF_ERROR(reader.Number(Key::kNetMassKg, item.net_mass_kg));
  TW_RETURN_IF_ERROR(reader.Number(Key::kValue, item.value));
  return reader.Text(Key::kCurrency, item.currency);
}

Status ReadItem(Reader& reader, Order& order) {
  TW_RETURN_IF_ERROR(
      reader.Open({Key::kLine, Key::kDescription, Key::kHs, Key::kHsEdition, Key::kEccn,
                   Key::kQuantity, Key::kUnit, Key::kNetMassKg, Key::kValue, Key::kCurrency,
                   Key::kOrigin, Key::kFacts, Key::kComponents}));
  Item& item = order.items.emplace_back();
  item.line = static_cast<int64_t>(order.items.size());
  TW_RETURN_IF_ERROR(reader.Integer(Key::kLine, item.line));
  TW_RETURN_IF_ERROR(reader.Text(Key::kDescription, item.description));
  TW_RETURN_IF_ERROR(ReadHs(reader, item.hs));
  TW_RETURN_IF_ERROR(ReadEdition(reader, item));
  TW_RETURN_IF_ERROR(reader.Text(Key::kEccn, item.eccn));
  TW_RETURN_IF_ERROR(ReadAmounts(reader, item));
  TW_RETURN_IF_ERROR(reader.Country(Key::kOrigin, item.origin));
  TW_RETURN_IF_ERROR(ReadFacts(reader, item.facts));
  item.has_components = !reader.Find(Key::kComponents).is_null();
  TW_RETURN_IF_ERROR(reader.Each(
      Key::kComponents, [&](Reader& component) { return ReadComponent(component, item); }));
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
Status ReadLicense(Reader& reader, Order& order) {
  if (!reader.json().is_object()) return reader.Problem("must be {authority, number}");
  TW_RETURN_IF_ERROR(reader.OpenWithMore({Key::kAuthority, Key::kNumber}));
  License license;
  TW_RETURN_IF_ERROR(reader.Text(Key::kAuthority, license.authority));
  TW_RETURN_IF_ERROR(reader.Text(Key::kNumber, license.number));
  if (license.authority.empty())
    return reader.Problem("a licence needs its authority", Key::kAuthority);
  order.licenses.push_back(std::move(license));
  return {};
}

Status ReadLicenses(const Reader& reader, Order& order) {
  const JsonView json = reader.Find(Key::kLicense);
  if (json.is_null()) return {};
  if (!json.is_array()) {
    Reader license(json, reader, Key::kLicense);
    return ReadLicense(license, order);
  }
  return reader.Each(Key::kLicense, [&](Reader& license) { return ReadLicense(license, order); });
}

Status ReadVia(const Reader& reader, Order& order) {
  return reader.Each(Key::kVia, [&](const Reader& element) -> Status {
    const JsonView json = element.json();
    const auto code = json.is_string() ? ParseCountry(json.as_string()) : std::nullopt;
    if (!code) return element.Problem("must be a country, as an ISO 3166 code such as KZ");
    order.via.push_back(*code);
    return {};
  });
}

Status ReadDate(const Reader& reader, Order& order) {
  std::string_view text;
  TW_RETURN_IF_ERROR(reader.Text(Key::kDate, text));
  if (text.empty()) return {};
  order.date = ParseIsoDate(text);
  if (!order.date)
    return reader.Problem("'" + std::string(text) + "' is no day; write YYYY-MM-DD", Key::kDate);
  return {};
}

Status ReadId(const Reader& reader, Order& order) {
  const JsonView id = reader.Find(Key::kId);
  if (id.is_integer()) {
    order.id = std::to_string(id.as_integer());
    return {};
  }
  return reader.Text(Key::kId, order.id);
}

Status ReadRoute(const Reader& reader, Order& order) {
  TW_RETURN_IF_ERROR(reader.Country(Key::kOrigin, order.origin));
  TW_RETURN_IF_ERROR(reader.Country(Key::kDeparture, order.departure));
  TW_RETURN_IF_ERROR(reader.Country(Key::kDestination, order.destination));
  return ReadVia(reader, order);
}

Status ReadOrder(std::string_view text, Order& order) {
  thread_local JsonReader json;
  TW_ASSIGN_OR_RETURN(const JsonView root, json.Read(text));
  Reader reader(root);
  order.parties.reserve(kUsualParties);
  TW_RETURN_IF_ERROR(reader.Open({Key::kId, Key::kDate, Key::kExporter, Key::kParties, Key::kOrigin,
                                  Key::kDeparture, Key::kVia, Key::kDestination, Key::kLicense,
                                  Key::kFacts, Key::kItems}));
  TW_RETURN_IF_ERROR(ReadId(reader, order));
  TW_RETURN_IF_ERROR(ReadDate(reader, order));
  TW_RETURN_IF_ERROR(ReadExporter(reader, order));
  TW_RETURN_IF_ERROR(
      reader.Each(Key::kParties, [&](Reader& party) { return ReadParty(party, order); }));
  TW_RETURN_IF_ERROR(ReadRoute(reader, order));
  TW_RETURN_IF_ERROR(ReadLicenses(reader, order));
  TW_RETURN_IF_ERROR(ReadFacts(reader, order.facts));
  TW_RETURN_IF_ERROR(reader.Each(Key::kItems, [&](Reader& item) { return ReadItem(item, order); }));
  return CheckLineNumbers(order);
}

}  // namespace

Result<Order> ParseOrder(std::string_view text) {
  Result<Order> order{Order()};
  if (Status status = ReadOrder(text, *order); !status) order = std::move(status).error();
  return order;
}

}  // namespace tidewaiter
