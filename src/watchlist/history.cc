#include "watchlist/history.h"

#include <algorithm>
#include <map>

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

void History::Add(Date date, std::vector<ListedParty> parties) {
  ++snapshots_;
  for (auto& party : parties) {
    const auto [open, is_new] = open_.try_emplace(WordingKey(party));
    const auto listing = listings_.find(party.id);
    const bool listed = listing != listings_.end();
    const std::string id = party.id;
    open->second.seen = snapshots_;
    if (is_new) {
      open->second.record = records_.size();
      records_.push_back(BeginRecord(std::move(party), listed,
                                     listed ? listing->second.listed_on : std::nullopt, date,
                                     last_));
      if (!listed) listings_[id].listed_on = records_.back().party.listed_on;
    }
  }
  for (auto& [wording, open] : open_) {
    if (open.seen == snapshots_) {
      listings_[records_[open.record].party.id].seen = snapshots_;
      continue;
    }
    Interval& days = records_[open.record].on_list;
    days.to = std::min(days.to, date - 1);
  }
  std::erase_if(open_, [&](const auto& item) { return item.second.seen != snapshots_; });
  std::erase_if(listings_, [&](const auto& item) { return item.second.seen != snapshots_; });
  last_ = date;
}

std::vector<HistoryRecord> History::TakeAll(bool& whole) {
  std::vector<HistoryRecord> all(records_.size());
  for (const auto& [wording, open] : open_) {
    HistoryRecord& record = all[open.record];
    record.wording = wording;
    record.open = true;
    record.listed_on = listings_[records_[open.record].party.id].listed_on;
  }
  std::vector<HistoryRecord> kept;
  for (size_t i = 0; i < all.size(); ++i) {
    const Interval& days = records_[i].on_list;
    if (days.to < days.from) {
      whole = whole && !all[i].open;
      continue;
    }
    all[i].record = std::move(records_[i]);
    kept.push_back(std::move(all[i]));
  }
  records_.clear();
  Take();
  return kept;
}

std::vector<Record> History::Take() {
  std::erase_if(records_,
                [](const Record& record) { return record.on_list.to < record.on_list.from; });
  open_.clear();
  listings_.clear();
  last_.reset();
  snapshots_ = 0;
  return std::exchange(records_, {});
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

}  // namespace

std::vector<Record> MergeCopies(std::vector<Record> records) {
  std::map<Key, std::vector<size_t>> own;
  for (size_t i = 0; i < records.size(); ++i) {
    const auto& party = records[i].party;
    if (party.origin_list.empty()) own[{party.list, party.id}].push_back(i);
  }
  std::vector<Record> out(records.size());
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
  out.clear();
  for (size_t i = 0; i < records.size(); ++i) {
    if (!is_copy[i]) out.push_back(std::move(records[i]));
    for (auto& part : rest[i]) out.push_back(std::move(part));
  }
  return out;
}

}  // namespace tidewaiter::watchlist
