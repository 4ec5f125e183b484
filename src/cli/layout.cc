// tidewaiter layout FILE: what each column of a file is taken for.
#include "ledger/layout.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/session.h"
#include "ledger/ledger.h"

namespace tidewaiter::cli {
namespace {

struct LayoutOptions {
  std::string file;
  std::string layout;
  std::string write;
  std::string encoding, sheet;
};

std::string Join(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : " | ") + value;
  return out;
}

// A layout of the user's: the name of one that the program has, or a file.
Status ChooseLayout(const std::string& text, const ledger::Layouts& layouts, ledger::Layout& own,
                    ledger::ImportOptions& options) {
  if (text.empty()) return {};
  options.layout = layouts.Find(text);
  if (options.layout != nullptr) return {};
  if (!FileExists(text)) {
    std::string known;
    for (const auto& layout : layouts.all()) known += (known.empty() ? "" : ", ") + layout.name;
    return MissingData("no layout and no file of this name; the layouts are: " + known, text);
  }
  TW_ASSIGN_OR_RETURN(own, ledger::ReadLayout(text));
  options.layout = &own;
  return {};
}

// A trustee is a private person: nobody is shown.
bool HoldsPersons(const ledger::ColumnUse& use) {
  return use.kind == ledger::ColumnUse::Kind::kParty && use.role == Role::kTrustee;
}

void PrintMapping(const ledger::HeaderView& view) {
  Print("layout: " + (view.mapping.layout.empty() ? "none fits" : view.mapping.layout) +
        ", file: " + view.kind + "\n");
  std::vector<std::vector<std::string>> rows;
  for (size_t i = 0; i < view.mapping.columns.size(); ++i) {
    const auto& column = view.mapping.columns[i];
    rows.push_back({column.name, ToString(column.use),
                    HoldsPersons(column.use) ? "(persons, not shown)" : Join(view.samples[i])});
  }
  PrintTable({"column", "taken for", "first values"}, rows);
}

// What speaks against the mapping, column by column.
std::vector<std::string> Doubts(const ledger::HeaderView& view) {
  std::vector<std::string> doubts;
  for (size_t i = 0; i < view.doubts.size(); ++i) {
    if (!view.doubts[i].empty())
      doubts.push_back(view.mapping.columns[i].name + ": " + view.doubts[i]);
  }
  return doubts;
}

Status ShowLayout(Session& session, const LayoutOptions& options) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto layouts, ledger::Layouts::Load(resources));
  ledger::Layout own;
  ledger::ImportOptions import;
  import.layouts = &layouts;
  import.encoding = options.encoding;
  import.sheet = options.sheet;
  TW_RETURN_IF_ERROR(ChooseLayout(options.layout, layouts, own, import));
  TW_ASSIGN_OR_RETURN(const ledger::HeaderView view, ledger::ReadHeader(options.file, import));
  if (!options.write.empty())
    TW_RETURN_IF_ERROR(WriteAtomically(options.write, view.mapping.ToYaml()));
  if (session.format == "json") {
    Print(view.mapping.ToJson().DumpPretty() + "\n");
  } else {
    PrintMapping(view);
  }
  for (const auto& note : view.notes) session.Warn(options.file + ": " + note);
  for (const auto& doubt : Doubts(view)) session.Warn(options.file + ": " + doubt);
  return {};
}

}  // namespace

void AddLayout(CLI::App& app, Session& session) {
  CLI::App* command = app.add_subcommand("layout", "What each column of a file is taken for");
  auto options = std::make_shared<LayoutOptions>();
  command->add_option("file", options->file, "A customs or order file")->required();
  command->add_option("--layout", options->layout, "Apply this layout (a name or a YAML file)");
  command->add_option("--encoding", options->encoding, "Encoding of a text file");
  command->add_option("--sheet", options->sheet, "Sheet of a workbook");
  command->add_option("--write", options->write, "Write the mapping here, to be corrected by hand");
  command->footer(
      "Examples:\n  tidewaiter layout imports.xlsx\n"
      "  tidewaiter layout feed.csv --write my.yaml      (correct it, then:)\n"
      "  tidewaiter layout feed.csv --layout my.yaml     (says which columns do not look right)\n"
      "  tidewaiter inspect feed.csv --layout my.yaml --out run");
  command->callback(
      [&session, options] { Run(session, [&] { return ShowLayout(session, *options); }); });
}

}  // namespace tidewaiter::cli
