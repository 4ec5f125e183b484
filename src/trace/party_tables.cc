#include "trace/party_tables.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/parallel.h"
#include "model/country.h"
#include "text/tokenize.h"

namespace tidewaiter::trace {
namespace {

using Words = std::set<std::string, std::less<>>;

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '.')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.remove_suffix(1);
  return text;
}

// Addresses end with the country, or begin with it ("КАЗАХСТАН-Г.АСТАНА-...").
std::optional<std::string> CountryInAddress(std::string_view address) {
  for (const char separator : {',', '-'}) {
    const size_t last = address.rfind(separator), first = address.find(separator);
    if (last == std::string_view::npos) continue;
    for (const auto part : {address.substr(last + 1), address.substr(0, first)}) {
      if (Trim(part).size() < 4)
        continue;  // "LA", "CA" are towns and states more often than countries
      if (auto country = ParseCountry(Trim(part))) return country;
    }
  }
  return std::nullopt;
}

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Houses and rooms have shorter numbers.
bool IsPostalCode(std::string_view word) {
  constexpr size_t kLeastDigits = 5;
  return word.size() >= kLeastDigits && word.find_first_not_of("0123456789") == word.npos;
}

struct AddressFacts {
  AddressKey key;
  std::optional<std::string> country;
};

// Each address is taken apart once, however many parties and spellings give it: by several threads,
// a bounded number at a time.
class AddressReader {
 public:
  AddressReader(AddressWords known, unsigned threads)
      : known_(std::move(known)), threads_(threads) {}

  Status Read(tables::Connection& connection) {
    TW_ASSIGN_OR_RETURN(auto rows, connection.Query("SELECT DISTINCT address FROM parties WHERE "
                                                    "address IS NOT NULL AND entity IS NOT NULL"));
    TW_RETURN_IF_ERROR(
        connection.Run("CREATE TEMP TABLE address_facts (address VARCHAR, address_key VARCHAR, "
                       "unit_level BOOLEAN, country VARCHAR)"));
    TW_ASSIGN_OR_RETURN(auto appender, connection.Append("address_facts"));
    while (rows.Next()) {
      batch_.emplace_back(rows.Text(0));
      if (batch_.size() == kBatch) TW_RETURN_IF_ERROR(Flush(appender));
    }
    TW_RETURN_IF_ERROR(rows.status());
    TW_RETURN_IF_ERROR(Flush(appender));
    return appender.Close();
  }

 private:
  static constexpr size_t kBatch = 16384, kBlock = 256;

  Status Flush(tables::Appender& appender) {
    facts_.assign(batch_.size(), {});
    ParallelFor(batch_.size(), threads_, kBlock, [&](size_t i) {
      facts_[i] = {KeyOfAddress(batch_[i], known_), CountryInAddress(batch_[i])};
    });
    for (size_t i = 0; i < batch_.size(); ++i) {
      appender.Text(0, batch_[i]);
      if (!facts_[i].key.key.empty()) appender.Text(1, facts_[i].key.key);
      appender.Boolean(2, facts_[i].key.unit_level);
      if (facts_[i].country) appender.Text(3, *facts_[i].country);
      TW_RETURN_IF_ERROR(appender.EndRow());
    }
    batch_.clear();
    return {};
  }

  AddressWords known_;
  unsigned threads_;
  std::vector<std::string> batch_;
  std::vector<AddressFacts> facts_;
};

Status ReadIdentifiers(tables::Connection& connection) {
  TW_ASSIGN_OR_RETURN(auto rows,
                      connection.Query("SELECT DISTINCT entity, identifiers FROM parties WHERE "
                                       "identifiers IS NOT NULL AND entity IS NOT NULL"));
  TW_RETURN_IF_ERROR(connection.Run(
      "CREATE TEMP TABLE stated_identifiers (entity VARCHAR, kind VARCHAR, value VARCHAR)"));
  TW_ASSIGN_OR_RETURN(auto appender, connection.Append("stated_identifiers"));
  while (rows.Next()) {
    const auto identifiers = ParseJson(rows.Text(1));
    if (!identifiers || !identifiers->is_object()) continue;
    for (const auto& [kind, value] : identifiers->as_object()) {
      if (!value.is_string()) continue;
      appender.Text(0, rows.Text(0));
      appender.Text(1, kind);
      appender.Text(2, value.as_string());
      TW_RETURN_IF_ERROR(appender.EndRow());
    }
  }
  TW_RETURN_IF_ERROR(rows.status());
  return appender.Close();
}

Result<Words> ReadWords(const std::string& table, tables::Connection& connection) {
  Words words;
  TW_ASSIGN_OR_RETURN(auto rows, connection.Query("SELECT word FROM " + table));
  while (rows.Next()) {
    for (const auto& token : text::Tokenize(rows.Text(0))) words.insert(token.latin);
  }
  TW_RETURN_IF_ERROR(rows.status());
  return words;
}

// A country that is stated goes before one that an address implies; most mentions win, and of
// equals the first in the alphabet.
constexpr const char* kTables =
    "CREATE TEMP TABLE party_countries AS "
    "WITH votes AS ("
    "  SELECT p.entity, coalesce(p.country, a.country) AS country,"
    "    CASE WHEN p.country IS NULL THEN 'inferred' ELSE 'stated' END AS basis"
    "  FROM parties p LEFT JOIN address_facts a ON a.address = p.address"
    "  WHERE p.entity IS NOT NULL AND coalesce(p.country, a.country) IS NOT NULL), "
    "counts AS (SELECT entity, country, basis, count(*) AS n FROM votes GROUP BY ALL), "
    "ranked AS (SELECT *, row_number() OVER ("
    "    PARTITION BY entity ORDER BY basis DESC, n DESC, country) AS place FROM counts) "
    "SELECT entity, country, basis FROM ranked WHERE place = 1; "
    "CREATE TEMP TABLE party_addresses AS "
    "SELECT DISTINCT p.entity, a.address_key, a.unit_level FROM parties p "
    "JOIN address_facts a ON a.address = p.address "
    "WHERE p.entity IS NOT NULL AND a.address_key IS NOT NULL; "
    "CREATE TEMP TABLE party_identifiers AS SELECT DISTINCT * FROM stated_identifiers; "
    "DROP TABLE address_facts; DROP TABLE stated_identifiers";

}  // namespace

AddressKey KeyOfAddress(std::string_view address, const AddressWords& known) {
  constexpr size_t kLeastWords = 3;
  AddressKey answer;
  std::set<std::string> words;
  size_t numbers = 0, telling = 0;
  bool of_building = false;
  for (const auto& token : text::Tokenize(address)) {
    if (known.unit.contains(token.latin)) {
      answer.unit_level = true;
      continue;
    }
    if (words.insert(token.latin).second && HasDigit(token.latin)) {
      ++numbers;
      telling += !of_building && !IsPostalCode(token.latin);
    }
    of_building = known.building.contains(token.latin);
  }
  if (words.size() < kLeastWords || numbers == 0) return {};
  answer.unit_level = answer.unit_level || telling >= 2;
  for (const auto& word : words) answer.key += (answer.key.empty() ? "" : " ") + word;
  return answer;
}

Status MakePartyTables(unsigned threads, tables::Connection& connection) {
  AddressWords known;
  TW_ASSIGN_OR_RETURN(known.unit, ReadWords("unit_words", connection));
  TW_ASSIGN_OR_RETURN(known.building, ReadWords("building_words", connection));
  TW_RETURN_IF_ERROR(AddressReader(std::move(known), threads).Read(connection));
  TW_RETURN_IF_ERROR(ReadIdentifiers(connection));
  return connection.Run(kTables);
}

}  // namespace tidewaiter::trace
