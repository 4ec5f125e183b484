// For tests: a watchlist in memory, its matcher, and parties for it.
#ifndef TIDEWAITER_MATCH_MEMORY_WATCHLIST_H_
#define TIDEWAITER_MATCH_MEMORY_WATCHLIST_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "match/match.h"

namespace tidewaiter::match {

// A watchlist in memory.
class MemoryWatchlist final : public watchlist::Watchlist {
 public:
  explicit MemoryWatchlist(std::vector<watchlist::Record> records) : records_(std::move(records)) {
    auto section = BuildIndex(records_, Resources());
    EXPECT_TRUE(section);
    index_.resize(section->bytes.size() / 8 + 1);
    size_ = section->bytes.size();
    std::copy(section->bytes.begin(), section->bytes.end(), reinterpret_cast<char*>(index_.data()));
    lists_.push_back({"ofac_sdn", *ParseIsoDate("2023-06-01"), {}, records_.size()});
    lists_.push_back({"un_sc", {}, {}, 0});
  }
  static std::string Resources() { return "."; }
  const std::string& hash() const override { return hash_; }
  const std::vector<watchlist::ListInfo>& lists() const override { return lists_; }
  uint32_t record_count() const override { return static_cast<uint32_t>(records_.size()); }
  watchlist::Record record(uint32_t i) const override { return records_[i]; }
  Interval on_list(uint32_t i) const override { return records_[i].on_list; }
  uint8_t list_index(uint32_t i) const override {
    return records_[i].party.list == "ofac_sdn" ? 0 : 1;
  }
  PartyKind kind(uint32_t i) const override { return records_[i].party.kind; }
  std::string_view section(std::string_view name) const override {
    return name == kIndexSection
               ? std::string_view(reinterpret_cast<const char*>(index_.data()), size_)
               : std::string_view();
  }

 private:
  std::vector<watchlist::Record> records_;
  std::vector<uint64_t> index_;
  size_t size_ = 0;
  std::string hash_ = "memory";
  std::vector<watchlist::ListInfo> lists_;
};

inline watchlist::Record Party(std::string id, PartyKind kind, std::vector<std::string> names) {
  watchlist::Record record;
  record.party.list = "ofac_sdn";
  record.party.id = std::move(id);
  record.party.kind = kind;
  for (std::string& name : names) {
    record.party.names.push_back(
        {std::move(name),
         record.party.names.empty() ? NameStrength::kPrimary : NameStrength::kStrong,
         {},
         {},
         {}});
  }
  return record;
}

inline std::unique_ptr<const Matcher> MakeMatcher(std::vector<watchlist::Record> records) {
  auto matcher = Matcher::Create(std::make_shared<MemoryWatchlist>(std::move(records)),
                                 MemoryWatchlist::Resources());
  EXPECT_TRUE(matcher) << (matcher ? "" : matcher.error().ToString());
  return std::move(*matcher);
}

inline std::vector<Hit> Find(const Matcher& matcher, std::string name, Options options = {}) {
  Query query;
  query.names = {std::move(name)};
  auto hits = matcher.Search(query, options);
  EXPECT_TRUE(hits);
  return *hits;
}

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_MEMORY_WATCHLIST_H_
