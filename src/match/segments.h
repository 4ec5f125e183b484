// Search over a watchlist in two parts: the file that everything was last made anew for, and the
// records that came since, each with an index of its own. Exactly the answers of one index over
// both.
//
// What makes that exact: how rare a word is does not hang on a single name more or less, because
// the number of names counts in steps (CountInSteps); and the rarities of the words that the newer
// part brings are those of both parts together, which are laid over the older index when it is
// opened.
#ifndef TIDEWAITER_MATCH_SEGMENTS_H_
#define TIDEWAITER_MATCH_SEGMENTS_H_

#include <bit>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "match/index_view.h"
#include "match/match.h"
#include "match/profile.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::match {

// A number of names as it counts for rarity: its six highest bits, so within 3%.
inline size_t CountInSteps(size_t names) {
  const auto width = static_cast<size_t>(std::bit_width(names));
  return width <= 6 ? names : names >> (width - 6) << (width - 6);
}

// The index of records that came since `base` was made; nullopt when the number of names has come
// to another step, and all must be made anew.
Result<std::optional<watchlist::Section>> BuildChangesIndex(
    const watchlist::Watchlist& base, const std::vector<watchlist::Record>& records,
    const std::string& resources);

// The older index with the rarities of the newer one laid over it. Copies the two tables that
// change; the rest stays mapped.
class PatchedIndex {
 public:
  PatchedIndex(const IndexView& base, const IndexView& changes, const Profile& profile);
  PatchedIndex(const PatchedIndex&) = delete;
  PatchedIndex& operator=(const PatchedIndex&) = delete;
  const IndexView& view() const { return view_; }

 private:
  void LowerClasses(uint32_t form, float claims);

  std::vector<TokenEntry> tokens_;
  std::vector<FormEntry> forms_;
  std::vector<FormClass> classes_;
  IndexView view_;
};

// The records of a watchlist from `first` on, numbered from 0.
std::shared_ptr<const watchlist::Watchlist> RecordsFrom(
    std::shared_ptr<const watchlist::Watchlist> watchlist, uint32_t first);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_SEGMENTS_H_
