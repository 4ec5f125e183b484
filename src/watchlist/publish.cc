#include "watchlist/publish.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <future>
#include <iterator>
#include <map>
#include <span>

#include "base/file.h"
#include "base/hash.h"
#include "lists/plain_csv/mapper.h"
#include "lists/registry.h"
#include "watchlist/changes.h"
#include "watchlist/file.h"
#include "watchlist/format.h"
#include "watchlist/history.h"
#include "watchlist/overlay.h"
#include "watchlist/shipped.h"
#include "watchlist/state.h"

namespace tidewaiter::watchlist {
namespace {

// A snapshot that takes part in a watchlist: from the store, or parsed just now.
struct Source {
  Snapshot snapshot;
  std::optional<PackedParties> parties;  // absent: read from the store
};

Result<lists::ParsedList> ParsePacked(const lists::FileGroup& group, PackedParties& parties) {
  return lists::Parse(group, [&](const ListedParty& party) { parties.Add(party); });
}

Result<PackedParties> PartiesOf(Source& source) {
  if (source.parties) return std::move(*source.parties);
  TW_ASSIGN_OR_RETURN(const auto group, LoadFiles(source.snapshot));
  PackedParties parties;
  TW_RETURN_IF_ERROR(ParsePacked(group, parties));
  return parties;
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
  std::shared_ptr<ByteArena> arena = std::make_shared<ByteArena>();
  PackedRecords history{arena};   // before copies were merged
  std::vector<StateEntry> state;  // of each
  bool whole = true;              // whether `state` suffices for the next import
  PackedRecords records{arena};
  std::string tie;  // set when the bytes were made
};

void Append(History& history, Content& content) {
  history.TakeAll(content.whole, [&](const HistoryRecord& taken, const PackedRecord& packed) {
    content.state.push_back(MakeState(taken));
    content.history.Add(packed);
  });
}

Status AddShipped(const std::string& resources, Content& content) {
  TW_ASSIGN_OR_RETURN(auto shipped, ReadShippedList(resources));
  content.lists.push_back(
      {shipped.list.list, *shipped.list.date, shipped.sha256, shipped.list.counts.entries});
  History history(content.arena);
  history.Add(*shipped.list.date, std::move(shipped.list.parties));
  Append(history, content);
  return {};
}

Result<Content> MakeContent(std::vector<Source> sources, const std::string& resources,
                            Progress& progress) {
  Content content;
  sources = Effective(std::move(sources));
  progress.Stage("history of the lists", sources.size());
  History history(content.arena);
  for (size_t i = 0; i < sources.size(); ++i) {
    const Snapshot snapshot = sources[i].snapshot;
    {
      TW_ASSIGN_OR_RETURN(const PackedParties parties, PartiesOf(sources[i]));
      history.Add(snapshot.date, parties);
    }
    const bool last = i + 1 == sources.size() || sources[i + 1].snapshot.list != snapshot.list;
    if (last) {
      content.lists.push_back(
          {snapshot.list, snapshot.date, snapshot.sha256, snapshot.counts.entries});
      Append(history, content);
    }
    progress.Done(i + 1);
  }
  TW_RETURN_IF_ERROR(AddShipped(resources, content));
  content.records = MergeCopies(content.history);
  return content;
}

// What ties the files together, and what a later change asks of each record.
std::vector<Section> SumUp(Content& content, ContentSum& sum) {
  std::vector<uint64_t> groups;
  std::vector<uint8_t> regions;
  for (size_t i = 0; i < content.records.size(); ++i) {
    const Record record = content.records.at(i);
    sum.Add(content.records[i]);
    groups.push_back(GroupHash(record.party.list, record.party.id));
    regions.push_back(RegionOf(record, content.lists));
  }
  content.tie = sum.HashWith(content.lists);
  std::vector<Section> sections = {{kGroupsSection, Pack(groups)},
                                   {kRegionsSection, Pack(regions)}};
  if (content.whole) sections.push_back({kTieSection, content.tie});
  return sections;
}

// Empty when the history does not suffice for the next import.
Result<FileParts> MakeHistory(const Content& content) {
  if (!content.whole) return FileParts{};
  // Nobody asks what a history says as a whole: the tie tells which watchlist it belongs to.
  const ContentSum unsummed;
  return MakeParts(content.lists, content.history,
                   {{kStateSection, Pack(content.state)}, {kTieSection, content.tie}}, &unsummed);
}

// A file in place of an older one, when it is committed.
Result<AtomicFile> WriteAside(const std::string& path, const FileParts& parts) {
  TW_ASSIGN_OR_RETURN(auto file, AtomicFile::Create(path));
  TW_RETURN_IF_ERROR(parts.AppendTo(file));
  return file;
}

using KeepHistory = std::function<Status(FileParts)>;

// The sums and the history take a second thread: they need nothing of the index, which takes
// longer. `keep_history` gets the history's file, in that thread, before the watchlist is made.
Result<FileParts> MakeFiles(Content& content, const ExtraSections& extra,
                            const KeepHistory& keep_history) {
  ContentSum sum;
  std::vector<Section> tied;
  auto beside = std::async(std::launch::async, [&]() -> Status {
    tied = SumUp(content, sum);
    if (!keep_history) return {};
    TW_ASSIGN_OR_RETURN(auto history, MakeHistory(content));
    return keep_history(std::move(history));
  });
  std::vector<Section> sections;
  if (extra.build) {
    TW_ASSIGN_OR_RETURN(sections, extra.build(content.records));
  }
  TW_RETURN_IF_ERROR(beside.get());
  content.history.Clear();
  std::vector<StateEntry>().swap(content.state);
  std::move(tied.begin(), tied.end(), std::back_inserter(sections));
  return MakeParts(content.lists, content.records, std::move(sections), &sum);
}

// The new history beside the old one; absent when there is none.
class HistoryAside {
 public:
  explicit HistoryAside(const std::string& data_folder) : path_(HistoryPath(data_folder)) {}
  Status Keep(const FileParts& parts) {
    if (parts.head.empty()) return {};
    TW_ASSIGN_OR_RETURN(auto file, WriteAside(path_, parts));
    file_.emplace(std::move(file));
    return {};
  }
  // Goes before the watchlist: without a watchlist of the same tie it is of no account.
  Status Commit() {
    if (!file_) return RemoveAll(path_);
    return file_->Commit();
  }

 private:
  std::string path_;
  std::optional<AtomicFile> file_;
};

// The watchlist's file; the history's is in place.
Result<FileParts> MakeBoth(const std::string& data_folder, Content& content,
                           const ExtraSections& extra) {
  HistoryAside history(data_folder);
  const auto keep = [&](const FileParts& parts) { return history.Keep(parts); };
  TW_ASSIGN_OR_RETURN(FileParts parts, MakeFiles(content, extra, keep));
  TW_RETURN_IF_ERROR(history.Commit());
  return parts;
}

// Files that changes rested on; who has them mapped goes on.
Status RemoveBases(const std::string& data_folder, const std::string& keep) {
  TW_ASSIGN_OR_RETURN(const auto names, ListFolder(data_folder));
  for (const auto& name : names) {
    if (name != keep && name.starts_with("watchlist-") && name.ends_with(".tw"))
      TW_RETURN_IF_ERROR(RemoveAll(JoinPath(data_folder, name)));
  }
  return {};
}

// Whether the watchlist is what the snapshots say, list by list, so that changes may be laid over
// it.
bool IsOfSnapshots(const Watchlist& current, const std::vector<Snapshot>& snapshots) {
  std::map<std::string, const Snapshot*> newest;
  for (const auto& snapshot : snapshots) newest[snapshot.list] = &snapshot;
  size_t known = 0;
  for (const auto& list : current.lists()) {
    const auto found = newest.find(list.name);
    if (found == newest.end()) continue;
    if (found->second->date != list.date || found->second->sha256 != list.sha256) return false;
    ++known;
  }
  return known == newest.size();
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
  lists::ParsedList parsed;  // without the parties
  PackedParties parties;
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
  TW_ASSIGN_OR_RETURN(candidate.parsed, ParsePacked(group, candidate.parties));
  const auto& parsed = candidate.parsed;
  if (candidate.parties.empty())
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

// The candidates laid over the watchlist that is there; nullopt when all must be made anew.
Result<std::optional<std::string>> TryChanges(const ImportRequest& request,
                                              const std::vector<Snapshot>& snapshots,
                                              std::span<const Source> fresh,
                                              const std::string& resources,
                                              const ExtraSections& extra) {
  const std::optional<std::string> anew;
  const std::string path = WatchlistPath(request.data_folder);
  if (request.anew || fresh.empty() || !FileExists(path)) return anew;
  const auto current = Watchlist::Open(path);
  if (!current || !IsOfSnapshots(**current, snapshots)) return anew;
  if (extra.build && !(extra.build_changes && extra.usable && extra.usable(**current))) return anew;
  TW_ASSIGN_OR_RETURN(const auto shipped, ReadShippedList(resources));
  std::vector<ListInfo> lists = (*current)->lists();
  if (lists.empty() || lists.back().sha256 != shipped.sha256) return anew;
  auto state = HistoryState::Load(request.data_folder, **current);
  if (!state) return anew;
  std::vector<uint64_t> groups;
  for (const auto& source : fresh) {
    const auto list = std::find_if(lists.begin(), lists.end(),
                                   [&](const auto& l) { return l.name == source.snapshot.list; });
    if (list == lists.end() || source.snapshot.date <= list->date) return anew;
    const Date last = list->date;
    const ListInfo info{list->name, source.snapshot.date, source.snapshot.sha256,
                        source.snapshot.counts.entries};
    auto change =
        DiffWithState(*state, static_cast<uint8_t>(list - lists.begin()), info, *source.parties);
    if (change.came.size() + change.gone.size() > kMostChanges) return anew;
    if (!ApplyToState(std::move(change), last, *state, groups)) return anew;
    *list = info;
  }
  return MakeChanges(**current, "watchlist-" + (*current)->hash().substr(0, 16) + ".tw", lists,
                     *state, groups, extra.build_changes);
}

// Gives the file that is there the name by which changes will name it.
Status KeepBase(const std::string& data_folder) {
  TW_ASSIGN_OR_RETURN(const auto current, Watchlist::Open(WatchlistPath(data_folder)));
  if (BaseRecords(*current) != current->record_count() ||
      !current->section(std::string(kChangesPrefix) + kBaseSection).empty())
    return {};
  const std::string kept =
      JoinPath(data_folder, "watchlist-" + current->hash().substr(0, 16) + ".tw");
  TW_RETURN_IF_ERROR(RemoveAll(kept));
  if (link(WatchlistPath(data_folder).c_str(), kept.c_str()) != 0)
    return BadInput(std::string("cannot be linked: ") + std::strerror(errno), kept);
  return {};
}

int64_t LastSequence(const std::vector<Snapshot>& snapshots) {
  int64_t last = 0;
  for (const auto& snapshot : snapshots) last = std::max(last, snapshot.sequence);
  return last;
}

// Those that are not stored yet.
std::span<const Source> Fresh(const std::vector<Source>& sources, size_t stored) {
  return std::span(sources).subspan(stored);
}

// Whether the watchlist can be opened and used as it is.
bool IsCurrent(const std::string& data_folder, const std::vector<Snapshot>& snapshots,
               const ExtraSections& extra) {
  const auto opened = Watchlist::Open(WatchlistPath(data_folder));
  return opened && IsOfSnapshots(**opened, snapshots) && (!extra.usable || extra.usable(**opened));
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
  std::vector<std::future<Result<PreparedSnapshot>>> kept;  // packed and written beside the rest
  std::vector<Source> sources = Stored(snapshots);
  int64_t sequence = LastSequence(snapshots);
  for (auto& candidate : candidates) {
    const bool known = IsStored(snapshots, candidate.snapshot);
    imported.push_back(
        {candidate.snapshot.list, candidate.snapshot.date, candidate.parsed.counts, known});
    if (known) continue;
    candidate.snapshot.sequence = ++sequence;
    kept.push_back(std::async(std::launch::async, [&request, &candidate] {
      auto written =
          PreparedSnapshot::Write(request.data_folder, candidate.snapshot, candidate.group);
      std::vector<lists::SourceFile>().swap(candidate.group.files);
      return written;
    }));
    sources.push_back({candidate.snapshot, std::move(candidate.parties)});
  }
  TW_ASSIGN_OR_RETURN(
      const auto changes,
      TryChanges(request, snapshots, Fresh(sources, snapshots.size()), request.resources, extra));
  FileParts parts;
  if (changes) {
    TW_RETURN_IF_ERROR(KeepBase(request.data_folder));
    parts.head = *changes;
  } else if (!kept.empty() || request.anew || !FileExists(WatchlistPath(request.data_folder)) ||
             !IsCurrent(request.data_folder, snapshots, extra)) {
    TW_ASSIGN_OR_RETURN(auto content, MakeContent(std::move(sources), request.resources, progress));
    progress.Stage("index", 0);
    TW_ASSIGN_OR_RETURN(parts, MakeBoth(request.data_folder, content, extra));
  } else {
    return imported;  // the same files again
  }
  TW_ASSIGN_OR_RETURN(auto file, WriteAside(WatchlistPath(request.data_folder), parts));
  std::vector<PreparedSnapshot> prepared;
  for (auto& one : kept) {
    TW_ASSIGN_OR_RETURN(auto written, one.get());
    prepared.push_back(std::move(written));
  }
  for (auto& snapshot : prepared) TW_RETURN_IF_ERROR(snapshot.Place());
  TW_RETURN_IF_ERROR(file.Commit());
  for (auto& list : imported) list.by_changes = changes.has_value() && !list.already_there;
  if (!changes) TW_RETURN_IF_ERROR(RemoveBases(request.data_folder, {}));
  return imported;
}

Status Publish(const std::string& data_folder, const std::string& resources,
               const ExtraSections& extra) {
  TW_RETURN_IF_ERROR(MakeFolders(data_folder));
  TW_ASSIGN_OR_RETURN(const auto lock, FolderLock::Take(data_folder));
  TW_ASSIGN_OR_RETURN(const auto snapshots, ReadSnapshots(data_folder));
  NoProgress progress;
  TW_ASSIGN_OR_RETURN(auto content, MakeContent(Stored(snapshots), resources, progress));
  TW_ASSIGN_OR_RETURN(const FileParts parts, MakeBoth(data_folder, content, extra));
  TW_ASSIGN_OR_RETURN(auto file, WriteAside(WatchlistPath(data_folder), parts));
  TW_RETURN_IF_ERROR(file.Commit());
  return RemoveBases(data_folder, {});
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
    for (uint32_t i = 0; i < opened->record_count(); ++i) content.records.Add(opened->record(i));
    content.whole = false;
  } else {
    TW_RETURN_IF_ERROR(AddShipped(resources, content));
    content.records = content.history;
  }
  TW_ASSIGN_OR_RETURN(FileParts parts, MakeFiles(content, extra, {}));
  return OpenBytes(std::move(parts).Join(), path);
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
