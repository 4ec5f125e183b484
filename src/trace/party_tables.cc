#include "trace/party_tables.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/json.h"
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

struct CountryVotes {
  std::map<std::string, int> stated, inferred;

  // Most mentions win; of equals the first in the alphabet.
  static std::string Winner(const std::map<std::string, int>& votes) {
    std::string winner;
    int most = 0;
    for (const auto& [country, count] : votes) {
      if (count > most) winner = country, most = count;
    }
    return winner;
  }
};

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// One pass over the parties fills all three tables.
class PartyTables {
 public:
  explicit PartyTables(Words unit_words) : unit_words_(std::move(unit_words)) {}

  void Add(const tables::Rows& rows) {
    const std::string entity(rows.Text(0));
    AddCountry(entity, rows);
    const AddressKey address = KeyOfAddress(rows.Text(2), unit_words_);
    if (!address.key.empty()) addresses_.insert({entity, address.key, address.unit_level});
    const auto identifiers = ParseJson(rows.Text(3));
    if (!identifiers || !identifiers->is_object()) return;
    for (const auto& [kind, value] : identifiers->as_object()) {
      if (value.is_string()) identifiers_.insert({entity, kind, value.as_string()});
    }
  }

  Status Write(tables::Connection& connection) const {
    TW_RETURN_IF_ERROR(connection.Run(
        "CREATE TEMP TABLE party_countries (entity VARCHAR, country VARCHAR, basis VARCHAR); "
        "CREATE TEMP TABLE party_identifiers (entity VARCHAR, kind VARCHAR, value VARCHAR); "
        "CREATE TEMP TABLE party_addresses (entity VARCHAR, address_key VARCHAR, unit_level "
        "BOOLEAN)"));
    TW_RETURN_IF_ERROR(WriteCountries(connection));
    TW_RETURN_IF_ERROR(WriteIdentifiers(connection));
    return WriteAddresses(connection);
  }

 private:
  void AddCountry(const std::string& entity, const tables::Rows& rows) {
    auto& vote = votes_[entity];
    if (!rows.IsNull(1)) {
      ++vote.stated[std::string(rows.Text(1))];
    } else if (const auto country = CountryInAddress(rows.Text(2))) {
      ++vote.inferred[*country];
    }
  }

  Status WriteCountries(tables::Connection& connection) const {
    TW_ASSIGN_OR_RETURN(auto appender, connection.Append("party_countries"));
    for (const auto& [entity, vote] : votes_) {
      const bool stated = !vote.stated.empty();
      const std::string country = CountryVotes::Winner(stated ? vote.stated : vote.inferred);
      if (country.empty()) continue;
      appender.Text(0, entity);
      appender.Text(1, country);
      appender.Text(2, stated ? "stated" : "inferred");
      TW_RETURN_IF_ERROR(appender.EndRow());
    }
    return appender.Close();
  }

  Status WriteIdentifiers(tables::Connection& connection) const {
    TW_ASSIGN_OR_RETURN(auto appender, connection.Append("party_identifiers"));
    for (const auto& row : identifiers_) {
      for (size_t i = 0; i < row.size(); ++i) appender.Text(i, row[i]);
      TW_RETURN_IF_ERROR(appender.EndRow());
    }
    return appender.Close();
  }

  Status WriteAddresses(tables::Connection& connection) const {
    TW_ASSIGN_OR_RETURN(auto appender, connection.Append("party_addresses"));
    for (const auto& [entity, key, unit_level] : addresses_) {
      appender.Text(0, entity);
      appender.Text(1, key);
      appender.Boolean(2, unit_level);
      TW_RETURN_IF_ERROR(appender.EndRow());
    }
    return appender.Close();
  }

  Words unit_words_;
  std::map<std::string, CountryVotes> votes_;
  std::set<std::array<std::string, 3>> identifiers_;
  std::set<std::tuple<std::string, std::string, bool>> addresses_;
};

}  // namespace

AddressKey KeyOfAddress(std::string_view address, const Words& unit_words) {
  constexpr size_t kLeastWords = 3;
  AddressKey answer;
  std::set<std::string> words;
  size_t numbers = 0;
  for (const auto& token : text::Tokenize(address)) {
    if (unit_words.contains(token.latin)) {
      answer.unit_level = true;
      continue;
    }
    numbers += words.insert(token.latin).second && HasDigit(token.latin);
  }
  if (words.size() < kLeastWords || numbers == 0) return {};
  answer.unit_level = answer.unit_level || numbers >= 2;
  for (const auto& word : words) answer.key += (answer.key.empty() ? "" : " ") + word;
  return answer;
}

Status MakePartyTables(tables::Connection& connection) {
  Words unit_words;
  TW_ASSIGN_OR_RETURN(auto words, connection.Query("SELECT word FROM unit_words"));
  while (words.Next()) {
    for (const auto& token : text::Tokenize(words.Text(0))) unit_words.insert(token.latin);
  }
  TW_RETURN_IF_ERROR(words.status());
  PartyTables tables(std::move(unit_words));
  TW_ASSIGN_OR_RETURN(auto rows, connection.Query("SELECT entity, country, address, identifiers "
                                                  "FROM parties WHERE entity IS NOT NULL"));
  while (rows.Next()) tables.Add(rows);
  TW_RETURN_IF_ERROR(rows.status());
  return tables.Write(connection);
}

}  // namespace tidewaiter::trace
