// The words of a synthetic corpus: countries and how firms are called there, honest goods, drones
// and their parts, listed parties. All of it is data below synth/; this reads it once. Immutable
// after loading.
#ifndef TIDEWAITER_SYNTH_VOCABULARY_H_
#define TIDEWAITER_SYNTH_VOCABULARY_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tidewaiter::synth {

using Words = std::vector<std::string>;

// Three tables of syllables; one of each makes a coined word.
struct Coin {
  std::array<Words, 3> latin;
  std::array<Words, 3> local;  // empty: the country writes in Latin letters
  uint64_t count() const { return latin[0].size() * latin[1].size() * latin[2].size(); }
};

// In which letters a file writes.
enum class Script : uint8_t { kLatin, kRussian, kChinese };

enum class CodeKind : uint8_t { kNone, kInn, kBin, kUscc };

struct Country {
  std::string iso;
  Coin coin;
  bool form_before = false;
  bool city_in_name = false;
  CodeKind code = CodeKind::kNone;
  Script script = Script::kLatin;  // of the local words
  Words forms, words, cities;
  Words local_forms, local_words, local_cities;  // empty, or as long as their twins
  std::string street, local_street;              // with {coin}, {house}, {unit}
  std::string name, local_name;
  std::string russian_name;  // as Russian and Kazakh files write it
  Words russian_cities;      // empty: the local ones are Russian already
};

struct Share {
  std::string country;
  uint64_t weight = 1;
};

// One kind of goods. Text templates hold choices: "{5|7|10}"; the k-th choice is the same in every
// language.
struct Good {
  std::string category;                       // of honest goods
  std::string component_class, brand, model;  // of drones and what belongs to them
  std::string hs;
  uint64_t share = 1;
  std::string unit;
  int64_t price_cents = 0;  // US cents a unit
  int64_t mass_g = 0;       // a unit
  int64_t least = 1, most = 1;
  std::vector<Share> origins;
  std::string ru, en, zh;

  bool is_drone() const { return component_class == "drone"; }
};

struct Category {
  std::string name;
  std::vector<uint32_t> goods;  // indexes into Vocabulary::goods
  uint64_t weight = 0;          // sum of the shares
};

// A party that an official list names, used sparingly, so that a page has a held line to show.
struct ListedName {
  std::string name, local_name, country, address, as;  // as: "supplier" or "importer"
  std::string since;  // ISO day of the listing; rows are planted after it
};

struct Vocabulary {
  std::vector<Country> countries;
  std::vector<Good> goods;   // honest goods, then drones and their parts
  uint32_t first_drone = 0;  // index in goods where drones and their parts begin
  std::vector<Category> categories;
  uint64_t category_weight = 0;
  std::vector<ListedName> listed;

  static Result<Vocabulary> Load(const std::string& resources);

  uint16_t CountryIndex(std::string_view iso) const;  // asserts that it is there: Load has checked
};

}  // namespace tidewaiter::synth

#endif  // TIDEWAITER_SYNTH_VOCABULARY_H_
