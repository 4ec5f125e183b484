// The program. Each command is a file of its own in this folder; here stand the global options and
// the list.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <exception>

#include "base/file.h"
#include "cli/session.h"

namespace {

using tidewaiter::cli::Session;

std::string UserFolder(const char* variable, const std::string& below_home) {
  const char* set = std::getenv(variable);
  if (set != nullptr && *set != '\0') return tidewaiter::JoinPath(set, "tidewaiter");
  const char* home = std::getenv("HOME");
  return tidewaiter::JoinPath(home != nullptr ? home : ".", below_home + "/tidewaiter");
}

void AddGlobalOptions(CLI::App& app, Session& session) {
  app.add_option("--data", session.data, "Folder of lists, watchlist and journal")
      ->capture_default_str();
  app.add_option("--format", session.format, "table, json, jsonl, csv or parquet")
      ->check(CLI::IsMember({"table", "json", "jsonl", "csv", "parquet"}))
      ->capture_default_str();
  app.add_option("--as-of", session.as_of_text, "Answer as of this day (YYYY-MM-DD)");
  app.add_option("--threads", session.threads, "Threads (0: one per core)")
      ->check(CLI::Range(0, 1024));
  app.fallthrough();  // global options may stand behind the command
}

void AddCommands(CLI::App& app, Session& session) {
  using namespace tidewaiter::cli;
  app.require_subcommand(1);
  for (const auto add :
       {AddInspect, AddScreen, AddCheck,     AddLists,      AddRescreen, AddJournal, AddLayout,
        AddResolve, AddRules,  AddCatalogue, AddIndicators, AddTrace,    AddFigure,  AddReplay,
        AddDossier, AddClaims, AddSynth,     AddEval,       AddSchema,   AddVersion}) {
    add(app, session);
  }
  for (CLI::App* command : app.get_subcommands({})) command->fallthrough();
}

int RunProgram(int argc, char** argv) {
  Session session;
  session.data = UserFolder("XDG_DATA_HOME", ".local/share");
  session.cache = UserFolder("XDG_CACHE_HOME", ".cache");
  CLI::App app(
      "Export control: who may not be supplied, what is controlled by whose rule on which date, "
      "and how goods "
      "travelled.\nDecision support, not legal advice.\n\n"
      "  tidewaiter lists import sdn.csv alt.csv add.csv     official lists into dated snapshots\n"
      "  tidewaiter inspect customs.csv --out run/           the main job: one page with the "
      "evidence\n"
      "  tidewaiter check order.json                         one transaction: stop, ask, review or "
      "clear\n"
      "  tidewaiter screen 'Example Trading Ltd'             one name, or a file of parties\n",
      "tidewaiter");
  app.set_help_all_flag("--help-all", "Help for every command");
  AddGlobalOptions(app, session);
  AddCommands(app, session);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForAllHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& problem) {
    session.Fail(tidewaiter::UsageError(std::string(problem.what()) +
                                        "; `tidewaiter --help` shows the commands"));
  }
  return session.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away ends the output, not the program
  try {
    return RunProgram(argc, argv);
  } catch (const std::exception& bug) {
    std::fprintf(stderr, "tidewaiter: internal error: %s; please report it\n", bug.what());
    return static_cast<int>(tidewaiter::ErrorCode::kInternal);
  }
}
