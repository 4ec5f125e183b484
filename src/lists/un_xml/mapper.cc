#include "lists/un_xml/mapper.h"

#include <algorithm>

#include "lists/dates.h"
#include "lists/delimited.h"
#include "lists/identifiers.h"
#include "model/country.h"

namespace tidewaiter::lists::un_xml {
namespace {

// "na" is this list's word for unknown; "NA" as a country would be Namibia.
std::string_view Known(std::string_view text) {
  return text == "na" || text == "n/a" || text == "-" ? std::string_view() : text;
}

std::string Joined(std::initializer_list<std::string_view> parts, std::string_view separator) {
  std::string out;
  for (const std::string_view part : parts) {
    if (Known(part).empty()) continue;
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

std::vector<std::string> Values(const XmlNode& record, std::string_view element) {
  std::vector<std::string> out;
  for (const auto& child : record.children) {
    if (child.name != element) continue;
    for (const auto& value : child.children) {
      if (value.name == "VALUE" && !Known(value.text).empty()) out.push_back(value.text);
    }
  }
  return out;
}

template <typename T>
void AddOnce(std::vector<T>& values, T value) {
  if (std::find(values.begin(), values.end(), value) == values.end())
    values.push_back(std::move(value));
}

void AddAlias(const XmlNode& alias, ListedParty& party) {
  const std::string_view quality = alias.Text("QUALITY");
  const NameStrength strength = quality == "Low" ? NameStrength::kWeak : NameStrength::kStrong;
  const char* type = quality == "f.k.a." ? "fka" : "aka";
  const std::string_view name = Known(alias.Text("ALIAS_NAME"));
  if (!name.empty()) party.names.push_back({std::string(name), strength, type, {}, {}});
  if (auto date = ParsePartialDate(alias.Text("DATE_OF_BIRTH")))
    AddOnce(party.birth_dates, std::move(*date));
  const std::string place =
      Joined({alias.Text("CITY_OF_BIRTH"), alias.Text("COUNTRY_OF_BIRTH")}, ", ");
  if (!place.empty()) AddOnce(party.birth_places, place);
}

void AddAddress(const XmlNode& node, ListedParty& party) {
  Address address;
  address.text = Joined({node.Text("STREET"), node.Text("CITY"), node.Text("STATE_PROVINCE"),
                         node.Text("ZIP_CODE"), node.Text("COUNTRY")},
                        ", ");
  if (address.text.empty()) address.text = Known(node.Text("NOTE"));
  if (address.text.empty()) return;
  address.city = Known(node.Text("CITY"));
  address.region = Known(node.Text("STATE_PROVINCE"));
  address.postal_code = Known(node.Text("ZIP_CODE"));
  if (const auto country = ParseCountry(Known(node.Text("COUNTRY")))) address.country = *country;
  party.addresses.push_back(std::move(address));
}

void AddBirthDate(const XmlNode& node, ListedParty& party) {
  PartialDate date;
  date.circa = node.Text("TYPE_OF_DATE") == "APPROXIMATELY";
  const auto from = ParseYear(node.Text("FROM_YEAR")), to = ParseYear(node.Text("TO_YEAR")),
             year = ParseYear(node.Text("YEAR"));
  if (const auto day = DayOfTime(node.Text("DATE"))) {
    date.days = {*day, *day};
    date.text = node.Text("DATE");
  } else if (from && to && *from <= *to) {
    date.days = {WholeYear(*from).from, WholeYear(*to).to};
    date.text = std::to_string(*from) + " to " + std::to_string(*to);
  } else if (year) {
    date.days = WholeYear(*year);
    date.text = node.Text("YEAR");
  } else {
    return;
  }
  AddOnce(party.birth_dates, std::move(date));
}

void AddBirthPlace(const XmlNode& node, ListedParty& party) {
  const std::string place = Joined(
      {node.Text("STREET"), node.Text("CITY"), node.Text("STATE_PROVINCE"), node.Text("COUNTRY")},
      ", ");
  if (!place.empty()) AddOnce(party.birth_places, place);
}

void AddDocument(const XmlNode& node, ListedParty& party) {
  const std::string_view number = Known(node.Text("NUMBER"));
  if (number.empty()) return;
  std::string label(node.Text("TYPE_OF_DOCUMENT"));
  label.erase(
      std::unique(label.begin(), label.end(), [](char a, char b) { return a <= ' ' && b <= ' '; }),
      label.end());
  std::replace(label.begin(), label.end(), '\n', ' ');
  std::string country;
  for (const std::string_view element : {"ISSUING_COUNTRY", "COUNTRY_OF_ISSUE"}) {
    if (const auto code = ParseCountry(Known(node.Text(element)))) country = *code;
  }
  AddOnce(party.identifiers, MakeIdentifier(label, number, country));
}

void AddNames(const XmlNode& record, ListedParty& party) {
  const std::string name = Joined({record.Text("FIRST_NAME"), record.Text("SECOND_NAME"),
                                   record.Text("THIRD_NAME"), record.Text("FOURTH_NAME")},
                                  " ");
  if (!name.empty()) party.names.push_back({name, NameStrength::kPrimary, {}, {}, {}});
}

void AddParts(const XmlNode& record, ListedParty& party) {
  for (const auto& child : record.children) {
    if (child.name.ends_with("_ALIAS")) AddAlias(child, party);
    if (child.name.ends_with("_ADDRESS")) AddAddress(child, party);
    if (child.name == "INDIVIDUAL_DATE_OF_BIRTH") AddBirthDate(child, party);
    if (child.name == "INDIVIDUAL_PLACE_OF_BIRTH") AddBirthPlace(child, party);
    if (child.name == "INDIVIDUAL_DOCUMENT") AddDocument(child, party);
  }
  const std::string_view original = Known(record.Text("NAME_ORIGINAL_SCRIPT"));
  if (!original.empty())
    party.names.push_back(
        {std::string(original), NameStrength::kStrong, "original script", {}, {}});
  for (const auto& text : Values(record, "NATIONALITY")) {
    if (const auto country = ParseCountry(text)) AddOnce(party.nationalities, *country);
  }
}

}  // namespace

std::string_view Part(std::string_view bytes) {
  return RootElement(bytes) == "CONSOLIDATED_LIST" ? "list" : "";
}

Result<ListedParty> Map(const XmlNode& record) {
  ListedParty party;
  party.list = "un_sc";
  party.id = record.Text("REFERENCE_NUMBER");
  if (party.id.empty())
    return BadInput("an entry without a reference number", {}, record.line, "REFERENCE_NUMBER");
  party.kind = record.name == "INDIVIDUAL" ? PartyKind::kPerson : PartyKind::kOrganization;
  AddNames(record, party);
  if (party.names.empty())
    return BadInput("an entry without a name", {}, record.line, "FIRST_NAME");
  AddParts(record, party);
  const std::string_view gender = record.Text("GENDER");
  party.gender = gender == "Male" ? "male" : gender == "Female" ? "female" : "";
  party.programs.emplace_back(record.Text("UN_LIST_TYPE"));
  std::vector<std::string> titles = Values(record, "TITLE");
  for (auto& title : Values(record, "DESIGNATION")) titles.push_back(std::move(title));
  for (const auto& title : titles) party.title += (party.title.empty() ? "" : "; ") + title;
  party.remarks = record.Text("COMMENTS1");
  party.listed_on = DayOfTime(record.Text("LISTED_ON"));
  if (const auto delisted = DayOfTime(record.Text("DELISTED_ON"))) party.ends_on = *delisted - 1;
  return party;
}

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  ParsedList list;
  list.list = "un_sc";
  XmlHandler handler;
  handler.records = {"INDIVIDUAL", "ENTITY"};
  handler.on_start = [&](const XmlNode& start) -> Status {
    if (start.name == "CONSOLIDATED_LIST") list.date = DayOfTime(start.Attribute("dateGenerated"));
    return {};
  };
  handler.on_record = [&](const XmlNode& record) -> Status {
    TW_ASSIGN_OR_RETURN(auto party, Map(record));
    list.counts.addresses += party.addresses.size();
    list.counts.identifiers += party.identifiers.size();
    list.counts.aliases += static_cast<uint64_t>(
        std::count_if(party.names.begin() + 1, party.names.end(),
                      [](const Name& n) { return n.type != "original script"; }));
    list.parties.push_back(std::move(party));
    return {};
  };
  TW_RETURN_IF_ERROR(StreamXml(files[0].bytes, files[0].name, handler));
  list.counts.entries = list.parties.size();
  return list;
}

}  // namespace tidewaiter::lists::un_xml
