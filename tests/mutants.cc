// Walks the tree of a pack. What a scalar means follows from the keys above it; what is changed
// into what is said in one function for each kind. Texts for people (titles, sources, notes) are
// left alone.
#include "mutants.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <set>
#include <string_view>
#include <utility>

#include "base/date.h"
#include "base/json.h"
#include "base/yaml.h"

namespace tidewaiter::scenario {
namespace {

std::string Shortest(double number) {
  std::string text;
  AppendJsonNumber(number, text);
  return text;
}

// A code of the same form that is another one: its last letter or digit is changed.
std::string OtherCode(std::string code) {
  for (size_t i = code.size(); i-- > 0;) {
    char& c = code[i];
    if (c >= '0' && c <= '9') {
      c = c == '9' ? '3' : static_cast<char>(c + 1);
      return code;
    }
    if (c >= 'a' && c <= 'y') {
      ++c;
      return code;
    }
  }
  return code == "*" ? "0A999" : code == "CN:*" ? "CN:0A999" : code + "9";
}

std::string OtherComparison(const std::string& op) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kOthers = {{
      {">=", ">"},
      {">", ">="},
      {"<=", "<"},
      {"<", "<="},
      {"better_than", "<="},
      {"==", "!="},
      {"!=", "=="},
      {"in", "not_in"},
      {"not_in", "in"},
      {"subset_of", "not_subset_of"},
      {"not_subset_of", "subset_of"},
  }};
  for (const auto& [from, to] : kOthers) {
    if (op == from) return std::string(to);
  }
  return {};
}

std::string OtherEffect(const std::string& effect) {
  if (effect == "notify") return "inform";
  return effect == "inform" ? "prohibit" : "notify";
}

class Maker {
 public:
  Maker(const std::string& text, std::string file) : text_(text), file_(std::move(file)) {
    starts_.push_back(0);
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  std::vector<Mutant> Make(const YamlNode& tree) {
    for (const auto& [key, section] : tree.members) {
      for (const auto& entry : section.items) {
        if (key == "rules") MakeRule(entry);
        if (key == "conditions") MakeNamed(entry);
        if (key == "codes") MakeCodes(entry);
        if (key == "groups") MakeGroup(entry);
        if (key == "derived") MakeDerived(entry);
      }
      if (key == "raises") MakeRaises(section);
    }
    return std::move(mutants_);
  }

 private:
  void Add(const YamlNode& scalar, const std::string& kind, std::string to) {
    if (!scalar.is_scalar() || to.empty() || to == scalar.scalar) return;
    // `line` and `column` point at the scalar, or at the quote before it.
    size_t offset = starts_.at(scalar.line - 1) + (scalar.column == 0 ? 0 : scalar.column - 1);
    offset = text_.find(scalar.scalar, offset);
    if (offset == std::string::npos) return;
    mutants_.push_back({file_, scalar.line, rule_, kind, scalar.scalar, std::move(to), offset});
  }

  void AddDate(const YamlNode* node) {
    if (node == nullptr || !node->is_scalar()) return;
    const auto date = ParseIsoDate(node->scalar);
    if (!date) return;
    Add(*node, "date", ToString(*date + 1));
    Add(*node, "date", ToString(*date - 1));
  }

  void AddCodes(const YamlNode* list, const std::string& kind) {
    if (list == nullptr) return;
    for (const auto& code : list->items) Add(code, kind, OtherCode(code.scalar));
  }

  // Fiji is in no pack.
  void AddCountries(const YamlNode* list) {
    if (list == nullptr) return;
    if (list->is_scalar()) Add(*list, "country", "[FJ]");
    for (const auto& country : list->items) Add(country, "country", "FJ");
  }

  void AddNumber(const YamlNode& value) {
    char* end = nullptr;
    const double number = std::strtod(value.scalar.c_str(), &end);
    if (value.scalar.empty() || *end != 0 || value.quoted) {
      Add(value, "threshold", OtherCode(value.scalar));
      return;
    }
    Add(value, "threshold", Shortest(std::round(number * 1.01e6) / 1e6));
    Add(value, "threshold", Shortest(std::round(number * 0.99e6) / 1e6));
  }

  void MakeComparison(const YamlNode& condition) {
    if (const YamlNode* op = condition.Find("op"))
      Add(*op, "comparison", OtherComparison(op->scalar));
    if (const YamlNode* value = condition.Find("value")) {
      if (value->is_scalar()) AddNumber(*value);
      for (const auto& item : value->items) AddNumber(item);
    }
  }

  void MakeCondition(const YamlNode& node) {
    if (node.is_scalar()) {
      Add(node, "fact", "{not: " + node.scalar + "}");
      return;
    }
    for (const auto& item : node.items) MakeCondition(item);
    if (node.Find("fact") != nullptr) MakeComparison(node);
    for (const auto& [key, value] : node.members) {
      if (key == "in" || key == "not_in") AddCountries(&value);
      if (key == "all" || key == "any" || key == "not") MakeCondition(value);
      if (key == "control" || key == "hs") AddCodes(&value, "code");
      if (key == "condition") Add(value, "condition", Other(value.scalar));
      if (key == "rule") Add(value, "reference", "US-REDFLAGS");
      if (key == "fact" && node.Find("op") == nullptr) Add(value, "fact", "terrorist_end_use");
    }
  }

  static std::string Other(const std::string& condition) {
    return condition == "bound_by_korea" ? "bound_by_taiwan" : "bound_by_korea";
  }

  void MakeRule(const YamlNode& rule) {
    rule_ = rule.Find("id") == nullptr ? "" : rule.Find("id")->scalar;
    if (rule.Find("never_decides") != nullptr) return;
    AddDate(rule.Find("from"));
    AddDate(rule.Find("to"));
    if (const auto* effect = rule.Find("effect"))
      Add(*effect, "effect", OtherEffect(effect->scalar));
    MakeCertainty(rule);
    if (const auto* binds = rule.Find("binds")) MakeCondition(*binds);
    for (const char* key : {"end_use", "knowledge"}) {
      if (const auto* list = rule.Find(key)) MakeCondition(*list);
    }
    MakeDestinations(rule.Find("destinations"));
    MakeParties(rule.Find("parties"));
    if (const auto* ownership = rule.Find("ownership")) MakeComparison(*ownership);
    MakeList(rule.Find("unless"), "reference", "US-REDFLAGS");
    if (const auto* flag = rule.Find("general_catch_all"))
      Add(*flag, "flag", flag->scalar == "true" ? "false" : "true");
    MakeUncertain(rule.Find("uncertain"));
    if (const auto* items = rule.Find("items")) {
      for (const auto& item : items->items) MakeItem(item);
    }
  }

  void MakeCertainty(const YamlNode& rule) {
    const YamlNode* effect = rule.Find("effect");
    if (effect != nullptr && (effect->scalar == "inform" || effect->scalar == "notify"))
      return;  // nothing rests on it
    const YamlNode* status = rule.Find("status");
    if (status != nullptr)
      Add(*status, "status", status->scalar == "uncertain" ? "in_force" : "uncertain");
    const YamlNode* confidence = rule.Find("confidence");
    if (confidence != nullptr)
      Add(*confidence, "confidence", confidence->scalar == "memory" ? "quoted" : "memory");
  }

  void MakeDestinations(const YamlNode* node) {
    if (node == nullptr) return;
    if (!node->is_mapping()) {
      AddCountries(node);
      return;
    }
    for (const char* key : {"in", "except", "unknown"}) AddCountries(node->Find(key));
  }

  void MakeParties(const YamlNode* node) {
    if (node == nullptr) return;
    if (const YamlNode* names = node->Find("names")) {
      for (const auto& name : names->items) Add(name, "name", "Other " + name.scalar);
    }
    if (const YamlNode* any = node->Find("any_of")) MakeCondition(*any);
  }

  void MakeUncertain(const YamlNode* list) {
    if (list == nullptr) return;
    for (const auto& entry : list->items) {
      AddDate(entry.Find("before"));
      AddDate(entry.Find("from"));
      if (const auto* when = entry.Find("when")) MakeCondition(*when);
    }
  }

  void MakeList(const YamlNode* list, const std::string& kind, const std::string& to) {
    if (list == nullptr) return;
    for (const auto& item : list->items) Add(item, kind, to);
  }

  void MakeItem(const YamlNode& item) {
    AddCodes(item.Find("hs"), "code");
    AddCodes(item.Find("control"), "code");
    AddCodes(item.Find("possible_hs"), "possible code");
    MakeList(item.Find("items_of"), "reference", "US-REDFLAGS");
    MakeList(item.Find("classes"), "class", "accessory");
    if (const auto* edition = item.Find("edition"))
      Add(*edition, "edition", edition->scalar == "2012" ? "2022" : "1996");
    if (const auto* confidence = item.Find("confidence")) Add(*confidence, "confidence", "quoted");
    if (const auto* when = item.Find("when")) MakeCondition(*when);
  }

  void MakeNamed(const YamlNode& entry) {
    rule_ = Name(entry);
    if (const auto* when = entry.Find("when")) MakeCondition(*when);
  }

  void MakeCodes(const YamlNode& entry) {
    rule_ = Name(entry);
    AddCodes(entry.Find("hs"), "code");
  }

  void MakeGroup(const YamlNode& entry) {
    rule_ = Name(entry);
    AddCountries(entry.Find("countries"));
  }

  void MakeDerived(const YamlNode& entry) {
    rule_ = entry.Find("fact") == nullptr ? "" : entry.Find("fact")->scalar;
    for (const char* key : {"true_when", "false_when"}) {
      if (const auto* when = entry.Find(key)) MakeCondition(*when);
    }
    if (const auto* share = entry.Find("share_of_components")) {
      AddCountries(share->Find("origin"));
      AddCodes(share->Find("control_code_other_than"), "code");
    }
  }

  void MakeRaises(const YamlNode& section) {
    rule_ = "raises";
    AddCountries(section.Find("destinations"));
    AddCodes(section.Find("control_code_other_than"), "code");
    MakeList(section.Find("codes"), "reference", "cn_uav_radio");
    MakeList(section.Find("classes"), "class", "accessory");
  }

  static std::string Name(const YamlNode& entry) {
    return entry.Find("name") == nullptr ? "" : entry.Find("name")->scalar;
  }

  const std::string& text_;
  std::string file_, rule_;
  std::vector<size_t> starts_;
  std::vector<Mutant> mutants_;
};

}  // namespace

Result<std::vector<Mutant>> MakeMutants(const std::string& text, const std::string& file) {
  TW_ASSIGN_OR_RETURN(const YamlNode tree, ParseYaml(text, file));
  return Maker(text, file).Make(tree);
}

std::string Apply(const Mutant& mutant, std::string text) {
  text.replace(mutant.offset, mutant.from.size(), mutant.to);
  return text;
}

}  // namespace tidewaiter::scenario
