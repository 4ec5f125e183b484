#include "synth/layout.h"

#include "base/file.h"
#include "base/yaml.h"

namespace tidewaiter::synth {
namespace {

Result<std::vector<Share>> ReadShares(const YamlNode& root, std::string_view key) {
  std::vector<Share> shares;
  TW_ASSIGN_OR_RETURN(const auto texts, TextsIfAny(root, key));
  for (const auto& text : texts) {
    Share share{text.substr(0, 2), 1};
    if (text.size() > 3) share.weight = static_cast<uint64_t>(text[3] - '0');
    shares.push_back(std::move(share));
  }
  return shares;
}

Result<Column> ReadColumn(const std::string& name, const YamlNode& node) {
  Column column{name, nullptr, {}};
  if (node.is_null()) return column;
  TW_ASSIGN_OR_RETURN(const std::string text, node.Text());
  if (text.starts_with('=')) {
    column.text = text.substr(1);
    return column;
  }
  column.write = FindField(text);
  if (column.write == nullptr) {
    const std::string near = NearestWord(text, FieldNames());
    return node.Problem(
        "there is no field \"" + text + "\"" + (near.empty() ? "" : "; did you mean " + near),
        name);
  }
  return column;
}

std::string UpperAscii(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

Result<std::string> LayoutPath(const std::string& resources, const std::string& name) {
  const std::string folder = JoinPath(resources, "synth/layouts");
  const std::string path = JoinPath(folder, name + ".yaml");
  if (name.find('/') == std::string::npos && FileExists(path)) return path;
  std::string known;
  TW_ASSIGN_OR_RETURN(const auto files, ListFolder(folder));
  for (const auto& file : files) {
    if (file.ends_with(".yaml"))
      known += (known.empty() ? "" : ", ") + file.substr(0, file.size() - 5);
  }
  return UsageError("there is no synthetic layout \"" + name + "\"; use one of " + known);
}

}  // namespace

Result<Layout> Layout::Load(const std::string& resources, const std::string& name) {
  TW_ASSIGN_OR_RETURN(const std::string path, LayoutPath(resources, name));
  TW_ASSIGN_OR_RETURN(const YamlNode root, ReadYaml(path));
  TW_RETURN_IF_ERROR(root.CheckKeys({"layout", "importers", "exporters", "absent", "columns"}));
  Layout layout;
  layout.name = name;
  layout.place = UpperAscii(name);
  TW_ASSIGN_OR_RETURN(layout.importers, ReadShares(root, "importers"));
  TW_ASSIGN_OR_RETURN(layout.exporters, ReadShares(root, "exporters"));
  TW_ASSIGN_OR_RETURN(layout.absent, TextsIfAny(root, "absent"));
  if (layout.absent.empty()) layout.absent = {""};
  if (layout.importers.empty()) return root.Problem("names no country", "importers");
  const auto* columns = root.Find("columns");
  if (columns == nullptr || !columns->is_mapping())
    return root.Problem("is no list of columns", "columns");
  for (const auto& [column_name, node] : columns->members) {
    TW_ASSIGN_OR_RETURN(Column column, ReadColumn(column_name, node));
    layout.columns.push_back(std::move(column));
  }
  return layout;
}

void AppendCsv(std::string_view field, std::string& out) {
  bool plain = true;
  for (const char c : field) plain &= (c != ',') & (c != '"') & (c != '\n') & (c != '\r');
  if (plain) {
    out += field;
    return;
  }
  out += '"';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void Layout::AppendHeader(std::string& out) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out += ',';
    AppendCsv(columns[i].name, out);
  }
  out += '\n';
}

void Layout::AppendRow(const RowView& row, std::string& scratch, std::string& out) const {
  for (size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out += ',';
    const Column& column = columns[i];
    if (column.write == nullptr) {
      out += column.text;
      continue;
    }
    scratch.clear();
    column.write(row, scratch);
    AppendCsv(scratch, out);
  }
  out += '\n';
}

}  // namespace tidewaiter::synth
