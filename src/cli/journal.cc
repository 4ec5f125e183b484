// tidewaiter journal verify | list | show | replay
#include "screen/journal.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/open_engine.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::string head;
  uint64_t number = 0;
  EngineOptions engine;
};

void WarnOfUnfinished(const Session& session, uint64_t bytes) {
  if (bytes == 0) return;
  session.Warn("the last " + std::to_string(bytes) +
               " bytes are an entry that a killed program left unfinished; it was never answered");
}

Status Verify(Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const auto state, screen::ReadJournal(session.data, arguments.head, nullptr));
  WarnOfUnfinished(session, state.unfinished);
  if (session.format == "table") {
    Print(std::to_string(state.entries) + " entries, the chain is whole, head " + state.head +
          "\n");
  } else {
    Print(Json().Set("entries", state.entries).Set("head", state.head).Dump() + "\n");
  }
  return {};
}

Status List(Session& session) {
  std::vector<std::vector<std::string>> rows;
  const auto take = [&](const screen::JournalEntry& entry) -> Status {
    TW_ASSIGN_OR_RETURN(const Json decision, ParseJson(entry.decision));
    if (session.format == "table") {
      rows.push_back({std::to_string(entry.number), entry.as_of,
                      std::string(decision.StringOr("order")),
                      std::string(decision.StringOr("outcome"))});
    } else {
      Json line;
      line.Set("n", entry.number).Set("as_of", entry.as_of);
      line.Set("order", decision.StringOr("order")).Set("outcome", decision.StringOr("outcome"));
      Print(line.Dump() + "\n");
    }
    return {};
  };
  TW_ASSIGN_OR_RETURN(const auto state, screen::ReadJournal(session.data, {}, take));
  WarnOfUnfinished(session, state.unfinished);
  if (session.format == "table") PrintTable({"entry", "as of", "order", "outcome"}, rows);
  return {};
}

Status Show(Session& session, const Arguments& arguments) {
  bool found = false;
  const auto take = [&](const screen::JournalEntry& entry) -> Status {
    if (entry.number != arguments.number) return {};
    found = true;
    Print(entry.decision + "\n");
    return {};
  };
  TW_ASSIGN_OR_RETURN(const auto state, screen::ReadJournal(session.data, {}, take));
  if (!found) return UsageError("the journal has entries 1 to " + std::to_string(state.entries));
  return {};
}

Status Replay(Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const auto engine, OpenEngine(session, arguments.engine));
  const auto print = [](std::string_view line) { return Print(line) && Print("\n"); };
  TW_ASSIGN_OR_RETURN(const auto answer, engine->Replay(arguments.number, print));
  session.Warn(std::to_string(answer.replayed) + " decided again, " +
               std::to_string(answer.differ) + " differ");
  if (answer.differ > 0) session.exit_code = 1;
  return {};
}

}  // namespace

void AddJournal(CLI::App& app, Session& session) {
  CLI::App* journal = app.add_subcommand("journal", "the decisions kept with `check --journal`");
  journal->require_subcommand(1);
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verify =
      journal->add_subcommand("verify", "find any entry that was changed, is missing or was moved");
  verify->add_option("--head", arguments->head,
                     "hash of an entry, noted elsewhere, which the journal must have");
  verify->callback(
      [&session, arguments] { Run(session, [&] { return Verify(session, *arguments); }); });
  CLI::App* list = journal->add_subcommand("list", "one line an entry");
  list->callback([&session] { Run(session, [&] { return List(session); }); });
  CLI::App* show = journal->add_subcommand("show", "one decision, byte for byte as answered");
  show->add_option("entry", arguments->number, "its number")->required();
  show->callback(
      [&session, arguments] { Run(session, [&] { return Show(session, *arguments); }); });
  CLI::App* replay = journal->add_subcommand(
      "replay", "decide again and compare the bytes; exit 1 where they differ, with the reason");
  replay->add_option("entry", arguments->number, "its number (default: all)");
  AddEngineOptions(*replay, arguments->engine);
  replay->callback(
      [&session, arguments] { Run(session, [&] { return Replay(session, *arguments); }); });
  for (CLI::App* command : journal->get_subcommands({})) command->fallthrough();
}

}  // namespace tidewaiter::cli
