#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/session.h"

namespace tidewaiter::cli {
namespace {

constexpr std::string_view kExtension = ".schema.json";

Result<std::string> KnownSchemas(const std::string& folder) {
  TW_ASSIGN_OR_RETURN(const auto names, ListFolder(folder));
  std::string known;
  for (const auto& name : names) {
    if (!name.ends_with(kExtension)) continue;
    known += (known.empty() ? "" : ", ") + name.substr(0, name.size() - kExtension.size());
  }
  return known;
}

Status PrintSchema(const std::string& name) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  const std::string folder = JoinPath(resources, "schemas");
  TW_ASSIGN_OR_RETURN(const std::string known, KnownSchemas(folder));
  const bool plain = name.find('/') == std::string::npos;
  const std::string path = JoinPath(folder, name + std::string(kExtension));
  if (name.empty() || !plain || !FileExists(path)) {
    return UsageError("no schema '" + name + "'; there are: " + known);
  }
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  Print(text);
  return {};
}

}  // namespace

void AddSchema(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "schema", "Print the JSON Schema of a shape: order, decision, screening, ...");
  auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "Which one");
  command->callback([&session, name] { Run(session, [&] { return PrintSchema(*name); }); });
}

}  // namespace tidewaiter::cli
