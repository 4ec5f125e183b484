// What a column's name says by itself, for headers that no layout foresaw. The words are data
// (layouts/words.yaml): phrases that name a role, words behind or before them that say what of the
// party the column holds, and whole names of plain fields. A name with any word that is not
// understood stays unknown.
#ifndef TIDEWAITER_LEDGER_WORDS_H_
#define TIDEWAITER_LEDGER_WORDS_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "ledger/column.h"

namespace tidewaiter::ledger {

// Upper case, without anything but letters and digits of any script: "Hs code" and "HS_CODE" are
// one.
std::string NormaliseHeader(std::string_view name);
// The words of a header name in upper case: "supplierName_EN" -> SUPPLIER NAME EN.
std::vector<std::string> HeaderTokens(std::string_view name);

class HeaderWords {
 public:
  static Result<HeaderWords> Parse(std::string_view yaml, const std::string& file);
  ColumnUse Recognise(std::string_view name) const;
  // A weight whose name states no unit, taken for kilograms; else unknown. assumption() says what
  // was assumed.
  ColumnUse Assume(std::string_view name) const;
  const std::string& assumption() const { return assumption_; }
  // Normalised name of a unit of mass -> kilograms.
  const std::map<std::string, double>& mass_units() const { return mass_units_; }

 private:
  using Phrase = std::vector<std::string>;
  Status ReadScaled(const YamlNode& root);
  Status ReadAssumed(const YamlNode& root);
  Status ReadMassUnits(const YamlNode& root);
  Status ReadAnyOrder(const YamlNode& root);
  Phrase Sorted(Phrase tokens) const;  // without fillers
  Phrase Separated(const Phrase& tokens) const;
  std::vector<std::pair<Phrase, Role>> roles_;  // longest first
  std::vector<std::pair<Phrase, std::string>>
      attributes_;                            // the rest of the name -> attribute, maybe with kind
  std::map<std::string, ColumnUse> fields_;   // whole normalised name
  std::map<Phrase, ColumnUse> any_order_;     // Sorted() names of fields
  std::vector<std::string> fillers_;          // words that say nothing
  std::map<std::string, ColumnUse> assumed_;  // whole normalised name
  std::map<std::string, double> mass_units_;
  std::string assumption_;
};

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_WORDS_H_
