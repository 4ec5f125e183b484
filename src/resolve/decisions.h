// What people decide, and how they say what columns hold.
#ifndef TIDEWAITER_RESOLVE_DECISIONS_H_
#define TIDEWAITER_RESOLVE_DECISIONS_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "resolve/cluster.h"
#include "resolve/columns.h"
#include "resolve/mentions.h"

namespace tidewaiter::resolve {

// The file of --decisions: JSON lines such as
//   {"decision": "merge", "mentions": ["A-1", "B-7"], "by": "...", "why": "..."}
//   {"decision": "split", "mentions": ["A-1", "C-2"]}
// "merge": all these mentions are one entity; "split": no two of them are. They hold in every run
// that is given the file; a mention that the table does not have is passed over and counted.
struct Decisions {
  struct One {
    bool merge = false;
    std::vector<std::string> mentions;
  };
  std::vector<One> all;
  uint64_t unknown = 0;  // mentions passed over by ApplyTo
};
Result<Decisions> ParseDecisions(std::string_view jsonl, const std::string& file);
// Fails when the decisions contradict each other: two mentions merged and split.
Status Apply(Decisions& decisions, const Mentions& mentions, ClusterOptions& options);

// The file of --config (schemas/resolve-config.schema.json).
struct Config {
  std::vector<std::pair<std::string, ColumnUse>> columns;
  std::optional<double> threshold;
  std::optional<double> largest_block;
};
Result<Config> ParseConfig(const YamlNode& root);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_DECISIONS_H_
