#include "screen/party_file.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/json.h"
#include "model/country.h"
#include "names/identifiers.h"
#include "tables/intake.h"

namespace tidewaiter::screen {
namespace {

enum Column : size_t {
  kId,
  kName,
  kSchema,
  kCountry,
  kBirthDate,
  kIdentifiers,
  kAddress,
  kEmail,
  kPhone,
  kWebsite,
  kColumns
};

constexpr std::array<std::string_view, kColumns> kColumnNames = {
    "id",          "name",    "schema", "country", "birth_date",
    "identifiers", "address", "email",  "phone",   "website"};

// Words that exports of customer bases use for the same columns.
constexpr std::pair<std::string_view, Column> kOtherNames[] = {{"full_name", kName},
                                                               {"party_name", kName},
                                                               {"company_name", kName},
                                                               {"customer_name", kName},
                                                               {"date_of_birth", kBirthDate},
                                                               {"dob", kBirthDate},
                                                               {"nationality", kCountry},
                                                               {"type", kSchema},
                                                               {"identifier", kIdentifiers},
                                                               {"customer_id", kId},
                                                               {"e_mail", kEmail},
                                                               {"telephone", kPhone},
                                                               {"mobile", kPhone},
                                                               {"web", kWebsite},
                                                               {"url", kWebsite}};

std::string_view Trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string Folded(std::string_view header) {
  std::string out;
  for (const char c : header) {
    if (c == ' ' || c == '-')
      out += '_';
    else
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

// Which column of the file fills which field; a field's own name wins over another word for it.
std::array<int, kColumns> MapColumns(const std::vector<std::string>& header) {
  std::array<int, kColumns> at;
  at.fill(-1);
  for (size_t i = 0; i < header.size(); ++i) {
    for (size_t c = 0; c < kColumns; ++c) {
      if (Folded(header[i]) == kColumnNames[c] && at[c] < 0) at[c] = static_cast<int>(i);
    }
  }
  for (size_t i = 0; i < header.size(); ++i) {
    for (const auto& [word, column] : kOtherNames) {
      if (Folded(header[i]) == word && at[column] < 0) at[column] = static_cast<int>(i);
    }
  }
  return at;
}

// "one@example.test; two@example.test"
void AddContacts(const char* kind, std::string_view text, match::Query& query) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(';'), text.size());
    const std::string_view value = Trimmed(text.substr(0, end));
    if (!value.empty()) query.identifiers.push_back({kind, std::string(value), {}, {}});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

PartyRow MakeRow(uint64_t row, const std::array<std::string, kColumns>& values, bool has_id) {
  PartyRow party;
  party.row = row;
  if (has_id && !values[kId].empty()) party.id = values[kId];
  party.name = values[kName];
  party.query.names = {values[kName]};
  party.problem = FillQuery(values[kSchema], values[kCountry], values[kBirthDate],
                            values[kIdentifiers], values[kAddress], party.query);
  AddContacts("email", values[kEmail], party.query);
  AddContacts("phone", values[kPhone], party.query);
  AddContacts("website", values[kWebsite], party.query);
  return party;
}

class Batches {
 public:
  Batches(size_t size, const std::function<bool(std::vector<PartyRow>)>& take)
      : size_(size), take_(take) {}
  bool Add(PartyRow row) {
    rows_.push_back(std::move(row));
    return rows_.size() < size_ || Flush();
  }
  bool Flush() {
    if (rows_.empty()) return true;
    return take_(std::exchange(rows_, {}));
  }

 private:
  size_t size_;
  const std::function<bool(std::vector<PartyRow>)>& take_;
  std::vector<PartyRow> rows_;
};

Error NoName(const std::string& path) {
  return BadInput(
      "no column `name`; the file needs one (optional: id, schema, country, birth_date, "
      "identifiers, address, email, phone, website)",
      path, 1, "name");
}

// The row of names: the first that has one for the parties' names. A title row may stand before it.
const tables::Record* FindHeader(tables::RowReader& reader, const tables::Dialect& dialect,
                                 const std::string& path, Status& problem) {
  constexpr int kRowsToLookAt = 20;
  for (int i = 0; i < kRowsToLookAt; ++i) {
    const tables::Record* record = reader.Next();
    if (record == nullptr) break;
    if (i == 0 && record->reason != tables::RejectReason::kNone) {
      problem = BadInput("the header cannot be read: " +
                             tables::Explain(record->reason, dialect, record->fields.size()),
                         path, record->line);
      return nullptr;
    }
    const std::vector<std::string> header(record->fields.begin(), record->fields.end());
    if (MapColumns(header)[kName] >= 0) return record;
  }
  problem = NoName(path);
  return nullptr;
}

Status ReadDelimited(const tables::Intake& intake, const std::string& path, Batches& batches) {
  const std::string_view bytes = intake.bytes();
  tables::RowFormat format = intake.format();
  tables::RowReader header_reader(bytes, tables::AfterByteOrderMark(bytes), bytes.size(), 1,
                                  format);
  Status problem;
  const tables::Record* first = FindHeader(header_reader, format.dialect, path, problem);
  if (first == nullptr) return problem;
  const std::vector<std::string> header(first->fields.begin(), first->fields.end());
  const auto at = MapColumns(header);
  format.dialect.columns = static_cast<uint32_t>(header.size());
  tables::RowReader reader(bytes, header_reader.position(), bytes.size(), header_reader.line(),
                           format);
  uint64_t row = 0;
  while (const tables::Record* record = reader.Next()) {
    ++row;
    std::array<std::string, kColumns> values;
    if (record->reason == tables::RejectReason::kNone) {
      for (size_t c = 0; c < kColumns; ++c) {
        if (at[c] >= 0) values[c] = record->fields[static_cast<size_t>(at[c])];
      }
    }
    PartyRow party = MakeRow(row, values, at[kId] >= 0);
    if (record->reason != tables::RejectReason::kNone) {
      party.problem = "line " + std::to_string(record->line) + ": " +
                      tables::Explain(record->reason, format.dialect, record->fields.size());
    }
    if (!batches.Add(std::move(party))) return {};
  }
  batches.Flush();
  return {};
}

std::string ValueText(const Json* value) {
  if (value == nullptr || value->is_null()) return {};
  if (value->is_string()) return value->as_string();
  if (value->is_object()) {
    std::string out;
    for (const auto& [kind, id] : value->as_object())
      out += (out.empty() ? "" : "; ") + kind + ":" + ValueText(&id);
    return out;
  }
  if (value->is_array()) {
    std::string out;
    for (const auto& item : value->as_array()) out += (out.empty() ? "" : "; ") + ValueText(&item);
    return out;
  }
  return value->Dump();
}

PartyRow RowOfJson(uint64_t row, std::string_view line) {
  const auto json = ParseJson(line);
  std::array<std::string, kColumns> values;
  if (!json || !json->is_object()) {
    PartyRow party = MakeRow(row, values, false);
    party.problem =
        "line " + std::to_string(row) + ": " + (json ? "expected an object" : json.error().message);
    return party;
  }
  for (const auto& [word, column] : kOtherNames) values[column] = ValueText(json->Find(word));
  for (size_t c = 0; c < kColumns; ++c) {
    if (const Json* value = json->Find(kColumnNames[c])) values[c] = ValueText(value);
  }
  PartyRow party = MakeRow(row, values, true);
  if (json->Find("name") == nullptr && values[kName].empty())
    party.problem = "line " + std::to_string(row) + ": name: missing";
  return party;
}

Status ReadJsonl(std::string_view bytes, Batches& batches) {
  uint64_t row = 0;
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    const std::string_view line = bytes.substr(0, end);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos &&
        !batches.Add(RowOfJson(++row, line)))
      return {};
    if (end == std::string_view::npos) break;
    bytes.remove_prefix(end + 1);
  }
  batches.Flush();
  return {};
}

}  // namespace

Status ReadPartyFile(const PartyFile& file, size_t batch,
                     const std::function<bool(std::vector<PartyRow>)>& take) {
  Batches batches(batch, take);
  tables::IntakeOptions options;
  options.encoding = file.encoding;
  options.sheet = file.sheet;
  options.threads = file.threads;
  TW_ASSIGN_OR_RETURN(const auto intake, tables::Intake::Open(file.path, options));
  const std::string_view text = intake->bytes();
  const uint64_t start = tables::AfterByteOrderMark(text);
  if (text.find_first_not_of(" \t\r\n", start) == std::string_view::npos)
    return BadInput("the file is empty", file.path);
  return intake->json_lines() ? ReadJsonl(text.substr(start), batches)
                              : ReadDelimited(*intake, file.path, batches);
}

std::vector<Identifier> ParseIdentifiers(std::string_view text) {
  std::vector<Identifier> identifiers;
  while (!text.empty()) {
    const size_t end = text.find(';');
    std::string_view part = Trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (part.empty()) continue;
    const size_t split = part.find_first_of(": ");
    const bool has_kind = split != std::string_view::npos && split > 0;
    std::string kind = has_kind ? Folded(part.substr(0, split)) : "other";
    const std::string_view value = has_kind ? Trimmed(part.substr(split + 1)) : part;
    identifiers.push_back({std::string(names::KindOfWord(kind)), std::string(value), {}, {}});
  }
  return identifiers;
}

std::optional<PartialDate> ParseBirthDate(std::string_view text) {
  if (const auto day = ParseIsoDate(text))
    return PartialDate{{*day, *day}, false, std::string(text)};
  int year = 0, month = 0;
  const auto digits = [](std::string_view part, int& value) {
    const auto parsed = std::from_chars(part.data(), part.data() + part.size(), value);
    return parsed.ec == std::errc() && parsed.ptr == part.data() + part.size();
  };
  if (text.size() == 4 && digits(text, year) && IsValid({year, 1, 1})) {
    return PartialDate{{FromYearMonthDay({year, 1, 1}), FromYearMonthDay({year, 12, 31})},
                       false,
                       std::string(text)};
  }
  if (text.size() == 7 && text[4] == '-' && digits(text.substr(0, 4), year) &&
      digits(text.substr(5), month) && IsValid({year, month, 1})) {
    return PartialDate{{FromYearMonthDay({year, month, 1}),
                        FromYearMonthDay({year, month, DaysInMonth(year, month)})},
                       false,
                       std::string(text)};
  }
  return std::nullopt;
}

std::string FillQuery(std::string_view schema, std::string_view country,
                      std::string_view birth_date, std::string_view identifiers,
                      std::string_view address, match::Query& query) {
  if (const auto kind = ParsePartyKind(Trimmed(schema)))
    query.kind = *kind;
  else
    return "schema: '" + std::string(schema) +
           "' is none of person, organization, vessel, aircraft, unknown";
  // A country that is not understood is no evidence, and no reason to leave a party unscreened.
  if (const auto code = ParseCountry(Trimmed(country))) query.countries = {*code};
  query.birth_date = ParseBirthDate(Trimmed(birth_date));
  query.identifiers = ParseIdentifiers(identifiers);
  if (const auto text = Trimmed(address); !text.empty()) query.addresses = {std::string(text)};
  return {};
}

}  // namespace tidewaiter::screen
