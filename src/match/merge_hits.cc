#include "match/merge_hits.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace tidewaiter::match {
namespace {

// Sections that watchlist/state.h describes: of each record the hash of its party, and the list
// that it was read from.
constexpr const char* kGroups = "groups";
constexpr const char* kRegions = "regions";

template <typename T>
std::vector<T> BothSections(const watchlist::Watchlist& watchlist, const std::string& name) {
  std::vector<T> out;
  for (const std::string& part : {name, "changes:" + name}) {
    const std::string_view bytes = watchlist.section(part);
    const size_t count = bytes.size() / sizeof(T);
    out.resize(out.size() + count);
    if (count > 0) std::memcpy(out.data() + out.size() - count, bytes.data(), count * sizeof(T));
  }
  return out;
}

// A party's best record, and the days on which any of them held.
struct Best {
  RecordScore score;
  Interval held;
  std::optional<std::pair<std::string, std::string>> key;  // list, id; when it was asked for
};

const std::pair<std::string, std::string>& KeyOf(const watchlist::Watchlist& watchlist,
                                                 Best& best) {
  if (!best.key) {
    const auto party = watchlist.record(best.score.record).party;
    best.key = {party.list, party.id};
  }
  return *best.key;
}

}  // namespace

PartiesOfParts::PartiesOfParts(const watchlist::Watchlist& watchlist, const IndexView& base,
                               const IndexView& changes)
    : regions_(BothSections<uint8_t>(watchlist, kRegions)) {
  const auto groups = BothSections<uint64_t>(watchlist, kGroups);
  const size_t known = base.records.size();
  regions_.resize(known + changes.records.size());
  std::unordered_map<uint64_t, uint32_t> fresh;  // group -> party
  for (size_t i = known; i < groups.size(); ++i) fresh.try_emplace(groups[i], UINT32_MAX);
  uint32_t count = 0;
  for (size_t i = 0; i < known; ++i) {
    const uint32_t party = base.records[i].party;
    count = std::max(count, party + 1);
    if (fresh.empty() || i >= groups.size()) continue;
    if (const auto found = fresh.find(groups[i]); found != fresh.end()) found->second = party;
  }
  parties_.reserve(known + changes.records.size());
  for (const auto& record : base.records) parties_.push_back(record.party);
  for (size_t i = 0; i < changes.records.size(); ++i) {
    uint32_t party = count + changes.records[i].party;
    if (known + i < groups.size()) {
      const uint32_t older = fresh.at(groups[known + i]);
      if (older != UINT32_MAX) party = older;
    }
    parties_.push_back(party);
  }
}

std::vector<Hit> MergeHits(const watchlist::Watchlist& watchlist, const PartiesOfParts& parties,
                           const Profile& profile, std::span<const HitPart, 2> parts,
                           std::vector<RecordScore> old, std::vector<RecordScore> fresh,
                           const Options& options) {
  old.insert(old.end(), fresh.begin(), fresh.end());
  const auto place = [&](const RecordScore& score) {
    return std::tuple(parties.Of(score.record), -score.score, parties.Order(score.record));
  };
  std::sort(old.begin(), old.end(),
            [&](const RecordScore& a, const RecordScore& b) { return place(a) < place(b); });
  std::vector<Best> best;
  for (const RecordScore& score : old) {
    const Interval days = watchlist.on_list(score.record);
    if (best.empty() || parties.Of(best.back().score.record) != parties.Of(score.record)) {
      best.push_back({score, days, {}});
    } else {
      Interval& held = best.back().held;
      held = {std::min(held.from, days.from), std::max(held.to, days.to)};
    }
  }
  std::sort(best.begin(), best.end(), [&](Best& a, Best& b) {
    if (a.score.score != b.score.score) return a.score.score > b.score.score;
    return KeyOf(watchlist, a) < KeyOf(watchlist, b);
  });
  if (options.top != 0 && best.size() > options.top) best.resize(options.top);
  std::vector<Hit> hits;
  for (const Best& one : best) {
    const HitPart& part = one.score.record < parts[1].first ? parts[0] : parts[1];
    Hit hit =
        MakeHit(watchlist, *part.index, profile, *part.query, one.score, one.score.record, options);
    hit.on_list = one.held;
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace tidewaiter::match
