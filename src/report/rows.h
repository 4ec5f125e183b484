// Which rows the page holds, and which row sets therefore open into rows.
#ifndef TIDEWAITER_REPORT_ROWS_H_
#define TIDEWAITER_REPORT_ROWS_H_

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "report/report.h"

namespace tidewaiter::report {

// At most `most` of the items, from the first.
template <typename Item>
std::span<const Item> FirstOf(const std::vector<Item>& items, size_t most) {
  return std::span<const Item>(items).first(items.size() < most ? items.size() : most);
}

// The rows of a page in the order of RowsToEmbed(), whatever order Page::rows has. Keeps pointers
// into the page.
class EmbeddedRows {
 public:
  explicit EmbeddedRows(const Page& page);

  const std::vector<const Row*>& rows() const { return rows_; }
  std::optional<uint32_t> IndexOf(RowReference reference) const;
  // The indices of the set's rows; nullopt when the page does not hold all of them.
  std::optional<std::vector<uint32_t>> IndicesOf(const RowSet& set) const;

 private:
  std::vector<const Row*> rows_;
  std::map<RowReference, uint32_t> index_;
};

}  // namespace tidewaiter::report

#endif  // TIDEWAITER_REPORT_ROWS_H_
