#include "report/island.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/json.h"
#include "model/country.h"

namespace tidewaiter::report {
namespace {

constexpr size_t kLongestDescription = 400;  // the raw record has all of it

// Data in the order in which page.js reads it: change both together.
class Island {
 public:
  Island(const Writer& writer, size_t record_bytes)
      : writer_(writer), page_(writer.page()), record_bytes_(record_bytes) {}

  std::string Write() {
    Json data;
    data.Set("synthetic", writer_.synthetic());
    data.Set("inputs", Inputs());
    data.Set("rows", Rows());
    data.Set("sets", Sets());
    data.Set("verdicts", Verdicts());
    data.Set("countries", Countries());
    data.Set("t", std::move(texts_));
    return EscapeMarkup(data.Dump());
  }

 private:
  // Inside a JSON text these three occur in strings only.
  static std::string EscapeMarkup(const std::string& json) {
    std::string out;
    out.reserve(json.size());
    for (const char c : json) {
      if (c == '<') {
        out += "\\u003c";
      } else if (c == '>') {
        out += "\\u003e";
      } else if (c == '&') {
        out += "\\u0026";
      } else {
        out += c;
      }
    }
    return out;
  }

  int64_t Text(std::string_view text) {
    const auto [place, is_new] = numbers_.try_emplace(Clean(text), texts_.size());
    if (is_new) texts_.push_back(place->first);
    return static_cast<int64_t>(place->second);
  }
  Json Data(std::string_view text) { return Text(writer_.mask().Text(text)); }

  template <typename Item, typename Show>
  static Json List(const std::vector<Item>& items, const Show& show) {
    Json::Array out;
    for (const Item& item : items) out.push_back(show(item));
    return out;
  }

  Json Inputs() {
    return List(page_.inputs, [&](const Input& input) {
      Json out;
      out.Set("name", Clean(input.name));
      out.Set("columns",
              List(input.columns, [](const std::string& c) -> Json { return Clean(c); }));
      return out;
    });
  }

  Json Rows() {
    std::map<RowReference, const Line*> lines;
    for (const Line& line : FirstOf(page_.lines, kListedLines)) lines.emplace(line.row, &line);
    Json::Array out;
    for (const Row* row : writer_.embedded().rows()) {
      const auto line = lines.find(row->reference);
      out.push_back(RowData(*row, line == lines.end() ? nullptr : line->second));
    }
    return out;
  }

  static Json Number(const std::optional<double>& number) {
    return number ? Json(*number) : Json();
  }

  Json RowData(const Row& row, const Line* line) {
    Json::Array out = {static_cast<int64_t>(row.reference.source),
                       static_cast<int64_t>(row.reference.row),
                       static_cast<int64_t>(row.offset),
                       static_cast<int64_t>(row.length),
                       Clean(row.hash),
                       Text(row.date ? ToString(*row.date) : std::string())};
    for (const std::string* text : {&row.declaration, &row.hs}) out.push_back(Data(*text));
    out.push_back(Text(Shorten(writer_.mask().Text(row.description), kLongestDescription)));
    for (const std::string* text : {&row.brand, &row.model, &row.component_class})
      out.push_back(Text(*text));
    out.push_back(Number(row.quantity));
    out.push_back(Text(row.unit));
    out.push_back(Number(row.net_mass_kg));
    out.push_back(Number(row.value));
    out.push_back(Text(row.currency));
    out.push_back(Number(row.value_usd));
    for (const std::string* code : {&row.origin, &row.departure, &row.destination}) {
      countries_.insert(*code);
      out.push_back(Text(*code));
    }
    out.push_back(List(row.parties, [&](const RowParty& party) { return PartyData(party); }));
    out.push_back(line == nullptr ? Json() : LineData(*line));
    out.push_back(Record(row));
    return out;
  }

  Json PartyData(const RowParty& party) {
    countries_.insert(party.country);
    return Json::Array{Text(RoleInWords(ToString(party.role))),
                       Text(writer_.mask().Name(party.name)), Text(party.country)};
  }

  static Json LineData(const Line& line) {
    return Json::Array{
        static_cast<int64_t>(line.verdict),
        List(line.hits, [](uint32_t hit) -> Json { return static_cast<int64_t>(hit); })};
  }

  // The record as it stands. Left out (0) where it names a masked person, in whatever script;
  // absent (null) when there is no more room.
  Json Record(const Row& row) {
    const bool hidden =
        std::any_of(row.parties.begin(), row.parties.end(),
                    [&](const RowParty& party) { return writer_.mask().Hides(party.name); });
    if (hidden) return 0;
    size_t size = 0;
    for (const std::string& cell : row.cells) size += cell.size() + 6;
    if (row.cells.empty() || size > record_bytes_) return Json();
    record_bytes_ -= size;
    return List(row.cells, [&](const std::string& cell) { return Data(cell); });
  }

  Json Sets() {
    return List(writer_.sets(), [&](const NamedSet& named) {
      Json out;
      out.Set("n", static_cast<int64_t>(named.set->count));
      out.Set("title", Clean(writer_.mask().Text(named.title)));
      out.Set("hash", Clean(named.set->hash));
      out.Set("query", Clean(writer_.mask().Text(named.set->query)));
      const auto indices = writer_.embedded().IndicesOf(*named.set);
      if (indices)
        out.Set("rows", List(*indices, [](uint32_t i) -> Json { return static_cast<int64_t>(i); }));
      return out;
    });
  }

  Json Verdicts() {
    return List(page_.verdicts, [&](const Verdict& verdict) {
      Json out;
      out.Set("outcome", ToString(verdict.outcome));
      out.Set("reasons", Sentences(verdict.reasons));
      out.Set("rules", List(verdict.rules, [&](const RuleUse& use) { return UseData(use); }));
      out.Set("standing", Sentences(verdict.standing));
      return out;
    });
  }

  Json UseData(const RuleUse& use) {
    Json out;
    out.Set("id", Clean(use.rule));
    out.Set("anchor", Anchor("rule", use.rule));
    out.Set("status", use.answered ? std::string_view("licensed") : ToString(use.status));
    out.Set("because", Sentences(use.because));
    out.Set("facts", Sentences(use.depends_on));
    return out;
  }

  Json Sentences(const std::vector<std::string>& sentences) {
    return List(sentences, [&](const std::string& sentence) { return Data(sentence); });
  }

  Json Countries() {
    Json::Object out;
    for (const std::string& code : countries_) {
      if (!code.empty()) out.emplace_back(Clean(code), Clean(CountryName(code)));
    }
    return out;
  }

  const Writer& writer_;
  const Page& page_;
  size_t record_bytes_;
  std::map<std::string, size_t, std::less<>> numbers_;
  Json::Array texts_;
  std::set<std::string> countries_;
};

}  // namespace

std::string DataIsland(const Writer& writer, size_t record_bytes) {
  return Island(writer, record_bytes).Write();
}

}  // namespace tidewaiter::report
