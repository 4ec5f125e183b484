// What people decide, and how they say what columns hold.
#ifndef TIDEWAITER_RESOLVE_DECISIONS_H_
#define TIDEWAITER_RESOLVE_DECISIONS_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "resolve/columns.h"
#include "resolve/mentions.h"

namespace tidewaiter::resolve {

// The file of --decisions: JSON lines such as
//   {"decision": "merge", "mentions": ["A-1", "B-7"], "by": "who", "on": "2026-03-01", "why":
//   "..."}
//   {"decision": "split", "mentions": ["A-1", "C-2"], "by": "who", "on": "2026-03-02", "why":
//   "..."}
// "merge": all these mentions are one entity; "split": no two of them are. They hold in every run
// that is given the file (schemas/resolve-decision.schema.json).
struct Decisions {
  struct One {
    bool merge = false;
    std::vector<std::string> mentions;
    std::string by, on, why;  // `on` an ISO date; "" where the line does not say
    uint64_t line = 0;        // of the file
  };
  std::string file;
  std::vector<One> all;  // in the order of the file
};
Result<Decisions> ParseDecisions(std::string_view jsonl, const std::string& file);

// What the decisions say of the mentions of a run, by their numbers.
struct Decided {
  std::vector<std::pair<uint32_t, uint32_t>> together, apart;
  // For people: mentions that are not there, decisions that do not say who, when and why.
  std::vector<std::string> notes;
};
// The mentions that go by an id; empty: none.
using FindMentions = std::function<std::vector<uint32_t>(const std::string& id)>;
// Of two decisions about the same two mentions the later one (`on`) holds. A mention that is not
// there is passed over and noted. Fails, with file and line, when decisions contradict each other:
// mentions that are one and two.
Result<Decided> Decide(const Decisions& decisions, const FindMentions& find);
// By Mentions::ids; the result goes into ClusterOptions.
Result<Decided> Decide(const Decisions& decisions, const Mentions& mentions);
// One text for all that holds, equal when the same is decided: part of a snapshot's id.
std::string TextOf(const Decisions& decisions);

// The file of --config (schemas/resolve-config.schema.json).
struct Config {
  std::vector<std::pair<std::string, ColumnUse>> columns;
  std::optional<double> threshold;
  std::optional<int64_t> largest_block;
};
Result<Config> ParseConfig(const YamlNode& root);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_DECISIONS_H_
