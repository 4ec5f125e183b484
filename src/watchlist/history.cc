#include "watchlist/history.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/hash.h"
#include "watchlist/codec.h"

namespace tidewaiter::watchlist {

Record BeginRecord(ListedParty party, bool listed, std::optional<Date> before, Date date,
                   std::optional<Date> last) {
  Record record;
  if (listed) {  // the same party in a new wording
    record.on_list.from = date;
    if (!party.listed_on) party.listed_on = before;
  } else if (!last) {
    record.on_list.from = party.listed_on.value_or(kDistantPast);
    record.start_unknown = !party.listed_on;
  } else {
    record.on_list.from = std::max(party.listed_on.value_or(date), *last + 1);
    if (!party.listed_on) party.listed_on = date;
  }
  if (party.ends_on) record.on_list.to = *party.ends_on;
  record.party = std::move(party);
  return record;
}

void History::Add(Date date, const PackedParties& parties) {
  ++snapshots_;
  for (size_t i = 0; i < parties.size(); ++i) {
    const auto [open, is_new] = open_.try_emplace(HashOfWording(parties.wording(i)));
    open->second.seen = snapshots_;
    if (is_new) Begin(parties.at(i), date, open->second);
  }
  for (auto& [wording, open] : open_) {
    if (open.seen == snapshots_) {
      open.listing->seen = snapshots_;
      continue;
    }
    Interval& days = records_[open.record].on_list;
    days.to = std::min(days.to, date - 1);
  }
  std::erase_if(open_, [&](const auto& item) { return item.second.seen != snapshots_; });
  std::erase_if(listings_, [&](const auto& item) { return item.second.seen != snapshots_; });
  last_ = date;
}

// A wording that was not on the snapshot before.
void History::Begin(ListedParty party, Date date, Open& open) {
  const auto [listing, is_new] = listings_.try_emplace(party.id);
  const auto before = is_new ? std::nullopt : listing->second.listed_on;
  const Record record = BeginRecord(std::move(party), !is_new, before, date, last_);
  if (is_new) listing->second.listed_on = record.party.listed_on;
  open.record = static_cast<uint32_t>(records_.size());
  open.listing = &listing->second;
  records_.Add(record);
}

void History::TakeAll(bool& whole, const Taker& take) {
  std::vector<const std::pair<const Wording, Open>*> open(records_.size());
  for (const auto& item : open_) open[item.second.record] = &item;
  for (size_t i = 0; i < records_.size(); ++i) {
    const PackedRecord& packed = records_[i];
    if (packed.on_list.to < packed.on_list.from) {
      whole = whole && open[i] == nullptr;
      continue;
    }
    HistoryRecord taken;
    taken.record = Unpack(packed);
    if (open[i] != nullptr) {
      taken.wording = open[i]->first;
      taken.open = true;
      taken.listed_on = open[i]->second.listing->listed_on;
    }
    take(std::move(taken), packed);
  }
  Reset();
}

std::vector<Record> History::Take() {
  std::vector<Record> out;
  bool whole = true;
  TakeAll(whole, [&](HistoryRecord taken, const PackedRecord&) {
    out.push_back(std::move(taken.record));
  });
  return out;
}

void History::Reset() {
  records_.Clear();
  open_.clear();
  listings_.clear();
  last_.reset();
  snapshots_ = 0;
}

namespace {

using Key = std::pair<std::string, std::string>;  // list, id

bool Overlap(const Interval& a, const Interval& b) { return a.from <= b.to && b.from <= a.to; }

// What is left of `days` without `hole`.
std::vector<Interval> Without(const Interval& days, const Interval& hole) {
  if (!Overlap(days, hole)) return {days};
  std::vector<Interval> left;
  if (days.from < hole.from) left.push_back({days.from, hole.from - 1});
  if (hole.to < days.to) left.push_back({hole.to + 1, days.to});
  return left;
}

std::vector<Interval> WithoutAll(const Interval& days, const std::vector<Record>& records,
                                 const std::vector<size_t>& holes) {
  std::vector<Interval> left = {days};
  for (const size_t hole : holes) {
    std::vector<Interval> next;
    for (const auto& part : left) {
      const auto parts = Without(part, records[hole].on_list);
      next.insert(next.end(), parts.begin(), parts.end());
    }
    left = std::move(next);
  }
  return left;
}

void AddAlso(Record& record, const ListReference& reference) {
  if (std::find(record.also.begin(), record.also.end(), reference) == record.also.end()) {
    record.also.push_back(reference);
  }
}

// What each of the records becomes: itself, or the parts of a copy that are left.
std::vector<std::vector<Record>> MergeEach(std::vector<Record> records) {
  std::map<Key, std::vector<size_t>> own;
  for (size_t i = 0; i < records.size(); ++i) {
    const auto& party = records[i].party;
    if (party.origin_list.empty()) own[{party.list, party.id}].push_back(i);
  }
  std::vector<bool> is_copy(records.size());
  std::vector<std::vector<Record>> rest(records.size());
  for (size_t i = 0; i < records.size(); ++i) {
    const auto& party = records[i].party;
    if (party.origin_list.empty()) continue;
    is_copy[i] = true;
    const ListReference here{party.list, party.id};
    std::vector<size_t> holes;
    if (const auto found = own.find({party.origin_list, party.origin_id}); found != own.end())
      holes = found->second;
    for (const size_t hole : holes) {
      if (Overlap(records[hole].on_list, records[i].on_list)) AddAlso(records[hole], here);
    }
    for (const auto& days : WithoutAll(records[i].on_list, records, holes)) {
      Record part = records[i];
      part.on_list = days;
      part.start_unknown = part.start_unknown && days.from == kDistantPast;
      part.party.list = party.origin_list;
      part.party.id = party.origin_id;
      part.also.insert(part.also.begin(), here);
      rest[i].push_back(std::move(part));
    }
  }
  for (size_t i = 0; i < records.size(); ++i) {
    if (!is_copy[i]) rest[i].push_back(std::move(records[i]));
  }
  return rest;
}

uint64_t HashOf(const std::string& list, const std::string& id) { return Hash64(list + '\0' + id); }

// Which of the records are copies or, by the hash of list and id, may be what is copied.
std::vector<uint32_t> Concerned(const PackedRecords& records) {
  std::vector<uint64_t> own(records.size());
  std::vector<bool> is_copy(records.size());
  std::unordered_set<uint64_t> copied;
  for (size_t i = 0; i < records.size(); ++i) {
    const ListedParty party = records.at(i).party;
    own[i] = HashOf(party.list, party.id);
    if (party.origin_list.empty()) continue;
    is_copy[i] = true;
    copied.insert(HashOf(party.origin_list, party.origin_id));
  }
  std::vector<uint32_t> out;
  for (uint32_t i = 0; i < records.size(); ++i) {
    if (is_copy[i] || copied.contains(own[i])) out.push_back(i);
  }
  return out;
}

}  // namespace

std::vector<Record> MergeCopies(std::vector<Record> records) {
  std::vector<Record> out;
  for (auto& each : MergeEach(std::move(records))) {
    for (auto& part : each) out.push_back(std::move(part));
  }
  return out;
}

PackedRecords MergeCopies(const PackedRecords& records) {
  const std::vector<uint32_t> concerned = Concerned(records);
  std::vector<Record> unpacked;
  for (const uint32_t i : concerned) unpacked.push_back(records.at(i));
  const auto merged = MergeEach(std::move(unpacked));
  PackedRecords out(records.arena());
  size_t next = 0;
  for (size_t i = 0; i < records.size(); ++i) {
    if (next == concerned.size() || concerned[next] != i) {
      out.Add(records[i]);
      continue;
    }
    for (const Record& part : merged[next]) out.Add(part);
    ++next;
  }
  return out;
}

}  // namespace tidewaiter::watchlist
