// Search returns what the exhaustive reference returns, for any bytes as the name and any
// threshold. The list is a handful of invented parties and, so that candidates are near, pieces of
// the input itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "match/match.h"

namespace {

using namespace tidewaiter;

class MemoryWatchlist final : public watchlist::Watchlist {
 public:
  explicit MemoryWatchlist(std::vector<watchlist::Record> records) : records_(std::move(records)) {
    auto section = match::BuildIndex(records_, ".");
    if (!section) std::abort();
    index_.resize(section->bytes.size() / 8 + 1);
    size_ = section->bytes.size();
    std::copy(section->bytes.begin(), section->bytes.end(), reinterpret_cast<char*>(index_.data()));
    lists_.push_back({"ofac_sdn", {}, {}, records_.size()});
  }
  const std::string& hash() const override { return hash_; }
  const std::vector<watchlist::ListInfo>& lists() const override { return lists_; }
  uint32_t record_count() const override { return static_cast<uint32_t>(records_.size()); }
  watchlist::Record record(uint32_t i) const override { return records_[i]; }
  Interval on_list(uint32_t i) const override { return records_[i].on_list; }
  uint8_t list_index(uint32_t) const override { return 0; }
  PartyKind kind(uint32_t i) const override { return records_[i].party.kind; }
  std::string_view section(std::string_view name) const override {
    if (name != match::kIndexSection) return {};
    return {reinterpret_cast<const char*>(index_.data()), size_};
  }

 private:
  std::vector<watchlist::Record> records_;
  std::vector<uint64_t> index_;
  size_t size_ = 0;
  std::string hash_;
  std::vector<watchlist::ListInfo> lists_;
};

watchlist::Record Party(size_t id, std::string name) {
  watchlist::Record record;
  record.party.list = "ofac_sdn";
  record.party.id = std::to_string(id);
  record.party.kind = static_cast<PartyKind>(id % 4);
  record.party.names.push_back({std::move(name), NameStrength::kPrimary, {}, {}, {}});
  return record;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  const std::string name(reinterpret_cast<const char*>(data + 2), std::min<size_t>(size - 2, 300));
  std::vector<watchlist::Record> records;
  for (const char* text : {"ALVAREZ QUILL, Mira", "AL-ZORBANI, Abd al-Karim Hamud",
                           "ООО Зорбан Аэротех", "عبد الكريم حمود الزورباني", "BRIGHT HERON 6",
                           "QUENBY, J. Tolliver", "Good Will Zenzor Company", "王小鹭"}) {
    records.push_back(Party(records.size(), text));
  }
  for (size_t cut = 1; cut < name.size(); cut += 1 + name.size() / 5) {
    records.push_back(Party(records.size(), name.substr(cut)));
    records.push_back(Party(records.size(), name.substr(0, cut) + name.substr(cut + 1)));
  }
  const auto matcher =
      match::Matcher::Create(std::make_shared<MemoryWatchlist>(std::move(records)), ".");
  if (!matcher) std::abort();
  match::Query query;
  query.names = {name};
  query.kind = static_cast<PartyKind>(data[0] % 4);
  match::Options options;
  options.threshold = data[1] / 255.0;
  options.top = 0;
  const auto fast = (*matcher)->Search(query, options);
  options.exhaustive = true;
  const auto slow = (*matcher)->Search(query, options);
  if (!fast || !slow || fast->size() != slow->size()) std::abort();
  for (size_t i = 0; i < fast->size(); ++i) {
    if (JsonOf((*fast)[i]) != JsonOf((*slow)[i])) std::abort();
  }
  return 0;
}
