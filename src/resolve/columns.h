// Which column of a table holds what: by the column's name (reference/resolve/columns.yaml), or as
// a person's config says.
#ifndef TIDEWAITER_RESOLVE_COLUMNS_H_
#define TIDEWAITER_RESOLVE_COLUMNS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "resolve/fields.h"

namespace tidewaiter::resolve {

struct ColumnUse {
  Kind kind = Kind::kIgnored;
  std::string identifier;  // of kIdentifier: whose number it is ("inn", "passport", "other")
};

// Lower case, everything but letters and digits as one '_'.
std::string FoldHeader(std::string_view header);

class ColumnNames {
 public:
  static Result<ColumnNames> Read(const std::string& resources);
  static Result<ColumnNames> FromYaml(const YamlNode& root);

  // nullptr: a name that says nothing to us.
  const ColumnUse* Find(std::string_view header) const;

 private:
  std::map<std::string, ColumnUse, std::less<>> uses_;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_COLUMNS_H_
