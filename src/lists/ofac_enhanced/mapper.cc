#include "lists/ofac_enhanced/mapper.h"

#include "lists/collect.h"
#include "lists/dates.h"
#include "lists/delimited.h"
#include "lists/identifiers.h"

namespace tidewaiter::lists::ofac_enhanced {
namespace {

constexpr std::string_view kSdn = "SDN List", kConsolidated = "Consolidated List";

PartyKind Kind(std::string_view type) {
  if (type == "Individual") return PartyKind::kPerson;
  if (type == "Vessel") return PartyKind::kVessel;
  if (type == "Aircraft") return PartyKind::kAircraft;
  return PartyKind::kOrganization;
}

template <typename Body>
void ForEach(const XmlNode& entity, std::string_view list, const Body& body) {
  const XmlNode* node = entity.Find(list);
  if (node == nullptr) return;
  for (const auto& item : node->children) body(item);
}

// "A.K.A." -> "aka".
std::string AliasType(std::string_view text) {
  std::string type = Lower(text);
  std::erase(type, '.');
  return type;
}

void AddTranslation(const XmlNode& name, const XmlNode& translation, ListedParty& party) {
  const bool latin = translation.Text("script").empty() || translation.Text("script") == "Latin";
  const bool primary = name.Text("isPrimary") == "true" && latin && party.names.empty();
  const NameStrength strength = primary                               ? NameStrength::kPrimary
                                : name.Text("isLowQuality") == "true" ? NameStrength::kWeak
                                                                      : NameStrength::kStrong;
  Name out{std::string(translation.Text("formattedFullName")), strength,
           latin ? AliasType(name.Text("aliasType")) : "original script", "", ""};
  if (!translation.Text("formattedFirstName").empty()) {
    out.family_name = translation.Text("formattedLastName");
    out.given_names = translation.Text("formattedFirstName");
  }
  if (!out.text.empty()) AddOnce(party.names, std::move(out));
}

// The primary name first, in whatever order they stand.
void AddNames(const XmlNode& entity, ListedParty& party) {
  for (const std::string_view primary : {"true", "false"}) {
    ForEach(entity, "names", [&](const XmlNode& name) {
      if (name.Text("isPrimary") != primary) return;
      ForEach(name, "translations",
              [&](const XmlNode& translation) { AddTranslation(name, translation, party); });
    });
  }
  if (!party.names.empty()) party.names.front().strength = NameStrength::kPrimary;
}

void AddAddress(const XmlNode& node, ListedParty& party) {
  Address address;
  const std::string_view country = node.Text("country");
  ForEach(node, "translations", [&](const XmlNode& translation) {
    if (!address.text.empty()) return;
    ForEach(translation, "addressParts", [&](const XmlNode& part) {
      const std::string_view type = part.Text("type"), value = part.Text("value");
      address.text = JoinParts({address.text, value}, ", ");
      if (type == "CITY") address.city = value;
      if (type == "STATE/PROVINCE") address.region = value;
      if (type == "POSTAL CODE") address.postal_code = value;
    });
  });
  address.text = JoinParts({address.text, country}, ", ");
  if (address.text.empty()) return;
  address.country = ParseCountry(country).value_or("");
  party.addresses.push_back(std::move(address));
}

void AddBirthDate(const XmlNode& feature, ListedParty& party) {
  const XmlNode* value = feature.Find("valueDate");
  const auto day = [&](std::string_view key) {
    return value == nullptr ? std::nullopt : ParseIsoDate(value->Text(key).substr(0, 10));
  };
  const auto from = day("fromDateBegin"), to = day("toDateEnd");
  if (from && to && *from <= *to) {
    AddOnce(party.birth_dates, PartialDate{{*from, *to},
                                           value->Text("isApproximate") == "true",
                                           std::string(feature.Text("value"))});
  } else if (auto date = ParsePartialDate(feature.Text("value"))) {
    AddOnce(party.birth_dates, std::move(*date));
  }
}

void AddFeature(const XmlNode& feature, ListedParty& party) {
  const std::string_view type = feature.Text("type"), value = feature.Text("value");
  if (value.empty()) return;
  if (type == "Birthdate") return AddBirthDate(feature, party);
  if (type == "Place of Birth") return AddOnce(party.birth_places, std::string(value));
  if (type == "Gender") {
    party.gender = value == "Male" ? "male" : value == "Female" ? "female" : "";
  } else if (type == "Title") {
    party.title = JoinParts({party.title, value}, "; ");
  } else if (type.find("Nationality") == 0 || type.find("Citizenship") == 0 ||
             type == "Vessel Flag") {
    AddCountry(value, party.nationalities);
  } else if (type == "Vessel Owner") {
    party.owners.emplace_back(value);
  } else if (!type.ends_with('-') && !type.ends_with(':') && IsIdentifierLabel(type) &&
             value.size() <= 120 && type.find("Date") == std::string_view::npos &&
             type.find("Information") == std::string_view::npos) {
    AddOnce(party.identifiers, MakeIdentifier(type, value, ""));
  }
}

void AddDocument(const XmlNode& node, ListedParty& party) {
  const std::string_view number = node.Text("documentNumber");
  if (number.empty()) return;
  const std::string country = ParseCountry(node.Text("issuingCountry")).value_or("");
  AddOnce(party.identifiers, MakeIdentifier(node.Text("type"), number, country));
}

// A party that is owned names its owner; "Acting for" and other ties are no ownership.
void AddRelationship(const XmlNode& node, ListedParty& party) {
  const std::string_view owner = node.Text("relatedEntity");
  if (node.Text("type") == "Owned or Controlled By" && !owner.empty())
    AddOnce(party.owners, std::string(owner));
}

// Since when the list has the party. "Consolidated List" is the sum of the non-SDN lists, and its
// own date may be younger than theirs: the earliest counts.
void AddListing(const XmlNode& node, std::string_view list, ListedParty& party) {
  if ((node.text == kSdn) != (list == "ofac_sdn")) return;
  const auto day = ParseIsoDate(node.Attribute("datePublished"));
  if (day && (!party.listed_on || *day < *party.listed_on)) party.listed_on = day;
}

void AddParts(const XmlNode& entity, ListedParty& party) {
  AddNames(entity, party);
  ForEach(entity, "addresses", [&](const XmlNode& node) { AddAddress(node, party); });
  ForEach(entity, "features", [&](const XmlNode& node) { AddFeature(node, party); });
  ForEach(entity, "identityDocuments", [&](const XmlNode& node) { AddDocument(node, party); });
  ForEach(entity, "relationships", [&](const XmlNode& node) { AddRelationship(node, party); });
  ForEach(entity, "sanctionsPrograms",
          [&](const XmlNode& node) { AddOnce(party.programs, node.text); });
  ForEach(entity, "legalAuthorities",
          [&](const XmlNode& node) { AddOnce(party.citations, node.text); });
}

// Which list an export is of, from its filter.
Result<std::string> ListOf(const XmlNode& info) {
  bool sdn = false, consolidated = false;
  if (const XmlNode* filters = info.Find("filters")) {
    ForEach(*filters, "sanctionsLists", [&](const XmlNode& node) {
      sdn |= node.text == kSdn;
      consolidated |= node.text == kConsolidated;
    });
  }
  if (sdn == consolidated) {
    return BadInput("the export is not of one list; export the SDN List or the Consolidated List",
                    {}, info.line, "filters");
  }
  return std::string(sdn ? "ofac_sdn" : "ofac_nonsdn");
}

}  // namespace

std::string_view Part(std::string_view bytes) {
  return RootElement(bytes) == "sanctionsData" ? "list" : "";
}

Result<ListedParty> Map(const XmlNode& entity, std::string_view list) {
  ListedParty party;
  party.list = list;
  party.id = entity.Attribute("id");
  if (party.id.empty()) return BadInput("an entity without a number", {}, entity.line, "id");
  const XmlNode* general = entity.Find("generalInfo");
  if (general != nullptr) {
    party.kind = Kind(general->Text("entityType"));
    party.title = general->Text("title");
    party.remarks = general->Text("remarks");
  }
  ForEach(entity, "sanctionsLists", [&](const XmlNode& node) { AddListing(node, list, party); });
  AddParts(entity, party);
  if (party.names.empty()) return BadInput("an entity without a name", {}, entity.line, "names");
  return party;
}

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  ParsedList list;
  XmlHandler handler;
  handler.records = {"publicationInfo", "entity"};
  handler.on_record = [&](const XmlNode& record) -> Status {
    if (record.name == "publicationInfo") {
      list.date = ParseIsoDate(record.Text("dataAsOf").substr(0, 10));
      TW_ASSIGN_OR_RETURN(list.list, ListOf(record));
      return {};
    }
    if (list.list.empty())
      return BadInput("an entity before publicationInfo, so its list is unknown", {}, record.line);
    TW_ASSIGN_OR_RETURN(auto party, Map(record, list.list));
    list.parties.push_back(std::move(party));
    return {};
  };
  TW_RETURN_IF_ERROR(StreamXml(files[0].bytes, files[0].name, handler));
  CountParties(list);
  return list;
}

}  // namespace tidewaiter::lists::ofac_enhanced
