#include "trace/reference_tables.h"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "base/file.h"
#include "model/country.h"

namespace tidewaiter::trace {
namespace {

struct MassRange {
  double low = 0, high = 0;
};

double InKilograms(double value, const std::string& unit) {
  return unit == "g" ? value / 1000 : value;
}

std::optional<MassRange> MassOf(const goods::Model& model) {
  std::optional<MassRange> range;
  for (const auto& fact : model.facts) {
    if (fact.name != "weight" && fact.name != "empty_weight" && fact.name != "mtow") continue;
    for (const auto& reading : fact.value.readings) {
      if (reading.kind != FactReading::Kind::kInterval || reading.min <= 0) continue;
      const double low = InKilograms(reading.min, reading.unit),
                   high = InKilograms(reading.max, reading.unit);
      if (!range) range = MassRange{low, high};
      range->low = std::min(range->low, low);
      range->high = std::max(range->high, high);
    }
  }
  return range;
}

Status MakeModels(const goods::Goods* goods, tables::Connection& connection) {
  TW_RETURN_IF_ERROR(
      connection.Run("CREATE TEMP TABLE models (brand VARCHAR, model VARCHAR, component_class "
                     "VARCHAR, mass_low_kg DOUBLE, mass_high_kg DOUBLE)"));
  if (goods == nullptr) return {};
  TW_ASSIGN_OR_RETURN(auto appender, connection.Append("models"));
  for (const auto& model : goods->models()) {
    appender.Text(0, model.brand);
    appender.Text(1, model.model);
    appender.Text(2, model.component_class);
    if (const auto mass = MassOf(model)) {
      appender.Number(3, mass->low);
      appender.Number(4, mass->high);
    }
    TW_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

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

Status MakePartyCountries(tables::Connection& connection) {
  std::map<std::string, CountryVotes> votes;
  TW_ASSIGN_OR_RETURN(
      auto rows,
      connection.Query("SELECT entity, country, address FROM parties WHERE entity IS NOT NULL"));
  while (rows.Next()) {
    auto& vote = votes[std::string(rows.Text(0))];
    if (!rows.IsNull(1)) {
      ++vote.stated[std::string(rows.Text(1))];
    } else if (const auto country = CountryInAddress(rows.Text(2))) {
      ++vote.inferred[*country];
    }
  }
  TW_RETURN_IF_ERROR(rows.status());
  TW_RETURN_IF_ERROR(connection.Run(
      "CREATE TEMP TABLE party_countries (entity VARCHAR, country VARCHAR, basis VARCHAR)"));
  TW_ASSIGN_OR_RETURN(auto appender, connection.Append("party_countries"));
  for (const auto& [entity, vote] : votes) {
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

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// A tab-separated file with a header; lines that begin with # are comments.
Status MakeTable(const std::string& path, tables::Connection& connection) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  std::string name = BaseName(path);
  name.resize(name.size() - 4);
  std::optional<tables::Appender> appender;
  size_t width = 0, line_number = 0;
  for (const auto line : Split(text, '\n')) {
    ++line_number;
    if (line.empty() || line.front() == '#') continue;
    const auto fields = Split(line, '\t');
    if (!appender) {
      std::string columns;
      for (const auto field : fields)
        columns += (columns.empty() ? "" : ", ") + tables::QuoteName(field) + " VARCHAR";
      TW_RETURN_IF_ERROR(
          connection.Run("CREATE TEMP TABLE " + tables::QuoteName(name) + " (" + columns + ")"));
      TW_ASSIGN_OR_RETURN(appender, connection.Append(name));
      width = fields.size();
      continue;
    }
    if (fields.size() != width)
      return BadInput("has not as many fields as the header", path, line_number);
    for (size_t i = 0; i < width; ++i) appender->Text(i, fields[i]);
    TW_RETURN_IF_ERROR(appender->EndRow());
  }
  return appender ? appender->Close() : Status(BadInput("holds no header", path));
}

Status RunFile(const std::string& path, tables::Connection& connection) {
  TW_ASSIGN_OR_RETURN(const std::string sql, ReadFile(path));
  const Status status = connection.Run(sql);
  if (!status) return BadInput(status.error().message, path);
  return {};
}

}  // namespace

Status MakeReferenceTables(const std::string& indicators, const goods::Goods* goods,
                           tables::Connection& connection) {
  TW_RETURN_IF_ERROR(MakeModels(goods, connection));
  TW_RETURN_IF_ERROR(MakePartyCountries(connection));
  TW_RETURN_IF_ERROR(
      connection.Run("CREATE TEMP TABLE data_window AS SELECT min(date) AS first_day, max(date) AS "
                     "last_day FROM lines"));
  TW_ASSIGN_OR_RETURN(const auto tables, ListFilesBelow(JoinPath(indicators, "tables"), ".tsv"));
  for (const auto& path : tables) TW_RETURN_IF_ERROR(MakeTable(path, connection));
  TW_ASSIGN_OR_RETURN(const auto prelude, ListFilesBelow(JoinPath(indicators, "prelude"), ".sql"));
  for (const auto& path : prelude) TW_RETURN_IF_ERROR(RunFile(path, connection));
  return {};
}

}  // namespace tidewaiter::trace
