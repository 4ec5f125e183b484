#include "synth/vocabulary.h"

#include <cassert>
#include <charconv>

#include "base/file.h"
#include "base/yaml.h"

namespace tidewaiter::synth {
namespace {

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// A table of the data folder: rows of fields, with what is needed to complain about one.
struct Row {
  std::string file;
  uint64_t line = 0;
  std::vector<std::string_view> fields;

  Result<int64_t> Number(size_t i) const {
    int64_t value = 0;
    const auto text = fields[i];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
      return BadInput("\"" + std::string(text) + "\" is no whole number", file, line);
    }
    return value;
  }
};

Result<std::vector<Row>> Rows(const std::string& text, const std::string& file, size_t width) {
  std::vector<Row> rows;
  uint64_t line = 0;
  for (const auto text_line : Split(text, '\n')) {
    ++line;
    if (text_line.empty() || text_line.front() == '#') continue;
    rows.push_back({file, line, Split(text_line, '\t')});
    if (rows.back().fields.size() != width) {
      return BadInput("has " + std::to_string(rows.back().fields.size()) + " fields, not " +
                          std::to_string(width) + "; separate them with tabs",
                      file, line);
    }
  }
  return rows;
}

Result<std::array<Words, 3>> Syllables(const YamlNode& node) {
  std::array<Words, 3> out;
  if (!node.is_sequence() || node.items.size() != 3)
    return node.Problem("is not three lists of syllables");
  for (size_t i = 0; i < 3; ++i) {
    TW_ASSIGN_OR_RETURN(out[i], node.items[i].Texts());
  }
  return out;
}

Result<Coin> ReadCoin(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"latin", "local"}));
  Coin coin;
  const auto* latin = node.Find("latin");
  if (latin == nullptr) return node.Problem("has no syllables", "latin");
  TW_ASSIGN_OR_RETURN(coin.latin, Syllables(*latin));
  if (const auto* local = node.Find("local")) {
    TW_ASSIGN_OR_RETURN(coin.local, Syllables(*local));
    for (size_t i = 0; i < 3; ++i) {
      if (coin.local[i].size() != coin.latin[i].size())
        return local->Problem("differs in length from latin");
    }
  }
  return coin;
}

Result<CodeKind> ReadCode(const YamlNode& node) {
  TW_ASSIGN_OR_RETURN(const std::string text, TextOr(node, "code", "none"));
  if (text == "none") return CodeKind::kNone;
  if (text == "inn") return CodeKind::kInn;
  if (text == "bin") return CodeKind::kBin;
  if (text == "uscc") return CodeKind::kUscc;
  return node.Problem("\"" + text + "\" is no kind of number; use inn, bin, uscc or none", "code");
}

Result<Script> ReadScript(const YamlNode& node) {
  TW_ASSIGN_OR_RETURN(const std::string text, TextOr(node, "script", "latin"));
  if (text == "latin") return Script::kLatin;
  if (text == "russian") return Script::kRussian;
  if (text == "chinese") return Script::kChinese;
  return node.Problem("\"" + text + "\" is no script; use latin, russian or chinese", "script");
}

Status ReadWords(const YamlNode& node, Country& country) {
  TW_ASSIGN_OR_RETURN(country.forms, TextsIfAny(node, "forms"));
  TW_ASSIGN_OR_RETURN(country.words, TextsIfAny(node, "words"));
  TW_ASSIGN_OR_RETURN(country.cities, TextsIfAny(node, "cities"));
  TW_ASSIGN_OR_RETURN(country.local_forms, TextsIfAny(node, "local_forms"));
  TW_ASSIGN_OR_RETURN(country.local_words, TextsIfAny(node, "local_words"));
  TW_ASSIGN_OR_RETURN(country.local_cities, TextsIfAny(node, "local_cities"));
  TW_ASSIGN_OR_RETURN(country.street, TextOr(node, "street"));
  TW_ASSIGN_OR_RETURN(country.local_street, TextOr(node, "local_street"));
  TW_ASSIGN_OR_RETURN(country.name, TextOr(node, "name"));
  TW_ASSIGN_OR_RETURN(country.local_name, TextOr(node, "local_name"));
  TW_ASSIGN_OR_RETURN(country.russian_name, TextOr(node, "russian_name"));
  TW_ASSIGN_OR_RETURN(country.russian_cities, TextsIfAny(node, "russian_cities"));
  if (country.forms.size() != 4 || country.words.empty() || country.cities.empty()) {
    return node.Problem("needs four forms, and words and cities");
  }
  const bool local = !country.local_forms.empty();
  if (local &&
      (country.local_forms.size() != 4 || country.local_words.size() != country.words.size() ||
       country.local_cities.size() != country.cities.size())) {
    return node.Problem("its local words are not as many as its words");
  }
  return {};
}

Result<Country> ReadCountry(const std::string& iso, const YamlNode& node, const YamlNode& coins) {
  TW_RETURN_IF_ERROR(
      node.CheckKeys({"script", "coin", "order", "forms", "local_forms", "words", "local_words",
                      "cities", "local_cities", "city_in_name", "street", "local_street", "name",
                      "local_name", "russian_name", "russian_cities", "code"}));
  Country country;
  country.iso = iso;
  TW_ASSIGN_OR_RETURN(const std::string coin_name, TextOr(node, "coin"));
  const auto* coin = coins.Find(coin_name);
  if (coin == nullptr) return node.Problem("names a table of syllables that is not there", "coin");
  TW_ASSIGN_OR_RETURN(country.coin, ReadCoin(*coin));
  TW_ASSIGN_OR_RETURN(const std::string order, TextOr(node, "order", "after"));
  country.form_before = order == "before";
  TW_ASSIGN_OR_RETURN(const std::string in_name, TextOr(node, "city_in_name", "false"));
  country.city_in_name = in_name == "true";
  TW_ASSIGN_OR_RETURN(country.code, ReadCode(node));
  TW_ASSIGN_OR_RETURN(country.script, ReadScript(node));
  TW_RETURN_IF_ERROR(ReadWords(node, country));
  return country;
}

Status ReadCountries(const std::string& path, Vocabulary& vocabulary) {
  TW_ASSIGN_OR_RETURN(const YamlNode root, ReadYaml(path));
  TW_RETURN_IF_ERROR(root.CheckKeys({"coins", "countries"}));
  const auto* coins = root.Find("coins");
  const auto* countries = root.Find("countries");
  if (coins == nullptr || countries == nullptr) return root.Problem("needs coins and countries");
  for (const auto& [iso, node] : countries->members) {
    TW_ASSIGN_OR_RETURN(Country country, ReadCountry(iso, node, *coins));
    vocabulary.countries.push_back(std::move(country));
  }
  return {};
}

// "CN:6,TR:3,DE".
Result<std::vector<Share>> ReadShares(const Row& row, std::string_view text,
                                      const Vocabulary& vocabulary) {
  std::vector<Share> shares;
  for (const auto part : Split(text, ',')) {
    Share share{std::string(part.substr(0, 2)), 1};
    if (part.size() > 3) share.weight = static_cast<uint64_t>(part[3] - '0');
    bool known = false;
    for (const auto& country : vocabulary.countries) known = known || country.iso == share.country;
    if (!known) return BadInput("styles.yaml has no country " + share.country, row.file, row.line);
    shares.push_back(std::move(share));
  }
  return shares;
}

// share, price, mass and quantity stand side by side in both tables.
Status ReadFigures(const Row& row, size_t share, size_t price, Good& good) {
  TW_ASSIGN_OR_RETURN(const int64_t weight, row.Number(share));
  TW_ASSIGN_OR_RETURN(good.price_cents, row.Number(price));
  TW_ASSIGN_OR_RETURN(good.mass_g, row.Number(price + 1));
  good.share = static_cast<uint64_t>(weight);
  const auto range = Split(row.fields[price + 2], '-');
  if (range.size() != 2) return BadInput("a quantity is least-most", row.file, row.line);
  const Row ends{row.file, row.line, range};
  TW_ASSIGN_OR_RETURN(good.least, ends.Number(0));
  TW_ASSIGN_OR_RETURN(good.most, ends.Number(1));
  return {};
}

void AddToCategory(const std::string& name, uint32_t index, uint64_t share,
                   Vocabulary& vocabulary) {
  for (auto& category : vocabulary.categories) {
    if (category.name != name) continue;
    category.goods.push_back(index);
    category.weight += share;
    return;
  }
  vocabulary.categories.push_back({name, {index}, share});
}

Status ReadGoods(const std::string& path, Vocabulary& vocabulary) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  TW_ASSIGN_OR_RETURN(const auto rows, Rows(text, path, 11));
  for (const auto& row : rows) {
    const auto& f = row.fields;
    Good good;
    good.category = f[0];
    good.hs = f[1];
    good.unit = f[3];
    TW_RETURN_IF_ERROR(ReadFigures(row, 2, 4, good));
    TW_ASSIGN_OR_RETURN(good.origins, ReadShares(row, f[7], vocabulary));
    good.ru = f[8], good.en = f[9], good.zh = f[10];
    AddToCategory(good.category, static_cast<uint32_t>(vocabulary.goods.size()), good.share,
                  vocabulary);
    vocabulary.category_weight += good.share;
    vocabulary.goods.push_back(std::move(good));
  }
  return {};
}

Status ReadDrones(const std::string& path, Vocabulary& vocabulary) {
  vocabulary.first_drone = static_cast<uint32_t>(vocabulary.goods.size());
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  TW_ASSIGN_OR_RETURN(const auto rows, Rows(text, path, 11));
  for (const auto& row : rows) {
    const auto& f = row.fields;
    Good good;
    good.category = "drones";
    good.component_class = f[0], good.brand = f[1], good.model = f[2], good.hs = f[3];
    good.unit = "шт";
    TW_RETURN_IF_ERROR(ReadFigures(row, 4, 5, good));
    good.origins = {{"CN", 1}};
    good.ru = f[8], good.en = f[9], good.zh = f[10];
    AddToCategory(good.category, static_cast<uint32_t>(vocabulary.goods.size()), good.share,
                  vocabulary);
    vocabulary.goods.push_back(std::move(good));
  }
  // Drones are a small part of honest trade, whatever their number in the table.
  vocabulary.categories.back().weight = vocabulary.category_weight / 45;
  vocabulary.category_weight += vocabulary.categories.back().weight;
  return {};
}

Status ReadListed(const std::string& path, Vocabulary& vocabulary) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  TW_ASSIGN_OR_RETURN(const auto rows, Rows(text, path, 6));
  for (const auto& row : rows) {
    const auto& f = row.fields;
    vocabulary.listed.push_back({std::string(f[0]), std::string(f[1]), std::string(f[2]),
                                 std::string(f[3]), std::string(f[4]), std::string(f[5])});
  }
  return {};
}

}  // namespace

Result<Vocabulary> Vocabulary::Load(const std::string& resources) {
  Vocabulary vocabulary;
  const std::string folder = JoinPath(resources, "synth");
  TW_RETURN_IF_ERROR(ReadCountries(JoinPath(folder, "styles.yaml"), vocabulary));
  TW_RETURN_IF_ERROR(ReadGoods(JoinPath(folder, "goods.tsv"), vocabulary));
  TW_RETURN_IF_ERROR(ReadDrones(JoinPath(folder, "drones.tsv"), vocabulary));
  TW_RETURN_IF_ERROR(ReadListed(JoinPath(folder, "listed.tsv"), vocabulary));
  return vocabulary;
}

uint16_t Vocabulary::CountryIndex(std::string_view iso) const {
  for (size_t i = 0; i < countries.size(); ++i) {
    if (countries[i].iso == iso) return static_cast<uint16_t>(i);
  }
  assert(false && "a country that styles.yaml does not have");
  return 0;
}

}  // namespace tidewaiter::synth
