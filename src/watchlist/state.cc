#include "watchlist/state.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "watchlist/codec.h"
#include "watchlist/file.h"
#include "watchlist/format.h"

namespace tidewaiter::watchlist {

uint64_t GroupHash(std::string_view list, std::string_view id) {
  return Hash64(std::string(list) + "\x1f" + std::string(id));
}

StateEntry MakeState(const HistoryRecord& record) {
  const ListedParty& party = record.record.party;
  StateEntry entry;
  if (record.open) entry.wording = record.wording;
  entry.own = GroupHash(party.list, party.id);
  entry.group =
      party.origin_list.empty() ? entry.own : GroupHash(party.origin_list, party.origin_id);
  entry.listed_on = record.listed_on ? record.listed_on->days : kNoDay;
  entry.flags = record.open ? kOpen : 0;
  return entry;
}

std::string HistoryPath(const std::string& data_folder) {
  return JoinPath(data_folder, "history.tw");
}

std::optional<HistoryState> HistoryState::Load(const std::string& data_folder,
                                               const Watchlist& current) {
  if (!FileExists(HistoryPath(data_folder))) return std::nullopt;
  auto base = Watchlist::Open(HistoryPath(data_folder));
  if (!base) return std::nullopt;
  const std::string changes = kChangesPrefix;
  // The watchlist's own section says to which history it belongs, in the file that it rests on.
  if ((*base)->section(kTieSection).empty() ||
      (*base)->section(kTieSection) != current.section(kTieSection))
    return std::nullopt;
  HistoryState state;
  state.base_ = *base;
  state.entries_ = Unpack<StateEntry>(state.base_->section(kStateSection));
  if (state.entries_.size() != state.base_->record_count()) return std::nullopt;
  if (const std::string_view bytes = current.section(changes + kHistoryNewSection);
      !bytes.empty()) {
    const auto fresh = OpenBytes(bytes, "history");
    const auto entries = Unpack<StateEntry>(current.section(changes + kHistoryStateSection));
    if (!fresh || entries.size() != (*fresh)->record_count()) return std::nullopt;
    for (uint32_t i = 0; i < entries.size(); ++i) {
      state.new_.push_back((*fresh)->record(i));
      state.new_lists_.push_back((*fresh)->list_index(i));
    }
    state.entries_.insert(state.entries_.end(), entries.begin(), entries.end());
    const auto ends =
        Unpack<std::array<int32_t, 2>>(current.section(changes + kHistoryEndedSection));
    for (const auto& [index, last] : ends) {
      if (index < 0 || static_cast<uint32_t>(index) >= state.base_->record_count())
        return std::nullopt;
      state.ends_.emplace_back(static_cast<uint32_t>(index), last);
      state.entries_[static_cast<uint32_t>(index)].flags &= ~kOpen;
    }
  }
  return state;
}

Record HistoryState::record(size_t i) const {
  if (i >= base_->record_count()) return new_[i - base_->record_count()];
  Record record = base_->record(static_cast<uint32_t>(i));
  record.on_list = on_list(i);
  return record;
}

Interval HistoryState::on_list(size_t i) const {
  if (i >= base_->record_count()) return new_[i - base_->record_count()].on_list;
  Interval days = base_->on_list(static_cast<uint32_t>(i));
  const auto found =
      std::lower_bound(ends_.begin(), ends_.end(), std::pair(static_cast<uint32_t>(i), INT32_MIN));
  if (found != ends_.end() && found->first == i) days.to = {found->second};
  return days;
}

uint8_t HistoryState::list(size_t i) const {
  return i >= base_->record_count() ? new_lists_[i - base_->record_count()]
                                    : base_->list_index(static_cast<uint32_t>(i));
}

bool HistoryState::End(size_t i, Date last) {
  Interval days = on_list(i);
  days.to = std::min(days.to, last);
  if (days.to < days.from) return false;
  entries_[i].flags &= ~kOpen;
  if (i >= base_->record_count()) {
    new_[i - base_->record_count()].on_list = days;
    return true;
  }
  const std::pair end(static_cast<uint32_t>(i), days.to.days);
  ends_.insert(std::upper_bound(ends_.begin(), ends_.end(), end), end);
  return true;
}

void HistoryState::Append(HistoryRecord record, uint8_t list) {
  entries_.push_back(MakeState(record));
  new_.push_back(std::move(record.record));
  new_lists_.push_back(list);
}

std::string HistoryState::PackedState() const {
  return Pack(std::vector<StateEntry>(entries_.begin() + base_->record_count(), entries_.end()));
}

std::string HistoryState::PackedEnds() const {
  std::vector<std::array<int32_t, 2>> out;
  for (const auto& [index, last] : ends_) out.push_back({static_cast<int32_t>(index), last});
  return Pack(out);
}

}  // namespace tidewaiter::watchlist
