#include <CLI/CLI.hpp>

#include "cli/open_engine.h"

namespace tidewaiter::cli {
namespace {

Status PrintVersion(const Session& session) {
  TW_ASSIGN_OR_RETURN(const auto engine, OpenEngine(session, {}));
  const VersionAnswer version = engine->Version();
  if (session.format == "json") {
    Json json;
    json.Set("engine", version.engine)
        .Set("profile", version.profile)
        .Set("threshold", version.threshold);
    json.Set("rulepacks", version.rulepacks).Set("catalogue", version.catalogue);
    json.Set("watchlist", version.watchlist);
    Print(json.Dump() + "\n");
  } else {
    PrintTable({"what", "version"}, {{"engine", version.engine},
                                     {"profile", version.profile},
                                     {"threshold", std::to_string(version.threshold)},
                                     {"rule packs", version.rulepacks},
                                     {"catalogue", version.catalogue},
                                     {"watchlist", version.watchlist}});
  }
  return {};
}

}  // namespace

void AddVersion(CLI::App& app, Session& session) {
  app.add_subcommand("version", "Versions of the program and of the data that it answers from")
      ->callback([&] { Run(session, [&] { return PrintVersion(session); }); });
}

}  // namespace tidewaiter::cli
