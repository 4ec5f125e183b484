#include "resolve/columns.h"

#include "base/file.h"

namespace tidewaiter::resolve {

std::string FoldHeader(std::string_view header) {
  std::string out;
  for (const char c : header) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (kept) {
      out += upper ? static_cast<char>(c + 32) : c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

Result<ColumnNames> ColumnNames::Read(const std::string& resources) {
  TW_ASSIGN_OR_RETURN(const YamlNode root,
                      ReadYaml(JoinPath(resources, "reference/resolve/columns.yaml")));
  return FromYaml(root);
}

Result<ColumnNames> ColumnNames::FromYaml(const YamlNode& root) {
  TW_RETURN_IF_ERROR(root.CheckKeys({"columns", "identifiers"}));
  ColumnNames out;
  const auto add = [&](const YamlNode& node, const std::string& name, ColumnUse use) -> Status {
    const bool fresh = out.uses_.emplace(FoldHeader(name), std::move(use)).second;
    return fresh ? Status{} : node.Problem("this column name stands twice", name);
  };
  if (const YamlNode* columns = root.Find("columns")) {
    for (const auto& [kind_name, list] : columns->members) {
      const auto kind = ParseKind(kind_name);
      if (!kind) return list.Problem("no kind of column has this name", kind_name);
      TW_ASSIGN_OR_RETURN(const auto names, list.Texts());
      for (const auto& name : names) TW_RETURN_IF_ERROR(add(list, name, {*kind, {}}));
    }
  }
  if (const YamlNode* identifiers = root.Find("identifiers")) {
    for (const auto& [kind, list] : identifiers->members) {
      TW_ASSIGN_OR_RETURN(const auto names, list.Texts());
      for (const auto& name : names) TW_RETURN_IF_ERROR(add(list, name, {Kind::kIdentifier, kind}));
    }
  }
  return out;
}

const ColumnUse* ColumnNames::Find(std::string_view header) const {
  const auto found = uses_.find(FoldHeader(header));
  return found == uses_.end() ? nullptr : &found->second;
}

}  // namespace tidewaiter::resolve
