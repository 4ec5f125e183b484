// tidewaiter lists import | status; lists_update.cc has update and diff
#include <CLI/CLI.hpp>

#include "base/file.h"
#include "base/json.h"
#include "cli/lists_update.h"
#include "cli/session.h"
#include "screen/watchlist_file.h"
#include "watchlist/publish.h"

namespace tidewaiter::cli {
namespace {

struct ListsOptions {
  std::vector<std::string> files;
  std::string dated, list, mapping;
  bool force = false, anew = false;
};

Status Import(Session& session, const ListsOptions& options) {
  watchlist::ImportRequest request;
  request.data_folder = session.data;
  request.files = options.files;
  request.force = options.force;
  request.anew = options.anew;
  request.list = options.list;
  request.mapping = options.mapping;
  if (!options.dated.empty()) {
    request.dated = ParseIsoDate(options.dated);
    if (!request.dated)
      return UsageError("--dated takes a day such as 2024-01-31, not '" + options.dated + "'");
  }
  TW_ASSIGN_OR_RETURN(request.resources, ResourceFolder());
  const auto progress = session.MakeProgress();
  const auto index = screen::MatchSections(request.resources);  // stored beside the records
  TW_ASSIGN_OR_RETURN(const auto imported,
                      watchlist::Import(request, session.clock, index, *progress));
  for (const auto& list : imported) {
    Print(list.list + " " + ToString(list.date) + ": " + std::to_string(list.counts.entries) +
          " entries, " + std::to_string(list.counts.aliases) + " aliases, " +
          std::to_string(list.counts.addresses) + " addresses" +
          (list.already_there ? " (was already imported)" : "") + "\n");
  }
  return {};
}

Json ToJson(const watchlist::ListStatus& list) {
  Json json;
  json.Set("list", list.list).Set("date", ToString(list.date)).Set("entries", list.counts.entries);
  json.Set("aliases", list.counts.aliases).Set("addresses", list.counts.addresses);
  json.Set("identifiers", list.counts.identifiers).Set("snapshots", uint64_t{list.snapshots});
  json.Set("imported", list.imported ? Json(ToString(*list.imported)) : Json())
      .Set("sha256", list.sha256);
  return json;
}

Status ShowStatus(Session& session) {
  TW_ASSIGN_OR_RETURN(const auto lists, watchlist::ReadStatus(session.data, {}));
  if (session.format == "json") {
    Json array = Json::Array{};
    for (const auto& list : lists) array.Add(ToJson(list));
    Json json;
    json.Set("lists", std::move(array));
    Print(json.DumpPretty() + "\n");
    return {};
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& list : lists) {
    rows.push_back({list.list, ToString(list.date), std::to_string(list.counts.entries),
                    std::to_string(list.counts.aliases), std::to_string(list.counts.addresses),
                    std::to_string(list.counts.identifiers),
                    list.imported ? ToString(*list.imported) : "ships with it",
                    list.sha256.substr(0, 12)});
  }
  PrintTable(
      {"list", "date", "entries", "aliases", "addresses", "identifiers", "imported", "sha256"},
      rows);
  return {};
}

}  // namespace

void AddLists(CLI::App& app, Session& session) {
  CLI::App* lists = app.add_subcommand("lists", "official lists as dated snapshots");
  lists->require_subcommand(1);
  auto options = std::make_shared<ListsOptions>();
  CLI::App* import =
      lists->add_subcommand("import", "read list files; each format is recognised by its content");
  import->add_option("files", options->files, "list files, plain or gzipped")->required();
  import->add_option("--dated", options->dated,
                     "day of the snapshot (default: the file's own, else today)");
  import->add_flag("--anew", options->anew,
                   "make the watchlist anew from all snapshots, even where changes would do");
  import->add_option("--list", options->list, "name of the list (FollowTheMoney files)");
  import->add_option("--map", options->mapping,
                     "the files are CSV of your own; this YAML says which column is what");
  import->add_flag("--force", options->force,
                   "accept a list that has lost more than two fifths of its entries");
  import->callback(
      [&session, options] { Run(session, [&] { return Import(session, *options); }); });
  AddListsUpdate(*lists, session);
  AddListsPairs(*lists, session);
  CLI::App* status = lists->add_subcommand("status", "which lists there are");
  status->callback([&session] { Run(session, [&] { return ShowStatus(session); }); });
}

}  // namespace tidewaiter::cli
