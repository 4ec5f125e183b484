// tidewaiter lists update | diff
#include "cli/lists_update.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/file.h"
#include "base/json.h"
#include "screen/list_policy.h"
#include "screen/watchlist_file.h"
#include "watchlist/diff.h"
#include "watchlist/update.h"

namespace tidewaiter::cli {
namespace {

struct UpdateOptions {
  std::vector<std::string> lists, urls;
  watchlist::FetchPolicy policy;
  bool force = false;
};

// --url LIST=URL, which may be given again: all addresses of one list together replace those of
// reference/lists.yaml.
Result<std::vector<watchlist::UpdateSource>> Sources(const UpdateOptions& options,
                                                     const screen::ListPolicies& policies) {
  std::vector<watchlist::UpdateSource> given;
  for (const auto& text : options.urls) {
    const size_t equals = text.find('=');
    if (equals == std::string::npos) return UsageError("--url takes LIST=URL, not '" + text + "'");
    const std::string list = text.substr(0, equals);
    auto found = std::find_if(given.begin(), given.end(), [&](auto& s) { return s.list == list; });
    if (found == given.end()) found = given.insert(given.end(), {list, {}});
    found->urls.push_back(text.substr(equals + 1));
  }
  std::vector<watchlist::UpdateSource> sources;
  const auto add = [&](const std::string& list, const std::vector<std::string>& urls) {
    const auto own =
        std::find_if(given.begin(), given.end(), [&](auto& s) { return s.list == list; });
    sources.push_back(own != given.end() ? *own : watchlist::UpdateSource{list, urls});
  };
  for (const auto& list : options.lists) {
    const auto* policy = policies.Find(list);
    const bool known = policy != nullptr || std::any_of(given.begin(), given.end(),
                                                        [&](auto& s) { return s.list == list; });
    if (!known) return UsageError("no list is called '" + list + "'");
    add(list, policy == nullptr ? std::vector<std::string>{} : policy->urls);
  }
  if (!options.lists.empty()) return sources;
  if (!given.empty()) return given;
  for (const auto& policy : policies.all()) {
    if (!policy.urls.empty()) add(policy.list, policy.urls);
  }
  return sources;
}

void Tell(const watchlist::UpdatedList& updated) {
  const auto& list = updated.imported;
  Print(updated.list + ": " +
        (updated.unchanged
             ? std::string("unchanged")
             : ToString(list.date) + ", " + std::to_string(list.counts.entries) + " entries") +
        "\n");
}

// A list that fails does not keep the others from being fetched.
Status UpdateLists(Session& session, const UpdateOptions& options) {
  watchlist::ImportRequest base;
  base.data_folder = session.data;
  base.force = options.force;
  TW_ASSIGN_OR_RETURN(base.resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(const auto policies, screen::ListPolicies::Load(base.resources));
  TW_ASSIGN_OR_RETURN(const auto sources, Sources(options, policies));
  const auto fetcher = watchlist::MakeFetcher(options.policy);
  const auto progress = session.MakeProgress();
  const auto index = screen::MatchSections(base.resources);
  for (const auto& source : sources) {
    progress->Stage("fetching " + source.list, 0);
    const auto updated = watchlist::Update(source, base, *fetcher, session.clock, index, *progress);
    if (updated) {
      Tell(*updated);
    } else {
      session.Fail(updated.error());
    }
  }
  return {};
}

struct DiffOptions {
  std::string list, from, to;
};

Result<std::optional<Date>> Day(const std::string& text) {
  if (text.empty()) return std::optional<Date>();
  const auto day = ParseIsoDate(text);
  if (!day) return UsageError("'" + text + "' is no day; write it like 2024-01-31");
  return day;
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : "; ") + text;
  return out;
}

void PrintDiff(const watchlist::ListDiff& diff) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& party : diff.added) rows.push_back({"added", party.id, party.name, "", ""});
  for (const auto& party : diff.removed) rows.push_back({"removed", party.id, party.name, "", ""});
  for (const auto& party : diff.changed) {
    for (const auto& field : party.fields) {
      rows.push_back({"changed", party.id, party.name, field.field,
                      (field.removed.empty() ? "" : "- " + Joined(field.removed) + " ") +
                          (field.added.empty() ? "" : "+ " + Joined(field.added))});
    }
  }
  Print(diff.list + " from " + ToString(diff.from) + " to " + ToString(diff.to) + ": " +
        std::to_string(diff.added.size()) + " added, " + std::to_string(diff.removed.size()) +
        " removed, " + std::to_string(diff.changed.size()) + " changed\n");
  if (!rows.empty()) PrintTable({"", "id", "name", "field", "what"}, rows);
}

Status Diff(Session& session, const DiffOptions& options) {
  TW_ASSIGN_OR_RETURN(const auto from, Day(options.from));
  TW_ASSIGN_OR_RETURN(const auto to, Day(options.to));
  TW_ASSIGN_OR_RETURN(const auto diff,
                      watchlist::DiffSnapshots(session.data, options.list, from, to));
  if (session.format == "table") {
    PrintDiff(diff);
  } else {
    Print(ToJson(diff).Dump() + "\n");
  }
  return {};
}

void AddUpdate(CLI::App& lists, Session& session) {
  auto options = std::make_shared<UpdateOptions>();
  CLI::App* update = lists.add_subcommand(
      "update", "fetch lists from their publishers; a bad answer never replaces a good snapshot");
  update->add_option("lists", options->lists, "which (default: all that have an address)");
  update->add_option("--url", options->urls,
                     "LIST=URL: fetch the list from there (again for each file of the list)");
  update->add_option("--attempts", options->policy.attempts, "tries of each file")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  update
      ->add_option("--wait", options->policy.first_wait,
                   "seconds before the second try; doubles from then on")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  update->add_option("--largest", options->policy.largest, "refuse a file of more bytes")
      ->capture_default_str();
  update->add_flag("--force", options->force,
                   "accept a list that has lost more than two fifths of its entries");
  update->footer(
      "Examples:\n  tidewaiter lists update\n  tidewaiter lists update un_sc bis_dpl\n"
      "  tidewaiter lists update --url un_sc=https://mirror.example/consolidated.xml");
  update->callback(
      [&session, options] { Run(session, [&] { return UpdateLists(session, *options); }); });
}

void AddDiff(CLI::App& lists, Session& session) {
  auto options = std::make_shared<DiffOptions>();
  CLI::App* diff = lists.add_subcommand("diff", "what changed in a list between two days");
  diff->add_option("list", options->list, "ofac_sdn, un_sc, ...")->required();
  diff->add_option("from", options->from, "day (default: the snapshot before the last)");
  diff->add_option("to", options->to, "day (default: the last snapshot)");
  diff->footer(
      "Examples:\n  tidewaiter lists diff ofac_sdn\n"
      "  tidewaiter lists diff un_sc 2024-01-01 2024-03-01 --format json");
  diff->callback([&session, options] { Run(session, [&] { return Diff(session, *options); }); });
}

}  // namespace

void AddListsUpdate(CLI::App& lists, Session& session) {
  AddUpdate(lists, session);
  AddDiff(lists, session);
}

}  // namespace tidewaiter::cli
