#include "evidence/figure.h"

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <memory>

#include "base/file.h"
#include "cli/run_folder.h"
#include "cli/session.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::string run, disputes, save, folder;
  evidence::FigureQuestion question;
  bool with_persons = false;
  size_t top = 30;
};

// 1234567 cents -> "12,345.67"
std::string Dollars(int64_t cents) {
  std::string whole = std::to_string(cents / 100), out;
  for (size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += ',';
    out += whole[i];
  }
  std::array<char, 8> rest{};
  std::snprintf(rest.data(), rest.size(), ".%02d", static_cast<int>(cents % 100));
  return out + rest.data();
}

// "[1,000.00, 1,200.00]": without the disputed rows, and all.
std::string Range(const evidence::FigureLine& line) {
  return "[" + Dollars(line.undisputed.cents) + ", " + Dollars(line.all.cents) + "]";
}

std::string Join(const std::vector<std::string>& words, std::string_view between) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : std::string(between)) + word;
  return out;
}

void PrintTotal(const evidence::Figure& figure) {
  const auto& total = figure.total;
  Print("USD " + Range(total) + "   [without disputed rows, total]\n");
  Print("rows      " + std::to_string(total.all.lines) + ", of which " +
        std::to_string(total.all.lines - total.undisputed.lines) + " are disputed and " +
        std::to_string(total.all.lines_without_value) + " state no value\n");
  Print("row set   " + total.all.hash + "\n");
  Print("of which  drones USD " + Dollars(total.drone_cents) + ", drone parts USD " +
        Dollars(total.part_cents) + ", other or not recognised USD " +
        Dollars(total.all.cents - total.drone_cents - total.part_cents) + "\n");
  Print("scope     " + figure.scope + "\n");
}

void PrintRest(const evidence::Figure& figure) {
  for (const auto& [id, rows] : figure.disputed) {
    for (const auto& dispute : figure.disputes.all) {
      if (dispute.id == id)
        Print("dispute   " + id + " (" + dispute.type + ", " + dispute.status + ", by " +
              dispute.by + "): " + std::to_string(rows) + " rows\n");
    }
  }
  if (figure.with_claimed)
    Print("claimed   with " + Join(figure.question.including, ", ") +
          ", whom only a claim ties to this party: USD " + Dollars(figure.with_claimed->cents) +
          ", " + std::to_string(figure.with_claimed->lines) + " rows, row set " +
          figure.with_claimed->hash + "\n");
  for (const auto& apart : figure.apart)
    Print("apart     as " + apart.role + ", not counted above: " + std::to_string(apart.sum.lines) +
          " rows, USD " + Dollars(apart.sum.cents) + "\n");
  if (!figure.vendor_mapped.empty())
    Print("vendor-mapped roles: " + Join(figure.vendor_mapped, ", ") +
          ". A data vendor filled these columns; the declaration may say otherwise.\n");
}

void PrintLines(const evidence::Figure& figure, const RunPersons& persons, size_t top) {
  if (figure.question.by.empty()) return;
  std::vector<std::string> header = figure.question.by;
  for (const char* name : {"USD [without disputed, total]", "rows", "row set"})
    header.emplace_back(name);
  std::vector<std::vector<std::string>> rows;
  for (const auto& line : figure.lines) {
    if (top != 0 && rows.size() == top) break;
    std::vector<std::string> row;
    for (const auto& key : line.key) row.push_back(persons.MaskText(key));
    row.push_back(Range(line));
    row.push_back(std::to_string(line.all.lines));
    row.push_back(line.all.hash.substr(0, 16));
    rows.push_back(std::move(row));
  }
  Print("\n");
  PrintTable(header, rows);
  if (rows.size() < figure.lines.size())
    Print(std::to_string(rows.size()) + " of " + std::to_string(figure.lines.size()) +
          " shown; --top 0 shows all.\n");
}

Status FigureOf(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  evidence::Disputes disputes;
  if (!arguments.disputes.empty()) {
    if (!FileExists(arguments.disputes)) return MissingData("no such file", arguments.disputes);
    TW_ASSIGN_OR_RETURN(disputes, evidence::ReadDisputes(arguments.disputes));
  }
  TW_ASSIGN_OR_RETURN(const auto figure, evidence::ComputeFigure(arguments.run, arguments.question,
                                                                 disputes, resources));
  if (!arguments.save.empty())
    TW_RETURN_IF_ERROR(WriteAtomically(arguments.save, evidence::ToJson(figure).Dump() + "\n"));
  if (!arguments.folder.empty())
    TW_RETURN_IF_ERROR(evidence::ExportFigure(arguments.run, figure, arguments.folder));
  if (session.format == "json") {
    Print(evidence::ToJson(figure).Dump() + "\n");
    return {};
  }
  TW_ASSIGN_OR_RETURN(const RunPersons persons,
                      RunPersons::Read(arguments.run, arguments.with_persons));
  PrintTotal(figure);
  PrintRest(figure);
  PrintLines(figure, persons, arguments.top);
  return {};
}

struct ReplayArguments {
  std::string saved, run;
  std::vector<std::string> files;
};

Status ReplayIt(Session& session, const ReplayArguments& arguments) {
  if (!FileExists(arguments.saved)) return MissingData("no such file", arguments.saved);
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  std::string saved_path = arguments.saved, run = arguments.run;
  if (IsFolder(saved_path)) {
    if (run.empty()) run = saved_path;
    saved_path = JoinPath(saved_path, "figure.json");
  }
  if (run.empty())
    return UsageError("--run names the folder whose lines the figure is computed from");
  TW_ASSIGN_OR_RETURN(const std::string saved, ReadFile(saved_path));
  TW_ASSIGN_OR_RETURN(auto answer, evidence::Replay(saved, run, resources));
  for (const auto& file : arguments.files) {
    if (!FileExists(file)) return MissingData("no such file", file);
    TW_ASSIGN_OR_RETURN(const auto bytes, evidence::ReplayBytes(saved, run, file));
    answer.same = answer.same && bytes.same;
    answer.differences.insert(answer.differences.end(), bytes.differences.begin(),
                              bytes.differences.end());
  }
  if (answer.same) {
    Print("the same: " + saved_path + " comes out of " + run + " again, byte for byte" +
          (arguments.files.empty() ? "" : ", and its rows stand in the files as they did") + "\n");
    return {};
  }
  for (const auto& difference : answer.differences) session.Fail(BadInput(difference, saved_path));
  return BadInput("the figure does not come out again: " +
                      std::to_string(answer.differences.size()) + " differences, above",
                  saved_path);
}

void AddQuestion(CLI::App& command, evidence::FigureQuestion& question) {
  command.add_option("--goods", question.goods, "all, controlled, drones or parts")
      ->check(CLI::IsMember({"all", "controlled", "drones", "parts"}))
      ->capture_default_str();
  command.add_option("--brand", question.brand, "Goods of this brand");
  command.add_option("--model", question.model, "Goods of this model");
  command.add_option("--hs", question.hs, "Codes that begin so");
  command.add_option("--origin", question.origin, "Country where they were made (ISO code)");
  command.add_option("--destination", question.destination, "Country of destination (ISO code)");
  command.add_option("--shipped-by", question.shipped_by,
                     "Entity or name as exporter, shipper, supplier or seller");
  command.add_option("--received-by", question.received_by,
                     "Entity or name as importer, consignee, buyer or end user");
  command.add_option("--including", question.including,
                     "A party that a disputed claim ties to --shipped-by: a second total");
  command.add_option("--from", question.from, "First day");
  command.add_option("--to", question.to, "Last day");
  command
      .add_option("--by", question.by,
                  "Groups: brand, model, class, hs, month, route, origin, departure, destination, "
                  "source, or a role")
      ->delimiter(',');
}

}  // namespace

void AddFigure(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "figure", "A sum over the lines of a run, with and without disputed rows, and its rows");
  command->add_option("--run", arguments->run, "The folder that `inspect --out` wrote")->required();
  AddQuestion(*command, arguments->question);
  command->add_option("--disputes", arguments->disputes, "File of disputes (YAML)");
  command->add_option("--save", arguments->save, "Write the figure to this file, for `replay`");
  command->add_option("--export", arguments->folder,
                      "Write figure and rows into this folder, for `replay` elsewhere");
  command->add_option("--top", arguments->top, "Groups to show; 0: all")->capture_default_str();
  command->add_flag("--with-persons", arguments->with_persons,
                    "Name natural persons who are on no official list");
  command->footer(
      "Examples:\n  tidewaiter figure --run RUN --goods drones --destination RU --by brand\n"
      "  tidewaiter figure --run RUN --shipped-by 'SZ EXAMPLE CO' --disputes disputes.yaml\n"
      "  tidewaiter figure --run RUN --by brand,exporter,route --export figure-1");
  command->callback(
      [&session, arguments] { Run(session, [&] { return FigureOf(session, *arguments); }); });
}

void AddReplay(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<ReplayArguments>();
  auto* command = app.add_subcommand(
      "replay", "Compute a saved figure again; fails when a single row of it has changed");
  command->add_option("figure", arguments->saved, "What `figure --save` or `--export` wrote")
      ->required();
  command->add_option("--run", arguments->run, "The run (default: an exported folder itself)");
  command->add_option("--file", arguments->files,
                      "An original file: the bytes of the figure's rows are compared, too");
  command->footer(
      "Examples:\n  tidewaiter replay figure.json --run RUN\n"
      "  tidewaiter replay figure-1 --file customs.csv");
  command->callback(
      [&session, arguments] { Run(session, [&] { return ReplayIt(session, *arguments); }); });
}

}  // namespace tidewaiter::cli
