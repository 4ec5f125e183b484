#include "evidence/disputes.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/file.h"
#include "base/yaml.h"
#include "model/country.h"
#include "tables/duckdb.h"

namespace tidewaiter::evidence {
namespace {

constexpr int64_t kLargestRowNumber = 1'000'000'000'000;
constexpr std::array<std::string_view, 4> kTypes = {"identity", "role", "brand", "quantity"};
constexpr std::array<std::string_view, 3> kStatuses = {"open", "upheld", "withdrawn"};

template <size_t kCount>
Status CheckWord(const YamlNode& node, std::string_view key, const std::string& word,
                 const std::array<std::string_view, kCount>& known) {
  if (std::find(known.begin(), known.end(), word) != known.end()) return {};
  std::string all;
  for (const auto one : known) all += (all.empty() ? "" : ", ") + std::string(one);
  return node.Problem("'" + word + "' is none of " + all, std::string(key));
}

Result<std::optional<Date>> DayIfAny(const YamlNode& node, std::string_view key) {
  const YamlNode* found = node.Find(key);
  if (found == nullptr || found->is_null()) return std::optional<Date>();
  TW_ASSIGN_OR_RETURN(const Date day, found->Day());
  return std::optional<Date>(day);
}

Status ReadRowNumbers(const YamlNode& node, DisputedRows& rows) {
  const YamlNode* numbers = node.Find("row_numbers");
  if (numbers == nullptr) return {};
  for (const YamlNode& item : numbers->items) {
    TW_ASSIGN_OR_RETURN(const int64_t number, item.Whole(1, kLargestRowNumber));
    rows.row_numbers.push_back(static_cast<uint64_t>(number));
  }
  if (rows.source.empty()) return node.Problem("row_numbers need the source they are of", "source");
  return {};
}

Result<DisputedRows> ReadRows(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys(
      {"party", "roles", "brand", "destination", "from", "to", "source", "row_numbers"}));
  if (node.members.empty()) return node.Problem("would dispute every row", "rows");
  for (const auto& [key, value] : node.members) {
    // A key without a value would widen the dispute to rows that nobody meant.
    const bool says_nothing = value.is_null() || (value.is_scalar() && value.scalar.empty()) ||
                              (value.is_sequence() && value.items.empty());
    if (says_nothing) return value.Problem("is empty; say which, or leave it out", key);
  }
  DisputedRows rows;
  TW_ASSIGN_OR_RETURN(rows.party, TextOr(node, "party"));
  TW_ASSIGN_OR_RETURN(rows.brand, TextOr(node, "brand"));
  TW_ASSIGN_OR_RETURN(rows.source, TextOr(node, "source"));
  TW_ASSIGN_OR_RETURN(rows.destination, TextOr(node, "destination"));
  if (!rows.destination.empty() && ParseCountry(rows.destination) != rows.destination)
    return node.Problem("'" + rows.destination + "' is no ISO code of a country", "destination");
  TW_ASSIGN_OR_RETURN(const auto roles, TextsIfAny(node, "roles"));
  for (const auto& text : roles) {
    const auto role = ParseRole(text);
    if (!role) return node.Problem("unknown role '" + text + "'; known: " + KnownRoles(), "roles");
    rows.roles.push_back(*role);
  }
  if (!rows.roles.empty() && rows.party.empty())
    return node.Problem("roles need the party that stands in them", "party");
  TW_ASSIGN_OR_RETURN(rows.from, DayIfAny(node, "from"));
  TW_ASSIGN_OR_RETURN(rows.to, DayIfAny(node, "to"));
  TW_RETURN_IF_ERROR(ReadRowNumbers(node, rows));
  return rows;
}

Result<Dispute> ReadDispute(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"id", "type", "by", "date", "says", "status", "rows"}));
  Dispute dispute;
  TW_ASSIGN_OR_RETURN(dispute.id, TextOr(node, "id"));
  TW_ASSIGN_OR_RETURN(dispute.by, TextOr(node, "by"));
  TW_ASSIGN_OR_RETURN(dispute.says, TextOr(node, "says"));
  TW_ASSIGN_OR_RETURN(dispute.type, TextOr(node, "type"));
  TW_ASSIGN_OR_RETURN(dispute.status, TextOr(node, "status", "open"));
  TW_ASSIGN_OR_RETURN(dispute.date, DayIfAny(node, "date"));
  if (dispute.id.empty()) return node.Problem("missing", "id");
  if (dispute.by.empty()) return node.Problem("missing: who disputes it", "by");
  TW_RETURN_IF_ERROR(CheckWord(node, "type", dispute.type, kTypes));
  TW_RETURN_IF_ERROR(CheckWord(node, "status", dispute.status, kStatuses));
  const YamlNode* rows = node.Find("rows");
  if (rows == nullptr) return node.Problem("missing: which rows it is about", "rows");
  TW_ASSIGN_OR_RETURN(dispute.rows, ReadRows(*rows));
  return dispute;
}

std::string And(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "(" : " AND ") + part;
  return out + ")";
}

}  // namespace

Result<Disputes> ParseDisputes(std::string_view text, const std::string& file) {
  Disputes disputes;
  disputes.text = text;
  TW_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, file));
  TW_RETURN_IF_ERROR(root.CheckKeys({"disputes"}));
  const YamlNode* list = root.Find("disputes");
  if (list == nullptr || !list->is_sequence())
    return root.Problem("there is no list of disputes", "disputes");
  std::set<std::string> ids;
  for (const YamlNode& item : list->items) {
    TW_ASSIGN_OR_RETURN(Dispute dispute, ReadDispute(item));
    if (!ids.insert(dispute.id).second)
      return item.Problem("two disputes have the id " + dispute.id, "id");
    disputes.all.push_back(std::move(dispute));
  }
  return disputes;
}

Result<Disputes> ReadDisputes(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ParseDisputes(text, path);
}

std::string WhereParty(const std::string& party, const std::vector<Role>& roles) {
  const std::string quoted = tables::QuoteText(party);
  std::string out;
  for (const Role role : roles) {
    const std::string column(ToString(role));
    out += (out.empty() ? "(" : " OR ") + column + "_entity = " + quoted + " OR lower(" + column +
           ") = lower(" + quoted + ")";
  }
  // Of a null the comparison is null: nobody there is not this party.
  return "coalesce(" + out + "), false)";
}

std::string WhereDisputed(const DisputedRows& rows) {
  std::vector<std::string> parts;
  if (!rows.party.empty()) {
    const auto& all = AllRoles();
    parts.push_back(WhereParty(
        rows.party, rows.roles.empty() ? std::vector<Role>(all.begin(), all.end()) : rows.roles));
  }
  const auto equals = [&](const std::string& column, const std::string& value) {
    if (!value.empty())
      parts.push_back("coalesce(lower(" + column + ") = lower(" + tables::QuoteText(value) +
                      "), false)");
  };
  equals("brand", rows.brand);
  equals("destination", rows.destination);
  equals("source", rows.source);
  if (rows.from) parts.push_back("coalesce(date >= DATE '" + ToString(*rows.from) + "', false)");
  if (rows.to) parts.push_back("coalesce(date <= DATE '" + ToString(*rows.to) + "', false)");
  if (!rows.row_numbers.empty()) {
    std::string numbers;
    for (const uint64_t number : rows.row_numbers)
      numbers += (numbers.empty() ? "" : ", ") + std::to_string(number);
    parts.push_back("\"row\" IN (" + numbers + ")");
  }
  return And(parts);
}

}  // namespace tidewaiter::evidence
