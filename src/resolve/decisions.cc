#include "resolve/decisions.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/date.h"
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
  out.by = json.StringOr("by");
  out.on = json.StringOr("on");
  out.why = json.StringOr("why");
  if (!out.on.empty() && !ParseIsoDate(out.on))
    return BadInput("must be a date such as 2026-03-01", {}, 0, "on");
  return out;
}

uint32_t Root(std::map<uint32_t, uint32_t>& parent, uint32_t x) {
  for (auto at = parent.find(x); at != parent.end(); at = parent.find(x)) x = at->second;
  return x;
}

// What is said of two ids; the decisions are all the latest ones about them.
using ByPair = std::map<std::pair<std::string, std::string>, std::vector<const Decisions::One*>>;

ByPair LatestByPair(const Decisions& decisions) {
  ByPair out;
  for (const auto& one : decisions.all) {
    for (size_t i = 0; i < one.mentions.size(); ++i) {
      for (size_t k = i + 1; k < one.mentions.size(); ++k) {
        auto& held = out[std::minmax(one.mentions[i], one.mentions[k])];
        if (!held.empty() && held[0]->on < one.on) held.clear();
        if (held.empty() || held[0]->on == one.on) held.push_back(&one);
      }
    }
  }
  return out;
}

void NoteUnknown(const Decisions& decisions, const FindMentions& find, Decided& out) {
  for (const auto& one : decisions.all) {
    for (const auto& id : one.mentions) {
      if (!find(id).empty()) continue;
      out.notes.push_back(decisions.file + ":" + std::to_string(one.line) + ": there is no '" + id +
                          "' here; the decision" + (one.by.empty() ? "" : " of " + one.by) +
                          (one.on.empty() ? "" : " of " + one.on) +
                          " is passed over for it and holds again when it is there");
    }
    if (one.by.empty() || one.on.empty() || one.why.empty())
      out.notes.push_back(decisions.file + ":" + std::to_string(one.line) +
                          ": the decision does not say who took it, when and why; add by, on "
                          "(a date) and why");
  }
}

}  // namespace

Result<Decisions> ParseDecisions(std::string_view jsonl, const std::string& file) {
  Decisions out;
  out.file = file;
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
    one->line = number;
    out.all.push_back(std::move(*one));
  }
  return out;
}

Result<Decided> Decide(const Decisions& decisions, const FindMentions& find) {
  Decided out;
  std::map<uint32_t, uint32_t> parent;
  std::vector<std::pair<std::pair<uint32_t, uint32_t>, const Decisions::One*>> apart;
  for (const auto& [ids, latest] : LatestByPair(decisions)) {
    for (const uint32_t a : find(ids.first)) {
      for (const uint32_t b : find(ids.second)) {
        for (const Decisions::One* one : latest) {
          if (!one->merge) apart.push_back({{a, b}, one});
          if (!one->merge || a == b) continue;
          out.together.emplace_back(a, b);
          const uint32_t x = Root(parent, a), y = Root(parent, b);
          if (x != y) parent[std::max(x, y)] = std::min(x, y);
        }
      }
    }
  }
  for (const auto& [pair, one] : apart) {
    if (Root(parent, pair.first) == Root(parent, pair.second))
      return BadInput("'" + one->mentions[0] + "', '" + one->mentions[1] +
                          "' ... are decided to be two here and to be one elsewhere (or are the "
                          "same mention); take one decision back, or date the later one",
                      decisions.file, one->line);
    out.apart.push_back(pair);
  }
  NoteUnknown(decisions, find, out);
  return out;
}

Result<Decided> Decide(const Decisions& decisions, const Mentions& mentions) {
  std::unordered_map<std::string_view, uint32_t> number;
  for (const auto& one : decisions.all) {
    for (const auto& id : one.mentions) number.emplace(id, UINT32_MAX);
  }
  for (uint32_t m = 0; m < mentions.count; ++m) {
    const auto wanted = number.find(mentions.ids[m]);
    if (wanted != number.end()) wanted->second = m;
  }
  return Decide(decisions, [&](const std::string& id) {
    const uint32_t m = number.at(id);
    return m == UINT32_MAX ? std::vector<uint32_t>() : std::vector<uint32_t>{m};
  });
}

std::string TextOf(const Decisions& decisions) {
  std::string out;
  for (const auto& one : decisions.all) {
    out += one.merge ? "merge" : "split";
    for (const auto& id : one.mentions) out += '\x1f' + id;
    for (const auto* text : {&one.by, &one.on, &one.why}) out += '\x1e' + *text;
    out += '\n';
  }
  return out;
}

Result<Config> ParseConfig(const YamlNode& root) {
  TW_RETURN_IF_ERROR(root.CheckKeys({"columns", "threshold", "largest_block"}));
  Config out;
  TW_ASSIGN_OR_RETURN(out.threshold, NumberIfAny(root, "threshold"));
  TW_ASSIGN_OR_RETURN(out.largest_block, WholeIfAny(root, "largest_block", 2, 250));
  if (out.threshold && (*out.threshold <= 0 || *out.threshold >= 1))
    return root.Problem("a probability between 0 and 1", "threshold");
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
