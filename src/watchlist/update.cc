#include "watchlist/update.h"

#include <algorithm>

#include "base/file.h"
#include "base/json.h"

namespace tidewaiter::watchlist {
namespace {

std::string StatePath(const std::string& data_folder, const std::string& list) {
  return JoinPath(JoinPath(JoinPath(data_folder, "lists"), list), ".fetch.json");
}

// What the last import of the list was fetched with. Unreadable is as good as none: then all is
// fetched again.
std::vector<FetchRequest> ReadState(const UpdateSource& source, const std::string& data_folder) {
  std::vector<FetchRequest> requests;
  for (const auto& url : source.urls) requests.push_back({url, {}, {}});
  const auto text = ReadFile(StatePath(data_folder, source.list));
  if (!text) return requests;
  const auto json = ParseJson(*text);
  const Json* files = json ? json->Find("files") : nullptr;
  if (files == nullptr || !files->is_array()) return requests;
  for (auto& request : requests) {
    for (const auto& file : files->as_array()) {
      if (file.StringOr("url") != request.url) continue;
      request.etag = file.StringOr("etag");
      request.last_modified = file.StringOr("last_modified");
    }
  }
  return requests;
}

Status WriteState(const UpdateSource& source, const std::string& data_folder,
                  const std::vector<Fetched>& fetched) {
  Json files{Json::Array{}};
  for (size_t i = 0; i < fetched.size(); ++i) {
    Json file;
    file.Set("url", source.urls[i])
        .Set("etag", fetched[i].etag)
        .Set("last_modified", fetched[i].last_modified);
    files.Add(std::move(file));
  }
  return WriteAtomically(StatePath(data_folder, source.list),
                         Json().Set("files", std::move(files)).DumpPretty() + "\n");
}

// All files, or none where the server says that all of ours are current. Where it has a new one of
// several, the others are asked for without conditions: the files of a list belong together.
Result<std::vector<Fetched>> FetchAll(std::vector<FetchRequest> requests, Fetcher& fetcher) {
  const bool conditional = std::all_of(requests.begin(), requests.end(), [](const auto& r) {
    return !r.etag.empty() || !r.last_modified.empty();
  });
  std::vector<Fetched> fetched;
  size_t unchanged = 0;
  for (auto& request : requests) {
    if (!conditional) request.etag.clear(), request.last_modified.clear();
    TW_ASSIGN_OR_RETURN(fetched.emplace_back(), fetcher.Fetch(request));
    unchanged += fetched.back().unchanged;
  }
  if (unchanged == 0 || unchanged == requests.size()) return fetched;
  for (size_t i = 0; i < requests.size(); ++i) {
    if (!fetched[i].unchanged) continue;
    TW_ASSIGN_OR_RETURN(fetched[i], fetcher.Fetch({requests[i].url, {}, {}}));
  }
  return fetched;
}

}  // namespace

Result<UpdatedList> Update(const UpdateSource& source, const ImportRequest& base, Fetcher& fetcher,
                           const Clock& clock, const ExtraSections& extra, Progress& progress) {
  if (source.urls.empty())
    return UsageError("no address is known for " + source.list + "; give one with --url");
  UpdatedList updated;
  updated.list = source.list;
  TW_ASSIGN_OR_RETURN(auto fetched, FetchAll(ReadState(source, base.data_folder), fetcher));
  if (std::all_of(fetched.begin(), fetched.end(), [](const auto& f) { return f.unchanged; })) {
    updated.unchanged = true;
    return updated;
  }
  ImportRequest request = base;
  request.expect = source.list;
  for (size_t i = 0; i < fetched.size(); ++i) {
    request.contents.push_back({source.urls[i], std::move(fetched[i].bytes), {}});
    const auto& modified = fetched[i].modified;
    if (modified && *modified <= clock.Today() &&
        (!request.fallback_date || *modified > *request.fallback_date))
      request.fallback_date = modified;
  }
  TW_ASSIGN_OR_RETURN(const auto imported, Import(request, clock, extra, progress));
  if (imported.size() != 1)
    return BadInput("the files are not one list but " + std::to_string(imported.size()),
                    source.urls[0]);
  updated.imported = imported[0];
  updated.unchanged = imported[0].already_there;
  TW_RETURN_IF_ERROR(WriteState(source, base.data_folder, fetched));
  return updated;
}

}  // namespace tidewaiter::watchlist
