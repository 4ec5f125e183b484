// tidewaiter rescreen
#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/open_engine.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  RescreenRequest request;
  std::string save;
  EngineOptions engine;
};

Status Rescreen(Session& session, Arguments& arguments) {
  RescreenRequest& request = arguments.request;
  if (request.options.threshold > 1) return UsageError("--threshold: a score lies between 0 and 1");
  if (request.file != "-" && !FileExists(request.file))
    return MissingData("no such file", request.file);
  if (!request.state.empty() && !FileExists(request.state))
    return MissingData("no such state; the first time use --since", request.state);
  TW_ASSIGN_OR_RETURN(const auto engine, OpenEngine(session, arguments.engine));
  for (const auto& warning : engine->ListWarnings(Today(session))) session.Warn(warning);
  const auto progress = session.MakeProgress();
  const auto print = [](std::string_view line) { return Print(line) && Print("\n"); };
  TW_ASSIGN_OR_RETURN(const RescreenAnswer answer, engine->Rescreen(request, print, *progress));
  session.Warn(
      std::to_string(answer.changed_entries) + " entries of the lists changed; " +
      std::to_string(answer.touched) + " of " + std::to_string(answer.customers) +
      " customers screened again, " + std::to_string(answer.changed) + " changed" +
      (answer.rejected > 0 ? ", " + std::to_string(answer.rejected) + " could not be read" : ""));
  if (answer.rejected > 0) session.exit_code = static_cast<int>(ErrorCode::kBadInput);
  if (!arguments.save.empty()) return WriteAtomically(arguments.save, answer.state + "\n");
  return {};
}

}  // namespace

void AddRescreen(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "rescreen", "After a change of the lists: only the customers that it can concern");
  auto arguments = std::make_shared<Arguments>();
  RescreenRequest& request = arguments->request;
  command->add_option("portfolio", request.file, "CSV, JSONL or Parquet, as for `screen`")
      ->required();
  command->add_option("--since", request.since, "Compare with the lists as they were on this day");
  command->add_option("--from", request.state, "Compare with the lists of this saved state");
  command->add_option("--save", arguments->save, "Write the state to begin from the next time");
  command->add_option("--list", request.options.lists, "Only this list (may be given again)");
  command->add_option("--threshold", request.options.threshold,
                      "Lowest score that counts, 0 to 1 (default: the profile's)");
  command->add_option("--top", request.options.top, "At most this many hits a party (0: all)")
      ->capture_default_str();
  command->add_flag("--everybody", request.everybody,
                    "The slow reference: screen all customers again; the same answer");
  AddEngineOptions(*command, arguments->engine);
  command->footer(
      "Writes a JSON line for each changed customer: new, gone and changed hits.\n"
      "Examples:\n  tidewaiter rescreen customers.csv --since 2024-01-15 --save state.json\n"
      "  tidewaiter rescreen customers.csv --from state.json --save state.json");
  command->callback(
      [&session, arguments] { Run(session, [&] { return Rescreen(session, *arguments); }); });
}

}  // namespace tidewaiter::cli
