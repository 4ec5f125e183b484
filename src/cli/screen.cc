#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "base/file.h"
#include "cli/open_engine.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::string target;
  ScreenRequest request;
  std::string encoding, sheet;  // of a file
  EngineOptions engine;
};

bool LooksLikeFile(const std::string& target) {
  static constexpr std::array<std::string_view, 9> kExtensions = {
      ".csv", ".tsv", ".json", ".jsonl", ".gz", ".zst", ".parquet", ".xlsx", ".xlsm"};
  if (target == "-" || target.find('/') != std::string::npos) return true;
  return std::any_of(kExtensions.begin(), kExtensions.end(),
                     [&](std::string_view extension) { return target.ends_with(extension); });
}

std::string Joined(const std::vector<std::string>& parts, std::string_view glue) {
  std::string out;
  for (const auto& part : parts) out.append(out.empty() ? "" : glue).append(part);
  return out;
}

void PrintHits(const ScreenAnswer& answer) {
  if (answer.hits.empty()) {
    Print("no hit at or above the threshold\n");
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& hit : answer.hits) {
    char score[16];
    std::snprintf(score, sizeof score, "%.4f", hit.score);
    rows.push_back({score, hit.list, hit.id, hit.name, Joined(hit.programs, " ")});
  }
  PrintTable({"score", "list", "id", "listed name", "programmes"}, rows);
  Print("\n");
  for (const auto& hit : answer.hits) {
    Print(hit.list + " " + hit.id + ":\n");
    for (const auto& why : hit.why) Print("  - " + why + "\n");
  }
}

Status ScreenName(Session& session, const Engine& engine, const Arguments& arguments) {
  ScreenRequest request = arguments.request;
  request.name = arguments.target;
  TW_ASSIGN_OR_RETURN(const ScreenAnswer answer, engine.Screen(request));
  if (session.format == "table") {
    PrintHits(answer);
  } else {
    Print(answer.json + "\n");
  }
  return {};
}

Status ScreenRows(Session& session, const Engine& engine, const Arguments& arguments) {
  if (arguments.target != "-" && !FileExists(arguments.target)) {
    return MissingData("no such file; a name that holds '/' or ends like a file is taken for one",
                       arguments.target);
  }
  const auto progress = session.MakeProgress();
  const ScreenFileRequest request{arguments.target, arguments.encoding, arguments.sheet,
                                  arguments.request.options};
  const auto print = [](std::string_view line) { return Print(line) && Print("\n"); };
  TW_ASSIGN_OR_RETURN(const ScreenFileAnswer answer, engine.ScreenFile(request, print, *progress));
  session.Warn(
      std::to_string(answer.rows) + " rows, " + std::to_string(answer.rows_with_hits) +
      " with hits" +
      (answer.rejected > 0 ? ", " + std::to_string(answer.rejected) + " could not be read" : ""));
  if (answer.rejected > 0) session.exit_code = static_cast<int>(ErrorCode::kBadInput);
  return {};
}

Status Screen(Session& session, Arguments& arguments) {
  ScreenOptions& options = arguments.request.options;
  if (options.threshold > 1) return UsageError("--threshold: a score lies between 0 and 1");
  TW_ASSIGN_OR_RETURN(options.as_of, AsOfText(session));
  TW_ASSIGN_OR_RETURN(const auto engine, OpenEngine(session, arguments.engine));
  for (const auto& warning :
       engine->ListWarnings(options.as_of.empty() ? Today(session) : options.as_of)) {
    session.Warn(warning);
  }
  return LooksLikeFile(arguments.target) ? ScreenRows(session, *engine, arguments)
                                         : ScreenName(session, *engine, arguments);
}

}  // namespace

void AddScreen(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("screen", "Compare parties with the lists: one name, or a file of them");
  auto arguments = std::make_shared<Arguments>();
  ScreenRequest& request = arguments->request;
  command
      ->add_option("name_or_file", arguments->target,
                   "A name, or a CSV, XLSX, JSONL or Parquet file (- for standard input)")
      ->required();
  command->add_option("--list", request.options.lists, "Only this list (may be given again)");
  command->add_option("--threshold", request.options.threshold,
                      "Lowest score shown, 0 to 1 (default: the profile's)");
  command->add_option("--top", request.options.top, "At most this many hits a party (0: all)")
      ->capture_default_str();
  command->add_flag("--exhaustive", request.options.exhaustive,
                    "The slow reference: scores every entry");
  command->add_flag("--explain", request.options.explain, "Add the comparison token by token");
  command->add_option("--schema", request.schema,
                      "person, organization, vessel, aircraft (for a single name)");
  command->add_option("--country", request.country, "Country of the party (for a single name)");
  command->add_option("--birth-date", request.birth_date,
                      "Date or year of birth (for a single name)");
  command->add_option("--identifiers", request.identifiers,
                      "e.g. 'inn:7707083893; email:info@example.test' (for a single name)");
  command->add_option("--address", request.address, "Its address (for a single name)");
  command->add_option("--encoding", arguments->encoding, "Encoding of a text file");
  command->add_option("--sheet", arguments->sheet, "Sheet of a workbook");
  AddEngineOptions(*command, arguments->engine);
  command->footer(
      "Examples:\n  tidewaiter screen 'Example Trading Co., Ltd.'\n"
      "  tidewaiter screen customers.csv --threshold 0.8 > hits.jsonl\n"
      "  tidewaiter screen 'ПРИМЕР ООО' --as-of 2023-09-01 --format json");
  command->callback(
      [&session, arguments] { Run(session, [&] { return Screen(session, *arguments); }); });
}

}  // namespace tidewaiter::cli
