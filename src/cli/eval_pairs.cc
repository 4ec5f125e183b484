#include "cli/eval_pairs.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <vector>

#include "base/json.h"
#include "base/parallel.h"
#include "model/country.h"
#include "tables/csv.h"

namespace tidewaiter::cli {
namespace {

std::string FourDecimals(double score) {
  char text[16];
  std::snprintf(text, sizeof text, "%.4f", score);
  return text;
}

// "1962", "Feb 1962", "18 Feb 1962", "1962-02-18", "circa 1962": what the labelled sets write.
std::optional<PartialDate> ParseBirthDate(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '/' || c == ',')
      words.emplace_back();
    else
      words.back() += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  int year = 0, month = 0, day = 0;
  std::vector<int> small;
  PartialDate out;
  for (const std::string& word : words) {
    const bool number = !word.empty() && std::all_of(word.begin(), word.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    if (number && word.size() == 4 && year == 0)
      year = std::stoi(word);
    else if (number && word.size() <= 2)
      small.push_back(std::stoi(word));
    else if (word.starts_with("circa") || word == "c." || word == "approximately")
      out.circa = true;
    for (size_t m = 0; m < kMonths.size(); ++m) {
      if (word.starts_with(kMonths[m])) month = static_cast<int>(m) + 1;
    }
  }
  if (year == 0) return std::nullopt;
  if (month == 0 && small.size() == 2)
    month = small[0], day = small[1];
  else if (month != 0 && !small.empty())
    day = small[0];
  out.text = std::string(text);
  const YearMonthDay from{year, month == 0 ? 1 : month, day == 0 ? 1 : day};
  const YearMonthDay to{year, month == 0 ? 12 : month,
                        day != 0 ? day : DaysInMonth(year, month == 0 ? 12 : month)};
  if (!IsValid(from) || !IsValid(to)) return std::nullopt;
  out.days = {FromYearMonthDay(from), FromYearMonthDay(to)};
  return out;
}

std::vector<std::string> Texts(const Json& object, std::string_view key) {
  std::vector<std::string> out;
  const Json* value = object.Find(key);
  if (value != nullptr && value->is_array()) {
    for (const Json& item : value->as_array()) {
      if (item.is_string()) out.push_back(item.as_string());
    }
  }
  return out;
}

// "Tax ID No. 1234 (Russia)": the words before the number are its kind.
Identifier ParseIdentifier(const std::string& text) {
  Identifier out;
  out.kind = "other";
  std::string lower = text;
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kKinds = {
      {{"passport", "passport"},
       {"imo", "imo"},
       {"swift", "bic"},
       {"bic", "bic"},
       {"tax", "tax_id"},
       {"national", "national_id"},
       {"identification", "national_id"},
       {"registration", "registration"},
       {"inn", "inn"},
       {"ogrn", "ogrn"},
       {"mmsi", "mmsi"},
       {"license", "driver_license"}}};
  for (const auto& [word, kind] : kKinds) {
    if (lower.find(word) != std::string::npos) {
      out.kind = kind;
      break;
    }
  }
  // The word with the most digits.
  std::string word, best;
  size_t most = 0;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != ' ' && text[i] != '(' && text[i] != ')' && text[i] != ';' &&
        text[i] != ',') {
      word += text[i];
      continue;
    }
    const auto digits = static_cast<size_t>(
        std::count_if(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; }));
    if (digits > most) most = digits, best = word;
    word.clear();
  }
  out.value = best.empty() ? text : best;
  out.label = text;
  return out;
}

match::Query QueryOf(const Json& object) {
  match::Query query;
  query.names = Texts(object, "names");
  const std::string type(object.StringOr("type"));
  query.kind = type == "individual" ? PartyKind::kPerson
               : type == "entity"   ? PartyKind::kOrganization
                                    : ParsePartyKind(type).value_or(PartyKind::kUnknown);
  for (const std::string& nationality : Texts(object, "nationality")) {
    if (const auto country = ParseCountry(nationality)) query.countries.push_back(*country);
  }
  for (const std::string& identifier : Texts(object, "ids"))
    query.identifiers.push_back(ParseIdentifier(identifier));
  for (const std::string& text : Texts(object, "dob")) {
    if (auto date = ParseBirthDate(text)) query.birth_dates.push_back(std::move(*date));
  }
  return query;
}

Result<std::string> ScoreJsonLines(std::string_view bytes, const std::string& file,
                                   const match::PairScorer& scorer, unsigned threads) {
  std::vector<std::string_view> lines;
  while (!bytes.empty()) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    lines.push_back(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  std::vector<std::string> out(lines.size()), problems(lines.size());
  ParallelFor(lines.size(), threads, 16, [&](size_t i) {
    if (lines[i].find_first_not_of(" \r\t") == std::string_view::npos) return;
    auto json = ParseJson(lines[i]);
    if (!json) {
      problems[i] = json.error().message;
      return;
    }
    const Json* left = json->Find("left");
    const Json* right = json->Find("right");
    if (left == nullptr || right == nullptr) {
      problems[i] = "needs `left` and `right`";
      return;
    }
    json->Set("score", scorer.Score(QueryOf(*left), QueryOf(*right)));
    out[i] = json->Dump() + "\n";
  });
  std::string text;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!problems[i].empty()) return BadInput(problems[i], file, i + 1);
    text += out[i];
  }
  return text;
}

struct Columns {
  int schema = -1, name1 = -1, name2 = -1, score = -1;
};

Result<std::string> ScoreCsv(std::string_view bytes, const std::string& file,
                             const match::PairScorer& scorer, unsigned threads) {
  const uint64_t from = tables::AfterByteOrderMark(bytes);
  tables::CsvReader reader(bytes, from, bytes.size(), 1, {});
  std::vector<std::vector<std::string>> rows;
  while (const tables::Record* record = reader.Next()) {
    if (record->reason != tables::RejectReason::kNone) {
      return BadInput(tables::Explain(record->reason, {}, record->fields.size()), file,
                      record->line);
    }
    rows.emplace_back(record->fields.begin(), record->fields.end());
  }
  if (rows.empty()) return BadInput("is empty; it needs the columns schema, name1, name2", file);
  Columns columns;
  for (size_t i = 0; i < rows[0].size(); ++i) {
    const std::string& name = rows[0][i];
    if (name == "schema") columns.schema = static_cast<int>(i);
    if (name == "name1") columns.name1 = static_cast<int>(i);
    if (name == "name2") columns.name2 = static_cast<int>(i);
  }
  if (columns.name1 < 0 || columns.name2 < 0)
    return BadInput("has no columns name1 and name2", file, 1);
  std::vector<double> scores(rows.size());
  ParallelFor(rows.size() - 1, threads, 64, [&](size_t i) {
    const auto& row = rows[i + 1];
    const auto field = [&](int column) {
      return column >= 0 && static_cast<size_t>(column) < row.size()
                 ? row[static_cast<size_t>(column)]
                 : std::string();
    };
    match::Query left, right;
    left.kind = right.kind = ParsePartyKind(field(columns.schema)).value_or(PartyKind::kUnknown);
    left.names = {field(columns.name1)};
    right.names = {field(columns.name2)};
    scores[i + 1] = scorer.Score(left, right);
  });
  std::string out;
  for (size_t i = 0; i < rows.size(); ++i) {
    for (const std::string& field : rows[i]) {
      tables::AppendCsvField(field, out);
      out += ',';
    }
    out += (i == 0 ? "score" : FourDecimals(scores[i])) + "\n";
  }
  return out;
}

}  // namespace

Result<std::string> ScorePairs(std::string_view bytes, const std::string& file,
                               const match::PairScorer& scorer, unsigned threads) {
  const size_t first = bytes.find_first_not_of(" \r\n\t");
  const bool json = first != std::string_view::npos && bytes[first] == '{';
  return json ? ScoreJsonLines(bytes, file, scorer, threads)
              : ScoreCsv(bytes, file, scorer, threads);
}

}  // namespace tidewaiter::cli
