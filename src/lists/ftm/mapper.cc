#include "lists/ftm/mapper.h"

#include <unordered_map>

#include "base/json.h"
#include "lists/collect.h"
#include "lists/dates.h"
#include "lists/delimited.h"
#include "lists/identifiers.h"

namespace tidewaiter::lists::ftm {
namespace {

constexpr std::pair<std::string_view, std::string_view> kIdentifiers[] = {
    {"imoNumber", "IMO number"},
    {"mmsi", "MMSI"},
    {"callSign", "Call sign"},
    {"registrationNumber", "Registration number"},
    {"taxNumber", "Tax number"},
    {"innCode", "INN"},
    {"ogrnCode", "OGRN"},
    {"kppCode", "KPP"},
    {"leiCode", "LEI"},
    {"swiftBic", "SWIFT/BIC"},
    {"uscCode", "Unified social credit code"},
    {"dunsCode", "DUNS"},
    {"vatCode", "VAT "},
    {"passportNumber", "Passport"},
    {"idNumber", "National ID No."},
    {"email", "Email"},
    {"phone", "Phone"},
    {"website", "Website"},
    {"serialNumber", "Serial number"},
};

std::optional<PartyKind> Kind(std::string_view schema) {
  if (schema == "PublicBody" || schema == "Organization" || schema == "Company" ||
      schema == "LegalEntity")
    return schema == "LegalEntity" ? PartyKind::kUnknown : PartyKind::kOrganization;
  if (schema == "Person" || schema == "Vessel" || schema == "Airplane")
    return ParsePartyKind(schema);
  return std::nullopt;
}

// The texts of a property: a list of strings, or one string.
std::vector<std::string> Values(const Json& entity, std::string_view property) {
  const Json* properties = entity.Find("properties");
  const Json* values = properties == nullptr ? nullptr : properties->Find(property);
  std::vector<std::string> out;
  if (values == nullptr) return out;
  const auto add = [&](const Json& value) {
    if (value.is_string() && !Trim(value.as_string()).empty())
      out.emplace_back(Trim(value.as_string()));
  };
  if (values->is_array()) {
    for (const auto& value : values->as_array()) add(value);
  } else {
    add(*values);
  }
  return out;
}

std::string First(const Json& entity, std::string_view property) {
  auto values = Values(entity, property);
  return values.empty() ? std::string() : std::move(values.front());
}

void AddNames(const Json& entity, ListedParty& party) {
  const auto add = [&](std::string text, NameStrength strength, const char* type) {
    for (const Name& known : party.names) {
      if (known.text == text) return;
    }
    if (party.names.empty()) {
      strength = NameStrength::kPrimary;
      type = "";
    }
    party.names.push_back({std::move(text), strength, type, "", ""});
  };
  const std::string caption(Trim(entity.StringOr("caption")));
  auto names = Values(entity, "name");
  for (const auto& name : names) {
    if (name == caption) add(name, NameStrength::kPrimary, "");
  }
  for (auto& name : names) add(std::move(name), NameStrength::kStrong, "aka");
  for (auto& name : Values(entity, "alias")) add(std::move(name), NameStrength::kStrong, "aka");
  for (auto& name : Values(entity, "previousName"))
    add(std::move(name), NameStrength::kStrong, "fka");
  for (auto& name : Values(entity, "weakAlias")) add(std::move(name), NameStrength::kWeak, "aka");
  if (party.names.empty() && !caption.empty()) add(caption, NameStrength::kPrimary, "");
}

void AddIdentifiers(const Json& entity, ListedParty& party) {
  std::string country;
  for (const char* property : {"jurisdiction", "country", "nationality", "flag"}) {
    if (country.empty()) country = ParseCountry(First(entity, property)).value_or("");
  }
  for (const auto& [property, label] : kIdentifiers) {
    for (const auto& value : Values(entity, property))
      AddOnce(party.identifiers, MakeIdentifier(label, value, country));
  }
}

void AddParticulars(const Json& entity, ListedParty& party) {
  for (const auto& text : Values(entity, "birthDate")) {
    if (auto date = ParsePartialDate(text)) AddOnce(party.birth_dates, std::move(*date));
  }
  for (auto& place : Values(entity, "birthPlace")) AddOnce(party.birth_places, std::move(place));
  const std::string gender = Lower(First(entity, "gender"));
  if (gender == "male" || gender == "female") party.gender = gender;
  for (const char* property :
       {"nationality", "citizenship", "flag", "jurisdiction", "country", "mainCountry"}) {
    for (const auto& text : Values(entity, property)) AddCountry(text, party.nationalities);
  }
  for (auto& text : Values(entity, "address"))
    AddOnce(party.addresses, Address{std::move(text), "", "", "", ""});
  for (auto& text : Values(entity, "program")) AddOnce(party.programs, std::move(text));
  for (const auto& text : Values(entity, "position"))
    party.title = JoinParts({party.title, text}, "; ");
  for (const auto& text : Values(entity, "notes"))
    party.remarks = JoinParts({party.remarks, text}, " ");
  party.source_url = First(entity, "sourceUrl");
}

// What one line says of a party of another line.
class Joiner {
 public:
  explicit Joiner(ParsedList& list) : list_(list) {
    for (size_t i = 0; i < list.parties.size(); ++i) by_id_.emplace(list.parties[i].id, i);
  }

  void Join(const Json& entity) {
    const std::string_view schema = entity.StringOr("schema");
    if (schema == "Sanction") {
      for (const auto& id : Values(entity, "entity")) AddSanction(entity, Find(id));
    } else if (schema == "Ownership") {
      for (const auto& id : Values(entity, "asset")) AddOwner(entity, Find(id));
    } else if (schema == "Passport" || schema == "Identification") {
      for (const auto& id : Values(entity, "holder")) AddDocument(entity, Find(id));
    }
  }

 private:
  ListedParty* Find(const std::string& id) {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &list_.parties[found->second];
  }

  static void AddSanction(const Json& entity, ListedParty* party) {
    if (party == nullptr) return;
    for (auto& text : Values(entity, "program")) AddOnce(party->programs, std::move(text));
    for (const char* property : {"listingDate", "startDate"}) {
      const auto day = ParseIsoDate(First(entity, property).substr(0, 10));
      if (day && (!party->listed_on || *day < *party->listed_on)) party->listed_on = day;
    }
    if (party->source_url.empty()) party->source_url = First(entity, "sourceUrl");
  }

  void AddOwner(const Json& entity, ListedParty* party) {
    if (party == nullptr) return;
    for (const auto& id : Values(entity, "owner")) {
      const ListedParty* owner = Find(id);
      if (owner != nullptr) AddOnce(party->owners, owner->names.front().text);
    }
  }

  static void AddDocument(const Json& entity, ListedParty* party) {
    if (party == nullptr) return;
    const std::string country = ParseCountry(First(entity, "country")).value_or("");
    for (const auto& number : Values(entity, "number")) {
      const std::string type = First(entity, "type");
      AddOnce(party->identifiers,
              MakeIdentifier(type.empty() ? "Passport" : type, number, country));
    }
  }

  ParsedList& list_;
  std::unordered_map<std::string, size_t> by_id_;
};

Result<ListedParty> Map(const Json& entity, PartyKind kind, const std::string& list) {
  ListedParty party;
  party.list = list;
  party.id = entity.StringOr("id");
  party.kind = kind;
  if (party.id.empty()) return BadInput("an entity without an id", {}, 0, "id");
  AddNames(entity, party);
  if (party.names.empty()) return BadInput("a party without a name", {}, 0, "properties.name");
  AddParticulars(entity, party);
  AddIdentifiers(entity, party);
  return party;
}

Error At(Error error, const SourceFile& file, uint64_t line) {
  error.file = file.name;
  error.line = line;
  return error;
}

std::string ListName(std::span<const SourceFile> files) {
  for (const auto& file : files) {
    if (file.part == "name") return std::string(Trim(file.bytes));
  }
  return "ftm";
}

Error CutOff(const Error& error, bool last) {
  return last ? BadInput("the last line is no JSON (" + error.message +
                         "); the file is cut off, fetch it again")
              : error;
}

}  // namespace

std::string_view Part(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::string_view line = Trim(bytes.substr(0, std::min(bytes.find('\n'), bytes.size())));
  const bool ours = line.starts_with('{') && line.find("\"schema\"") != std::string_view::npos &&
                    line.find("\"properties\"") != std::string_view::npos;
  return ours ? "list" : "";
}

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  const SourceFile& file = files[0];
  ParsedList list;
  list.list = ListName(files);
  std::vector<Json> others;
  uint64_t line = 0;
  std::string_view bytes = file.bytes;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  for (size_t at = 0; at < bytes.size();) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view text = Trim(bytes.substr(at, end - at));
    at = end + 1;
    ++line;
    if (text.empty()) continue;
    auto entity = ParseJson(text);
    if (!entity) return At(CutOff(entity.error(), at >= bytes.size()), file, line);
    const auto kind = Kind(entity->StringOr("schema"));
    if (!kind) {
      if (entity->StringOr("schema").empty())
        return At(BadInput("an entity without a schema", {}, 0, "schema"), file, line);
      others.push_back(std::move(*entity));
      continue;
    }
    auto party = Map(*entity, *kind, list.list);
    if (!party) return At(party.error(), file, line);
    list.parties.push_back(std::move(*party));
  }
  Joiner joiner(list);
  for (const auto& entity : others) joiner.Join(entity);
  CountParties(list);
  return list;
}

}  // namespace tidewaiter::lists::ftm
