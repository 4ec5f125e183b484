#include "evidence/dossier.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "base/file.h"
#include "cli/run_folder.h"
#include "cli/session.h"
#include "evidence/claims.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::string run, party, out, disputes, claims, deadline, sender;
  int reply_days = 14;
  bool with_persons = false;
};

Status DossierOf(const Session& session, const Arguments& arguments) {
  evidence::DossierRequest request;
  request.run = arguments.run;
  request.party = arguments.party;
  request.out = arguments.out.empty() ? JoinPath(arguments.run, "dossier") : arguments.out;
  request.sender = arguments.sender;
  TW_ASSIGN_OR_RETURN(request.resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(request.claims, evidence::ReadClaims(arguments.claims.empty()
                                                               ? JoinPath(request.resources,
                                                                          "claims/drone-trade.yaml")
                                                               : arguments.claims));
  if (!arguments.disputes.empty()) {
    TW_ASSIGN_OR_RETURN(request.disputes, evidence::ReadDisputes(arguments.disputes));
  }
  TW_ASSIGN_OR_RETURN(const auto as_of, session.AsOf());
  request.written = as_of.value_or(session.clock.Today());
  request.deadline = request.written + arguments.reply_days;
  if (!arguments.deadline.empty()) {
    const auto day = ParseIsoDate(arguments.deadline);
    if (!day) return UsageError("--reply-by " + arguments.deadline + " is no date; use YYYY-MM-DD");
    request.deadline = *day;
  }
  TW_ASSIGN_OR_RETURN(const RunPersons persons,
                      RunPersons::Read(arguments.run, arguments.with_persons));
  request.mask = [&](std::string text) { return persons.MaskText(std::move(text)); };
  TW_ASSIGN_OR_RETURN(const auto answer, evidence::WriteDossier(request));
  if (persons.Hides(answer.entity))
    session.Warn(
        "the party is a natural person on no official list: dossier and letter say " +
        persons.Mask(answer.entity, {}) +
        " in place of the name; run again with --with-persons to name it, before the letter goes "
        "out");
  if (session.format == "json") {
    Json files = Json::Array{}, json;
    for (const auto& file : answer.files) files.Add(file);
    json.Set("entity", answer.entity).Set("rows", answer.rows);
    Print(json.Set("files", std::move(files)).Dump() + "\n");
    return {};
  }
  Print(std::to_string(answer.rows) + " rows name it (" + answer.entity + ")\n");
  for (const auto& file : answer.files) Print(file + "\n");
  Print("The letter is a draft: nothing is sent.\n");
  return {};
}

struct ClaimsArguments {
  std::string file, id;
};

Result<evidence::ClaimsFile> OpenClaims(const std::string& file) {
  if (!file.empty()) return evidence::ReadClaims(file);
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  return evidence::ReadClaims(JoinPath(resources, "claims/drone-trade.yaml"));
}

Status ListClaims(const Session& session, const ClaimsArguments& arguments) {
  TW_ASSIGN_OR_RETURN(const auto file, OpenClaims(arguments.file));
  std::vector<std::vector<std::string>> rows;
  for (const auto& claim : file.claims) {
    if (session.format != "table") {
      Print(evidence::ToJson(claim).Dump() + "\n");
      continue;
    }
    std::string answers;
    for (const auto& answer : claim.answers)
      answers += (answers.empty() ? "" : ", ") + answer.who + " " + answer.stance;
    const auto& first = claim.chain.front();
    rows.push_back(
        {claim.id, claim.says, first.who, first.date ? ToString(*first.date) : std::string(),
         std::string(1, claim.reliability) + std::to_string(claim.credibility), answers});
  }
  if (session.format == "table")
    PrintTable({"id", "claim", "said by", "date", "grade", "answers"}, rows);
  return {};
}

Status ShowClaim(const ClaimsArguments& arguments) {
  TW_ASSIGN_OR_RETURN(const auto file, OpenClaims(arguments.file));
  const auto* claim = file.Find(arguments.id);
  if (claim == nullptr)
    return UsageError("there is no claim '" + arguments.id +
                      "'; `tidewaiter claims list` has them");
  Print(evidence::ToJson(*claim).DumpPretty() + "\n");
  return {};
}

Status Lint(Session& session, const ClaimsArguments& arguments) {
  TW_ASSIGN_OR_RETURN(const auto file, OpenClaims(arguments.file));
  const auto notes = evidence::LintClaims(file);
  for (const auto& note : notes) Print(note + "\n");
  Print(std::to_string(file.claims.size()) + " claims, " + std::to_string(notes.size()) +
        " remarks\n");
  if (!notes.empty()) session.exit_code = 1;
  return {};
}

}  // namespace

void AddDossier(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "dossier", "All that a run holds about one party, and the letter that asks it to reply");
  command->add_option("party", arguments->party, "Entity, or name as a file has it")->required();
  command->add_option("--run", arguments->run, "The folder that `inspect --out` wrote")->required();
  command->add_option("--out", arguments->out, "Folder to write (default: RUN/dossier)");
  command->add_option("--disputes", arguments->disputes, "File of disputes (YAML)");
  command->add_option("--claims", arguments->claims, "File of claims (default: ours)");
  command->add_option("--reply-by", arguments->deadline, "Day until which to reply");
  command->add_option("--reply-days", arguments->reply_days, "Or days from today")
      ->check(CLI::Range(1, 365))
      ->capture_default_str();
  command->add_option("--sender", arguments->sender, "Who signs the letter");
  command->add_flag("--with-persons", arguments->with_persons,
                    "Name natural persons who are on no official list");
  command->footer(
      "Example:\n  tidewaiter dossier 'SZ EXAMPLE CO' --run RUN --out dossier-1 --reply-days 10");
  command->callback(
      [&session, arguments] { Run(session, [&] { return DossierOf(session, *arguments); }); });
}

void AddClaims(CLI::App& app, Session& session) {
  auto arguments = std::make_shared<ClaimsArguments>();
  auto* command =
      app.add_subcommand("claims", "What has been said about the trade, by whom, and the answers");
  command->require_subcommand(1);
  auto* list = command->add_subcommand("list", "All claims");
  list->callback(
      [&session, arguments] { Run(session, [&] { return ListClaims(session, *arguments); }); });
  auto* show = command->add_subcommand("show", "One claim, with everything held about it");
  show->add_option("id", arguments->id, "Its id")->required();
  show->callback([&session, arguments] { Run(session, [&] { return ShowClaim(*arguments); }); });
  auto* lint = command->add_subcommand("lint", "Check a file of claims");
  lint->callback(
      [&session, arguments] { Run(session, [&] { return Lint(session, *arguments); }); });
  for (CLI::App* sub : command->get_subcommands({})) {
    sub->add_option("--file", arguments->file, "Your own file of claims (default: ours)");
    sub->fallthrough();
  }
}

}  // namespace tidewaiter::cli
