#include "match/segments.h"

#include <algorithm>

#include "match/words.h"

namespace tidewaiter::match {
namespace {

class ShiftedWatchlist final : public watchlist::Watchlist {
 public:
  ShiftedWatchlist(std::shared_ptr<const watchlist::Watchlist> all, uint32_t first)
      : all_(std::move(all)), first_(first) {}
  const std::string& hash() const override { return all_->hash(); }
  const std::vector<watchlist::ListInfo>& lists() const override { return all_->lists(); }
  uint32_t record_count() const override { return all_->record_count() - first_; }
  watchlist::Record record(uint32_t index) const override { return all_->record(first_ + index); }
  Interval on_list(uint32_t index) const override { return all_->on_list(first_ + index); }
  uint8_t list_index(uint32_t index) const override { return all_->list_index(first_ + index); }
  PartyKind kind(uint32_t index) const override { return all_->kind(first_ + index); }
  std::string_view section(std::string_view name) const override { return all_->section(name); }

 private:
  std::shared_ptr<const watchlist::Watchlist> all_;
  uint32_t first_;
};

}  // namespace

PatchedIndex::PatchedIndex(const IndexView& base, const IndexView& changes, const Profile& profile)
    : tokens_(base.tokens.begin(), base.tokens.end()),
      forms_(base.forms.begin(), base.forms.end()),
      classes_(base.classes.begin(), base.classes.end()),
      view_(base) {
  std::vector<uint32_t> touched;
  for (uint32_t id = 0; id < changes.tokens.size(); ++id) {
    const uint32_t known = base.FindToken(changes.ViewOf(id));
    if (known == IndexView::kNoToken || tokens_[known].rarity == changes.tokens[id].rarity)
      continue;
    tokens_[known].rarity = changes.tokens[id].rarity;
    for (const Posting& posting : base.PostingsOf(known)) touched.push_back(posting.form);
  }
  std::sort(touched.begin(), touched.end());
  touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
  for (const uint32_t id : touched) {
    SumClaims(base.WordsOf(forms_[id]), tokens_, profile, forms_[id]);
    LowerClasses(id, ClaimsOfWords(forms_[id], profile));
  }
  view_.tokens = tokens_;
  view_.forms = forms_;
  view_.classes = classes_;
}

// A form stays in its class when it comes to claim less.
void PatchedIndex::LowerClasses(uint32_t form, float claims) {
  for (FormClass& one : classes_) {
    if (one.first <= form) one.least_claims = std::min(one.least_claims, claims);
  }
}

std::shared_ptr<const watchlist::Watchlist> RecordsFrom(
    std::shared_ptr<const watchlist::Watchlist> watchlist, uint32_t first) {
  return std::make_shared<ShiftedWatchlist>(std::move(watchlist), first);
}

}  // namespace tidewaiter::match
