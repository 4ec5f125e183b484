// What the columns of a customs or order file mean. A layout is a YAML file (layouts/*.yaml, or one
// of the user's own); this header is its model, its reader and the recogniser that picks one for a
// header.
//
// A header is compared without case, blanks, underscores and punctuation, in any column order and
// with any columns between. Nothing is guessed: a column that neither the layout nor the table of
// role words (layouts/words.yaml) knows plainly is `unknown`.
//
// Immutable after loading; any number of threads may read.
#ifndef TIDEWAITER_LEDGER_LAYOUT_H_
#define TIDEWAITER_LEDGER_LAYOUT_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "ledger/column.h"
#include "ledger/words.h"
#include "model/role.h"

namespace tidewaiter::ledger {

struct Layout {
  std::string name;  // "russia-import"
  std::string title;
  std::string file;  // where it was read
  // Normalised header names that must all be there; of each inner list one is enough.
  std::vector<std::vector<std::string>> required;
  std::vector<std::pair<std::string, ColumnUse>>
      columns;  // normalised header name -> use, in file order
  // Values that the file does not carry because they are the same for every row: direction,
  // destination, ...
  std::map<Field, std::string> constants;
  std::optional<int> hs_edition;
  std::vector<std::string>
      date_formats;                // "YYYY-MM-DD", "DD.MM.YYYY", "YYYY-MM", ...; empty: recognised
  std::vector<std::string> nulls;  // besides an empty cell; compared without case
  char decimal = 0;                // '.' or ','; 0: recognised per column
  int hs_digits = 0;  // full length of a code, to put back lost leading zeros; 0: unknown
  bool zero_is_missing = false;  // the file writes 0 where it knows no value

  const ColumnUse* Find(std::string_view normalised_header) const;
};

// A layout applied to one file's header.
struct Mapping {
  std::string layout;  // name; empty: none fits, and the columns come from the words alone
  struct Column {
    std::string name;  // as in the file
    ColumnUse use;
  };
  std::vector<Column> columns;
  std::map<Field, std::string> constants;
  std::optional<int> hs_edition;
  std::vector<std::string> date_formats, nulls;
  char decimal = 0;
  int hs_digits = 0;
  bool zero_is_missing = false;
  std::vector<std::string> assumptions;      // "COLUMN: what its name does not say"
  std::map<std::string, double> mass_units;  // normalised name -> kilograms

  bool Has(Field field) const;
  // The column that holds the units of this mass: one of its own, else one of all masses.
  std::optional<size_t> UnitColumn(Field mass) const;
  // Whether lines can be made of it: at least a party, and a description, code or declaration.
  bool Usable() const;
  Json ToJson() const;  // {"layout", "columns": [{"name", "as"}]}
  std::string ToYaml()
      const;  // a layout file that gives this mapping again, to be corrected by hand
};

Result<Layout> ParseLayout(std::string_view yaml, const std::string& file);
Result<Layout> ReadLayout(const std::string& path);

class Layouts {
 public:
  // Reads `resources`/layouts.
  static Result<Layouts> Load(const std::string& resources);

  const std::vector<Layout>& all() const { return all_; }
  const Layout* Find(std::string_view name) const;
  // The layout with the most required columns among those whose required columns are all there;
  // columns that it does not name are looked up in the words.
  Mapping Recognise(const std::vector<std::string>& header) const;
  // The same for a layout that the user chose. Fails when a required column is missing, and names
  // it.
  Result<Mapping> Apply(const Layout& layout, const std::vector<std::string>& header) const;
  const std::string& hash() const { return hash_; }  // of the layout files

 private:
  Mapping Map(const Layout* layout, const std::vector<std::string>& header) const;
  void AssumeUnits(const Layout* layout, const std::vector<std::string>& header,
                   Mapping& mapping) const;
  bool NamesMassUnit(const std::string& name) const;
  std::vector<Layout> all_;
  HeaderWords words_;
  std::string hash_;
};

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_LAYOUT_H_
