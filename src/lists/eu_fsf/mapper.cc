// Everything stands in attributes. A date of listing is taken from designationDate alone: the
// regulation of an entity is often the one that amended it last.
#include "lists/eu_fsf/mapper.h"

#include "lists/collect.h"
#include "lists/dates.h"
#include "lists/identifiers.h"

namespace tidewaiter::lists::eu_fsf {
namespace {

// "00" stands for unknown.
std::string CountryOf(const XmlNode& node) {
  return ParseCountry(node.Attribute("countryIso2Code"))
      .value_or(ParseCountry(node.Attribute("countryDescription")).value_or(""));
}

void AddName(const XmlNode& node, ListedParty& party) {
  Name name;
  name.text = node.Attribute("wholeName");
  name.family_name = node.Attribute("lastName");
  name.given_names = JoinParts({node.Attribute("firstName"), node.Attribute("middleName")}, " ");
  if (name.text.empty()) name.text = JoinParts({name.given_names, name.family_name}, " ");
  if (name.text.empty()) return;
  if (name.given_names.empty()) name.family_name.clear();
  if (!party.names.empty()) {
    name.strength =
        node.Attribute("strong") == "false" ? NameStrength::kWeak : NameStrength::kStrong;
    name.type = "aka";
  }
  const std::string_view gender = node.Attribute("gender");
  if (gender == "M") party.gender = "male";
  if (gender == "F") party.gender = "female";
  const std::string_view function = node.Attribute("function");
  if (!function.empty() && party.title.find(function) == std::string::npos)
    party.title = JoinParts({party.title, function}, "; ");
  for (const Name& known : party.names) {
    if (known.text == name.text) return;
  }
  party.names.push_back(std::move(name));
}

void AddBirth(const XmlNode& node, ListedParty& party) {
  PartialDate date;
  date.circa = node.Attribute("circa") == "true";
  const auto day = DayOfTime(node.Attribute("birthdate"));
  const auto year = ParseYear(node.Attribute("year")),
             from = ParseYear(node.Attribute("yearRangeFrom")),
             to = ParseYear(node.Attribute("yearRangeTo"));
  if (day) {
    date.days = {*day, *day};
    date.text = node.Attribute("birthdate");
  } else if (from && to && *from <= *to) {
    date.days = {WholeYear(*from).from, WholeYear(*to).to};
    date.text = std::to_string(*from) + " to " + std::to_string(*to);
  } else if (year) {
    date.days = WholeYear(*year);
    date.text = node.Attribute("year");
  }
  if (!date.text.empty()) AddOnce(party.birth_dates, std::move(date));
  const std::string_view place = node.Attribute("place");
  std::string text = JoinParts({place.empty() ? node.Attribute("city") : place,
                                node.Attribute("region"), node.Attribute("countryDescription")},
                               ", ");
  if (!text.empty()) AddOnce(party.birth_places, std::move(text));
}

void AddAddress(const XmlNode& node, ListedParty& party) {
  Address address;
  const std::string_view country = node.Attribute("countryDescription");
  address.text =
      JoinParts({node.Attribute("street"), node.Attribute("poBox"), node.Attribute("zipCode"),
                 node.Attribute("city"), node.Attribute("place"), node.Attribute("region"),
                 country == "UNKNOWN" ? "" : country},
                ", ");
  if (address.text.empty()) return;
  address.city = node.Attribute("city");
  address.region = node.Attribute("region");
  address.postal_code = node.Attribute("zipCode");
  address.country = CountryOf(node);
  AddOnce(party.addresses, std::move(address));
}

void AddIdentification(const XmlNode& node, ListedParty& party) {
  const std::string_view latin = node.Attribute("latinNumber");
  const std::string_view number = latin.empty() ? node.Attribute("number") : latin;
  if (number.empty()) return;
  const std::string_view description = node.Attribute("identificationTypeDescription");
  const std::string_view label =
      description.empty() ? node.Attribute("identificationTypeCode") : description;
  AddOnce(party.identifiers, MakeIdentifier(label, number, CountryOf(node)));
}

void AddRegulation(const XmlNode& node, ListedParty& party) {
  AddOnce(party.citations, std::string(node.Attribute("numberTitle")));
  AddOnce(party.programs, std::string(node.Attribute("programme")));
  if (party.source_url.empty()) party.source_url = node.Text("publicationUrl");
}

void AddPart(const XmlNode& node, ListedParty& party) {
  if (node.name == "nameAlias") AddName(node, party);
  if (node.name == "birthdate") AddBirth(node, party);
  if (node.name == "address") AddAddress(node, party);
  if (node.name == "identification") AddIdentification(node, party);
  if (node.name == "regulation") AddRegulation(node, party);
  if (node.name == "citizenship") {
    if (const std::string country = CountryOf(node); !country.empty())
      AddOnce(party.nationalities, country);
  }
  if (node.name == "remark") party.remarks = JoinParts({party.remarks, node.text}, " ");
}

// Ships are listed as enterprises; the identification says that they are ships.
PartyKind Kind(const XmlNode& entity) {
  const XmlNode* type = entity.Find("subjectType");
  if (type == nullptr) return PartyKind::kUnknown;
  if (type->Attribute("code") == "person" || type->Attribute("classificationCode") == "P")
    return PartyKind::kPerson;
  for (const auto& child : entity.children) {
    if (child.name == "identification" && child.Attribute("identificationTypeCode") == "imo")
      return PartyKind::kVessel;
  }
  return PartyKind::kOrganization;
}

}  // namespace

std::string_view Part(std::string_view bytes) {
  if (RootElement(bytes) != "export") return "";
  const std::string_view start = bytes.substr(0, 4096);
  return start.find("eu.europa.ec/fpi/fsd") != std::string_view::npos ||
                 start.find("<sanctionEntity") != std::string_view::npos
             ? "list"
             : "";
}

Result<ListedParty> Map(const XmlNode& entity) {
  ListedParty party;
  party.list = "eu_fsf";
  party.id = entity.Attribute("euReferenceNumber");
  if (party.id.empty()) party.id = entity.Attribute("logicalId");
  if (party.id.empty())
    return BadInput("an entity without a number", {}, entity.line, "euReferenceNumber");
  party.kind = Kind(entity);
  for (const auto& child : entity.children) AddPart(child, party);
  if (party.names.empty())
    return BadInput("an entity without a name", {}, entity.line, "nameAlias");
  std::erase(party.citations, "");
  std::erase(party.programs, "");
  if (!entity.Attribute("designationDetails").empty())
    party.remarks = JoinParts({party.remarks, entity.Attribute("designationDetails")}, " ");
  party.listed_on = DayOfTime(entity.Attribute("designationDate"));
  return party;
}

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  ParsedList list;
  list.list = "eu_fsf";
  XmlHandler handler;
  handler.records = {"sanctionEntity"};
  handler.on_start = [&](const XmlNode& start) -> Status {
    if (start.name == "export") list.date = DayOfTime(start.Attribute("generationDate"));
    return {};
  };
  handler.on_record = [&](const XmlNode& record) -> Status {
    TW_ASSIGN_OR_RETURN(auto party, Map(record));
    list.parties.push_back(std::move(party));
    return {};
  };
  TW_RETURN_IF_ERROR(StreamXml(files[0].bytes, files[0].name, handler));
  CountParties(list);
  return list;
}

}  // namespace tidewaiter::lists::eu_fsf
