#include "ledger/layout.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/yaml.h"
#include "model/country.h"

namespace tidewaiter::ledger {
namespace {

constexpr std::string_view kWordsFile = "words.yaml";

std::vector<std::string> SplitAlternatives(std::string_view text) {
  std::vector<std::string> all;
  for (size_t from = 0;;) {
    const size_t bar = text.find('|', from);
    all.push_back(NormaliseHeader(text.substr(from, bar - from)));
    if (bar == text.npos) return all;
    from = bar + 1;
  }
}

// A column's use: `ROLE.PART`, or a mapping with `as`, `scale`, `basis`.
Result<ColumnUse> ReadUse(const YamlNode& node) {
  ColumnUse use;
  const YamlNode* as = node.is_mapping() ? node.Find("as") : &node;
  if (as == nullptr) return node.Problem("a column needs `as`");
  TW_ASSIGN_OR_RETURN(const std::string text, as->Text());
  auto parsed = ParseColumnUse(text);
  if (!parsed) return as->Problem(parsed.error().message);
  use = *parsed;
  if (!node.is_mapping()) return use;
  TW_RETURN_IF_ERROR(node.CheckKeys({"as", "scale", "unit", "basis", "doc"}));
  TW_ASSIGN_OR_RETURN(const auto scale, NumberIfAny(node, "scale"));
  use.scale = scale.value_or(1);
  TW_ASSIGN_OR_RETURN(const std::string unit, TextOr(node, "unit"));
  use.unit_by_row = unit == "by_row";
  const bool mass = use.kind == ColumnUse::Kind::kField && IsMass(use.field);
  if (!unit.empty() && (!use.unit_by_row || !mass))
    return node.Problem("unit is by_row, of a mass", "unit");
  TW_ASSIGN_OR_RETURN(const std::string basis, TextOr(node, "basis", "declared"));
  if (basis != "declared" && basis != "vendor_mapped") {
    return node.Problem("basis is declared or vendor_mapped", "basis");
  }
  use.basis = basis == "declared" ? Basis::kDeclared : Basis::kVendorMapped;
  return use;
}

// `*_name: "*.name"` stands for one column a role.
Status AddForEveryRole(const std::string& pattern, const YamlNode& node, Layout& layout) {
  TW_ASSIGN_OR_RETURN(const std::string text, node.Text());
  const size_t in_name = pattern.find('*'), in_use = text.find('*');
  if (in_use == text.npos) return node.Problem("a name with * needs a use with *", pattern);
  for (const Role role : AllRoles()) {
    std::string name = pattern, use = text;
    name.replace(in_name, 1, ToString(role));
    use.replace(in_use, 1, ToString(role));
    auto parsed = ParseColumnUse(use);
    if (!parsed) return node.Problem(parsed.error().message, pattern);
    layout.columns.emplace_back(NormaliseHeader(name), *parsed);
  }
  return {};
}

// Whether two columns that fill the same thing contradict each other. Fields and addresses may come
// from several columns (the first that says something counts; addresses are joined), identifiers
// are a list.
bool MayRepeat(const ColumnUse& use) {
  if (use.kind == ColumnUse::Kind::kField) return !IsNumeric(use.field);
  return use.kind != ColumnUse::Kind::kParty || use.attribute == Attribute::kIdentifier ||
         use.attribute == Attribute::kOther || use.attribute == Attribute::kAddress ||
         use.attribute == Attribute::kAddressEn;
}

Status ReadColumns(const YamlNode& node, Layout& layout) {
  if (!node.is_mapping()) return node.Problem("columns: a mapping of header name to use");
  for (const auto& [name, value] : node.members) {
    if (name.find('*') != std::string::npos) {
      TW_RETURN_IF_ERROR(AddForEveryRole(name, value, layout));
      continue;
    }
    TW_ASSIGN_OR_RETURN(const ColumnUse use, ReadUse(value));
    const std::string header = NormaliseHeader(name);
    if (layout.Find(header) != nullptr) return value.Problem("the same column twice", name);
    layout.columns.emplace_back(header, use);
  }
  return {};
}

Status ReadConstants(const YamlNode& node, Layout& layout) {
  for (const auto& [name, value] : node.members) {
    const auto field = ParseField(name);
    if (!field || IsNumeric(*field)) return value.Problem("no field that can be constant", name);
    TW_ASSIGN_OR_RETURN(const std::string text, value.Text());
    const bool country =
        *field == Field::kOrigin || *field == Field::kDeparture || *field == Field::kDestination;
    if (country && !IsCountryCode(text)) return value.Problem("no ISO country code: " + text, name);
    layout.constants[*field] = text;
  }
  return {};
}

Status ReadNumbers(const YamlNode& root, Layout& layout) {
  TW_ASSIGN_OR_RETURN(const std::string decimal, TextOr(root, "decimal"));
  if (!decimal.empty() && decimal != "." && decimal != ",") {
    return root.Find("decimal")->Problem("decimal is \".\" or \",\"", "decimal");
  }
  layout.decimal = decimal.empty() ? '\0' : decimal[0];
  TW_ASSIGN_OR_RETURN(const auto digits, WholeIfAny(root, "hs_digits", 0, 14));
  layout.hs_digits = static_cast<int>(digits.value_or(0));
  TW_ASSIGN_OR_RETURN(const auto edition, WholeIfAny(root, "hs_edition", 1988, 2100));
  if (edition) layout.hs_edition = static_cast<int>(*edition);
  if (const YamlNode* zero = root.Find("zero_is_missing")) {
    TW_ASSIGN_OR_RETURN(layout.zero_is_missing, zero->Boolean());
  }
  return {};
}

bool Fits(const Layout& layout, const std::vector<std::string>& normalised, std::string* missing) {
  for (const auto& alternatives : layout.required) {
    const bool there =
        std::any_of(alternatives.begin(), alternatives.end(), [&](const std::string& name) {
          return std::find(normalised.begin(), normalised.end(), name) != normalised.end();
        });
    if (there) continue;
    if (missing != nullptr) *missing = alternatives.front();
    return false;
  }
  return true;
}

std::vector<std::string> Normalise(const std::vector<std::string>& header) {
  std::vector<std::string> normalised;
  for (const auto& name : header) normalised.push_back(NormaliseHeader(name));
  return normalised;
}

// Without quotes where YAML needs none.
std::string YamlText(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n' || c == '\r' || c == '\t') {
      out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

void AppendList(std::string_view key, const std::vector<std::string>& values, std::string& out) {
  if (values.empty()) return;
  out.append(key).append(": [");
  for (size_t i = 0; i < values.size(); ++i)
    out.append(i == 0 ? "" : ", ").append(YamlText(values[i]));
  out += "]\n";
}

std::string UseText(const ColumnUse& use) {
  std::string text = ToString(use);
  if (!use.identifier_kind.empty() && use.identifier_kind != "other")
    text += "." + use.identifier_kind;
  if (use.scale == 1 && use.basis == Basis::kDeclared && !use.unit_by_row) return text;
  std::string out = "{as: " + text;
  if (use.scale != 1) {
    out += ", scale: ";
    AppendJsonNumber(use.scale, out);
  }
  if (use.unit_by_row) out += ", unit: by_row";
  if (use.basis != Basis::kDeclared) out.append(", basis: ").append(ToString(use.basis));
  return out + "}";
}

}  // namespace

const ColumnUse* Layout::Find(std::string_view normalised_header) const {
  for (const auto& [header, use] : columns) {
    if (header == normalised_header) return &use;
  }
  return nullptr;
}

Result<Layout> ParseLayout(std::string_view yaml, const std::string& file) {
  Layout layout;
  layout.file = file;
  TW_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(yaml, file));
  TW_RETURN_IF_ERROR(
      root.CheckKeys({"name", "title", "doc", "recognise", "columns", "constants", "dates", "nulls",
                      "decimal", "hs_digits", "hs_edition", "zero_is_missing"}));
  TW_ASSIGN_OR_RETURN(layout.name, TextOr(root, "name"));
  if (layout.name.empty()) return root.Problem("a layout needs a name", "name");
  TW_ASSIGN_OR_RETURN(layout.title, TextOr(root, "title", layout.name));
  TW_ASSIGN_OR_RETURN(const auto required, TextsIfAny(root, "recognise"));
  for (const auto& text : required) layout.required.push_back(SplitAlternatives(text));
  const YamlNode* columns = root.Find("columns");
  if (columns == nullptr) return root.Problem("a layout needs columns", "columns");
  TW_RETURN_IF_ERROR(ReadColumns(*columns, layout));
  if (const YamlNode* constants = root.Find("constants")) {
    TW_RETURN_IF_ERROR(ReadConstants(*constants, layout));
  }
  TW_ASSIGN_OR_RETURN(layout.date_formats, TextsIfAny(root, "dates"));
  TW_ASSIGN_OR_RETURN(layout.nulls, TextsIfAny(root, "nulls"));
  TW_RETURN_IF_ERROR(ReadNumbers(root, layout));
  return layout;
}

Result<Layout> ReadLayout(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ParseLayout(text, path);
}

bool Mapping::Has(Field field) const {
  if (constants.contains(field)) return true;
  return std::any_of(columns.begin(), columns.end(), [&](const Column& column) {
    return column.use.kind == ColumnUse::Kind::kField && column.use.field == field;
  });
}

std::optional<size_t> Mapping::UnitColumn(Field mass) const {
  const Field own = mass == Field::kNetMassKg ? Field::kNetMassUnit : Field::kGrossMassUnit;
  for (const Field wanted : {own, Field::kMassUnit}) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].use.kind == ColumnUse::Kind::kField && columns[i].use.field == wanted)
        return i;
    }
  }
  return std::nullopt;
}

bool Mapping::Usable() const {
  const bool party = std::any_of(columns.begin(), columns.end(), [](const Column& column) {
    return column.use.kind == ColumnUse::Kind::kParty;
  });
  return party && (Has(Field::kDescription) || Has(Field::kHs) || Has(Field::kDeclaration));
}

Json Mapping::ToJson() const {
  Json json;
  json.Set("layout", layout.empty() ? Json() : Json(layout));
  Json list = Json::Array{};
  for (const Column& column : columns) {
    Json entry;
    entry.Set("name", column.name).Set("as", ToString(column.use));
    if (!column.use.identifier_kind.empty()) entry.Set("kind", column.use.identifier_kind);
    list.Add(std::move(entry));
  }
  json.Set("columns", std::move(list));
  return json;
}

std::string Mapping::ToYaml() const {
  std::string out =
      "# What each column is taken for. Correct it by hand: ROLE.name, ROLE.name_en, "
      "ROLE.address,\n"
      "# ROLE.country, ROLE.identifier.KIND, a field (date, declaration, hs, description, "
      "quantity,\n"
      "# net_mass_kg, value, currency, ...), ignored, or unknown. Then: inspect --layout "
      "THIS_FILE\n";
  out += "name: " + YamlText(layout.empty() ? "own" : layout) + "\n";
  out += "columns:\n";
  for (const Column& column : columns) {
    if (NormaliseHeader(column.name).empty()) continue;
    out += "  " + YamlText(column.name) + ": " + UseText(column.use) + "\n";
  }
  if (!constants.empty()) out += "constants:\n";
  for (const auto& [field, text] : constants) {
    out.append("  ").append(ToString(field)).append(": ").append(YamlText(text)).append("\n");
  }
  AppendList("dates", date_formats, out);
  AppendList("nulls", nulls, out);
  if (decimal != 0) out += "decimal: " + YamlText(std::string_view(&decimal, 1)) + "\n";
  if (hs_digits != 0) out += "hs_digits: " + std::to_string(hs_digits) + "\n";
  if (hs_edition) out += "hs_edition: " + std::to_string(*hs_edition) + "\n";
  if (zero_is_missing) out += "zero_is_missing: true\n";
  return out;
}

Result<Layouts> Layouts::Load(const std::string& resources) {
  Layouts layouts;
  const std::string folder = JoinPath(resources, "layouts");
  TW_ASSIGN_OR_RETURN(const auto names, ListFolder(folder));
  std::string content;
  for (const auto& name : names) {
    if (!name.ends_with(".yaml")) continue;
    const std::string path = JoinPath(folder, name);
    TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    content.append(name).append(1, '\0').append(text).append(1, '\0');
    if (name == kWordsFile) {
      TW_ASSIGN_OR_RETURN(layouts.words_, HeaderWords::Parse(text, path));
    } else {
      TW_ASSIGN_OR_RETURN(Layout layout, ParseLayout(text, path));
      if (layouts.Find(layout.name) != nullptr)
        return BadInput("a second layout named " + layout.name, path);
      if (layout.required.empty())
        return BadInput("a layout of the program needs `recognise`", path);
      layouts.all_.push_back(std::move(layout));
    }
  }
  layouts.hash_ = Sha256Hex(content);
  return layouts;
}

const Layout* Layouts::Find(std::string_view name) const {
  for (const Layout& layout : all_) {
    if (layout.name == name) return &layout;
  }
  return nullptr;
}

Mapping Layouts::Map(const Layout* layout, const std::vector<std::string>& header) const {
  Mapping mapping;
  mapping.mass_units = words_.mass_units();
  if (layout != nullptr) {
    mapping.layout = layout->name;
    mapping.constants = layout->constants;
    mapping.hs_edition = layout->hs_edition;
    mapping.date_formats = layout->date_formats;
    mapping.nulls = layout->nulls;
    mapping.decimal = layout->decimal;
    mapping.hs_digits = layout->hs_digits;
    mapping.zero_is_missing = layout->zero_is_missing;
  }
  for (const std::string& name : header) {
    const ColumnUse* known = layout == nullptr ? nullptr : layout->Find(NormaliseHeader(name));
    ColumnUse use = known != nullptr ? *known : words_.Recognise(name);
    // What the words alone say must not double, or add to, what the layout or an earlier column
    // says; a party may have several identifiers.
    const bool list =
        use.kind == ColumnUse::Kind::kParty &&
        (use.attribute == Attribute::kIdentifier || use.attribute == Attribute::kOther);
    const bool single = !list && (layout != nullptr || !MayRepeat(use));
    const bool taken = known == nullptr && single && use.kind >= ColumnUse::Kind::kField &&
                       std::any_of(mapping.columns.begin(), mapping.columns.end(),
                                   [&](const auto& column) { return column.use == use; });
    if (taken) use = ColumnUse{};
    mapping.columns.push_back({name, use});
  }
  AssumeUnits(layout, header, mapping);
  return mapping;
}

// Behind all columns that say plainly what they are.
void Layouts::AssumeUnits(const Layout* layout, const std::vector<std::string>& header,
                          Mapping& mapping) const {
  const bool stated = std::any_of(header.begin(), header.end(),
                                  [&](const std::string& name) { return NamesMassUnit(name); });
  for (auto& column : mapping.columns) {
    if (column.use.kind != ColumnUse::Kind::kUnknown) continue;
    if (layout != nullptr && layout->Find(NormaliseHeader(column.name)) != nullptr) continue;
    ColumnUse use = words_.Assume(column.name);
    if (use.kind == ColumnUse::Kind::kUnknown || mapping.Has(use.field)) continue;
    const auto unit = mapping.UnitColumn(use.field);
    // Units of something else, or units that the layout tells to leave alone.
    if (!unit && stated) continue;
    use.unit_by_row = unit.has_value();
    column.use = use;
    mapping.assumptions.push_back(
        column.name + ": " +
        (unit ? "its unit is read row by row from " + mapping.columns[*unit].name
              : words_.assumption()));
  }
}

bool Layouts::NamesMassUnit(const std::string& name) const {
  const ColumnUse use = words_.Recognise(name);
  return use.kind == ColumnUse::Kind::kField && IsMassUnit(use.field);
}

Mapping Layouts::Recognise(const std::vector<std::string>& header) const {
  const auto normalised = Normalise(header);
  const Layout* best = nullptr;
  for (const Layout& layout : all_) {
    if (!Fits(layout, normalised, nullptr)) continue;
    if (best == nullptr || layout.required.size() > best->required.size()) best = &layout;
  }
  return Map(best, header);
}

Result<Mapping> Layouts::Apply(const Layout& layout, const std::vector<std::string>& header) const {
  std::string missing;
  if (!Fits(layout, Normalise(header), &missing)) {
    return BadInput("layout " + layout.name +
                        " needs a column that the file has not; choose another layout, or " +
                        "write your own with `tidewaiter layout FILE --write my.yaml`",
                    {}, 0, missing);
  }
  return Map(&layout, header);
}

}  // namespace tidewaiter::ledger
