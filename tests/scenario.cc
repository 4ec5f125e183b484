// The reader of scenario files. A file is lines; a line is words (quoted text is one word); the
// first word says what the line is. Lines of `background` come before those of every scenario that
// follows, and `<name>` stands for a cell of the row of `examples` at hand. So a case is made in
// two steps: gather its lines, then read them.
#include "scenario.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "base/file.h"
#include "model/role.h"

namespace tidewaiter::scenario {
namespace {

struct Line {
  std::string text;
  uint64_t number = 0;
};

struct Word {
  std::string text;
  bool quoted = false;
};

using Row = std::vector<std::pair<std::string, std::string>>;  // column and cell

struct Block {
  uint64_t line = 0;
  std::string title;
  std::vector<Line> lines;
  std::vector<std::string> columns;
  std::vector<std::pair<uint64_t, std::vector<std::string>>> rows;
};

std::string Trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

// Up to the first # that is not in quotes.
std::string WithoutComment(std::string_view text) {
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == '#' && !quoted) return Trim(text.substr(0, i));
  }
  return Trim(text);
}

std::vector<Word> Words(std::string_view text) {
  std::vector<Word> words;
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] == ' ' || text[i] == '\t' || text[i] == ',') {
      ++i;
    } else if (text[i] == '"') {
      const size_t end = std::min(text.find('"', i + 1), text.size());
      words.push_back({std::string(text.substr(i + 1, end - i - 1)), true});
      i = end + 1;
    } else {
      const size_t end = std::min(text.find_first_of(" \t,", i), text.size());
      words.push_back({std::string(text.substr(i, end - i)), false});
      i = end;
    }
  }
  return words;
}

std::vector<std::string> Split(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  while (true) {
    const size_t end = text.find(separator);
    parts.push_back(Trim(text.substr(0, end)));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

std::optional<double> ParseNumber(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Json Number(double value) {
  const auto whole = static_cast<int64_t>(value);
  return static_cast<double>(whole) == value ? Json(whole) : Json(value);
}

// One value without a source: see the README for the forms.
Json FactValue(const std::string& text) {
  if (text == "true" || text == "false") return Json(text == "true");
  const auto words = Words(text);
  if (words.size() == 1 && words[0].quoted) return Json(words[0].text);
  std::vector<double> numbers;
  size_t i = 0;
  bool range = false;
  for (; i < words.size(); ++i) {
    const auto number = ParseNumber(words[i].text);
    if (number) {
      numbers.push_back(*number);
    } else if (words[i].text == "to" && numbers.size() == 1) {
      range = true;
    } else {
      break;
    }
  }
  const bool has_unit = i + 1 == words.size();
  if (numbers.empty() || (!has_unit && i != words.size())) return Json(text);
  if (numbers.size() == 1 && !range) return has_unit ? Json(text) : Number(numbers[0]);
  Json json;
  if (range && numbers.size() == 2) {
    json.Set("min", Number(numbers[0])).Set("max", Number(numbers[1]));
  } else {
    Json set{Json::Array{}};
    for (const double number : numbers) set.Add(Number(number));
    json.Set("value", std::move(set));
  }
  if (has_unit) json.Set("unit", words[i].text);
  return json;
}

// "46 min says maker; 28 min says laboratory": several readings. Else one value.
Json FactReadings(const std::string& text) {
  if (text.find(" says ") == std::string::npos) return FactValue(text);
  Json list{Json::Array{}};
  for (const auto& part : Split(text, ";")) {
    const auto sides = Split(part, " says ");
    const auto words = Words(sides[0]);
    Json reading;
    const auto number = words.empty() ? std::nullopt : ParseNumber(words[0].text);
    reading.Set("value", number ? Number(*number) : FactValue(sides[0]));
    if (number && words.size() > 1) reading.Set("unit", words[1].text);
    if (sides.size() > 1) reading.Set("source", sides[1]);
    list.Add(std::move(reading));
  }
  return list;
}

// Builds one case from its lines.
class Builder {
 public:
  explicit Builder(Case& made) : made_(made) {}

  Status Add(const Line& line) {
    line_ = &line;
    words_ = Words(line.text);
    at_ = 0;
    if (words_.empty()) return {};
    if (words_[0].text == "expect") return AddExpectation();
    if (words_[0].text == "fact") return AddFact();
    while (at_ < words_.size()) TW_RETURN_IF_ERROR(AddClause());
    return {};
  }

  void Finish() {
    if (!departure_ && !exporter_country_.empty()) order_.Set("departure", exporter_country_);
    if (!destination_ && !first_country_.empty()) order_.Set("destination", first_country_);
    if (!parties_.empty()) order_.Set("parties", Json(std::move(parties_)));
    if (!licenses_.empty()) order_.Set("license", Json(std::move(licenses_)));
    if (!facts_.is_null()) order_.Set("facts", std::move(facts_));
    order_.Set("items", Json(std::move(items_)));
    made_.order = std::move(order_);
  }

 private:
  Error Problem(const std::string& message) const {
    return BadInput(message, made_.file, line_->number, words_.empty() ? "" : words_[0].text);
  }
  bool AtEnd() const { return at_ >= words_.size(); }
  std::string Next() { return AtEnd() ? std::string() : words_[at_++].text; }
  bool Take(std::string_view word) {
    if (AtEnd() || words_[at_].quoted || words_[at_].text != word) return false;
    ++at_;
    return true;
  }
  bool AtQuoted() const { return !AtEnd() && words_[at_].quoted; }

  Status AddClause() {
    const std::string word = Next();
    if (word == "on") return SetText("date");
    if (word == "sells" || word == "item") return AddItem();
    if (word == "to") return AddParty(Next(), true);
    if (word == "departure") return SetPlace("departure", departure_);
    if (word == "destination") return SetPlace("destination", destination_);
    if (word == "origin") return Take("unknown") ? Status() : SetText("origin");
    if (word == "via") return AddVia();
    if (word == "license") return AddLicense();
    if (word == "component") return AddComponent();
    if (ParseRole(word)) return AddParty(word, false);
    return Problem("\"" + word +
                   "\" is no word of scenarios here; tests/scenarios/README.md lists them");
  }

  Status SetText(const char* key) {
    if (AtEnd()) return Problem("a value is missing");
    order_.Set(key, Next());
    return {};
  }

  Status SetPlace(const char* key, bool& given) {
    given = true;
    return Take("unknown") ? Status() : SetText(key);
  }

  Status AddVia() {
    Json via{Json::Array{}};
    while (!AtEnd()) via.Add(Next());
    order_.Set("via", std::move(via));
    return {};
  }

  Status AddLicense() {
    Json license;
    license.Set("authority", Next());
    if (Take("number")) license.Set("number", Next());
    licenses_.push_back(std::move(license));
    return {};
  }

  Status AddParty(const std::string& role, bool recipient) {
    if (!ParseRole(role))
      return Problem("\"" + role + "\" is no role; the roles are " + KnownRoles());
    Json party;
    if (role != "exporter") party.Set("role", role);
    party.Set("name", AtQuoted() ? Next() : std::string("Example Trade"));
    if (Take("in")) {
      const std::string country = Next();
      if (country != "unknown") party.Set("country", country);
      if (recipient && first_country_.empty() && country != "unknown") first_country_ = country;
      if (role == "exporter" && country != "unknown") exporter_country_ = country;
    }
    TW_RETURN_IF_ERROR(AddPartyDetails(party));
    if (role == "exporter") {
      order_.Set("exporter", std::move(party));
    } else {
      parties_.push_back(std::move(party));
    }
    return {};
  }

  Status AddPartyDetails(Json& party) {
    Json identifiers, owners{Json::Array{}};
    while (!AtEnd()) {
      if (Take("with")) {
        const std::string kind = Next();
        identifiers.Set(kind, Next());
      } else if (Take("at")) {
        party.Set("address", Next());
      } else if (Take("owned")) {
        TW_RETURN_IF_ERROR(AddOwner(owners));
      } else {
        break;
      }
    }
    if (!identifiers.is_null()) party.Set("identifiers", std::move(identifiers));
    if (!owners.as_array().empty()) party.Set("owners", std::move(owners));
    return {};
  }

  // owned 51 by "NAME"; owned by "NAME" when the share is not known.
  Status AddOwner(Json& owners) {
    Json owner;
    std::optional<double> share;
    if (!Take("by")) {
      share = ParseNumber(Next());
      if (!share || !Take("by")) return Problem("write: owned 51 by \"NAME\"");
    }
    owner.Set("name", Next());
    if (share) owner.Set("share_percent", Number(*share));
    owners.Add(std::move(owner));
    return {};
  }

  Status AddItem() {
    Json item;
    item.Set("line", static_cast<int64_t>(items_.size() + 1));
    if (!AtEnd() && !AtQuoted()) {
      if (const auto quantity = ParseNumber(words_[at_].text)) {
        item.Set("quantity", Number(*quantity)).Set("unit", "pcs");
        ++at_;
      }
    }
    if (AtQuoted()) item.Set("description", Next());
    while (!AtEnd() && !(words_[at_].text == "to")) TW_RETURN_IF_ERROR(AddItemDetail(item));
    items_.push_back(std::move(item));
    return {};
  }

  Status AddItemDetail(Json& item) {
    const std::string word = Next();
    const std::string value = Next();
    if (value.empty()) return Problem("\"" + word + "\" needs a value");
    if (value == "unknown") return {};
    const auto number = ParseNumber(value);
    if (word == "hs" || word == "eccn" || word == "origin" || word == "currency") {
      item.Set(word, value);
    } else if (number && (word == "value" || word == "net_mass_kg")) {
      item.Set(word, Number(*number));
    } else if (number && word == "edition") {
      item.Set("hs_edition", Number(*number));
    } else {
      return Problem("\"" + word + " " + value + "\" is not known of an item");
    }
    return {};
  }

  Status AddComponent() {
    if (items_.empty()) return Problem("a component belongs to an item; name the item first");
    Json component;
    if (AtQuoted()) component.Set("description", Next());
    while (!AtEnd()) {
      const std::string key = Next();
      const std::string value = Next();
      if (value == "unknown") continue;
      const auto number = ParseNumber(value);
      if (key != "eccn" && key != "origin" && !(key == "value" && number)) {
        return Problem("\"" + key + "\" is not known of a component");
      }
      component.Set(key, key == "value" ? Number(*number) : Json(value));
    }
    Json& item = items_.back();
    if (item.Find("components") == nullptr) item.Set("components", Json{Json::Array{}});
    for (auto& [key, value] : item.as_object()) {
      if (key == "components") value.Add(component);
    }
    return {};
  }

  Status AddFact() {
    if (words_.size() < 3) return Problem("write: fact NAME VALUE");
    const std::string& name = words_[1].text;
    const std::string value =
        Trim(std::string_view(line_->text).substr(line_->text.find(name) + name.size()));
    // `unknown` is the null that an order may state: not known, never false.
    const Json fact = value == "unknown" ? Json() : FactReadings(value);
    if (items_.empty()) {
      facts_.Set(name, fact);
      return {};
    }
    Json& item = items_.back();
    const Json* old = item.Find("facts");
    Json facts = old == nullptr ? Json() : *old;
    facts.Set(name, fact);
    item.Set("facts", std::move(facts));
    return {};
  }

  Status AddExpectation();
  Status ReadRule(Expectation& expected, bool negated);

  Case& made_;
  const Line* line_ = nullptr;
  std::vector<Word> words_;
  size_t at_ = 0;
  Json order_, facts_;
  Json::Array items_, parties_, licenses_;
  std::string exporter_country_, first_country_;
  bool departure_ = false, destination_ = false;
};

// expect [not] KIND ...
Status Builder::AddExpectation() {
  Expectation expected;
  expected.line = line_->number;
  expected.text = line_->text;
  using Kind = Expectation::Kind;
  ++at_;
  const bool negated = Take("no") || Take("not");
  const std::string kind = Next();
  if (kind == "rule") {
    TW_RETURN_IF_ERROR(ReadRule(expected, negated));
  } else if (kind == "outcome") {
    expected.negated = negated || Take("not");
    expected.value = Next();
  } else if (kind == "only") {
    expected.kind = Kind::kOnlyRules;
    while (!AtEnd()) expected.names.push_back(Next());
  } else if (kind == "question" || kind == "questions") {
    expected.kind = negated ? Kind::kNoQuestion : Kind::kQuestion;
    expected.subject = Next();
  } else if (kind == "effect" || kind == "confidence") {
    expected.kind = Kind::kField;
    expected.limb = kind;
    expected.subject = Next();
    expected.value = Next();
  } else if (kind == "standing") {
    expected.kind = negated ? Kind::kNotStanding : Kind::kStanding;
    expected.subject = Next();
  } else if (kind == "answered") {
    expected.kind = Kind::kAnswered;
    expected.subject = Next();
  } else if (kind == "declared") {
    expected.kind = Kind::kDeclared;
    expected.subject = Next();
  } else if (kind == "reason" || kind == "error") {
    expected.kind = kind == "error" ? Kind::kError : Kind::kReason;
    expected.value = Next();
  } else {
    return Problem("\"" + kind + "\" cannot be expected; tests/scenarios/README.md lists what can");
  }
  if (Take("at") && Take("line")) {
    const auto item = ParseNumber(Next());
    if (!item) return Problem("write: at line 2");
    expected.item = static_cast<int64_t>(*item);
  }
  if (!AtEnd()) return Problem("\"" + words_[at_].text + "\" is one word too many");
  made_.expectations.push_back(std::move(expected));
  return {};
}

Status Builder::ReadRule(Expectation& expected, bool negated) {
  expected.kind = Expectation::Kind::kRule;
  expected.subject = Next();
  if (negated) {
    expected.value = "no";
  } else if (Take("applies")) {
    expected.value = "applies";
  } else if (Take("depends")) {
    expected.value = "depends";
    if (Take("on")) {
      expected.exactly = Take("exactly");
      while (!AtEnd() && words_[at_].text != "at") expected.names.push_back(Next());
    }
  } else if (Take("does") && Take("not") && Take("apply")) {
    expected.value = "no";
  } else {
    return Problem("a rule applies, depends, or does not apply");
  }
  if (Take("because")) expected.limb = Next();
  return {};
}

std::string Substitute(std::string text, const Row& row) {
  for (const auto& [column, cell] : row) {
    const std::string mark = "<" + column + ">";
    for (size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + cell.size())) {
      text.replace(at, mark.size(), cell);
    }
  }
  return text;
}

// The blocks of a file, and the lines that come before each.
struct Layout {
  std::vector<Block> blocks;
  std::vector<std::vector<Line>> backgrounds;  // one for each block
  std::vector<std::vector<std::string>> policies;
};

Result<Layout> SplitBlocks(const std::string& text, const std::string& file) {
  Layout layout;
  std::vector<Line> background;
  std::vector<std::string> policies;
  bool in_background = false, in_examples = false;
  uint64_t number = 0;
  for (const auto& raw : Split(text, "\n")) {
    ++number;
    const std::string line = WithoutComment(raw);
    if (line.empty()) continue;
    const auto words = Words(line);
    if (words[0].text == "scenario") {
      in_background = in_examples = false;
      layout.blocks.push_back({number, Trim(line.substr(8)), {}, {}, {}});
      layout.backgrounds.push_back(background);
      layout.policies.push_back(policies);
    } else if (words[0].text == "background") {
      in_background = true;
      background.clear();
    } else if (words[0].text == "policies") {
      policies.clear();
      for (size_t i = 1; i < words.size(); ++i) policies.push_back(words[i].text);
    } else if (in_background) {
      background.push_back({line, number});
    } else if (layout.blocks.empty()) {
      return BadInput("a line before the first scenario; begin with `scenario TITLE`", file, number,
                      words[0].text);
    } else if (line == "examples") {
      in_examples = true;
    } else if (in_examples) {
      Block& block = layout.blocks.back();
      auto cells = Split(line, "|");
      if (block.columns.empty()) {
        block.columns = std::move(cells);
      } else if (cells.size() != block.columns.size()) {
        return BadInput("a row of " + std::to_string(cells.size()) + " cells under " +
                            std::to_string(block.columns.size()) + " columns",
                        file, number, "examples");
      } else {
        block.rows.emplace_back(number, std::move(cells));
      }
    } else {
      layout.blocks.back().lines.push_back({line, number});
    }
  }
  return layout;
}

Result<Case> MakeCase(const Block& block, const std::vector<Line>& background, const Row& row,
                      uint64_t row_line, const std::string& file) {
  Case made;
  made.file = file;
  made.line = block.line;
  made.row = row_line;
  made.title = Substitute(block.title, row);
  Builder builder(made);
  for (const auto* lines : {&background, &block.lines}) {
    for (const auto& line : *lines)
      TW_RETURN_IF_ERROR(builder.Add({Substitute(line.text, row), line.number}));
  }
  builder.Finish();
  if (made.expectations.empty())
    return BadInput("a scenario without `expect` tests nothing", file, block.line);
  return made;
}

}  // namespace

std::string Case::Place() const { return file + ":" + std::to_string(row != 0 ? row : line); }

Result<std::vector<Case>> ParseScenarios(const std::string& text, const std::string& file) {
  TW_ASSIGN_OR_RETURN(const Layout layout, SplitBlocks(text, file));
  std::vector<Case> cases;
  for (size_t i = 0; i < layout.blocks.size(); ++i) {
    const Block& block = layout.blocks[i];
    std::vector<std::pair<uint64_t, Row>> rows;
    for (const auto& [line, cells] : block.rows) {
      rows.emplace_back(line, Row());
      for (size_t k = 0; k < cells.size(); ++k)
        rows.back().second.emplace_back(block.columns[k], cells[k]);
    }
    if (rows.empty()) rows.emplace_back(0, Row());
    for (const auto& [line, row] : rows) {
      TW_ASSIGN_OR_RETURN(Case made, MakeCase(block, layout.backgrounds[i], row, line, file));
      made.policies = layout.policies[i];
      cases.push_back(std::move(made));
    }
  }
  return cases;
}

Result<std::vector<Case>> ReadScenarios(const std::string& folder) {
  TW_ASSIGN_OR_RETURN(const auto files, ListFilesBelow(folder, ".scenario"));
  std::vector<Case> cases;
  for (const auto& file : files) {
    TW_ASSIGN_OR_RETURN(const auto text, ReadFile(file));
    TW_ASSIGN_OR_RETURN(auto some, ParseScenarios(text, file));
    cases.insert(cases.end(), std::make_move_iterator(some.begin()),
                 std::make_move_iterator(some.end()));
  }
  return cases;
}

}  // namespace tidewaiter::scenario
