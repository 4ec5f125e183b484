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
#include "model/role.h"

namespace tidewaiter::ledger {

// The fields of a line that a column can fill.
enum class Field : uint8_t {
  kDate,
  kDeclaration,
  kDirection,
  kProcedure,
  kHs,
  kDescription,
  kDescriptionEn,
  kBrand,
  kModel,
  kQuantity,
  kUnit,
  kNetMassKg,
  kGrossMassKg,
  kValue,
  kCurrency,
  kValueUsd,
  kOrigin,
  kDeparture,
  kDestination,
};
inline constexpr size_t kFieldCount = 19;
std::string_view ToString(Field field);  // "net_mass_kg"
std::optional<Field> ParseField(std::string_view text);
bool IsNumeric(Field field);

// What a column can say about a party.
enum class Attribute : uint8_t {
  kName,
  kNameEn,
  kNameRaw,
  kNameStandard,
  kAddress,
  kAddressEn,
  kAddressRaw,
  kCity,
  kRegion,
  kPostalCode,
  kCountry,
  kIdentifier,
  kPhone,
  kEmail,
  kWebsite,
};
inline constexpr size_t kAttributeCount = 15;
std::string_view ToString(Attribute attribute);  // "name_en"
std::optional<Attribute> ParseAttribute(std::string_view text);

// On what a party's presence in its role rests. Stored in the ledger, append only.
enum class Basis : uint8_t {
  kDeclared,      // the declaration's own column
  kVendorMapped,  // the data vendor cleaned, completed or moved it
  kInferred,      // worked out by this program
};
std::string_view ToString(Basis basis);

// What one column of a file is taken for.
struct ColumnUse {
  enum class Kind : uint8_t { kUnknown, kIgnored, kField, kParty };
  Kind kind = Kind::kUnknown;
  Field field = Field::kDate;              // of kField
  Role role = Role::kExporter;             // of kParty
  Attribute attribute = Attribute::kName;  // of kParty
  std::string identifier_kind;             // of kIdentifier: inn, bin, ...; "other" when not stated
  Basis basis = Basis::kDeclared;          // of kParty
  double scale = 1;                        // of a numeric field: file's number x scale = field
  bool operator==(const ColumnUse&) const = default;
};
// "importer.name_en", "net_mass_kg", "ignored", "unknown". An identifier is "importer.identifier".
std::string ToString(const ColumnUse& use);
// Reads these words; an identifier may name its kind: "importer.identifier.inn".
Result<ColumnUse> ParseColumnUse(std::string_view text);

struct Layout {
  std::string name;  // "russia-import"
  std::string title;
  std::string file;                   // where it was read
  std::vector<std::string> required;  // normalised header names that must all be there
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

  bool Has(Field field) const;
  // Whether lines can be made of it: at least a party, and a description, code or declaration.
  bool Usable() const;
  Json ToJson() const;  // {"layout", "columns": [{"name", "as"}]}
  std::string ToYaml()
      const;  // a layout file that gives this mapping again, to be corrected by hand
};

// Upper case, without anything but letters and digits of any script: "Hs code" and "HS_CODE" are
// one.
std::string NormaliseHeader(std::string_view name);

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
  std::vector<Layout> all_;
  struct RoleWord {
    std::vector<std::string> words;
    Role role;
  };
  std::vector<RoleWord> role_words_;
  std::vector<std::pair<std::vector<std::string>, std::string>> attribute_words_;
  std::map<std::string, std::string> field_words_;
  std::string hash_;
};

}  // namespace tidewaiter::ledger

#endif  // TIDEWAITER_LEDGER_LAYOUT_H_
