// What every command of the command line shares: the global options, where messages go, the exit
// status.
#ifndef TIDEWAITER_CLI_SESSION_H_
#define TIDEWAITER_CLI_SESSION_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/result.h"

namespace CLI {
class App;
}

namespace tidewaiter::cli {

struct Session {
  std::string data;   // --data, or $XDG_DATA_HOME/tidewaiter
  std::string cache;  // $XDG_CACHE_HOME/tidewaiter: what can be made again; empty: no cache
  std::string format =
      "table";             // table | json | jsonl | csv | parquet, as far as the command offers it
  std::string as_of_text;  // --as-of as typed
  unsigned threads = 0;    // --threads; 0: one per core
  int exit_code = 0;
  SystemClock clock;

  unsigned Threads() const;
  Result<std::optional<Date>> AsOf() const;  // a day in the future is a usage error

  // Prints "tidewaiter: ..." on standard error and sets the exit status of the error's code.
  void Fail(const Error& error);
  void Warn(std::string_view message) const;
  // A bar on a terminal, nothing elsewhere.
  std::unique_ptr<Progress> MakeProgress() const;
};

bool IsTerminal(int fd);
unsigned TerminalWidth();  // 100 when standard output is no terminal

// Runs `body` and reports its error, if any.
template <typename Body>
void Run(Session& session, const Body& body) {
  const Status status = body();
  if (!status) session.Fail(status.error());
}

// Prints rows under a header in aligned columns; the widest text columns are shortened to fit
// `TerminalWidth()`. Widths count characters as a terminal shows them (East Asian wide ones twice).
void PrintTable(const std::vector<std::string>& header,
                const std::vector<std::vector<std::string>>& rows);
// Writes text to standard output; false when nobody reads it any more.
bool Print(std::string_view text);

// One function a command, in a file of the command's name; main.cc lists them.
void AddCatalogue(CLI::App& app, Session& session);
void AddCheck(CLI::App& app, Session& session);
void AddEval(CLI::App& app, Session& session);
void AddIndicators(CLI::App& app, Session& session);
void AddInspect(CLI::App& app, Session& session);
void AddJournal(CLI::App& app, Session& session);
void AddLayout(CLI::App& app, Session& session);
void AddLists(CLI::App& app, Session& session);
void AddRescreen(CLI::App& app, Session& session);
void AddResolve(CLI::App& app, Session& session);
void AddRules(CLI::App& app, Session& session);
void AddSchema(CLI::App& app, Session& session);
void AddScreen(CLI::App& app, Session& session);
void AddSynth(CLI::App& app, Session& session);
void AddVersion(CLI::App& app, Session& session);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_SESSION_H_
