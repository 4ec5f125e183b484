#include "screen/rescreen.h"

#include <algorithm>
#include <optional>

#include "base/file.h"
#include "base/parallel.h"
#include "match/affected.h"

namespace tidewaiter::screen {
namespace {

bool WasAsked(const watchlist::Watchlist& watchlist, uint32_t record,
              const RescreenOptions& options) {
  const auto day = options.before.find(watchlist.lists()[watchlist.list_index(record)].name);
  return day != options.before.end() && watchlist.on_list(record).Contains(day->second);
}

// As the newest state of a list is understood everywhere (match::Options::as_of).
bool IsAsked(const watchlist::Watchlist& watchlist, uint32_t record) {
  return watchlist.on_list(record).to >= watchlist.lists()[watchlist.list_index(record)].date;
}

// Owners have dates of their own, so whoever has one is screened again whatever the lists did.
std::vector<bool> Touched(const Desk& desk, const std::vector<PartyRow>& customers,
                          const RescreenOptions& options, RescreenCounts& counts) {
  const auto& watchlist = *desk.watchlist();
  std::vector<bool> touched(customers.size(), options.everybody);
  match::CustomerIndex index;
  for (uint32_t i = 0; i < customers.size(); ++i) {
    index.Add(i, customers[i].query);
    if (!desk.relations().Owners(customers[i].name).empty()) touched[i] = true;
  }
  for (uint32_t r = 0; r < watchlist.record_count(); ++r) {
    if (WasAsked(watchlist, r, options) == IsAsked(watchlist, r)) continue;
    ++counts.changed_entries;
    index.Mark(watchlist.record(r).party, touched);
  }
  return touched;
}

struct Keyed {
  std::string key, json;
};

std::vector<Keyed> KeyHits(const std::vector<Hit>& hits) {
  std::vector<Keyed> out;
  for (const Hit& hit : hits) {
    std::string key = hit.list + "\x1f" + hit.id;
    for (const auto& step : hit.path) key += "\x1f" + step;
    out.push_back({std::move(key), JsonOf(hit)});
  }
  return out;
}

const Keyed* Find(const std::vector<Keyed>& hits, const std::string& key) {
  const auto found =
      std::find_if(hits.begin(), hits.end(), [&](const Keyed& hit) { return hit.key == key; });
  return found == hits.end() ? nullptr : &*found;
}

// "" when the hits are the same.
std::string ChangeLine(const PartyRow& row, const std::vector<Keyed>& before,
                       const std::vector<Keyed>& after) {
  std::string fresh, gone, changed;
  const auto add = [](const std::string& json, std::string& out) {
    out += (out.empty() ? "" : ",") + json;
  };
  for (const Keyed& hit : after) {
    const Keyed* old = Find(before, hit.key);
    if (old == nullptr) add(hit.json, fresh);
    if (old != nullptr && old->json != hit.json)
      add("{\"after\":" + hit.json + ",\"before\":" + old->json + "}", changed);
  }
  for (const Keyed& hit : before) {
    if (Find(after, hit.key) == nullptr) add(hit.json, gone);
  }
  if (fresh.empty() && gone.empty() && changed.empty()) return {};
  std::string line = "{\"changed\":[" + changed + "],\"gone\":[" + gone + "],\"id\":";
  line += (row.id ? Json(*row.id) : Json()).Dump() + ",\"name\":" + Json(row.name).Dump();
  return line + ",\"new\":[" + fresh + "],\"row\":" + std::to_string(row.row) + "}";
}

Result<std::string> Compare(const Desk& desk, const PartyRow& row, const RescreenOptions& options) {
  match::Options now = options.search, then = options.search;
  then.as_of_lists = options.before;
  then.by_list = true;
  TW_ASSIGN_OR_RETURN(const auto before, desk.ScreenWithOwners(row.query, then));
  TW_ASSIGN_OR_RETURN(const auto after, desk.ScreenWithOwners(row.query, now));
  return ChangeLine(row, KeyHits(before), KeyHits(after));
}

}  // namespace

Result<RescreenCounts> Rescreen(const Desk& desk, const std::vector<PartyRow>& customers,
                                const RescreenOptions& options,
                                const std::function<bool(std::string_view)>& take) {
  if (desk.watchlist() == nullptr) return UsageError("without lists there is nothing to screen");
  RescreenCounts counts;
  counts.customers = customers.size();
  const std::vector<bool> touched = Touched(desk, customers, options, counts);
  std::vector<size_t> rows;
  for (size_t i = 0; i < customers.size(); ++i) {
    if (touched[i] && customers[i].problem.empty()) rows.push_back(i);
  }
  counts.touched = rows.size();
  std::vector<std::string> lines(rows.size());
  std::vector<std::optional<Error>> problems(rows.size());
  ParallelFor(rows.size(), options.threads, 32, [&](size_t i) {
    auto line = Compare(desk, customers[rows[i]], options);
    if (line)
      lines[i] = std::move(*line);
    else
      problems[i] = line.error();
  });
  for (size_t i = 0; i < rows.size(); ++i) {
    if (problems[i]) return std::move(*problems[i]);
    if (lines[i].empty()) continue;
    ++counts.changed;
    if (!take(lines[i])) break;
  }
  return counts;
}

Json StateOf(const Desk& desk) {
  Json lists;
  for (const auto& list : desk.watchlist()->lists()) lists.Set(list.name, ToString(list.date));
  return Json().Set("lists", std::move(lists)).Set("watchlist", desk.watchlist()->hash());
}

Result<std::map<std::string, Date>> ReadState(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const auto json = ParseJson(text);
  const Json* lists = json ? json->Find("lists") : nullptr;
  if (lists == nullptr || !lists->is_object())
    return BadInput("this is no state of a re-screening; make one with --save", path);
  std::map<std::string, Date> out;
  for (const auto& [list, day] : lists->as_object()) {
    const auto date = day.is_string() ? ParseIsoDate(day.as_string()) : std::nullopt;
    if (!date) return BadInput("no day", path, 0, list);
    out[list] = *date;
  }
  return out;
}

}  // namespace tidewaiter::screen
