#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/eval_pairs.h"
#include "cli/session.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::string file;
  bool without_name_groups = false;
};

Status EvalPairs(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto scorer, match::PairScorer::Create(resources, !arguments.without_name_groups));
  if (arguments.file != "-" && !FileExists(arguments.file)) return MissingData("no such file", arguments.file);
  TW_ASSIGN_OR_RETURN(const std::string bytes, ReadMaybeGzip(arguments.file));
  TW_ASSIGN_OR_RETURN(const std::string out, ScorePairs(bytes, arguments.file, *scorer, session.Threads()));
  Print(out);
  return {};
}

}  // namespace

void AddEval(CLI::App& app, Session& session) {
  CLI::App* eval = app.add_subcommand("eval", "Measure the matcher");
  eval->require_subcommand(1);
  CLI::App* pairs = eval->add_subcommand("pairs", "Score pairs of parties without any list");
  auto arguments = std::make_shared<Arguments>();
  pairs->add_option("file", arguments->file,
                    "CSV with schema,name1,name2, or JSONL with left and right objects (- for standard input)")
      ->required();
  pairs->add_flag("--without-name-groups", arguments->without_name_groups, "Without the table of spelling equivalences");
  pairs->footer("Example:\n  tidewaiter eval pairs pairs.csv > scored.csv\n");
  pairs->callback([&session, arguments] { Run(session, [&] { return EvalPairs(session, *arguments); }); });
}

}  // namespace tidewaiter::cli
