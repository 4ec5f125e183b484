// tidewaiter lists pair | pairs: what a person says of a queried party and a listed one. Under
// `lists` and not under `screen`, because screening writes nothing.
#include <CLI/CLI.hpp>
#include <memory>

#include "cli/lists_update.h"
#include "cli/open_engine.h"
#include "screen/pairs.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  PairRequest request;
  std::string same, different, withdraw;
};

// Which of the three words, and about which LIST:ID.
Status ReadWord(const Arguments& arguments, PairRequest& request) {
  const std::pair<const char*, const std::string*> words[] = {{"same", &arguments.same},
                                                              {"different", &arguments.different},
                                                              {"withdrawn", &arguments.withdraw}};
  std::string entry;
  for (const auto& [verdict, text] : words) {
    if (text->empty()) continue;
    if (!entry.empty()) return UsageError("one word at a time: --same, --different or --withdraw");
    request.verdict = verdict;
    entry = *text;
  }
  if (entry.empty()) return UsageError("say --same, --different or --withdraw LIST:ID");
  const size_t colon = entry.find(':');
  if (colon == std::string::npos)
    return UsageError("the entry is given as LIST:ID, not '" + entry + "'");
  request.list = entry.substr(0, colon);
  request.id = entry.substr(colon + 1);
  return {};
}

Status Say(Session& session, const Arguments& arguments) {
  PairRequest request = arguments.request;
  TW_RETURN_IF_ERROR(ReadWord(arguments, request));
  request.today = Today(session);
  TW_ASSIGN_OR_RETURN(const auto engine, OpenEngine(session, {}));
  TW_ASSIGN_OR_RETURN(const std::string pair, engine->RecordPair(request));
  Print(pair + "\n");
  return {};
}

Status Show(Session& session) {
  TW_ASSIGN_OR_RETURN(const auto pairs, screen::Pairs::Load(session.data));
  std::vector<std::vector<std::string>> rows;
  for (const auto& pair : pairs.Standing()) {
    if (session.format != "table") Print(ToJson(pair).Dump() + "\n");
    rows.push_back({pair.name, pair.verdict, pair.list + ":" + pair.id, pair.listed_name, pair.by,
                    pair.when, pair.why});
  }
  if (session.format == "table")
    PrintTable({"party", "is", "entry", "listed name", "by", "when", "why"}, rows);
  return {};
}

void AddPair(CLI::App& lists, Session& session) {
  auto arguments = std::make_shared<Arguments>();
  PairRequest& request = arguments->request;
  CLI::App* pair = lists.add_subcommand(
      "pair",
      "a person says whether a party and an entry are the same; holds until either changes");
  pair->add_option("name", request.party.name, "The party as it is screened")->required();
  pair->add_option("--same", arguments->same, "LIST:ID: they are the same party");
  pair->add_option("--different", arguments->different,
                   "LIST:ID: they are not; the hit is shown and moves no decision");
  pair->add_option("--withdraw", arguments->withdraw, "LIST:ID: take such a word back");
  pair->add_option("--by", request.by, "Who says so");
  pair->add_option("--because", request.why, "Why");
  pair->add_option("--schema", request.party.schema, "person, organization, vessel, aircraft");
  pair->add_option("--country", request.party.country, "Country of the party");
  pair->add_option("--birth-date", request.party.birth_date, "Date or year of birth");
  pair->add_option("--identifiers", request.party.identifiers, "e.g. 'inn:7707083893'");
  pair->footer(
      "The particulars are those with which the party is screened; a word about a party without a\n"
      "birth date falls when one becomes known.\nExample:\n"
      "  tidewaiter lists pair 'Mira Quill' --birth-date 1990-01-01 --different ofac_sdn:10000001 "
      "--by 'A. Officer' --because 'the entry was born in 1961'");
  pair->callback([&session, arguments] { Run(session, [&] { return Say(session, *arguments); }); });
}

}  // namespace

void AddListsPairs(CLI::App& lists, Session& session) {
  AddPair(lists, session);
  CLI::App* pairs = lists.add_subcommand("pairs", "what people have said, as far as it stands");
  pairs->callback([&session] { Run(session, [&] { return Show(session); }); });
}

}  // namespace tidewaiter::cli
