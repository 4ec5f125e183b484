#include "cli/open_engine.h"

#include <CLI/CLI.hpp>

namespace tidewaiter::cli {

void AddEngineOptions(CLI::App& command, EngineOptions& options) {
  command.add_option("--policy", options.policies,
                     "Your own rule pack (file or folder; may be given again)");
  command.add_option("--relations", options.relations,
                     "Who owns whom: CSV or JSONL with owner, owned, share_percent, and optional "
                     "control, from, to, source");
  command.add_option("--max-age", options.max_age_days, "Warn of lists older than this many days")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command
      .add_option("--max-pack-age", options.max_pack_age_days,
                  "Warn of rule packs reviewed longer ago than this many days")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command.add_option("--weak-aliases", options.weak_aliases,
                     "What an alias counts that its publisher calls weak: full, less, supported "
                     "(only beside other evidence) or never (default: the profile's)");
  command.add_flag("--without-lists", options.without_lists, "Screen nobody, and say so");
  command.add_flag("--without-name-groups", options.without_name_groups,
                   "Leave out the table of spelling equivalences (for measurement)");
}

Result<std::unique_ptr<const Engine>> OpenEngine(const Session& session,
                                                 const EngineOptions& options) {
  EngineConfig config;
  config.data_folder = session.data;
  config.policies = options.policies;
  config.relations = options.relations;
  config.threads = session.Threads();
  config.cache_folder = session.cache;
  config.max_age_days = options.max_age_days;
  config.max_pack_age_days = options.max_pack_age_days;
  config.without_lists = options.without_lists;
  config.without_name_groups = options.without_name_groups;
  config.weak_aliases = options.weak_aliases;
  return Engine::Open(config);
}

std::string Today(const Session& session) { return ToString(session.clock.Today()); }

Result<std::string> AsOfText(const Session& session) {
  TW_ASSIGN_OR_RETURN(const auto date, session.AsOf());
  return date ? ToString(*date) : std::string();
}

}  // namespace tidewaiter::cli
