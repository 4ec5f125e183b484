#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/run_folder.h"
#include "cli/session.h"
#include "goods/goods.h"
#include "trace/indicator.h"
#include "trace/trace.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::string key;                     // of show
  std::string run;                     // folder of a run
  std::vector<std::string> own, only;  // of run
  std::vector<std::string> set, control_dates, tables;
};

Result<std::vector<trace::Indicator>> AllIndicators(const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  return trace::LoadIndicators(JoinPath(resources, "indicators"), arguments.own);
}

Json ToJson(const trace::Indicator& indicator) {
  Json json;
  json.Set("id", indicator.id == 0 ? Json() : Json(indicator.id)).Set("key", indicator.key);
  json.Set("title", indicator.title).Set("subject_kind", indicator.subject_kind);
  json.Set("source", indicator.source).Set("doc", indicator.doc).Set("file", indicator.file);
  Json parameters = Json::Object{};
  for (const auto& parameter : indicator.parameters)
    parameters.Set(parameter.name, parameter.value);
  json.Set("parameters", std::move(parameters));
  return json;
}

Status List(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const auto indicators, AllIndicators(arguments));
  if (session.format == "json") {
    Json all = Json::Array{};
    for (const auto& indicator : indicators) all.Add(ToJson(indicator));
    Json json;
    json.Set("indicators", std::move(all));
    Print(json.Dump() + "\n");
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& indicator : indicators) {
    rows.push_back({indicator.id == 0 ? "" : std::to_string(indicator.id), indicator.key,
                    indicator.subject_kind, indicator.title});
  }
  PrintTable({"id", "key", "about a", "title"}, rows);
  return {};
}

Status Show(const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const auto indicators, AllIndicators(arguments));
  for (const auto& indicator : indicators) {
    if (indicator.key != arguments.key && std::to_string(indicator.id) != arguments.key) continue;
    TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(indicator.file));
    Print(text);
    return {};
  }
  return UsageError("there is no indicator \"" + arguments.key +
                    "\"; `tidewaiter indicators list` shows them");
}

Result<trace::TraceOptions> OptionsOf(const Session& session, const Arguments& arguments,
                                      const std::string& resources) {
  trace::TraceOptions options;
  options.indicators = JoinPath(resources, "indicators");
  options.own = arguments.own;
  options.only = arguments.only;
  options.threads = session.Threads();
  for (const auto& text : arguments.set) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos) return UsageError("--set " + text + " is not NAME=VALUE");
    options.set[text.substr(0, equals)] = text.substr(equals + 1);
  }
  for (const auto& text : arguments.control_dates) {
    const auto day = ParseIsoDate(text);
    if (!day) return UsageError("--control-date " + text + " is no date; use YYYY-MM-DD");
    options.control_dates.push_back(*day);
  }
  TW_ASSIGN_OR_RETURN(options.tables, NamedFiles("--table", arguments.tables));
  TW_RETURN_IF_ERROR(ReadRun(arguments.run, options));
  // Only what was asked for: an own file runs alone unless --indicator names others.
  if (!arguments.own.empty() && arguments.only.empty()) {
    for (const auto& file : arguments.own) {
      TW_ASSIGN_OR_RETURN(const std::string sql, ReadFile(file));
      TW_ASSIGN_OR_RETURN(const auto indicator, trace::ParseIndicator(sql, file));
      options.only.push_back(indicator.key);
    }
  }
  return options;
}

Json ToJson(const trace::Finding& finding) {
  Json rows = Json::Array{};
  for (const auto& row : finding.rows) {
    Json one;
    one.Set("source", row.source).Set("row", row.row);
    rows.Add(std::move(one));
  }
  auto text = [](const std::string& value) { return value.empty() ? Json() : Json(value); };
  Json json;
  json.Set("id", finding.id)
      .Set("indicator", finding.indicator == 0 ? Json() : Json(finding.indicator));
  json.Set("indicator_key", finding.indicator_key).Set("title", finding.title);
  json.Set("subject_kind", finding.subject_kind).Set("subject", text(finding.subject));
  json.Set("subject_name", text(finding.subject_name)).Set("rows", std::move(rows));
  json.Set("from", finding.from ? Json(ToString(*finding.from)) : Json());
  json.Set("to", finding.to ? Json(ToString(*finding.to)) : Json());
  json.Set("statistic", text(finding.statistic)).Set("grade", text(finding.grade));
  json.Set("p_value", finding.p_value ? Json(*finding.p_value) : Json());
  json.Set("q_value", finding.q_value ? Json(*finding.q_value) : Json());
  json.Set("status", finding.status).Set("reason", text(finding.reason));
  return json;
}

void PrintFindings(const std::vector<trace::Finding>& findings) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& finding : findings) {
    const bool found = finding.status == "found";
    rows.push_back({finding.indicator_key, found ? finding.subject_name : "not computable",
                    found ? std::to_string(finding.rows.size()) : "",
                    found ? finding.statistic : finding.reason});
  }
  PrintTable({"indicator", "subject", "rows", "what"}, rows);
}

Status RunThem(const Session& session, const Arguments& arguments) {
  const std::string ledger = JoinPath(arguments.run, "ledger.duckdb");
  if (!FileExists(ledger))
    return MissingData("there is no ledger here; `tidewaiter inspect FILE --out DIR` makes one",
                       ledger);
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto goods, goods::Goods::Load(resources));
  TW_ASSIGN_OR_RETURN(trace::TraceOptions options, OptionsOf(session, arguments, resources));
  options.goods = goods.get();
  const auto progress = session.MakeProgress();
  TW_ASSIGN_OR_RETURN(const auto findings, trace::Trace(ledger, options, *progress));
  if (session.format == "json" || session.format == "jsonl") {
    for (const auto& finding : findings) Print(ToJson(finding).Dump() + "\n");
  } else {
    PrintFindings(findings);
  }
  return {};
}

void AddRun(CLI::App& app, Session& session, const std::shared_ptr<Arguments>& arguments) {
  auto* run = app.add_subcommand("run", "Run indicators over the ledger of a run");
  run->add_option("FILE", arguments->own, "Indicators of your own (SQL files)")
      ->check(CLI::ExistingFile);
  run->add_option("--run", arguments->run, "The folder that `inspect --out` wrote")->required();
  run->add_option("--indicator", arguments->only, "Key or id; may be repeated (default: all)");
  run->add_option("--set", arguments->set,
                  "Another value of a parameter: NAME=VALUE or KEY.NAME=VALUE");
  run->add_option("--control-date", arguments->control_dates,
                  "A day on which a control began; may be repeated (default: those of the run)");
  run->add_option("--table", arguments->tables,
                  "A table that indicators read, from your file: flows=FILE; may be repeated");
  run->footer(
      "Examples:\n  tidewaiter indicators run --run RUN\n"
      "  tidewaiter indicators run --run RUN mine.sql --set least=7\n"
      "  tidewaiter indicators run --run RUN --indicator mirror-gap --table flows=flows.csv");
  run->callback(
      [&session, arguments] { Run(session, [&] { return RunThem(session, *arguments); }); });
}

}  // namespace

void AddIndicators(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<Arguments>();
  auto* command =
      app.add_subcommand("indicators", "Indicators of diversion: list them, show one, run them");
  command->require_subcommand(1);
  command->add_subcommand("list", "All indicators")->callback([&session, arguments] {
    Run(session, [&] { return List(session, *arguments); });
  });
  auto* show =
      command->add_subcommand("show", "The file of one: what it means, its parameters, its SQL");
  show->add_option("KEY", arguments->key, "Key or id")->required();
  show->callback([&session, arguments] { Run(session, [&] { return Show(*arguments); }); });
  AddRun(*command, session, arguments);
  for (CLI::App* sub : command->get_subcommands({})) sub->fallthrough();
}

}  // namespace tidewaiter::cli
