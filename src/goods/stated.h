// What a description states in numbers: part numbers behind a word that announces them, and
// quantities with their units ("flight time 46 min", "дальность 30 км").
//
// A quantity has a parameter's name only where a word right beside it says so; else it is called by
// what its unit measures ("mass"): which mass it is, the text does not say. What the text states is
// the text's claim; no rule is decided by it.
//
// Words and units are data (catalogue/stated.yaml). Immutable after loading; any number of threads
// may ask.
#ifndef TIDEWAITER_GOODS_STATED_H_
#define TIDEWAITER_GOODS_STATED_H_

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "goods/fold.h"

namespace tidewaiter::goods {

struct StatedParameter {
  std::string name;         // "endurance", or the quantity of the unit: "mass"
  double min = 0, max = 0;  // equal, but for "30-60 min"
  std::string unit;         // as model/units.h names it
  std::string words;        // as written: the number with its unit
};

struct Stated {
  std::vector<std::string> part_numbers;    // as written, in the order of the text, each once
  std::vector<StatedParameter> parameters;  // in the order of the text
};

// "endurance 46 min", "mass 0.9 kg".
std::string ToString(const StatedParameter& parameter);

class StatedReader {
 public:
  // `path`: catalogue/stated.yaml.
  static Result<StatedReader> Load(const std::string& path);
  static Result<StatedReader> Make(const YamlNode& root);

  Stated Read(std::string_view text) const;

 private:
  struct Parameter {
    std::string name;
    std::string_view quantity;  // of its unit
  };
  class Run;
  struct HashOfText {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  Status ReadUnits(const YamlNode& root);
  Status ReadParameters(const YamlNode& root);

  std::vector<std::string> units_;  // names of model/units.h
  std::vector<Parameter> parameters_;
  std::unordered_map<std::string, size_t> unit_words_;  // folded, parted by blanks -> into units_
  std::unordered_map<std::string, std::vector<size_t>> parameter_words_;  // -> into parameters_
  std::unordered_set<std::string> no_statements_, part_number_words_;
  // The first words of part_number_words_: few tokens are one.
  std::unordered_set<std::string, HashOfText, std::equal_to<>> part_number_beginnings_;
};

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_STATED_H_
