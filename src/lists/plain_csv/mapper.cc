#include "lists/plain_csv/mapper.h"

#include <algorithm>
#include <map>

#include "base/yaml.h"
#include "lists/collect.h"
#include "lists/dates.h"
#include "lists/delimited.h"

namespace tidewaiter::lists::plain_csv {
namespace {

struct Mapping {
  std::string list, separator = ";";
  char delimiter = ',';
  std::optional<Date> date;
  std::optional<PartyKind> kind;
  std::map<std::string, std::string, std::less<>> columns;       // field -> column
  std::vector<std::pair<std::string, std::string>> identifiers;  // kind, column
};

Status ReadColumns(const YamlNode& root, Mapping& mapping) {
  const YamlNode* columns = root.Find("columns");
  if (columns == nullptr || !columns->is_mapping())
    return root.Problem("missing; say which column is the name", "columns");
  TW_RETURN_IF_ERROR(
      columns->CheckKeys({"id", "name", "aliases", "weak_aliases", "kind", "country", "birth_date",
                          "gender", "address", "programs", "listed_on", "ends_on", "remarks",
                          "title", "citation", "url", "owners"}));
  for (const auto& [field, node] : columns->members) {
    TW_ASSIGN_OR_RETURN(mapping.columns[field], node.Text());
  }
  if (!mapping.columns.contains("name")) return columns->Problem("missing", "name");
  const YamlNode* identifiers = root.Find("identifiers");
  if (identifiers == nullptr) return {};
  TW_RETURN_IF_ERROR(identifiers->CheckKeys({"imo",
                                             "mmsi",
                                             "call_sign",
                                             "tail_number",
                                             "serial_number",
                                             "inn",
                                             "ogrn",
                                             "kpp",
                                             "lei",
                                             "uscc",
                                             "bic",
                                             "duns",
                                             "bin",
                                             "vat",
                                             "tax_id",
                                             "registration",
                                             "passport",
                                             "national_id",
                                             "driver_license",
                                             "email",
                                             "phone",
                                             "website",
                                             "crypto_address",
                                             "other"}));
  for (const auto& [kind, node] : identifiers->members) {
    TW_ASSIGN_OR_RETURN(std::string column, node.Text());
    mapping.identifiers.emplace_back(kind, std::move(column));
  }
  return {};
}

Result<Mapping> ReadMapping(const SourceFile& file) {
  TW_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(file.bytes, file.name));
  TW_RETURN_IF_ERROR(
      root.CheckKeys({"list", "date", "delimiter", "separator", "kind", "columns", "identifiers"}));
  Mapping mapping;
  TW_ASSIGN_OR_RETURN(mapping.list, TextOr(root, "list"));
  if (!IsListName(mapping.list))
    return root.Problem("a list is named with lower-case letters, digits and _", "list");
  if (const YamlNode* date = root.Find("date")) {
    TW_ASSIGN_OR_RETURN(mapping.date, date->Day());
  }
  TW_ASSIGN_OR_RETURN(const std::string delimiter, TextOr(root, "delimiter", ","));
  if (delimiter.size() != 1 && delimiter != "tab")
    return root.Problem("one character, or tab", "delimiter");
  mapping.delimiter = delimiter == "tab" ? '\t' : delimiter[0];
  TW_ASSIGN_OR_RETURN(mapping.separator, TextOr(root, "separator", ";"));
  if (mapping.separator.empty()) return root.Problem("empty", "separator");
  TW_ASSIGN_OR_RETURN(const std::string kind, TextOr(root, "kind"));
  mapping.kind = ParsePartyKind(kind);
  if (!kind.empty() && !mapping.kind)
    return root.Problem("expected person, organization, vessel, aircraft or unknown", "kind");
  TW_RETURN_IF_ERROR(ReadColumns(root, mapping));
  return mapping;
}

// Turns rows into parties by a mapping.
class Mapper {
 public:
  Mapper(const Mapping& mapping, const SourceFile& file, const Row& header)
      : mapping_(mapping), file_(file), columns_(header.fields), header_(header) {}

  Status CheckColumns() const {
    for (const auto& [field, column] : mapping_.columns) TW_RETURN_IF_ERROR(CheckColumn(column));
    for (const auto& [kind, column] : mapping_.identifiers) TW_RETURN_IF_ERROR(CheckColumn(column));
    return {};
  }

  Result<ListedParty> Map(const Row& row) const {
    if (row.fields.size() != header_.fields.size()) {
      return BadInput(std::to_string(row.fields.size()) + " columns where the header has " +
                          std::to_string(header_.fields.size()) + "; the file may be cut off",
                      file_.name, row.line);
    }
    ListedParty party;
    party.list = mapping_.list;
    party.kind = mapping_.kind.value_or(PartyKind::kUnknown);
    TW_RETURN_IF_ERROR(SetKind(row, party));
    TW_RETURN_IF_ERROR(SetDays(row, party));
    AddNames(row, party);
    if (party.names.empty())
      return BadInput("a row without a name", file_.name, row.line, mapping_.columns.at("name"));
    party.id = Cell(row, "id");
    if (party.id.empty() && mapping_.columns.contains("id"))
      return BadInput("a row without an id", file_.name, row.line, mapping_.columns.at("id"));
    AddTexts(row, party);
    if (party.id.empty()) {
      const std::string born = party.birth_dates.empty() ? "" : party.birth_dates[0].text;
      party.id = IdOfParts("row-", {party.names[0].text, born});
    }
    return party;
  }

 private:
  Status CheckColumn(const std::string& column) const {
    if (columns_.Find(column) >= 0) return {};
    return BadInput(
        "the file has no such column; its header is " + JoinHeader() + ", correct the mapping",
        file_.name, header_.line, column);
  }
  std::string JoinHeader() const {
    std::string out;
    for (const auto& field : header_.fields) out += (out.empty() ? "" : ", ") + field;
    return out.substr(0, 300);
  }
  std::string CellOf(const Row& row, const std::string& column) const {
    return std::string(Trim(row.fields[static_cast<size_t>(columns_.Find(column))]));
  }
  std::string Cell(const Row& row, std::string_view field) const {
    const auto found = mapping_.columns.find(field);
    return found == mapping_.columns.end() ? std::string() : CellOf(row, found->second);
  }
  std::vector<std::string> Cells(const Row& row, std::string_view field) const {
    return SplitTrimmed(Cell(row, field), mapping_.separator);
  }

  Status SetKind(const Row& row, ListedParty& party) const {
    const std::string text = Cell(row, "kind");
    if (text.empty()) return {};
    const auto kind = ParsePartyKind(text);
    if (!kind)
      return BadInput("'" + text + "' is no kind of party", file_.name, row.line,
                      mapping_.columns.at("kind"));
    party.kind = *kind;
    return {};
  }

  Status SetDays(const Row& row, ListedParty& party) const {
    for (const auto& [field, day] :
         {std::pair{"listed_on", &party.listed_on}, std::pair{"ends_on", &party.ends_on}}) {
      const std::string text = Cell(row, field);
      if (text.empty()) continue;
      *day = ParseDay(text);
      if (!*day)
        return BadInput("'" + text + "' is no day; write 2024-01-31", file_.name, row.line,
                        mapping_.columns.find(field)->second);
    }
    return {};
  }

  void AddNames(const Row& row, ListedParty& party) const {
    const std::string name = Cell(row, "name");
    if (name.empty()) return;
    party.names.push_back({name, NameStrength::kPrimary, "", "", ""});
    for (auto& alias : Cells(row, "aliases"))
      AddOnce(party.names, Name{std::move(alias), NameStrength::kStrong, "aka", "", ""});
    for (auto& alias : Cells(row, "weak_aliases"))
      AddOnce(party.names, Name{std::move(alias), NameStrength::kWeak, "aka", "", ""});
  }

  void AddTexts(const Row& row, ListedParty& party) const {
    for (const auto& text : Cells(row, "country")) AddCountry(text, party.nationalities);
    for (const auto& text : Cells(row, "birth_date")) {
      if (auto date = ParsePartialDate(text)) AddOnce(party.birth_dates, std::move(*date));
    }
    const std::string gender = Lower(Cell(row, "gender"));
    if (gender == "male" || gender == "female") party.gender = gender;
    if (std::string text = Cell(row, "address"); !text.empty())
      party.addresses.push_back({std::move(text), "", "", "", ""});
    party.programs = Cells(row, "programs");
    party.remarks = Cell(row, "remarks");
    party.title = Cell(row, "title");
    party.citations = Cells(row, "citation");
    party.source_url = Cell(row, "url");
    party.owners = Cells(row, "owners");
    for (const auto& [kind, column] : mapping_.identifiers) {
      for (auto& value : SplitTrimmed(CellOf(row, column), mapping_.separator))
        AddOnce(party.identifiers, Identifier{kind, std::move(value), "", column});
    }
  }

  const Mapping& mapping_;
  const SourceFile& file_;
  Columns columns_;
  const Row& header_;
};

const SourceFile* PartOf(std::span<const SourceFile> files, std::string_view part) {
  for (const auto& file : files) {
    if (file.part == part) return &file;
  }
  return nullptr;
}

}  // namespace

bool IsListName(std::string_view name) {
  return name.size() >= 2 && name.size() <= 40 && name[0] >= 'a' && name[0] <= 'z' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

std::string_view Part(std::string_view) { return {}; }

Result<ParsedList> Parse(std::span<const SourceFile> files) {
  std::vector<ListedParty> parties;
  TW_ASSIGN_OR_RETURN(ParsedList list,
                      Parse(files, [&](const ListedParty& party) { parties.push_back(party); }));
  list.parties = std::move(parties);
  return list;
}

Result<ParsedList> Parse(std::span<const SourceFile> files,
                         const std::function<void(const ListedParty&)>& sink) {
  const SourceFile* file = PartOf(files, "list");
  const SourceFile* map = PartOf(files, "mapping");
  if (file == nullptr || map == nullptr) return BadInput("a CSV needs its mapping; use --map");
  TW_ASSIGN_OR_RETURN(const Mapping mapping, ReadMapping(*map));
  std::string_view bytes = file->bytes;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  ParsedList list;
  list.list = mapping.list;
  list.date = mapping.date;
  std::optional<Row> header;
  std::optional<Mapper> mapper;
  const auto take = [&](Row row) -> Status {
    if (!mapper) {
      header = std::move(row);
      mapper.emplace(mapping, *file, *header);
      return mapper->CheckColumns();
    }
    TW_ASSIGN_OR_RETURN(const auto party, mapper->Map(row));
    CountParty(party, list.counts);
    sink(party);
    return {};
  };
  TW_RETURN_IF_ERROR(ForEachRow(bytes, mapping.delimiter, file->name, take));
  return list;
}

}  // namespace tidewaiter::lists::plain_csv
