// catalogue/sources.yaml, parameters.yaml and classes.yaml first: brands and facts refer to them. A
// file with a problem in one entry keeps its other entries.
#include "goods/catalogue.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/yaml_cache.h"
#include "goods/fold.h"

namespace tidewaiter::goods {
namespace {

using Strings = std::vector<std::string>;

constexpr std::string_view kFactsHeader = "source\tbrand\tmodel\tname\tvalue\tunit";

std::string ModelKey(size_t brand, std::string_view model) {
  return std::to_string(brand) + '\n' + NameKey(model);
}

class Reader {
 public:
  Reader(std::string folder, const CatalogueFiles& files, const std::string& cache)
      : folder_(std::move(folder)), files_(files) {
    if (!cache.empty()) OpenAll(cache);
  }

  Catalogue Read() {
    catalogue_.hash = HashOfFiles();
    Keep(ForEachIn("sources.yaml", "sources",
                   [this](const YamlNode& node) { return ReadSource(node); }));
    Keep(ForEachIn("parameters.yaml", "parameters",
                   [this](const YamlNode& node) { return ReadParameter(node); }));
    Keep(ForEachIn("classes.yaml", "classes",
                   [this](const YamlNode& node) { return ReadClass(node); }));
    Keep(ForEachIn("spellings.yaml", "spellings",
                   [this](const YamlNode& node) { return ReadSpelling(node); }));
    Keep(ReadWords());
    for (const auto& [file, text] : files_) {
      if (file.starts_with("brands/")) Keep(ReadBrand(file));
    }
    for (const auto& [file, text] : files_) {
      if (file.starts_with("facts/")) ReadFactsFile(file, text);
    }
    return std::move(catalogue_);
  }

 private:
  std::string HashOfFiles() const {
    Sha256Stream hash;
    for (const auto& [file, text] : files_) {
      hash.Add(file + '\0' + std::to_string(text.size()) + '\0');
      hash.Add(text);
    }
    return hash.FinishHex();
  }

  void Keep(const Status& status) {
    if (!status) catalogue_.problems.push_back(status.error());
  }

  // All in one go, or none: a file that cannot be parsed has its problem when it is opened.
  void OpenAll(const std::string& cache) {
    std::vector<YamlText> texts;
    for (const auto& [file, text] : files_) {
      if (file.ends_with(".yaml")) texts.push_back({JoinPath(folder_, file), text});
    }
    auto roots = ParseYamlFiles(texts, cache, "catalogue");
    if (!roots) return;
    for (size_t i = 0; i < texts.size(); ++i)
      opened_.emplace(texts[i].name, std::move((*roots)[i]));
  }

  Result<YamlNode> Open(const std::string& file) {
    const auto at = files_.find(file);
    const std::string path = JoinPath(folder_, file);
    if (auto opened = opened_.extract(path)) return std::move(opened.mapped());
    if (at == files_.end()) return MissingData("this file of the catalogue is missing", path);
    return ParseYaml(at->second, path);
  }

  // Calls `read` for each item of the one list that the file holds.
  Status ForEachIn(const std::string& file, const char* key,
                   const std::function<Status(const YamlNode&)>& read) {
    TW_ASSIGN_OR_RETURN(const YamlNode root, Open(file));
    TW_RETURN_IF_ERROR(root.CheckKeys({key}));
    return ForEach(root, key, read);
  }

  Status ForEach(const YamlNode& mapping, const char* key,
                 const std::function<Status(const YamlNode&)>& read) {
    const YamlNode* list = mapping.Find(key);
    if (list == nullptr || list->is_null()) return {};
    if (!list->is_sequence()) return list->Problem("a list is expected", key);
    for (const YamlNode& item : list->items) Keep(read(item));
    return {};
  }

  Status ReadSource(const YamlNode& node) {
    TW_RETURN_IF_ERROR(node.CheckKeys({"id", "title", "url", "licence", "date", "says"}));
    Source source;
    TW_ASSIGN_OR_RETURN(source.id, Required(node, "id"));
    TW_ASSIGN_OR_RETURN(source.title, Required(node, "title"));
    TW_ASSIGN_OR_RETURN(source.url, TextOr(node, "url"));
    TW_ASSIGN_OR_RETURN(source.licence, TextOr(node, "licence"));
    TW_ASSIGN_OR_RETURN(source.says, TextOr(node, "says"));
    const YamlNode* date = node.Find("date");
    if (date == nullptr)
      return node.Problem("a source needs a date; write when it was published or read", "date");
    TW_ASSIGN_OR_RETURN(source.date, date->Day());
    if (catalogue_.FindSource(source.id) != nullptr)
      return node.Problem("this source is there twice", "id");
    catalogue_.sources.push_back(std::move(source));
    return {};
  }

  Status ReadParameter(const YamlNode& node) {
    TW_RETURN_IF_ERROR(node.CheckKeys({"name", "unit", "kind", "meaning"}));
    Parameter parameter;
    TW_ASSIGN_OR_RETURN(parameter.name, Required(node, "name"));
    TW_ASSIGN_OR_RETURN(parameter.unit, TextOr(node, "unit"));
    TW_ASSIGN_OR_RETURN(parameter.meaning, Required(node, "meaning"));
    TW_ASSIGN_OR_RETURN(parameter.kind, TextOr(node, "kind", "number"));
    if (parameter.kind != "number" && parameter.kind != "boolean" && parameter.kind != "text") {
      return node.Problem("kind is number, boolean or text", "kind");
    }
    if (catalogue_.FindParameter(parameter.name) != nullptr)
      return node.Problem("this parameter is there twice");
    catalogue_.parameters.push_back(std::move(parameter));
    return {};
  }

  Status ReadClass(const YamlNode& node) {
    TW_RETURN_IF_ERROR(node.CheckKeys(
        {"class", "words", "near_words", "expected_hs", "possible_hs", "never_hs", "is_feature"}));
    ComponentClass one;
    TW_ASSIGN_OR_RETURN(one.name, Required(node, "class"));
    const auto& known = ComponentClassNames();
    if (std::find(known.begin(), known.end(), one.name) == known.end()) {
      return node.Problem("no component class is called \"" + one.name +
                          "\"; nearest: " + NearestWord(one.name, known));
    }
    TW_ASSIGN_OR_RETURN(one.words, TextsIfAny(node, "words"));
    TW_ASSIGN_OR_RETURN(one.near_words, TextsIfAny(node, "near_words"));
    TW_ASSIGN_OR_RETURN(one.expected_hs, HsPrefixes(node, "expected_hs"));
    TW_ASSIGN_OR_RETURN(one.possible_hs, HsPrefixes(node, "possible_hs"));
    TW_ASSIGN_OR_RETURN(one.never_hs, HsPrefixes(node, "never_hs"));
    TW_ASSIGN_OR_RETURN(one.is_feature, Flag(node, "is_feature"));
    if (catalogue_.FindClass(one.name)) return node.Problem("this class is there twice", "class");
    catalogue_.classes.push_back(std::move(one));
    return {};
  }

  Status ReadSpelling(const YamlNode& node) {
    TW_RETURN_IF_ERROR(node.CheckKeys({"word", "also"}));
    Spelling spelling;
    TW_ASSIGN_OR_RETURN(spelling.word, Required(node, "word"));
    TW_ASSIGN_OR_RETURN(spelling.variants, TextsIfAny(node, "also"));
    catalogue_.spellings.push_back(std::move(spelling));
    return {};
  }

  Status ReadWords() {
    TW_ASSIGN_OR_RETURN(const YamlNode root, Open("words.yaml"));
    TW_RETURN_IF_ERROR(
        root.CheckKeys({"accessory", "other_goods", "for", "for_before", "with", "set", "parts",
                        "vague", "context", "count", "toy", "manned", "filler", "not_misspelt"}));
    Words& words = catalogue_.words;
    const std::pair<const char*, Strings*> lists[] = {{"accessory", &words.accessory},
                                                      {"other_goods", &words.other_goods},
                                                      {"for", &words.for_after},
                                                      {"for_before", &words.for_before},
                                                      {"with", &words.with},
                                                      {"set", &words.set},
                                                      {"parts", &words.parts},
                                                      {"vague", &words.vague},
                                                      {"context", &words.context},
                                                      {"count", &words.count},
                                                      {"toy", &words.toy},
                                                      {"manned", &words.manned},
                                                      {"filler", &words.filler},
                                                      {"not_misspelt", &words.not_misspelt}};
    for (const auto& [key, list] : lists) {
      TW_ASSIGN_OR_RETURN(*list, TextsIfAny(root, key));
    }
    return {};
  }

  Status ReadBrand(const std::string& file) {
    TW_ASSIGN_OR_RETURN(const YamlNode root, Open(file));
    TW_RETURN_IF_ERROR(root.CheckKeys({"brand", "aliases", "ordinary_word", "makes_other_goods",
                                       "makes_toys", "class", "families", "models", "note"}));
    Brand brand;
    TW_ASSIGN_OR_RETURN(brand.name, Required(root, "brand"));
    TW_ASSIGN_OR_RETURN(brand.aliases, TextsIfAny(root, "aliases"));
    TW_ASSIGN_OR_RETURN(brand.ordinary_word, Flag(root, "ordinary_word"));
    TW_ASSIGN_OR_RETURN(brand.makes_other_goods, Flag(root, "makes_other_goods"));
    TW_ASSIGN_OR_RETURN(brand.makes_toys, Flag(root, "makes_toys"));
    TW_ASSIGN_OR_RETURN(brand.component_class, ClassOf(root, ""));
    brand.file = file, brand.line = root.line;
    TW_RETURN_IF_ERROR(CheckNewBrand(root, brand));
    brand_ = catalogue_.brands.size();
    catalogue_.brands.push_back(std::move(brand));
    Keep(ForEach(root, "families", [this](const YamlNode& node) { return ReadFamily(node); }));
    Keep(ForEach(root, "models", [this](const YamlNode& node) { return ReadModel(node); }));
    return {};
  }

  Status CheckNewBrand(const YamlNode& root, const Brand& brand) {
    Strings names = brand.aliases;
    names.push_back(brand.name);
    for (const std::string& name : names) {
      if (NameKey(name).empty()) return root.Problem("\"" + name + "\" holds no word");
      if (!catalogue_.brand_names.emplace(NameKey(name), catalogue_.brands.size()).second) {
        return root.Problem("\"" + name + "\" names a brand already; give each name to one brand",
                            "aliases");
      }
    }
    return {};
  }

  Status ReadFamily(const YamlNode& node) {
    TW_RETURN_IF_ERROR(node.CheckKeys({"word", "class", "needs", "names_need"}));
    Family family;
    family.brand = brand_;
    TW_ASSIGN_OR_RETURN(family.word, Required(node, "word"));
    TW_ASSIGN_OR_RETURN(family.component_class,
                        ClassOf(node, catalogue_.brands[brand_].component_class));
    TW_ASSIGN_OR_RETURN(family.need, NeedOf(node, "needs", Need::kNothing));
    TW_ASSIGN_OR_RETURN(family.names_need, NeedOf(node, "names_need", family.need));
    catalogue_.families.push_back(std::move(family));
    return {};
  }

  Status ReadModel(const YamlNode& node) {
    TW_RETURN_IF_ERROR(node.CheckKeys({"name", "class", "aliases", "codes", "needs", "facts"}));
    const Brand& brand = catalogue_.brands[brand_];
    Model model;
    model.brand = brand.name;
    TW_ASSIGN_OR_RETURN(model.model, Required(node, "name"));
    TW_ASSIGN_OR_RETURN(model.component_class, ClassOf(node, brand.component_class));
    TW_ASSIGN_OR_RETURN(Strings names, TextsIfAny(node, "aliases"));
    names.insert(names.begin(), model.model);
    TW_ASSIGN_OR_RETURN(const Strings codes, TextsIfAny(node, "codes"));
    const size_t index = catalogue_.models.size();
    std::set<std::string> own;
    for (const std::string& name : names) {
      TW_ASSIGN_OR_RETURN(const Need need, NeedOf(node, "needs", NeedOfName(name)));
      Keep(AddAlias(node, name, index, need, own));
    }
    for (const std::string& code : codes) {
      Keep(AddAlias(node, code, index, CodeNeed(code), own));
    }
    catalogue_.models.push_back(std::move(model));
    catalogue_.model_brand.push_back(brand_);
    return ForEach(node, "facts", [&](const YamlNode& fact) { return ReadFact(fact, index, ""); });
  }

  Status AddAlias(const YamlNode& node, const std::string& name, size_t model, Need need,
                  std::set<std::string>& own) {
    const std::string key = NameKey(name);
    if (key.empty()) return node.Problem("\"" + name + "\" holds no word", "aliases");
    if (!own.insert(key).second) return node.Problem("\"" + name + "\" is there twice", "aliases");
    if (catalogue_.model_names.count(ModelKey(brand_, name)) > 0) {
      return node.Problem("\"" + name + "\" names another model of this brand already", "aliases");
    }
    catalogue_.model_names.emplace(ModelKey(brand_, name), model);
    catalogue_.aliases.push_back({name, model, need});
    return {};
  }

  // A name that begins with the brand needs nothing else; one that holds a family word what the
  // family needs.
  Need NeedOfName(const std::string& name) const {
    const Brand& brand = catalogue_.brands[brand_];
    const std::string key = ' ' + NameKey(name) + ' ';
    if (!brand.ordinary_word && key.starts_with(' ' + NameKey(brand.name) + ' '))
      return Need::kNothing;
    for (const Family& family : catalogue_.families) {
      if (family.brand == brand_ && key.find(' ' + NameKey(family.word) + ' ') != std::string::npos)
        return family.names_need;
    }
    return Need::kBrand;
  }

  // Codes as "WM220": three letters and digits at least, and even so only among drone goods.
  static Need CodeNeed(const std::string& code) {
    return code.size() >= 5 ? Need::kContext : Need::kBrand;
  }

  // Facts carried over from a source with a program: tab-separated, one a line. Each becomes the
  // mapping that a person would have written.
  void ReadFactsFile(const std::string& file, const std::string& text) {
    const auto name = std::make_shared<const std::string>(JoinPath(folder_, file));
    uint64_t line = 0;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      const std::string_view row = std::string_view(text).substr(at, end - at);
      at = end + 1;
      ++line;
      const bool says_something = !row.empty() && row.front() != '#' && row != kFactsHeader;
      if (says_something) Keep(ReadFactsRow(row, name, line));
    }
  }

  Status ReadFactsRow(std::string_view row, const std::shared_ptr<const std::string>& file,
                      uint64_t line) {
    const Strings cells = SplitTabs(row);
    YamlNode node;
    node.kind = YamlNode::Kind::kMapping;
    node.file = file, node.line = line;
    if (cells.size() != 6)
      return node.Problem("six cells are expected: source, brand, model, name, value, unit");
    const auto model = FindNamed(cells[1], cells[2]);
    if (!model)
      return node.Problem("no model \"" + cells[1] + " " + cells[2] +
                          "\" in brands/; add it there");
    const size_t dots = cells[4].find("..");
    AddCell(node, "name", cells[3]);
    if (dots == std::string::npos) AddCell(node, "value", cells[4]);
    if (dots != std::string::npos) AddCell(node, "min", cells[4].substr(0, dots));
    if (dots != std::string::npos) AddCell(node, "max", cells[4].substr(dots + 2));
    if (!cells[5].empty()) AddCell(node, "unit", cells[5]);
    return ReadFact(node, *model, cells[0]);
  }

  static void AddCell(YamlNode& node, const char* key, std::string text) {
    YamlNode cell;
    cell.kind = YamlNode::Kind::kScalar;
    cell.scalar = std::move(text);
    cell.file = node.file, cell.line = node.line;
    node.members.emplace_back(key, std::move(cell));
  }

  static Strings SplitTabs(std::string_view row) {
    Strings cells = {""};
    for (const char c : row) {
      if (c == '\t') {
        cells.emplace_back();
      } else {
        cells.back() += c;
      }
    }
    return cells;
  }

  std::optional<size_t> FindNamed(const std::string& brand_name,
                                  const std::string& model_name) const {
    const auto brand = catalogue_.FindBrand(brand_name);
    return brand ? catalogue_.FindModel(*brand, model_name) : std::nullopt;
  }

  Status ReadFact(const YamlNode& node, size_t model, const std::string& block_source) {
    TW_RETURN_IF_ERROR(node.CheckKeys({"name", "value", "min", "max", "unit", "source", "date"}));
    CatalogueFact fact;
    TW_ASSIGN_OR_RETURN(fact.name, Required(node, "name"));
    TW_ASSIGN_OR_RETURN(const std::string source_id, TextOr(node, "source", block_source));
    if (source_id.empty())
      return node.Problem("a fact without a source is not in the catalogue; name it", "source");
    const Source* source = catalogue_.FindSource(source_id);
    if (source == nullptr)
      return node.Problem("no source \"" + source_id + "\" in sources.yaml", "source");
    const Parameter* parameter = catalogue_.FindParameter(fact.name);
    if (parameter == nullptr) return UnknownParameter(node, fact.name);
    TW_ASSIGN_OR_RETURN(FactReading reading, ReadingOf(node, *parameter));
    reading.source = fact.source = source->title;
    fact.value.readings.push_back(std::move(reading));
    fact.date = source->date;
    if (const YamlNode* date = node.Find("date")) {
      TW_ASSIGN_OR_RETURN(fact.date, date->Day());
    }
    return AddFact(node, catalogue_.models[model], std::move(fact));
  }

  Error UnknownParameter(const YamlNode& node, const std::string& name) const {
    Strings known;
    for (const Parameter& parameter : catalogue_.parameters) known.push_back(parameter.name);
    return node.Problem(
        "no parameter \"" + name + "\" in parameters.yaml; nearest: " + NearestWord(name, known),
        "name");
  }

  // Two sources for one parameter are two readings of one fact.
  static Status AddFact(const YamlNode& node, Model& model, CatalogueFact fact) {
    for (CatalogueFact& other : model.facts) {
      if (other.name != fact.name) continue;
      for (const FactReading& reading : other.value.readings) {
        if (reading.source == fact.source)
          return node.Problem("this source says that twice", fact.name);
      }
      other.value.readings.push_back(std::move(fact.value.readings.front()));
      other.source += "; " + fact.source;
      return {};
    }
    model.facts.push_back(std::move(fact));
    return {};
  }

  static Result<FactReading> ReadingOf(const YamlNode& node, const Parameter& parameter) {
    FactReading reading;
    TW_ASSIGN_OR_RETURN(reading.unit, TextOr(node, "unit"));
    if (reading.unit != parameter.unit) {
      return node.Problem(
          "the unit of " + parameter.name + " is \"" + parameter.unit + "\"; convert", "unit");
    }
    const YamlNode* value = node.Find("value");
    if (value == nullptr && parameter.kind != "number")
      return node.Problem("the value is missing", "value");
    if (parameter.kind == "boolean") {
      reading.kind = FactReading::Kind::kBool;
      TW_ASSIGN_OR_RETURN(reading.truth, value->Boolean());
    } else if (parameter.kind == "text") {
      TW_ASSIGN_OR_RETURN(reading.text, value->Text());
    } else {
      TW_RETURN_IF_ERROR(ReadNumber(node, value, reading));
    }
    return reading;
  }

  static Status ReadNumber(const YamlNode& node, const YamlNode* value, FactReading& reading) {
    reading.kind = FactReading::Kind::kInterval;
    if (value != nullptr) {
      TW_ASSIGN_OR_RETURN(reading.min, value->Number());
      reading.max = reading.min;
      return {};
    }
    TW_ASSIGN_OR_RETURN(const auto min, NumberIfAny(node, "min"));
    TW_ASSIGN_OR_RETURN(const auto max, NumberIfAny(node, "max"));
    if (!min || !max || *min > *max)
      return node.Problem("write value, or min and max in order", "value");
    reading.min = *min, reading.max = *max;
    return {};
  }

  static Result<std::string> Required(const YamlNode& node, const char* key) {
    TW_ASSIGN_OR_RETURN(std::string text, TextOr(node, key));
    if (text.empty()) return node.Problem("this is needed", key);
    return text;
  }

  static Result<bool> Flag(const YamlNode& node, const char* key) {
    const YamlNode* flag = node.Find(key);
    if (flag == nullptr) return false;
    return flag->Boolean();
  }

  static Result<Strings> HsPrefixes(const YamlNode& node, const char* key) {
    TW_ASSIGN_OR_RETURN(Strings codes, TextsIfAny(node, key));
    for (const std::string& code : codes) {
      const bool digits =
          std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
      if (!digits || code.size() < 2 || code.size() > 6)
        return node.Problem("two to six digits are expected", key);
    }
    return codes;
  }

  Result<std::string> ClassOf(const YamlNode& node, const std::string& otherwise) const {
    TW_ASSIGN_OR_RETURN(const std::string name, TextOr(node, "class", otherwise));
    if (!name.empty() && name != "none" && !catalogue_.FindClass(name)) {
      return node.Problem("no class \"" + name + "\" in classes.yaml; nearest: " +
                              NearestWord(name, ComponentClassNames()),
                          "class");
    }
    return name == "none" ? std::string() : name;
  }

  static Result<Need> NeedOf(const YamlNode& node, const char* key, Need otherwise) {
    TW_ASSIGN_OR_RETURN(const std::string text, TextOr(node, key));
    if (text.empty()) return otherwise;
    if (text == "nothing") return Need::kNothing;
    if (text == "context") return Need::kContext;
    if (text == "brand") return Need::kBrand;
    return node.Problem("nothing, context or brand is expected", key);
  }

  std::string folder_;
  const CatalogueFiles& files_;
  std::map<std::string, YamlNode> opened_;  // by path, until it is read
  Catalogue catalogue_;
  size_t brand_ = 0;
};

}  // namespace

const Source* Catalogue::FindSource(std::string_view id) const {
  for (const Source& source : sources) {
    if (source.id == id) return &source;
  }
  return nullptr;
}

const Parameter* Catalogue::FindParameter(std::string_view name) const {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == name) return &parameter;
  }
  return nullptr;
}

std::optional<size_t> Catalogue::FindClass(std::string_view name) const {
  for (size_t i = 0; i < classes.size(); ++i) {
    if (classes[i].name == name) return i;
  }
  return std::nullopt;
}

std::optional<size_t> Catalogue::FindBrand(std::string_view name) const {
  const auto at = brand_names.find(NameKey(name));
  return at == brand_names.end() ? std::nullopt : std::optional(at->second);
}

std::optional<size_t> Catalogue::FindModel(size_t brand, std::string_view name) const {
  const auto at = model_names.find(ModelKey(brand, name));
  return at == model_names.end() ? std::nullopt : std::optional(at->second);
}

std::string NameKey(std::string_view name) {
  FoldedText folded;
  Fold(name, folded);
  std::string key;
  for (size_t i = 0; i < folded.tokens.size(); ++i) {
    if (i > 0) key += ' ';
    key += folded.word(i);
  }
  return key;
}

Catalogue ParseCatalogue(const std::string& folder, const CatalogueFiles& files,
                         const std::string& cache) {
  return Reader(folder, files, cache).Read();
}

Result<CatalogueFiles> ReadCatalogueFiles(const std::string& folder) {
  if (!IsFolder(folder)) {
    return MissingData("there is no catalogue here; reinstall or set TIDEWAITER_RESOURCES", folder);
  }
  CatalogueFiles files;
  for (const char* extension : {".yaml", ".tsv"}) {
    TW_ASSIGN_OR_RETURN(const Strings paths, ListFilesBelow(folder, extension));
    for (const std::string& path : paths) {
      TW_ASSIGN_OR_RETURN(files[path.substr(folder.size() + 1)], ReadFile(path));
    }
  }
  return files;
}

Result<Catalogue> ReadCatalogue(const std::string& folder, const std::string& cache) {
  TW_ASSIGN_OR_RETURN(const CatalogueFiles files, ReadCatalogueFiles(folder));
  return ParseCatalogue(folder, files, cache);
}

const std::vector<std::string>& ComponentClassNames() {
  static const std::vector<std::string> names = {
      "drone",   "motor",  "esc",        "flight_controller", "frame",    "propeller",
      "battery", "camera", "gimbal",     "thermal_imager",    "radio",    "gnss",
      "engine",  "laser",  "anti_drone", "controller",        "accessory"};
  return names;
}

}  // namespace tidewaiter::goods
