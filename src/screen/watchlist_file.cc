#include "screen/watchlist_file.h"

#include <optional>
#include <utility>
#include <vector>

#include "match/index_view.h"
#include "match/match.h"
#include "match/segments.h"
#include "watchlist/overlay.h"

namespace tidewaiter::screen {

watchlist::ExtraSections MatchSections(const std::string& resources) {
  watchlist::ExtraSections extra;
  extra.build =
      [resources](
          const watchlist::PackedRecords& records) -> Result<std::vector<watchlist::Section>> {
    std::vector<watchlist::Section> sections;
    TW_ASSIGN_OR_RETURN(watchlist::Section index, match::BuildIndex(records, resources));
    sections.push_back(std::move(index));
    return sections;
  };
  extra.build_changes = [resources](const watchlist::Watchlist& base,
                                    const std::vector<watchlist::Record>& records)
      -> Result<std::optional<std::vector<watchlist::Section>>> {
    std::optional<std::vector<watchlist::Section>> sections;
    TW_ASSIGN_OR_RETURN(auto index, match::BuildChangesIndex(base, records, resources));
    if (index) sections = {std::move(*index)};
    return sections;
  };
  extra.usable = [](const watchlist::Watchlist& watchlist) {
    const std::string_view since = watchlist.section(match::kChangesIndexSection);
    return match::IndexView::Open(watchlist.section(match::kIndexSection)).has_value() &&
           (watchlist::BaseRecords(watchlist) == watchlist.record_count() ||
            match::IndexView::Open(since).has_value());
  };
  return extra;
}

Result<std::shared_ptr<const watchlist::Watchlist>> OpenWatchlist(const std::string& data_folder,
                                                                  const std::string& resources) {
  return watchlist::OpenOrBuild(data_folder, resources, MatchSections(resources));
}

}  // namespace tidewaiter::screen
