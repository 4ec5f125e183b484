#include "resolve/decisions.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "base/json.h"

namespace tidewaiter::resolve {
namespace {

Result<Decisions::One> ReadOne(const Json& json) {
  Decisions::One out;
  const std::string_view what = json.StringOr("decision");
  if (what != "merge" && what != "split")
    return BadInput("must be merge or split", {}, 0, "decision");
  out.merge = what == "merge";
  const Json* mentions = json.Find("mentions");
  if (mentions == nullptr || !mentions->is_array() || mentions->as_array().size() < 2)
    return BadInput("must be a list of at least two mention ids", {}, 0, "mentions");
  for (const Json& id : mentions->as_array()) {
    if (!id.is_string()) return BadInput("a mention id is a text", {}, 0, "mentions");
    out.mentions.push_back(id.as_string());
  }
  return out;
}

uint32_t Root(std::vector<uint32_t>& parent, uint32_t x) {
  while (parent[x] != x) x = parent[x] = parent[parent[x]];
  return x;
}

}  // namespace

Result<Decisions> ParseDecisions(std::string_view jsonl, const std::string& file) {
  Decisions out;
  uint64_t number = 0;
  while (!jsonl.empty()) {
    const size_t end = std::min(jsonl.find('\n'), jsonl.size());
    const std::string_view line = jsonl.substr(0, end);
    jsonl.remove_prefix(std::min(end + 1, jsonl.size()));
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto json = ParseJson(line);
    if (!json) return BadInput(json.error().message, file, number);
    if (!json->is_object()) return BadInput("must be an object", file, number);
    auto one = ReadOne(*json);
    if (!one) return BadInput(one.error().message, file, number, one.error().field);
    out.all.push_back(std::move(*one));
  }
  return out;
}

Status Apply(Decisions& decisions, const Mentions& mentions, ClusterOptions& options) {
  std::unordered_map<std::string_view, uint32_t> number;
  for (uint32_t m = 0; m < mentions.count; ++m) number.emplace(mentions.ids[m], m);
  std::vector<uint32_t> parent(mentions.count);
  std::iota(parent.begin(), parent.end(), 0U);
  for (const auto& one : decisions.all) {
    std::vector<uint32_t> known;
    for (const auto& id : one.mentions) {
      const auto found = number.find(id);
      if (found == number.end())
        ++decisions.unknown;
      else
        known.push_back(found->second);
    }
    for (size_t i = 0; i < known.size(); ++i) {
      for (size_t k = i + 1; k < known.size(); ++k)
        (one.merge ? options.together : options.apart).emplace_back(known[i], known[k]);
    }
  }
  for (const auto& [a, b] : options.together) parent[Root(parent, a)] = Root(parent, b);
  for (const auto& [a, b] : options.apart) {
    if (Root(parent, a) == Root(parent, b))
      return BadInput("'" + mentions.ids[a] + "' and '" + mentions.ids[b] +
                      "' are decided to be one and decided to be two; take one decision back");
  }
  return {};
}

Result<Config> ParseConfig(const YamlNode& root) {
  TW_RETURN_IF_ERROR(root.CheckKeys({"columns", "threshold", "largest_block"}));
  Config out;
  TW_ASSIGN_OR_RETURN(out.threshold, NumberIfAny(root, "threshold"));
  TW_ASSIGN_OR_RETURN(out.largest_block, NumberIfAny(root, "largest_block"));
  if (out.threshold && (*out.threshold <= 0 || *out.threshold >= 1))
    return root.Problem("a probability between 0 and 1", "threshold");
  if (out.largest_block && (*out.largest_block < 2 || *out.largest_block > 250))
    return root.Problem("between 2 and 250 mentions", "largest_block");
  const YamlNode* columns = root.Find("columns");
  if (columns == nullptr) return out;
  for (const auto& [name, node] : columns->members) {
    TW_ASSIGN_OR_RETURN(const std::string text, node.Text());
    const size_t colon = text.find(':');
    const auto kind = ParseKind(text.substr(0, colon));
    if (!kind) return node.Problem("no kind of column is called '" + text + "'", name);
    ColumnUse use{*kind, colon == std::string::npos ? "" : text.substr(colon + 1)};
    if (use.kind == Kind::kIdentifier && use.identifier.empty()) use.identifier = "other";
    out.columns.emplace_back(name, use);
  }
  return out;
}

}  // namespace tidewaiter::resolve
