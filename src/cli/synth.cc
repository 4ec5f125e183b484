#include "synth/synth.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/session.h"

namespace tidewaiter::cli {
namespace {

void PrintSummary(const Session& session, const synth::Request& request,
                  const synth::Summary& summary) {
  if (session.format == "json") {
    Json schemes;
    for (const auto& [kind, count] : summary.schemes) schemes.Set(kind, count);
    Json json;
    json.Set("file", request.out).Set("lines", summary.lines).Set("spoiled", summary.spoiled);
    json.Set("scheme_rows", summary.scheme_rows).Set("schemes", std::move(schemes));
    Print(json.Dump() + "\n");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& [kind, count] : summary.schemes) rows.push_back({kind, std::to_string(count)});
  PrintTable({"planted scheme (SYNTHETIC)", "how many"}, rows);
  Print(std::to_string(summary.lines) + " SYNTHETIC lines in " + request.out +
        ", the truth about them in " + request.out + ".truth/\n");
}

Status Synth(const Session& session, synth::Request request) {
  TW_ASSIGN_OR_RETURN(request.resources, ResourceFolder());
  request.threads = session.Threads();
  const auto progress = session.MakeProgress();
  TW_ASSIGN_OR_RETURN(const auto summary, synth::Write(request, *progress));
  PrintSummary(session, request, summary);
  return {};
}

}  // namespace

void AddSynth(CLI::App& app, Session& session) {
  auto request = std::make_shared<synth::Request>();
  auto* command = app.add_subcommand(
      "synth", "A customs corpus with planted diversion schemes and the truth about them");
  command->add_option("--lines", request->lines, "Rows, 1,000 to 100,000,000")
      ->capture_default_str();
  command->add_option("--seed", request->seed, "Any text; the same text gives the same bytes")
      ->capture_default_str();
  command
      ->add_option("--layout", request->layout,
                   "russia-import, kazakhstan-import, us-bol, china-export or generic")
      ->capture_default_str();
  command->add_option("--out", request->out, "The CSV file; FILE.truth/ is written beside it")
      ->required();
  command->add_flag("--faults", request->faults, "Spoil one row in 500");
  command->callback(
      [&session, request] { Run(session, [&] { return Synth(session, *request); }); });
}

}  // namespace tidewaiter::cli
