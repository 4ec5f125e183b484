#include "lists/ofac_xml/mapper.h"

#include <algorithm>

#include "lists/dates.h"
#include "lists/delimited.h"
#include "lists/identifiers.h"
#include "lists/ofac_csv/mapper.h"
#include "model/country.h"

namespace tidewaiter::lists::ofac_xml {
namespace {

PartyKind Kind(std::string_view type) {
  if (type == "Individual") return PartyKind::kPerson;
  if (type == "Vessel") return PartyKind::kVessel;
  if (type == "Aircraft") return PartyKind::kAircraft;
  return PartyKind::kOrganization;
}

Name MakeName(const XmlNode& node, NameStrength strength, std::string type) {
  const std::string last(node.Text("lastName")), first(node.Text("firstName"));
  Name name{last, strength, std::move(type), {}, {}};
  if (first.empty()) return name;
  name.text = last.empty() ? first : last + ", " + first;
  name.family_name = last;
  name.given_names = first;
  return name;
}

// Calls `body` for each ITEM in the child LIST of the entry.
template <typename Body>
void ForEach(const XmlNode& entry, std::string_view list, const Body& body) {
  const XmlNode* node = entry.Find(list);
  if (node == nullptr) return;
  for (const auto& item : node->children) body(item);
}

void AddAlias(const XmlNode& alias, ListedParty& party) {
  std::string type(alias.Text("type"));
  std::erase(type, '.');
  const auto strength =
      alias.Text("category") == "weak" ? NameStrength::kWeak : NameStrength::kStrong;
  Name name = MakeName(alias, strength, std::move(type));
  if (!name.text.empty()) party.names.push_back(std::move(name));
}

void AddAddress(const XmlNode& node, ListedParty& party) {
  Address address;
  for (const std::string_view part :
       {"address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country"}) {
    const std::string_view text = node.Text(part);
    if (text.empty()) continue;
    if (!address.text.empty()) address.text += ", ";
    address.text += text;
  }
  if (address.text.empty()) return;
  address.city = node.Text("city");
  address.region = node.Text("stateOrProvince");
  address.postal_code = node.Text("postalCode");
  if (const auto country = ParseCountry(node.Text("country"))) address.country = *country;
  party.addresses.push_back(std::move(address));
}

void AddIdentifier(const XmlNode& node, ListedParty& party) {
  const std::string_view label = node.Text("idType"), value = node.Text("idNumber");
  if (label == "Gender") {
    party.gender = value == "Male" ? "male" : value == "Female" ? "female" : "";
    return;
  }
  if (value.empty() || label.ends_with('-') || label.ends_with(':') || !IsIdentifierLabel(label))
    return;
  party.identifiers.push_back(
      MakeIdentifier(label, value, ParseCountry(node.Text("idCountry")).value_or("")));
}

void AddCountry(std::string_view text, ListedParty& party) {
  const auto country = ParseCountry(text);
  auto& known = party.nationalities;
  if (country && std::find(known.begin(), known.end(), *country) == known.end())
    known.push_back(*country);
}

void AddVessel(const XmlNode& entry, ListedParty& party) {
  const XmlNode* vessel = entry.Find("vesselInfo");
  if (vessel == nullptr) return;
  AddCountry(vessel->Text("vesselFlag"), party);
  if (!vessel->Text("vesselOwner").empty()) party.owners.emplace_back(vessel->Text("vesselOwner"));
  if (!vessel->Text("callSign").empty()) {
    party.identifiers.push_back(
        {"call_sign", std::string(vessel->Text("callSign")), {}, "Call Sign"});
  }
}

void AddParts(const XmlNode& entry, ListedParty& party) {
  ForEach(entry, "akaList", [&](const XmlNode& item) { AddAlias(item, party); });
  ForEach(entry, "addressList", [&](const XmlNode& item) { AddAddress(item, party); });
  ForEach(entry, "idList", [&](const XmlNode& item) { AddIdentifier(item, party); });
  ForEach(entry, "nationalityList",
          [&](const XmlNode& item) { AddCountry(item.Text("country"), party); });
  ForEach(entry, "citizenshipList",
          [&](const XmlNode& item) { AddCountry(item.Text("country"), party); });
  ForEach(entry, "programList", [&](const XmlNode& item) { party.programs.push_back(item.text); });
  ForEach(entry, "dateOfBirthList", [&](const XmlNode& item) {
    if (auto date = ParsePartialDate(item.Text("dateOfBirth")))
      party.birth_dates.push_back(std::move(*date));
  });
  ForEach(entry, "placeOfBirthList", [&](const XmlNode& item) {
    if (!item.Text("placeOfBirth").empty())
      party.birth_places.emplace_back(item.Text("placeOfBirth"));
  });
  AddVessel(entry, party);
}

void Finish(ParsedList& list) {
  std::vector<std::string> joined;
  for (const auto& party : list.parties) {
    std::string all;
    for (const auto& program : party.programs) all += program + " ";
    joined.push_back(std::move(all));
  }
  list.list = ofac_csv::ListOfProgrammes({joined.begin(), joined.end()});
  for (auto& party : list.parties) {
    party.list = list.list;
    list.counts.aliases += party.names.size() - 1;
    list.counts.addresses += party.addresses.size();
    list.counts.identifiers += party.identifiers.size();
  }
  list.counts.entries = list.parties.size();
}

}  // namespace

std::string_view Part(std::string_view bytes) {
  return RootElement(bytes) == "sdnList" ? "list" : "";
}

Result<ListedParty> Map(const XmlNode& entry) {
  ListedParty party;
  party.id = entry.Text("uid");
  if (party.id.empty()) return BadInput("an entry without a number", {}, entry.line, "uid");
  const std::string_view type =
      entry.Text("sdnType").empty() ? entry.Text("nspType") : entry.Text("sdnType");
  party.kind = Kind(type);
  party.names.push_back(MakeName(entry, NameStrength::kPrimary, {}));
  if (party.names[0].text.empty())
    return BadInput("an entry without a name", {}, entry.line, "lastName");
  AddParts(entry, party);
  party.title = entry.Text("title");
  party.remarks = entry.Text("remarks");
  return party;
}

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  ParsedList list;
  XmlHandler handler;
  handler.records = {"publshInformation", "sdnEntry"};  // spelt so by the publisher
  handler.on_record = [&](const XmlNode& record) -> Status {
    if (record.name == "publshInformation") {
      list.date = ParseDay(record.Text("Publish_Date"));
      return {};
    }
    TW_ASSIGN_OR_RETURN(auto party, Map(record));
    list.parties.push_back(std::move(party));
    return {};
  };
  TW_RETURN_IF_ERROR(StreamXml(files[0].bytes, files[0].name, handler));
  Finish(list);
  return list;
}

}  // namespace tidewaiter::lists::ofac_xml
