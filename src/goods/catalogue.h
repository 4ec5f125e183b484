// The catalogue as its files say: sources, parameters, component classes, brands with their models
// and facts, and the words of recognition. docs/goods.md explains the files for those who edit
// them.
//
// Reading goes on after a problem, so that `catalogue lint` can list all of them; Goods::Load()
// refuses a catalogue with any.
#ifndef TIDEWAITER_GOODS_CATALOGUE_H_
#define TIDEWAITER_GOODS_CATALOGUE_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "base/yaml.h"
#include "goods/goods.h"

namespace tidewaiter::goods {

struct Source {
  std::string id, title, url, licence, says;
  std::optional<Date> date;  // of the source, or when it was read
};

struct Parameter {
  std::string name, unit, meaning;
  std::string kind;  // number, boolean, text
};

// motor, esc, ...: one of the values of component_class.
struct ComponentClass {
  std::string name;
  std::vector<std::string> words;       // name the class whatever surrounds them
  std::vector<std::string> near_words;  // name it only where the goods are for a drone
  std::vector<std::string> expected_hs, possible_hs, never_hs;  // prefixes, edition 2022
  bool is_feature =
      false;  // named beside a drone ("GPS drone with 4K camera") it is a feature of the drone
};

// What must stand beside a name before it counts.
enum class Need : uint8_t {
  kNothing,  // "Mavic 3"
  kContext,  // "Inspire 2": a brand, a drone word or a drone's code
  kBrand,    // "Mini 3": its own brand
};

struct Family {
  std::string word;
  size_t brand = 0;
  std::string component_class;
  Need need = Need::kNothing;        // the word alone
  Need names_need = Need::kNothing;  // names of models that hold it
};

struct Brand {
  std::string name;
  std::vector<std::string> aliases;
  bool ordinary_word =
      false;  // a word of the language too: counts only beside a model or among drone goods
  bool makes_toys = false;         // its drones travel as toys too
  bool makes_other_goods = false;  // counts only where the goods are of a component class
  std::string component_class;     // of its models that say nothing else; empty: none
  std::string file;
  uint64_t line = 0;
};

struct ModelAlias {
  std::string text;
  size_t model = 0;
  Need need = Need::kBrand;
};

struct Spelling {
  std::string word;
  std::vector<std::string> variants;
};

struct Words {
  std::vector<std::string> accessory, other_goods, for_after, for_before, with, set, parts, vague,
      context, count, toy, manned, filler, not_misspelt;
};

struct Catalogue {
  std::vector<Source> sources;
  std::vector<Parameter> parameters;
  std::vector<ComponentClass> classes;
  std::vector<Brand> brands;
  std::vector<Family> families;
  std::vector<Model> models;        // by brand, then in file order
  std::vector<size_t> model_brand;  // of each model
  std::vector<ModelAlias> aliases;
  std::map<std::string, size_t> brand_names;  // NameKey of names and aliases -> brand
  std::map<std::string, size_t> model_names;  // "brand\nNameKey" -> model
  std::vector<Spelling> spellings;
  Words words;
  std::string hash;
  std::vector<Error> problems;

  const Source* FindSource(std::string_view id) const;
  const Parameter* FindParameter(std::string_view name) const;
  std::optional<size_t> FindClass(std::string_view name) const;
  // By name or alias, in any spelling that folds to the same words.
  std::optional<size_t> FindBrand(std::string_view name) const;
  std::optional<size_t> FindModel(size_t brand, std::string_view name) const;
};

// Folded words joined by blanks: "Mavic-3  PRO" and "mavic 3 pro" are one name.
std::string NameKey(std::string_view name);

// The content of the catalogue's files by their path below its folder: "brands/dji.yaml".
using CatalogueFiles = std::map<std::string, std::string>;
Result<CatalogueFiles> ReadCatalogueFiles(const std::string& folder);

// Never fails as a whole: what cannot be read is in `problems`. `folder` is used in messages.
// `cache`: folder of base/yaml_cache.h, empty: none.
Catalogue ParseCatalogue(const std::string& folder, const CatalogueFiles& files,
                         const std::string& cache = {});

// Fails only when the folder cannot be read at all.
Result<Catalogue> ReadCatalogue(const std::string& folder, const std::string& cache = {});

// The classes that component_class may hold, as CONTRACTS fixes them.
const std::vector<std::string>& ComponentClassNames();

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_CATALOGUE_H_
