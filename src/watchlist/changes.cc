#include "watchlist/changes.h"

#include <algorithm>
#include <bitset>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "watchlist/codec.h"
#include "watchlist/file.h"
#include "watchlist/format.h"
#include "watchlist/overlay.h"

namespace tidewaiter::watchlist {
namespace {

struct FirstOfWording {
  size_t operator()(const std::array<uint64_t, 2>& wording) const { return wording[0]; }
};

// A few hashes, asked for by many that mostly are not among them.
class FewHashes {
 public:
  explicit FewHashes(std::vector<uint64_t> hashes) : hashes_(std::move(hashes)) {
    std::sort(hashes_.begin(), hashes_.end());
    for (const uint64_t hash : hashes_) ends_.set(hash % kEnds);
  }
  bool Holds(uint64_t hash) const {
    return ends_.test(hash % kEnds) && std::binary_search(hashes_.begin(), hashes_.end(), hash);
  }

 private:
  static constexpr size_t kEnds = 1 << 14;
  std::vector<uint64_t> hashes_;
  std::bitset<kEnds> ends_;  // how they end
};

// The index holds names and identifiers, and parties by list and id: only the rest may change.
bool SameInIndex(const ListedParty& a, const ListedParty& b) {
  return a.list == b.list && a.id == b.id && a.kind == b.kind && a.names == b.names &&
         a.identifiers == b.identifiers;
}

// What stands in the changes so far, and takes more.
class Draft {
 public:
  // `concerned`: the groups that will be taken.
  Draft(const Watchlist& current, const std::vector<uint64_t>& concerned)
      : current_(current), base_count_(BaseRecords(current)) {
    const std::string prefix = kChangesPrefix;
    const bool rests = !current.section(prefix + kBaseSection).empty();
    sum_ = ContentSum::FromHex(current.section(rests ? prefix + kSumSection : kSumSection));
    for (uint32_t i = base_count_; i < current.record_count(); ++i)
      fresh_.push_back(current.record(i));
    groups_ = Unpack<uint64_t>(current.section(prefix + kGroupsSection));
    for (const uint32_t i : Unpack<uint32_t>(current.section(prefix + kReplacedAtSection)))
      replaced_[i] = current.record(i);
    FindIndices(concerned);
  }
  bool ok() const { return sum_.has_value() && base_group_count_ == base_count_; }
  size_t size() const { return fresh_.size() + replaced_.size(); }
  const std::vector<Record>& fresh() const { return fresh_; }
  const ContentSum& sum() const { return *sum_; }

  // The records of a group as they now are, by the list that they were read from.
  bool Take(uint64_t group, const std::vector<Record>& merged, const std::vector<ListInfo>& lists) {
    std::map<uint8_t, std::vector<uint32_t>> before;
    for (const uint32_t i : indices_.at(group)) before[RegionOf(Now(i), lists)].push_back(i);
    std::map<uint8_t, size_t> taken;
    for (const Record& record : merged) {
      const uint8_t region = RegionOf(record, lists);
      const auto& known = before[region];
      const size_t at = taken[region]++;
      if (at >= known.size()) {
        Append(record, group);
      } else if (!Replace(known[at], record)) {
        return false;
      }
    }
    return std::all_of(before.begin(), before.end(), [&](const auto& item) {
      return taken[item.first] >= item.second.size();  // else a record would vanish
    });
  }

  Result<std::vector<Section>> Sections(const std::vector<ListInfo>& lists) const {
    std::vector<Record> records;
    std::vector<uint32_t> places;
    for (const auto& [index, record] : replaced_) {
      records.push_back(record);
      places.push_back(index);
    }
    std::vector<uint8_t> regions;
    for (const Record& record : fresh_) regions.push_back(RegionOf(record, lists));
    TW_ASSIGN_OR_RETURN(std::string replaced, MakeFile(lists, records, {}));
    return std::vector<Section>{{kReplacedSection, std::move(replaced)},
                                {kReplacedAtSection, Pack(places)},
                                {kGroupsSection, Pack(groups_)},
                                {kRegionsSection, Pack(regions)}};
  }

 private:
  void FindIndices(const std::vector<uint64_t>& concerned) {
    for (const uint64_t group : concerned) indices_[group];
    const auto base_groups = Unpack<uint64_t>(current_.section(kGroupsSection));
    base_group_count_ = base_groups.size();
    const FewHashes wanted(concerned);
    const auto add = [&](uint64_t group, uint32_t index) {
      if (wanted.Holds(group)) indices_[group].push_back(index);
    };
    for (uint32_t i = 0; i < base_groups.size(); ++i) add(base_groups[i], i);
    for (uint32_t i = 0; i < groups_.size(); ++i) add(groups_[i], base_count_ + i);
  }

  Record Now(uint32_t index) const {
    if (index >= base_count_) return fresh_[index - base_count_];
    const auto found = replaced_.find(index);
    return found == replaced_.end() ? current_.record(index) : found->second;
  }

  void Append(const Record& record, uint64_t group) {
    sum_->Add(record);
    fresh_.push_back(record);
    groups_.push_back(group);
  }

  bool Replace(uint32_t index, const Record& record) {
    const Record before = Now(index);
    if (RecordKey(before) == RecordKey(record)) return true;
    if (index < base_count_ && !SameInIndex(before.party, record.party)) return false;
    sum_->Remove(before);
    sum_->Add(record);
    if (index < base_count_) {
      replaced_[index] = record;
    } else {
      fresh_[index - base_count_] = record;
    }
    return true;
  }

  const Watchlist& current_;
  uint32_t base_count_;
  std::optional<ContentSum> sum_;
  std::vector<Record> fresh_;
  std::vector<uint64_t> groups_;
  std::unordered_map<uint64_t, std::vector<uint32_t>> indices_;  // of the groups concerned
  size_t base_group_count_ = 0;
  std::map<uint32_t, Record> replaced_;
};

// The history's records of each group, in the order in which one file of all would hold them.
std::map<uint64_t, std::vector<Record>> RecordsOf(const std::vector<uint64_t>& groups,
                                                  const HistoryState& state) {
  const FewHashes wanted(groups);
  std::map<uint64_t, std::vector<size_t>> indices;
  for (size_t i = 0; i < state.size(); ++i) {
    if (wanted.Holds(state.entry(i).group)) indices[state.entry(i).group].push_back(i);
  }
  std::map<uint64_t, std::vector<Record>> out;
  for (auto& [group, of] : indices) {
    std::stable_sort(of.begin(), of.end(),
                     [&](size_t a, size_t b) { return state.list(a) < state.list(b); });
    for (const size_t i : of) out[group].push_back(state.record(i));
  }
  return out;
}

}  // namespace

uint8_t RegionOf(const Record& record, const std::vector<ListInfo>& lists) {
  const bool copy = !record.party.origin_list.empty() && !record.also.empty();
  const std::string& list = copy ? record.also.front().list : record.party.list;
  for (size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].name == list) return static_cast<uint8_t>(i);
  }
  return 255;
}

ListChange DiffWithState(const HistoryState& state, uint8_t list, ListInfo info,
                         const PackedParties& parties) {
  std::unordered_map<std::array<uint64_t, 2>, size_t, FirstOfWording> open;
  open.reserve(parties.size());
  for (size_t i = 0; i < state.size(); ++i) {
    if ((state.entry(i).flags & kOpen) != 0 && state.list(i) == list)
      open.emplace(state.entry(i).wording, i);
  }
  ListChange change{list, std::move(info), {}, {}};
  std::vector<bool> seen(state.size());
  std::unordered_set<std::array<uint64_t, 2>, FirstOfWording> fresh;
  for (size_t i = 0; i < parties.size(); ++i) {
    const Wording wording = HashOfWording(parties.wording(i));
    const auto found = open.find(wording);
    if (found != open.end()) {
      seen[found->second] = true;
    } else if (fresh.insert(wording).second) {
      change.came.push_back(parties.at(i));
    }
  }
  for (const auto& [wording, i] : open) {
    if (!seen[i]) change.gone.push_back(i);
  }
  std::sort(change.gone.begin(), change.gone.end());
  return change;
}

namespace {

// The listings that the change has new wordings of, as they were on the snapshot before.
std::unordered_map<uint64_t, std::optional<Date>> ListingsOf(const ListChange& change,
                                                             const HistoryState& state) {
  std::vector<uint64_t> own;
  for (const auto& party : change.came) own.push_back(GroupHash(party.list, party.id));
  const FewHashes wanted(std::move(own));
  std::unordered_map<uint64_t, std::optional<Date>> listings;
  for (size_t i = 0; i < state.size(); ++i) {
    const StateEntry& entry = state.entry(i);
    if ((entry.flags & kOpen) == 0 || !wanted.Holds(entry.own) || state.list(i) != change.list)
      continue;
    listings[entry.own] =
        entry.listed_on == kNoDay ? std::nullopt : std::optional<Date>(Date{entry.listed_on});
  }
  return listings;
}

}  // namespace

bool ApplyToState(ListChange change, Date last, HistoryState& state,
                  std::vector<uint64_t>& groups) {
  auto listings = ListingsOf(change, state);
  for (const size_t i : change.gone) {
    groups.push_back(state.entry(i).group);
    if (!state.End(i, change.info.date - 1)) return false;
  }
  for (auto& party : change.came) {
    HistoryRecord fresh;
    fresh.wording = HashOfWording(WordingKey(party));
    fresh.open = true;
    const uint64_t own = GroupHash(party.list, party.id);
    const auto before = listings.find(own);
    const bool listed = before != listings.end();
    fresh.record = BeginRecord(std::move(party), listed, listed ? before->second : std::nullopt,
                               change.info.date, last);
    if (fresh.record.on_list.to < fresh.record.on_list.from) return false;
    if (!listed) listings[own] = fresh.record.party.listed_on;
    fresh.listed_on = listings[own];
    state.Append(std::move(fresh), change.list);
    groups.push_back(state.entry(state.size() - 1).group);
  }
  return true;
}

Result<std::optional<std::string>> MakeChanges(
    const Watchlist& current, const std::string& base_file, const std::vector<ListInfo>& lists,
    const HistoryState& state, const std::vector<uint64_t>& groups, const BuildChanges& build) {
  const std::optional<std::string> anew;
  Draft draft(current, groups);
  if (!draft.ok()) return anew;
  for (auto& [group, records] : RecordsOf(groups, state)) {
    if (!draft.Take(group, MergeCopies(std::move(records)), lists)) return anew;
  }
  if (draft.size() > kMostChanges) return anew;
  TW_ASSIGN_OR_RETURN(auto sections, draft.Sections(lists));
  const std::string_view rests = current.section(std::string(kChangesPrefix) + kBaseSection);
  sections.push_back(
      {kBaseSection, rests.empty() ? BaseText(base_file, current) : std::string(rests)});
  TW_ASSIGN_OR_RETURN(std::string history, MakeFile(lists, state.NewRecords(), {}));
  sections.push_back({kHistoryNewSection, std::move(history)});
  sections.push_back({kHistoryStateSection, state.PackedState()});
  sections.push_back({kHistoryEndedSection, state.PackedEnds()});
  if (build) {
    TW_ASSIGN_OR_RETURN(auto more, build(current, draft.fresh()));
    if (!more) return anew;
    for (auto& section : *more) sections.push_back(std::move(section));
  }
  TW_ASSIGN_OR_RETURN(std::string file, MakeFile(lists, draft.fresh(), sections, &draft.sum()));
  return std::optional<std::string>(std::move(file));
}

}  // namespace tidewaiter::watchlist
