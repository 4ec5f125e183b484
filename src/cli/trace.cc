#include "trace/trace.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <memory>

#include "base/file.h"
#include "cli/run_folder.h"
#include "cli/session.h"
#include "goods/goods.h"
#include "model/country.h"
#include "trace/availability.h"
#include "trace/indicator.h"
#include "trace/network.h"
#include "trace/routes.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::string run, grade = "G3", goods, party;
  std::vector<std::string> to = {"RU", "BY", "IR"}, between, indicators, tables;
  int32_t days = 90;
  size_t hops = 4, top = 20, steps = 3;
  bool listed = false;
};

std::string Amount(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.0f", value);
  return text.data();
}

Result<std::string> Country(const std::string& text) {
  if (auto country = ParseCountry(text)) return *country;
  return UsageError("'" + text + "' is no country");
}

std::string Way(const trace::Chain& chain) {
  std::string out;
  for (size_t i = 0; i < chain.names.size(); ++i) {
    out += (i == 0 ? "" : " > ") + (chain.names[i].empty() ? "?" : chain.names[i]) +
           (chain.countries[i].empty() ? "" : " (" + chain.countries[i] + ")");
  }
  return out;
}

Json RowsJson(const std::vector<trace::RowReference>& rows) {
  Json json = Json::Array{};
  for (const auto& row : rows) {
    Json one;
    one.Set("source", row.source).Set("row", row.row);
    json.Add(std::move(one));
  }
  return json;
}

Json ToJson(const trace::Chain& chain) {
  Json json;
  json.Set("subject", chain.Subject()).Set("way", Way(chain));
  json.Set("grade", "G" + std::to_string(chain.grade)).Set("consignments", chain.consignments);
  Json grades;
  for (size_t grade = 1; grade < chain.consignments_of.size(); ++grade)
    grades.Set("G" + std::to_string(grade), chain.consignments_of[grade]);
  json.Set("consignments_by_grade", std::move(grades)).Set("quantity", chain.quantity);
  json.Set("value_usd", chain.value_usd);
  json.Set("from", ToString(chain.from)).Set("to", ToString(chain.to));
  return json.Set("rows", RowsJson(chain.rows));
}

bool Names(const trace::Chain& chain, const std::string& party) {
  if (party.empty()) return true;
  for (size_t i = 0; i < chain.parties.size(); ++i) {
    if (chain.parties[i] == party || chain.names[i].find(party) != std::string::npos) return true;
  }
  return false;
}

void PrintChains(const Session& session, const Arguments& arguments,
                 const std::vector<trace::Chain>& chains) {
  std::vector<std::vector<std::string>> rows;
  size_t shown = 0, matching = 0;
  for (const auto& chain : chains) {
    if (!Names(chain, arguments.party)) continue;
    ++matching;
    if (arguments.top != 0 && shown == arguments.top) continue;
    ++shown;
    if (session.format != "table") {
      Json json = ToJson(chain);
      Print(json.Set("kind", "route").Dump() + "\n");
      continue;
    }
    rows.push_back({Way(chain), "G" + std::to_string(chain.grade),
                    std::to_string(chain.consignments), Amount(chain.quantity),
                    Amount(chain.value_usd), ToString(chain.from) + " to " + ToString(chain.to)});
  }
  if (session.format != "table") return;
  PrintTable({"route", "grade", "consignments", "pieces", "USD at the end", "days"}, rows);
  Print("Routes: " + std::to_string(matching) +
        (shown < matching ? ", " + std::to_string(shown) + " shown; --top 0 shows all" : "") +
        ". A grade says on what the weakest link rests: G1 serial or lot number, G2 model and "
        "quantity, G3 code and quantity within 5%, G4 code.\n");
}

// Export files and import files of the same trade, side by side.
void PrintComparison(const Session& session, const std::vector<trace::Leg>& legs,
                     const trace::Comparison& comparison) {
  double exported = 0, imported = 0;
  uint64_t valued = 0;
  for (const auto& twin : comparison.twins) {
    const double a = legs[twin.exported].value_usd, b = legs[twin.imported].value_usd;
    if (std::isnan(a) || std::isnan(b)) continue;
    exported += a, imported += b, ++valued;
  }
  Json json;
  json.Set("kind", "comparison").Set("in_both", static_cast<uint64_t>(comparison.twins.size()));
  json.Set("only_exported", static_cast<uint64_t>(comparison.only_exported.size()));
  json.Set("only_imported", static_cast<uint64_t>(comparison.only_imported.size()));
  json.Set("valued_in_both", valued).Set("exported_usd", exported).Set("imported_usd", imported);
  if (session.format != "table") {
    Print(json.Dump() + "\n");
    return;
  }
  Print("\nTwo sources of the same trade. Consignments in export and import files: " +
        std::to_string(comparison.twins.size()) +
        "; only in export files: " + std::to_string(comparison.only_exported.size()) +
        "; only in import files: " + std::to_string(comparison.only_imported.size()) +
        "; with values in both: " + std::to_string(valued) + ", where the exporters state USD " +
        Amount(exported) + " and the importers USD " + Amount(imported) + ".\n");
}

Status PrintPaths(const Session& session, const Arguments& arguments,
                  tables::Connection& connection) {
  TW_ASSIGN_OR_RETURN(const auto listed, trace::ReadListed(connection, 0.97));
  TW_ASSIGN_OR_RETURN(const auto edges, trace::ReadEdges(connection));
  std::map<std::string, std::string> names;
  TW_ASSIGN_OR_RETURN(
      auto rows, connection.Query("SELECT entity, min(name) FROM parties WHERE entity IS NOT NULL "
                                  "AND name IS NOT NULL GROUP BY entity"));
  while (rows.Next()) names.emplace(rows.Text(0), rows.Text(1));
  TW_RETURN_IF_ERROR(rows.status());
  TW_ASSIGN_OR_RETURN(const RunPersons persons, RunPersons::Read(arguments.run));
  const auto paths = trace::PathsToListed(edges, listed, {arguments.steps, 0.2});
  if (session.format == "table") {
    Print("\n" + std::to_string(listed.size()) + " parties look listed; " +
          std::to_string(paths.size()) + " others lie within " + std::to_string(arguments.steps) +
          " steps of one. Near is not the same as acting for.\n");
  }
  size_t shown = 0;
  for (const auto& path : paths) {
    if (arguments.top != 0 && ++shown > arguments.top) break;
    std::string text = path.from.name;
    for (const auto& step : path.steps)
      text += " -" + step.kind + "- " + persons.Mask(step.entity, names[step.entity]);
    if (session.format == "table") {
      Print("  " + text + "  (weight " + std::to_string(path.weight).substr(0, 4) + ")\n");
      continue;
    }
    Json json;
    json.Set("kind", "path").Set("party", path.steps.back().entity).Set("path", text);
    json.Set("steps", static_cast<uint64_t>(path.steps.size())).Set("weight", path.weight);
    Print(json.Dump() + "\n");
  }
  return {};
}

Status PrintAvailability(const Session& session, const Arguments& arguments,
                         const std::vector<Date>& control_dates, tables::Connection& connection) {
  std::vector<std::string> countries;
  for (const auto& text : arguments.between) {
    TW_ASSIGN_OR_RETURN(const std::string country, Country(text));
    countries.push_back(country);
  }
  TW_ASSIGN_OR_RETURN(const auto shown,
                      trace::FindAvailability(connection, arguments.goods, countries));
  TW_ASSIGN_OR_RETURN(const auto marks, ReadMarks(control_dates));
  if (session.format != "table") {
    for (const auto& cell : shown.cells) {
      Json json;
      json.Set("kind", "availability").Set("goods", shown.goods).Set("month", cell.month);
      json.Set("destination", cell.destination).Set("lines", cell.lines);
      json.Set("quantity", cell.quantity).Set("value_usd", cell.value_usd);
      Print(json.Set("lines_without_value", cell.lines_without_value).Dump() + "\n");
    }
    return {};
  }
  std::vector<std::string> header = {"month"};
  for (const auto& country : countries) header.push_back(country + ": lines, pieces, USD");
  header.emplace_back("controls and statements");
  const size_t months = countries.empty() ? 0 : shown.cells.size() / countries.size();
  std::vector<std::vector<std::string>> rows;
  for (size_t month = 0; month < months; ++month) {
    std::vector<std::string> row = {shown.cells[month].month};
    for (size_t c = 0; c < countries.size(); ++c) {
      const auto& cell = shown.cells[c * months + month];
      row.push_back(std::to_string(cell.lines) + ", " + Amount(cell.quantity) + ", " +
                    Amount(cell.value_usd));
    }
    std::string said;
    for (const auto& mark : marks) {
      if (ToString(mark.day).substr(0, 7) == row.front())
        said += (said.empty() ? "" : "; ") + ToString(mark.day) + " " + mark.label;
    }
    row.push_back(said);
    rows.push_back(std::move(row));
  }
  Print("\n" + shown.goods + ", by month and destination\n");
  PrintTable(header, rows);
  for (const auto& country : shown.not_covered)
    Print("No line of these files goes to " + country +
          " at all: nothing follows from its zeros.\n");
  return {};
}

// The user's own indicators, and nothing else.
Status PrintOwn(const Session& session, const Arguments& arguments, trace::TraceOptions options) {
  for (const auto& file : arguments.indicators) {
    TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
    TW_ASSIGN_OR_RETURN(const auto indicator, trace::ParseIndicator(text, file));
    options.own.push_back(file);
    options.only.push_back(indicator.key);
  }
  const auto progress = session.MakeProgress();
  TW_ASSIGN_OR_RETURN(const auto findings,
                      trace::Trace(JoinPath(arguments.run, "ledger.duckdb"), options, *progress));
  TW_ASSIGN_OR_RETURN(const RunPersons persons, RunPersons::Read(arguments.run));
  std::vector<std::vector<std::string>> rows;
  for (const auto& finding : findings) {
    const std::string name = persons.MaskText(finding.subject_name);
    rows.push_back({finding.indicator_key, finding.status == "found" ? name : finding.status,
                    std::to_string(finding.rows.size()),
                    finding.status == "found" ? finding.statistic : finding.reason});
    if (session.format == "table") continue;
    Json json;
    json.Set("kind", "finding").Set("indicator_key", finding.indicator_key);
    json.Set("subject", finding.subject).Set("subject_name", name).Set("status", finding.status);
    json.Set("statistic", finding.statistic).Set("reason", finding.reason);
    Print(json.Set("rows", RowsJson(finding.rows)).Dump() + "\n");
  }
  if (session.format == "table") PrintTable({"indicator", "subject", "rows", "what"}, rows);
  return {};
}

Status TraceRun(const Session& session, const Arguments& arguments) {
  if (!arguments.goods.empty() && arguments.between.empty())
    return UsageError("--goods needs --between, as in --between RU,UA");
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto goods, goods::Goods::Load(resources));
  trace::TraceOptions options;
  options.indicators = JoinPath(resources, "indicators");
  options.goods = goods.get();
  options.threads = session.Threads();
  TW_ASSIGN_OR_RETURN(options.tables, NamedFiles("--table", arguments.tables));
  TW_RETURN_IF_ERROR(ReadRun(arguments.run, options));
  if (!arguments.indicators.empty()) return PrintOwn(session, arguments, options);
  TW_ASSIGN_OR_RETURN(tables::Connection connection,
                      trace::OpenLedger(JoinPath(arguments.run, "ledger.duckdb"), options));
  if (!arguments.goods.empty())
    return PrintAvailability(session, arguments, options.control_dates, connection);
  if (arguments.listed) return PrintPaths(session, arguments, connection);
  TW_ASSIGN_OR_RETURN(auto legs, trace::ReadLegs(connection));
  TW_ASSIGN_OR_RETURN(const RunPersons persons, RunPersons::Read(arguments.run));
  for (auto& leg : legs) {
    leg.sender_name = persons.Mask(leg.sender, leg.sender_name);
    leg.recipient_name = persons.Mask(leg.recipient, leg.recipient_name);
  }
  trace::ChainOptions chain_options{{}, arguments.hops};
  for (const auto& text : arguments.to) {
    if (text == "any") break;
    TW_ASSIGN_OR_RETURN(const std::string country, Country(text));
    chain_options.to.push_back(country);
  }
  const auto comparison = trace::CompareSources(legs, arguments.days);
  const auto once = trace::WithoutTwins(legs, comparison);
  const auto links = trace::FindLinks(once, {arguments.days, arguments.grade.back() - '0'});
  PrintChains(session, arguments, trace::FindChains(once, links, chain_options));
  const bool both = std::any_of(legs.begin(), legs.end(),
                                [](const auto& leg) { return leg.direction == "export"; }) &&
                    std::any_of(legs.begin(), legs.end(),
                                [](const auto& leg) { return leg.direction == "import"; });
  if (both) PrintComparison(session, legs, comparison);
  return {};
}

}  // namespace

void AddTrace(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "trace", "Routes of controlled goods through a run: chains, paths to listed parties, months");
  command->add_option("--run", arguments->run, "The folder that `inspect --out` wrote")->required();
  command->add_option("--to", arguments->to, "Countries where a chain ends, or `any`")
      ->delimiter(',')
      ->capture_default_str();
  command->add_option("--days", arguments->days, "Most days from arrival to departure")
      ->check(CLI::Range(1, 3650))
      ->capture_default_str();
  command->add_option("--grade", arguments->grade, "Weakest link that counts: G1 to G4")
      ->check(CLI::IsMember({"G1", "G2", "G3", "G4"}))
      ->capture_default_str();
  command->add_option("--hops", arguments->hops, "Most parties between the first and the last")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  command->add_option("--party", arguments->party, "Only routes through this entity or name");
  command->add_option("--top", arguments->top, "Rows to show; 0: all")->capture_default_str();
  command->add_flag("--listed", arguments->listed,
                    "Who is how near to a listed party, path by path, instead of routes");
  command->add_option("--steps", arguments->steps, "Most steps to a listed party")
      ->check(CLI::Range(1, 10))
      ->capture_default_str();
  command->add_option("--goods", arguments->goods,
                      "Months of these goods (brand and model, or a code) instead of routes");
  command->add_option("--between", arguments->between, "Destinations to compare: RU,UA")
      ->delimiter(',');
  command
      ->add_option("--indicator", arguments->indicators,
                   "Run this indicator of your own (SQL file) instead; may be repeated")
      ->check(CLI::ExistingFile);
  command->add_option("--table", arguments->tables, "A table of indicators from your own file");
  command->footer(
      "Examples:\n  tidewaiter trace --run RUN\n"
      "  tidewaiter trace --run RUN --to RU --grade G2 --format jsonl\n"
      "  tidewaiter trace --run RUN --listed --steps 2\n"
      "  tidewaiter trace --run RUN --goods 'DJI Mavic' --between RU,UA");
  command->callback(
      [&session, arguments] { Run(session, [&] { return TraceRun(session, *arguments); }); });
}

}  // namespace tidewaiter::cli
