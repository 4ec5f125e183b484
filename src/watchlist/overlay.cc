#include "watchlist/overlay.h"

#include <cstring>
#include <unordered_map>

#include "base/file.h"
#include "base/json.h"
#include "watchlist/file.h"
#include "watchlist/format.h"

namespace tidewaiter::watchlist {
namespace {

class OverlaidWatchlist : public Watchlist {
 public:
  OverlaidWatchlist(std::shared_ptr<const Watchlist> base, std::shared_ptr<const Watchlist> changes,
                    std::shared_ptr<const Watchlist> replaced,
                    std::unordered_map<uint32_t, uint32_t> places)
      : base_(std::move(base)),
        changes_(std::move(changes)),
        replaced_(std::move(replaced)),
        places_(std::move(places)),
        base_count_(base_->record_count()) {}

  const std::string& hash() const override { return changes_->hash(); }
  const std::vector<ListInfo>& lists() const override { return changes_->lists(); }
  uint32_t record_count() const override { return base_count_ + changes_->record_count(); }
  Record record(uint32_t index) const override {
    const Place place = PlaceOf(index);
    return place.file->record(place.index);
  }
  Interval on_list(uint32_t index) const override {
    const Place place = PlaceOf(index);
    return place.file->on_list(place.index);
  }
  uint8_t list_index(uint32_t index) const override {
    const Place place = PlaceOf(index);
    return place.file->list_index(place.index);
  }
  PartyKind kind(uint32_t index) const override {
    const Place place = PlaceOf(index);
    return place.file->kind(place.index);
  }
  std::string_view section(std::string_view name) const override {
    const std::string_view prefix = kChangesPrefix;
    return name.starts_with(prefix) ? changes_->section(name.substr(prefix.size()))
                                    : base_->section(name);
  }

 private:
  struct Place {
    const Watchlist* file;
    uint32_t index;
  };
  Place PlaceOf(uint32_t index) const {
    if (index >= base_count_) return {changes_.get(), index - base_count_};
    const auto replaced = places_.find(index);
    return replaced == places_.end() ? Place{base_.get(), index}
                                     : Place{replaced_.get(), replaced->second};
  }

  std::shared_ptr<const Watchlist> base_, changes_, replaced_;
  std::unordered_map<uint32_t, uint32_t> places_;
  uint32_t base_count_;
};

Error Broken(const std::string& path) {
  return BadInput("the changes do not fit what they rest on; import the lists again", path);
}

}  // namespace

Result<std::shared_ptr<const Watchlist>> Overlay(std::shared_ptr<const Watchlist> changes,
                                                 const std::string& path) {
  const auto json = ParseJson(changes->section(kBaseSection));
  const std::string file(json ? json->StringOr("file") : std::string_view());
  if (file.empty() || file.find('/') != std::string::npos) return Broken(path);
  const size_t slash = path.rfind('/');
  const std::string base_path =
      slash == std::string::npos ? file : JoinPath(path.substr(0, slash), file);
  if (!FileExists(base_path))
    return MissingData("the lists rest on this file; import them again", base_path);
  TW_ASSIGN_OR_RETURN(auto base, OpenAlone(base_path));
  // Lists keep their places, so that the numbers in the base's records still hold.
  const auto &was = base->lists(), &is = changes->lists();
  bool fits = base->hash() == json->StringOr("hash") && base->section(kBaseSection).empty() &&
              was.size() == is.size();
  for (size_t i = 0; fits && i < was.size(); ++i) fits = was[i].name == is[i].name;
  if (!fits) return Broken(path);
  TW_ASSIGN_OR_RETURN(auto replaced, OpenView(changes->section(kReplacedSection), path));
  const std::string_view places = changes->section(kReplacedAtSection);
  if (places.size() != replaced->record_count() * sizeof(uint32_t)) return Broken(path);
  std::unordered_map<uint32_t, uint32_t> by_index;
  for (uint32_t i = 0; i < replaced->record_count(); ++i) {
    uint32_t index;
    std::memcpy(&index, places.data() + i * sizeof index, sizeof index);
    if (index >= base->record_count()) return Broken(path);
    by_index[index] = i;
  }
  return std::shared_ptr<const Watchlist>(std::make_shared<OverlaidWatchlist>(
      std::move(base), std::move(changes), std::move(replaced), std::move(by_index)));
}

uint32_t BaseRecords(const Watchlist& watchlist) {
  const std::string prefix = kChangesPrefix;
  const std::string_view count = watchlist.section(prefix + kRecordsSection);
  return watchlist.record_count() - static_cast<uint32_t>(count.size() / sizeof(RecordEntry));
}

std::string BaseText(const std::string& file, const Watchlist& base) {
  return Json().Set("file", file).Set("hash", base.hash()).Dump();
}

}  // namespace tidewaiter::watchlist
