#include "watchlist/store.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"

namespace tidewaiter::watchlist {
namespace {

constexpr std::string_view kTemporaryPrefix = ".new-";

std::string ListsFolder(const std::string& data_folder) { return JoinPath(data_folder, "lists"); }

// Level 1: lists shrink to a sixth with it, and an import should take no more than a second.
Result<std::string> Gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    return BadInput("zlib cannot start");
  }
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (done != Z_STREAM_END) return BadInput("a list of more than 4 GB");
  return out;
}

Json ToJson(const Snapshot& snapshot) {
  Json files;
  for (const auto& file : snapshot.files) {
    Json item;
    item.Set("part", file.part).Set("sha256", file.sha256).Set("file", file.file);
    files.Add(std::move(item));
  }
  Json counts;
  counts.Set("entries", snapshot.counts.entries).Set("aliases", snapshot.counts.aliases);
  counts.Set("addresses", snapshot.counts.addresses)
      .Set("identifiers", snapshot.counts.identifiers);
  counts.Set("empty_addresses", snapshot.counts.empty_addresses);
  Json json;
  json.Set("list", snapshot.list)
      .Set("date", ToString(snapshot.date))
      .Set("format", snapshot.format);
  json.Set("sha256", snapshot.sha256).Set("imported", ToString(snapshot.imported));
  json.Set("sequence", snapshot.sequence)
      .Set("counts", std::move(counts))
      .Set("files", std::move(files));
  return json;
}

uint64_t Count(const Json& json, std::string_view key) {
  const Json* counts = json.Find("counts");
  const Json* value = counts == nullptr ? nullptr : counts->Find(key);
  return value != nullptr && value->is_integer() ? static_cast<uint64_t>(value->as_integer()) : 0;
}

Result<Snapshot> ReadSnapshot(const std::string& folder) {
  const std::string path = JoinPath(folder, "meta.json");
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  const auto json = ParseJson(text);
  if (!json) return Error(json.error()).In(path);
  Snapshot snapshot;
  snapshot.folder = folder;
  snapshot.list = json->StringOr("list");
  snapshot.format = json->StringOr("format");
  snapshot.sha256 = json->StringOr("sha256");
  const auto date = ParseIsoDate(json->StringOr("date")),
             imported = ParseIsoDate(json->StringOr("imported"));
  const Json* sequence = json->Find("sequence");
  const Json* files = json->Find("files");
  const bool whole = date && imported && sequence != nullptr && sequence->is_integer() &&
                     files != nullptr && files->is_array();
  if (!whole || snapshot.list.empty())
    return BadInput(
        "this is not the description of a snapshot; remove its folder and import the list again",
        path);
  snapshot.date = *date;
  snapshot.imported = *imported;
  snapshot.sequence = sequence->as_integer();
  snapshot.counts = {Count(*json, "entries"), Count(*json, "aliases"), Count(*json, "addresses"),
                     Count(*json, "identifiers"), Count(*json, "empty_addresses")};
  for (const auto& file : files->as_array()) {
    snapshot.files.push_back({std::string(file.StringOr("part")),
                              std::string(file.StringOr("sha256")),
                              std::string(file.StringOr("file"))});
  }
  return snapshot;
}

Status SyncFolder(const std::string& folder) {
  const int fd = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return BadInput(std::string("cannot be opened: ") + std::strerror(errno), folder);
  const int failed = fsync(fd);
  close(fd);
  if (failed != 0)
    return BadInput(std::string("cannot be synced: ") + std::strerror(errno), folder);
  return {};
}

bool IsTemporary(std::string_view name) { return name.starts_with(kTemporaryPrefix); }

}  // namespace

std::pair<size_t, std::string> ListRank(const std::string& list) {
  constexpr std::array<std::string_view, 7> kOrder = {"ofac_sdn", "ofac_nonsdn", "us_csl", "un_sc",
                                                      "bis_dpl",  "eu_fsf",      "uk_sl"};
  const auto found = std::find(kOrder.begin(), kOrder.end(), list);
  return {static_cast<size_t>(found - kOrder.begin()), list};
}

std::string GroupSha256(const lists::FileGroup& group) {
  if (group.files.size() == 1) return Sha256Hex(group.files[0].bytes);
  std::vector<std::string> lines;
  for (const auto& file : group.files)
    lines.push_back(file.part + " " + Sha256Hex(file.bytes) + "\n");
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const auto& line : lines) all += line;
  return Sha256Hex(all);
}

Result<std::vector<Snapshot>> ReadSnapshots(const std::string& data_folder) {
  std::vector<Snapshot> snapshots;
  const std::string root = ListsFolder(data_folder);
  if (!IsFolder(root)) return snapshots;
  TW_ASSIGN_OR_RETURN(const auto lists, ListFolder(root));
  for (const auto& list : lists) {
    const std::string list_folder = JoinPath(root, list);
    if (!IsFolder(list_folder) || list.starts_with('.')) continue;
    TW_ASSIGN_OR_RETURN(const auto names, ListFolder(list_folder));
    for (const auto& name : names) {
      if (name.starts_with('.')) continue;
      TW_ASSIGN_OR_RETURN(auto snapshot, ReadSnapshot(JoinPath(list_folder, name)));
      snapshots.push_back(std::move(snapshot));
    }
  }
  const auto order = [](const Snapshot& s) {
    return std::tuple(ListRank(s.list), s.date, s.sequence);
  };
  std::sort(snapshots.begin(), snapshots.end(),
            [&](const Snapshot& a, const Snapshot& b) { return order(a) < order(b); });
  return snapshots;
}

Result<lists::FileGroup> LoadFiles(const Snapshot& snapshot) {
  lists::FileGroup group{snapshot.format, {}};
  for (const auto& file : snapshot.files) {
    const std::string path = JoinPath(snapshot.folder, file.file);
    TW_ASSIGN_OR_RETURN(std::string bytes, ReadMaybeGzip(path));
    if (Sha256Hex(bytes) != file.sha256) {
      return BadInput("the stored list was changed (its SHA-256 differs from meta.json); remove " +
                          snapshot.folder + " and import the list again",
                      path);
    }
    group.files.push_back({path, std::move(bytes), file.part});
  }
  return group;
}

Result<PreparedSnapshot> PreparedSnapshot::Write(const std::string& data_folder, Snapshot snapshot,
                                                 const lists::FileGroup& group) {
  const std::string list_folder = JoinPath(ListsFolder(data_folder), snapshot.list);
  const std::string name = ToString(snapshot.date) + "-" + snapshot.sha256.substr(0, 12);
  const std::string temporary = JoinPath(list_folder, std::string(kTemporaryPrefix) + name);
  TW_RETURN_IF_ERROR(RemoveAll(temporary));
  TW_RETURN_IF_ERROR(MakeFolders(temporary));
  snapshot.folder = JoinPath(list_folder, name);
  snapshot.files.clear();
  for (const auto& file : group.files) {
    snapshot.files.push_back({file.part, Sha256Hex(file.bytes), file.part + ".gz"});
    TW_ASSIGN_OR_RETURN(const std::string packed, Gzip(file.bytes));
    TW_RETURN_IF_ERROR(WriteAtomically(JoinPath(temporary, snapshot.files.back().file), packed));
  }
  TW_RETURN_IF_ERROR(
      WriteAtomically(JoinPath(temporary, "meta.json"), ToJson(snapshot).DumpPretty() + "\n"));
  return PreparedSnapshot(std::move(snapshot), temporary);
}

Status PreparedSnapshot::Place() {
  if (std::rename(temporary_.c_str(), snapshot_.folder.c_str()) != 0) {
    return BadInput(std::string("cannot be put in place: ") + std::strerror(errno),
                    snapshot_.folder);
  }
  return SyncFolder(snapshot_.folder.substr(0, snapshot_.folder.rfind('/')));
}

Status RemoveLeftovers(const std::string& data_folder) {
  const std::string root = ListsFolder(data_folder);
  if (!IsFolder(root)) return {};
  TW_ASSIGN_OR_RETURN(const auto lists, ListFolder(root));
  for (const auto& list : lists) {
    if (!IsFolder(JoinPath(root, list))) continue;
    TW_ASSIGN_OR_RETURN(const auto names, ListFolder(JoinPath(root, list)));
    for (const auto& name : names) {
      if (IsTemporary(name)) TW_RETURN_IF_ERROR(RemoveAll(JoinPath(JoinPath(root, list), name)));
    }
  }
  return {};
}

}  // namespace tidewaiter::watchlist
