#include "resolve/weights.h"

#include <algorithm>
#include <cmath>

#include "base/file.h"

namespace tidewaiter::resolve {
namespace {

constexpr double kLeast = 1e-7;  // of m and u: nothing is impossible

Result<double> NumberAt(const YamlNode& node, std::string_view key) {
  TW_ASSIGN_OR_RETURN(const auto number, NumberIfAny(node, key));
  if (!number) return node.Problem("missing", std::string(key));
  return *number;
}

Status ReadLevel(const YamlNode& node, LevelWeight& to) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"m", "u", "by_value", "spread"}));
  TW_ASSIGN_OR_RETURN(to.m, NumberAt(node, "m"));
  TW_ASSIGN_OR_RETURN(to.u, NumberAt(node, "u"));
  if (to.m <= 0 || to.m > 1 || to.u <= 0 || to.u > 1)
    return node.Problem("m and u are shares between 0 and 1");
  if (const YamlNode* by_value = node.Find("by_value")) {
    TW_ASSIGN_OR_RETURN(to.by_value, by_value->Boolean());
  }
  return {};
}

Status ReadAspect(const YamlNode& node, Aspect aspect, Weights& out) {
  const LevelNames& levels = LevelsOf(aspect);
  for (const auto& [name, value] : node.members) {
    const auto at = std::find(levels.names.begin() + 1, levels.names.begin() + levels.count, name);
    if (at == levels.names.begin() + levels.count)
      return value.Problem("no level of this aspect has this name", name);
    const auto level = static_cast<Level>(at - levels.names.begin());
    TW_RETURN_IF_ERROR(ReadLevel(value, out.At(aspect, level)));
  }
  for (size_t level = 1; level < levels.count; ++level) {
    if (out.At(aspect, static_cast<Level>(level)).m <= 0)
      return node.Problem("missing", std::string(levels.names[level]));
  }
  return {};
}

}  // namespace

Result<Weights> Weights::Read(const std::string& resources) {
  TW_ASSIGN_OR_RETURN(const YamlNode root,
                      ReadYaml(JoinPath(resources, "reference/resolve/weights.yaml")));
  return FromYaml(root);
}

Result<Weights> Weights::FromYaml(const YamlNode& root) {
  TW_RETURN_IF_ERROR(root.CheckKeys({"strength", "duplicates", "aspects"}));
  Weights out;
  TW_ASSIGN_OR_RETURN(out.strength, NumberAt(root, "strength"));
  TW_ASSIGN_OR_RETURN(out.duplicates, NumberAt(root, "duplicates"));
  const YamlNode* aspects = root.Find("aspects");
  if (aspects == nullptr) return root.Problem("missing", "aspects");
  size_t read = 0;
  for (const auto& [name, node] : aspects->members) {
    const auto aspect = ParseAspect(name);
    if (!aspect) return node.Problem("no aspect has this name", name);
    TW_RETURN_IF_ERROR(ReadAspect(node, *aspect, out));
    ++read;
  }
  if (read != kAspects) return aspects->Problem("an aspect is missing");
  out.Prepare();
  return out;
}

Json Weights::ToJson() const {
  Json aspects;
  for (size_t a = 0; a < kAspects; ++a) {
    const LevelNames& names = LevelsOf(static_cast<Aspect>(a));
    Json levels;
    for (size_t level = 1; level < names.count; ++level) {
      const LevelWeight& weight = table_[a][level];
      Json one;
      one.Set("m", weight.m);
      one.Set("u", weight.u);
      one.Set("by_value", weight.by_value);
      one.Set("weight", std::log(std::max(weight.m, kLeast) / std::max(weight.u, kLeast)));
      levels.Set(std::string(names.names[level]), std::move(one));
    }
    aspects.Set(std::string(ToString(static_cast<Aspect>(a))), std::move(levels));
  }
  Json out;
  out.Set("strength", strength);
  out.Set("duplicates", duplicates);
  out.Set("aspects", std::move(aspects));
  return out;
}

void Weights::Prepare() {
  for (size_t a = 0; a < kAspects; ++a) {
    for (size_t level = 1; level < kLevels; ++level) {
      LevelWeight& weight = table_[a][level];
      Fast& fast = fast_[a][level];
      weight.spread =
          level == kSame ? 1 : std::max(1.0, weight.u / std::max(table_[a][kSame].u, kLeast));
      fast.log_m = static_cast<float>(std::log(std::max(weight.m, kLeast)));
      fast.plain = fast.log_m - static_cast<float>(std::log(std::max(weight.u, kLeast)));
      fast.log_spread = static_cast<float>(std::log(weight.spread));
      fast.by_value = weight.by_value;
    }
  }
}

}  // namespace tidewaiter::resolve
