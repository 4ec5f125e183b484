#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "cli/open_engine.h"
#include "screen/journal.h"
#include "tables/intake.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::string file;
  std::string explain;
  std::string fail_on;
  bool journal = false;
  EngineOptions engine;
};

int Strength(std::string_view outcome) {
  static const std::map<std::string_view, int> strengths = {
      {"clear", 0}, {"review", 1}, {"ask", 2}, {"stop", 3}};
  const auto found = strengths.find(outcome);
  return found == strengths.end() ? -1 : found->second;
}

void PrintTexts(const Json& decision, std::string_view key, std::string_view title) {
  const Json* texts = decision.Find(key);
  if (texts == nullptr || !texts->is_array() || texts->as_array().empty()) return;
  Print(std::string(title) + "\n");
  for (const auto& text : texts->as_array()) {
    if (text.is_string()) Print("  - " + text.as_string() + "\n");
  }
}

void PrintRules(const Json& decision) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& rule : decision.Find("rules")->as_array()) {
    std::string depends;
    for (const auto& fact : rule.Find("depends_on")->as_array())
      depends += (depends.empty() ? "" : ", ") + fact.as_string();
    const Json* line = rule.Find("line");
    rows.push_back({std::string(rule.StringOr("id")), line->is_null() ? "" : line->Dump(),
                    std::string(rule.StringOr("status")), std::string(rule.StringOr("effect")),
                    depends, std::string(rule.StringOr("citation"))});
  }
  if (!rows.empty())
    PrintTable({"rule", "line", "status", "effect", "depends on", "citation"}, rows);
}

void PrintQuestions(const Json& decision) {
  const auto& questions = decision.Find("questions")->as_array();
  if (questions.empty()) return;
  Print("Asked:\n");
  for (const auto& question : questions) {
    Print("  ? " + std::string(question.StringOr("text")) + "  [" +
          std::string(question.StringOr("fact")) + "]\n");
  }
}

void PrintHits(const Json& decision) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& party : decision.Find("parties")->as_array()) {
    for (const auto& hit : party.Find("hits")->as_array()) {
      rows.push_back({std::string(party.StringOr("role")), std::string(party.StringOr("name")),
                      hit.Find("score")->Dump(), std::string(hit.StringOr("list")),
                      std::string(hit.StringOr("id")), std::string(hit.StringOr("name"))});
    }
  }
  if (!rows.empty()) PrintTable({"role", "party", "score", "list", "id", "listed name"}, rows);
}

void PrintForPeople(const Json& decision) {
  Print(std::string(decision.StringOr("order", "order")) + "  as of " +
        std::string(decision.StringOr("as_of")) + "  ->  " +
        std::string(decision.StringOr("outcome")) + "\n");
  PrintTexts(decision, "reasons", "Because:");
  PrintHits(decision);
  PrintRules(decision);
  PrintQuestions(decision);
  PrintTexts(decision, "standing",
             "General catch-alls that stand aside until one of their facts is stated:");
  PrintTexts(decision, "warnings", "Mind:");
  PrintTexts(decision, "checked", "Checked:");
  PrintTexts(decision, "not_checked", "Not checked:");
  Print("Decision support, not legal advice.\n\n");
}

// One JSON object, or one a line.
std::vector<std::string_view> SplitOrders(std::string_view text, bool jsonl) {
  std::vector<std::string_view> orders;
  if (!jsonl) return {text};
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) orders.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return orders;
}

class Checker {
 public:
  Checker(Session& session, const Arguments& arguments, const Engine& engine, std::string as_of,
          bool journal_always)
      : session_(session),
        arguments_(arguments),
        engine_(engine),
        as_of_(std::move(as_of)),
        journal_always_(journal_always) {}

  Status One(std::string_view order, uint64_t line, bool many) {
    const auto answer =
        engine_.Check({std::string(order), as_of_, Today(session_), arguments_.explain == "all",
                       arguments_.journal || journal_always_});
    if (!answer) return Refuse(answer.error(), line, many);
    if (!arguments_.fail_on.empty() && Strength(answer->outcome) >= Strength(arguments_.fail_on))
      fails_ = true;
    if (session_.format == "table") {
      TW_ASSIGN_OR_RETURN(const Json decision, ParseJson(answer->decision_json));
      PrintForPeople(decision);
    } else if (session_.format == "json" && !many) {
      TW_ASSIGN_OR_RETURN(const Json decision, ParseJson(answer->decision_json));
      Print(decision.DumpPretty() + "\n");
    } else {
      Print(answer->decision_json);
      Print("\n");
    }
    return {};
  }
  void Finish() {
    if (refused_ > 0)
      session_.exit_code = static_cast<int>(ErrorCode::kBadInput);
    else if (fails_)
      session_.exit_code = 1;
  }

 private:
  Status Refuse(Error error, uint64_t line, bool many) {
    error.file = arguments_.file == "-" ? "standard input" : arguments_.file;
    if (many) error.line = line;
    if (!many) return error;
    ++refused_;
    if (session_.format != "table")
      Print(Json().Set("line", line).Set("error", error.ToString()).Dump() + "\n");
    session_.Fail(error);
    return {};
  }

  Session& session_;
  const Arguments& arguments_;
  const Engine& engine_;
  std::string as_of_;
  bool journal_always_;
  uint64_t refused_ = 0;
  bool fails_ = false;
};

Status Check(Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string as_of, AsOfText(session));
  TW_ASSIGN_OR_RETURN(const std::string text, tables::ReadText(arguments.file));
  TW_ASSIGN_OR_RETURN(const auto engine, OpenEngine(session, arguments.engine));
  const bool whole = ParseJson(text).has_value();
  const auto orders = SplitOrders(text, !whole);
  if (orders.empty())
    return BadInput("the file is empty; expected an order as JSON", arguments.file);
  // A single text over several lines that is no JSON is one bad order, not a hundred.
  const bool many = session.format == "jsonl" ||
                    (!whole && orders.size() > 1 && ParseJson(orders[0]).has_value());
  TW_ASSIGN_OR_RETURN(const bool journal, screen::JournalAlways(session.data));
  Checker checker(session, arguments, *engine, as_of, journal);
  if (!whole && !many) return checker.One(text, 0, false);
  for (size_t i = 0; i < orders.size(); ++i)
    TW_RETURN_IF_ERROR(checker.One(orders[i], i + 1, many));
  checker.Finish();
  return {};
}

}  // namespace

void AddCheck(CLI::App& app, Session& session) {
  CLI::App* command =
      app.add_subcommand("check", "One transaction, or one a line: stop, ask, review or clear");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("order", arguments->file,
                   "An order as JSON, or one a line (- for standard input)")
      ->required();
  command
      ->add_option("--explain", arguments->explain,
                   "all: also the rules that do not apply, with the limb that failed")
      ->check(CLI::IsMember({"all"}));
  command
      ->add_option("--fail-on", arguments->fail_on, "Exit with 1 at this outcome or a stronger one")
      ->check(CLI::IsMember({"review", "ask", "stop"}));
  command->add_flag("--journal", arguments->journal,
                    "Keep order and decision in the journal of the data folder before answering "
                    "(always with `journal: always` in its settings.yaml)");
  AddEngineOptions(*command, arguments->engine);
  command->footer(
      "Examples:\n  tidewaiter check order.json\n  tidewaiter check orders.jsonl --format jsonl "
      "--as-of 2023-10-05");
  command->callback(
      [&session, arguments] { Run(session, [&] { return Check(session, *arguments); }); });
}

}  // namespace tidewaiter::cli
