#include <CLI/CLI.hpp>
#include <memory>

#include "cli/open_engine.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  InspectRequest request;
  EngineOptions engine;
  std::string fail_on;
  std::vector<std::string> tables;
  bool strict = false;
};

uint64_t LinesAtOrAbove(const InspectAnswer& answer, const std::string& outcome) {
  uint64_t lines = answer.stop;
  if (outcome == "ask" || outcome == "review") lines += answer.ask;
  if (outcome == "review") lines += answer.review;
  return lines;
}

Json ToJson(const InspectAnswer& answer) {
  Json json;
  json.Set("rows", answer.rows).Set("lines", answer.lines).Set("rejected", answer.rejected);
  json.Set("stop", answer.stop)
      .Set("ask", answer.ask)
      .Set("review", answer.review)
      .Set("clear", answer.clear);
  return json.Set("findings", answer.findings).Set("report", answer.report);
}

Status Inspect(Session& session, Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(arguments.request.as_of, AsOfText(session));
  arguments.request.today = Today(session);
  TW_ASSIGN_OR_RETURN(arguments.request.tables, NamedFiles("--table", arguments.tables));
  TW_ASSIGN_OR_RETURN(const auto engine, OpenEngine(session, arguments.engine));
  const auto progress = session.MakeProgress();
  TW_ASSIGN_OR_RETURN(const InspectAnswer answer, engine->Inspect(arguments.request, *progress));
  for (const auto& warning : answer.warnings) session.Warn(warning);
  if (answer.rejected > 0) {
    session.Warn(std::to_string(answer.rejected) + " of " + std::to_string(answer.rows) +
                 " rows could not be read; " + arguments.request.out +
                 "/rejects.csv says why for each");
  }
  if (session.format == "table") {
    Print(answer.summary + "\n" + answer.report + "\n");
  } else {
    Print(ToJson(answer).Dump() + "\n");
  }
  if (arguments.strict && answer.rejected > 0)
    session.exit_code = static_cast<int>(ErrorCode::kBadInput);
  else if (!arguments.fail_on.empty() && LinesAtOrAbove(answer, arguments.fail_on) > 0)
    session.exit_code = 1;
  return {};
}

}  // namespace

void AddInspect(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand(
      "inspect", "The main job: customs or order lines in, one page with the evidence out");
  auto arguments = std::make_shared<Arguments>();
  InspectRequest& request = arguments->request;
  command
      ->add_option(
          "files", request.files,
          "Files of lines: CSV, TSV, XLSX, JSONL, Parquet, in gzip or zstd (- for standard input)")
      ->required();
  command
      ->add_option("--out", request.out,
                   "Folder for report.html, decisions.parquet, findings.parquet, ...")
      ->required();
  command->add_option("--layout", request.layout,
                      "Name of a layout, or a file made by `layout --write`");
  command->add_option("--encoding", request.encoding,
                      "Encoding of text files: utf-8, utf-16le, windows-1251, gb18030, ... "
                      "(default: recognised)");
  command->add_option("--sheet", request.sheet,
                      "Sheet of a workbook (default: the first that holds anything)");
  command->add_flag("--with-persons", request.with_persons,
                    "Show natural persons who are on no official list");
  command
      ->add_option("--indicator", request.indicators,
                   "An indicator of your own (SQL file), run beside ours; may be repeated")
      ->check(CLI::ExistingFile);
  command->add_option("--table", arguments->tables,
                      "A table that indicators read, from your file: flows=FILE, "
                      "company_registry=FILE; may be repeated");
  command
      ->add_option("--disputes", request.disputes,
                   "File of disputes (YAML): figures become ranges, without and with their rows")
      ->check(CLI::ExistingFile);
  command
      ->add_option("--decisions", request.decisions,
                   "JSON lines: which parties a person has merged or split, who, when and why")
      ->check(CLI::ExistingFile);
  command->add_flag("--strict", arguments->strict, "Exit with 3 when a row could not be read");
  command
      ->add_option("--fail-on", arguments->fail_on,
                   "Exit with 1 when a line has this outcome or a stronger one")
      ->check(CLI::IsMember({"review", "ask", "stop"}));
  AddEngineOptions(*command, arguments->engine);
  command->footer(
      "Examples:\n  tidewaiter inspect imports-2023.csv --out run-2023\n"
      "  tidewaiter inspect imports.xlsx exports.parquet --out run\n"
      "  zcat feed.csv.gz | tidewaiter inspect - --out run --encoding windows-1251");
  command->callback(
      [&session, arguments] { Run(session, [&] { return Inspect(session, *arguments); }); });
}

}  // namespace tidewaiter::cli
