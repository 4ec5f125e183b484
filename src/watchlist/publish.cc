#include "watchlist/publish.h"

#include <algorithm>
#include <map>

#include "base/file.h"
#include "base/hash.h"
#include "lists/plain_csv/mapper.h"
#include "lists/registry.h"
#include "watchlist/file.h"
#include "watchlist/history.h"
#include "watchlist/shipped.h"

namespace tidewaiter::watchlist {
namespace {

// A snapshot that takes part in a watchlist: from the store, or parsed just now.
struct Source {
  Snapshot snapshot;
  std::optional<std::vector<ListedParty>> parties;  // absent: read from the store
};

Result<std::vector<ListedParty>> PartiesOf(Source& source) {
  if (source.parties) return std::move(*source.parties);
  TW_ASSIGN_OR_RETURN(const auto group, LoadFiles(source.snapshot));
  TW_ASSIGN_OR_RETURN(auto parsed, lists::Parse(group));
  return std::move(parsed.parties);
}

// Of several snapshots of one list and day, the one imported last.
std::vector<Source> Effective(std::vector<Source> sources) {
  const auto order = [](const Source& s) {
    return std::tuple(ListRank(s.snapshot.list), s.snapshot.date, s.snapshot.sequence);
  };
  std::sort(sources.begin(), sources.end(),
            [&](const Source& a, const Source& b) { return order(a) < order(b); });
  std::vector<Source> kept;
  for (auto& source : sources) {
    const bool same = !kept.empty() && kept.back().snapshot.list == source.snapshot.list &&
                      kept.back().snapshot.date == source.snapshot.date;
    if (same) kept.pop_back();
    kept.push_back(std::move(source));
  }
  return kept;
}

struct Content {
  std::vector<ListInfo> lists;
  std::vector<Record> records;
};

void Append(History& history, std::vector<Record>& records) {
  auto taken = history.Take();
  std::move(taken.begin(), taken.end(), std::back_inserter(records));
}

Status AddShipped(const std::string& resources, Content& content) {
  TW_ASSIGN_OR_RETURN(auto shipped, ReadShippedList(resources));
  content.lists.push_back(
      {shipped.list.list, *shipped.list.date, shipped.sha256, shipped.list.counts.entries});
  History history;
  history.Add(*shipped.list.date, std::move(shipped.list.parties));
  Append(history, content.records);
  return {};
}

Result<Content> MakeContent(std::vector<Source> sources, const std::string& resources,
                            Progress& progress) {
  Content content;
  sources = Effective(std::move(sources));
  progress.Stage("history of the lists", sources.size());
  History history;
  for (size_t i = 0; i < sources.size(); ++i) {
    const Snapshot snapshot = sources[i].snapshot;
    TW_ASSIGN_OR_RETURN(auto parties, PartiesOf(sources[i]));
    history.Add(snapshot.date, std::move(parties));
    const bool last = i + 1 == sources.size() || sources[i + 1].snapshot.list != snapshot.list;
    if (last) {
      content.lists.push_back(
          {snapshot.list, snapshot.date, snapshot.sha256, snapshot.counts.entries});
      Append(history, content.records);
    }
    progress.Done(i + 1);
  }
  TW_RETURN_IF_ERROR(AddShipped(resources, content));
  content.records = MergeCopies(std::move(content.records));
  return content;
}

Result<std::string> MakeBytes(const Content& content, const ExtraSections& extra) {
  std::vector<Section> sections;
  if (extra.build) {
    TW_ASSIGN_OR_RETURN(sections, extra.build(content.records));
  }
  return MakeFile(content.lists, content.records, sections);
}

std::vector<Source> Stored(const std::vector<Snapshot>& snapshots) {
  std::vector<Source> sources;
  for (const auto& snapshot : snapshots) sources.push_back({snapshot, std::nullopt});
  return sources;
}

// The snapshot to compare a new one with: the newest that is not younger, else the oldest.
const Snapshot* LastGood(const std::vector<Snapshot>& snapshots, const std::string& list,
                         Date date) {
  const Snapshot* best = nullptr;
  for (const auto& snapshot : snapshots) {
    if (snapshot.list == list && (best == nullptr || snapshot.date <= date)) best = &snapshot;
  }
  return best;
}

Status CheckSize(const lists::ParsedList& parsed, const Snapshot* last, const std::string& file) {
  if (last == nullptr || last->counts.entries == 0) return {};
  const double share =
      static_cast<double>(parsed.counts.entries) / static_cast<double>(last->counts.entries);
  if (share >= kSmallestShare) return {};
  return BadInput(
      std::to_string(parsed.counts.entries) + " entries where the snapshot of " +
          ToString(last->date) + " has " + std::to_string(last->counts.entries) +
          "; the file looks cut off, fetch it again, or use --force if the list did shrink",
      file);
}

struct Candidate {
  lists::FileGroup group;
  lists::ParsedList parsed;
  Snapshot snapshot;
  bool dated_by_clock = false;
};

Result<std::vector<lists::FileGroup>> ReadGroups(const ImportRequest& request) {
  std::vector<lists::SourceFile> files = request.contents;
  for (const auto& path : request.files) {
    TW_ASSIGN_OR_RETURN(std::string bytes, ReadMaybeGzip(path));
    files.push_back({path, std::move(bytes), {}});
  }
  lists::ArrangeOptions options;
  options.list = request.list;
  if (!request.list.empty() && !lists::plain_csv::IsListName(request.list))
    return UsageError("--list: a list is named with lower-case letters, digits and _");
  if (!request.mapping.empty()) {
    TW_ASSIGN_OR_RETURN(std::string bytes, ReadFile(request.mapping));
    options.mapping = lists::SourceFile{request.mapping, std::move(bytes), {}};
  }
  return lists::Arrange(std::move(files), options);
}

Result<Candidate> MakeCandidate(lists::FileGroup group, const ImportRequest& request,
                                const Clock& clock) {
  Candidate candidate;
  TW_ASSIGN_OR_RETURN(candidate.parsed, lists::Parse(group));
  const auto& parsed = candidate.parsed;
  if (parsed.parties.empty())
    return BadInput("the list has no entries; fetch it again", group.files[0].name);
  if (!request.expect.empty() && parsed.list != request.expect)
    return BadInput("the file is the list " + parsed.list + ", not " + request.expect,
                    group.files[0].name);
  auto& snapshot = candidate.snapshot;
  snapshot.list = parsed.list;
  snapshot.date = request.dated
                      ? *request.dated
                      : parsed.date.value_or(request.fallback_date.value_or(clock.Today()));
  candidate.dated_by_clock = !request.dated && !parsed.date && !request.fallback_date;
  snapshot.format = group.format;
  snapshot.sha256 = GroupSha256(group);
  snapshot.counts = parsed.counts;
  snapshot.imported = clock.Today();
  candidate.group = std::move(group);
  return candidate;
}

bool IsStored(const std::vector<Snapshot>& snapshots, const Snapshot& candidate) {
  return std::any_of(snapshots.begin(), snapshots.end(), [&](const Snapshot& s) {
    return s.list == candidate.list && s.date == candidate.date && s.sha256 == candidate.sha256;
  });
}

// A clock that was set back would put a new list before the old one.
Status CheckClock(const Candidate& candidate, const std::vector<Snapshot>& snapshots) {
  if (!candidate.dated_by_clock) return {};
  for (const auto& snapshot : snapshots) {
    if (snapshot.list != candidate.snapshot.list || snapshot.date <= candidate.snapshot.date)
      continue;
    return BadInput("the clock says " + ToString(candidate.snapshot.date) +
                        ", but the newest snapshot of " + snapshot.list + " is of " +
                        ToString(snapshot.date) + "; set the clock, or give the day with --dated",
                    candidate.group.files[0].name);
  }
  return {};
}

Status CheckCandidates(const std::vector<Candidate>& candidates,
                       const std::vector<Snapshot>& snapshots, bool force) {
  for (size_t i = 0; i < candidates.size(); ++i) {
    const auto& snapshot = candidates[i].snapshot;
    const auto& file = candidates[i].group.files[0].name;
    TW_RETURN_IF_ERROR(CheckClock(candidates[i], snapshots));
    for (size_t k = 0; k < i; ++k) {
      const auto& other = candidates[k].snapshot;
      if (other.list == snapshot.list && other.date == snapshot.date) {
        return BadInput("a second file of " + snapshot.list + " for " + ToString(snapshot.date) +
                            "; import them one by one with --dated",
                        file);
      }
    }
    if (!force)
      TW_RETURN_IF_ERROR(
          CheckSize(candidates[i].parsed, LastGood(snapshots, snapshot.list, snapshot.date), file));
  }
  return {};
}

int64_t LastSequence(const std::vector<Snapshot>& snapshots) {
  int64_t last = 0;
  for (const auto& snapshot : snapshots) last = std::max(last, snapshot.sequence);
  return last;
}

}  // namespace

std::string WatchlistPath(const std::string& data_folder) {
  return JoinPath(data_folder, "watchlist.tw");
}

Result<std::vector<ImportedList>> Import(const ImportRequest& request, const Clock& clock,
                                         const ExtraSections& extra, Progress& progress) {
  if (request.dated && *request.dated > clock.Today())
    return UsageError("--dated " + ToString(*request.dated) + " is in the future");
  progress.Stage("reading", request.files.size());
  TW_ASSIGN_OR_RETURN(auto groups, ReadGroups(request));
  std::vector<Candidate> candidates;
  for (auto& group : groups) {
    TW_ASSIGN_OR_RETURN(auto candidate, MakeCandidate(std::move(group), request, clock));
    candidates.push_back(std::move(candidate));
  }
  TW_RETURN_IF_ERROR(MakeFolders(request.data_folder));
  TW_ASSIGN_OR_RETURN(const auto lock, FolderLock::Take(request.data_folder));
  TW_RETURN_IF_ERROR(RemoveLeftovers(request.data_folder));
  TW_ASSIGN_OR_RETURN(const auto snapshots, ReadSnapshots(request.data_folder));
  TW_RETURN_IF_ERROR(CheckCandidates(candidates, snapshots, request.force));

  std::vector<ImportedList> imported;
  std::vector<PreparedSnapshot> prepared;
  std::vector<Source> sources = Stored(snapshots);
  int64_t sequence = LastSequence(snapshots);
  for (auto& candidate : candidates) {
    const bool known = IsStored(snapshots, candidate.snapshot);
    imported.push_back(
        {candidate.snapshot.list, candidate.snapshot.date, candidate.parsed.counts, known});
    if (known) continue;
    candidate.snapshot.sequence = ++sequence;
    TW_ASSIGN_OR_RETURN(auto written, PreparedSnapshot::Write(request.data_folder,
                                                              candidate.snapshot, candidate.group));
    sources.push_back({written.snapshot(), std::move(candidate.parsed.parties)});
    prepared.push_back(std::move(written));
  }
  TW_ASSIGN_OR_RETURN(const auto content,
                      MakeContent(std::move(sources), request.resources, progress));
  progress.Stage("index", 0);
  TW_ASSIGN_OR_RETURN(const std::string bytes, MakeBytes(content, extra));
  TW_ASSIGN_OR_RETURN(auto file, AtomicFile::Create(WatchlistPath(request.data_folder)));
  TW_RETURN_IF_ERROR(file.Append(bytes));
  for (auto& snapshot : prepared) TW_RETURN_IF_ERROR(snapshot.Place());
  TW_RETURN_IF_ERROR(file.Commit());
  return imported;
}

Status Publish(const std::string& data_folder, const std::string& resources,
               const ExtraSections& extra) {
  TW_RETURN_IF_ERROR(MakeFolders(data_folder));
  TW_ASSIGN_OR_RETURN(const auto lock, FolderLock::Take(data_folder));
  TW_ASSIGN_OR_RETURN(const auto snapshots, ReadSnapshots(data_folder));
  NoProgress progress;
  TW_ASSIGN_OR_RETURN(const auto content, MakeContent(Stored(snapshots), resources, progress));
  TW_ASSIGN_OR_RETURN(const std::string bytes, MakeBytes(content, extra));
  return WriteAtomically(WatchlistPath(data_folder), bytes);
}

Result<std::shared_ptr<const Watchlist>> OpenOrBuild(const std::string& data_folder,
                                                     const std::string& resources,
                                                     const ExtraSections& extra) {
  const std::string path = WatchlistPath(data_folder);
  Content content;
  if (FileExists(path)) {
    TW_ASSIGN_OR_RETURN(auto opened, Watchlist::Open(path));
    if (!extra.build || (extra.usable && extra.usable(*opened))) return opened;
    content.lists = opened->lists();
    for (uint32_t i = 0; i < opened->record_count(); ++i)
      content.records.push_back(opened->record(i));
  } else {
    TW_RETURN_IF_ERROR(AddShipped(resources, content));
  }
  TW_ASSIGN_OR_RETURN(const std::string bytes, MakeBytes(content, extra));
  return OpenBytes(bytes, path);
}

Result<std::vector<ListStatus>> ReadStatus(const std::string& data_folder,
                                           const std::string& resources) {
  TW_ASSIGN_OR_RETURN(const auto snapshots, ReadSnapshots(data_folder));
  std::vector<ListStatus> out;
  for (const auto& snapshot : snapshots) {  // by list, oldest first: the last one of a list stays
    const size_t before =
        !out.empty() && out.back().list == snapshot.list ? out.back().snapshots : 0;
    if (before > 0) out.pop_back();
    out.push_back({snapshot.list, snapshot.date, snapshot.counts, snapshot.imported,
                   snapshot.sha256, before + 1});
  }
  TW_ASSIGN_OR_RETURN(const auto shipped, ReadShippedList(resources));
  out.push_back({shipped.list.list, *shipped.list.date, shipped.list.counts, std::nullopt,
                 shipped.sha256, 1});
  return out;
}

}  // namespace tidewaiter::watchlist
