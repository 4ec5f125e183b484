// Opens the engine as the global options say.
#ifndef TIDEWAITER_CLI_OPEN_ENGINE_H_
#define TIDEWAITER_CLI_OPEN_ENGINE_H_

#include <memory>
#include <string>
#include <vector>

#include "cli/session.h"
#include "tidewaiter/engine.h"

namespace tidewaiter::cli {

// Options of the commands that screen and apply rules.
struct EngineOptions {
  std::vector<std::string> policies;
  std::string relations;
  int max_age_days = 30;
  int max_pack_age_days = 365;
  bool without_lists = false;
  bool without_name_groups = false;
  std::string weak_aliases;
};

void AddEngineOptions(CLI::App& command, EngineOptions& options);
Result<std::unique_ptr<const Engine>> OpenEngine(const Session& session,
                                                 const EngineOptions& options);
std::string Today(const Session& session);  // ISO
// --as-of as text after it was checked; "" when not given.
Result<std::string> AsOfText(const Session& session);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_OPEN_ENGINE_H_
