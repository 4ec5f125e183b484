// The rows of a text of either shape, delimited or JSON Lines, by one way of reading.
#ifndef TIDEWAITER_TABLES_ROWS_H_
#define TIDEWAITER_TABLES_ROWS_H_

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "tables/csv.h"
#include "tables/jsonl.h"

namespace tidewaiter::tables {

struct RowFormat {
  Dialect dialect;                       // columns: fields that every row has
  std::shared_ptr<const JsonKeys> keys;  // set: JSON Lines
};

// `rest` is called behind each block: what was looked at may leave the memory.
std::vector<Block> CutBlocks(std::string_view bytes, uint64_t from, uint64_t first_line,
                             const RowFormat& format, uint64_t block_bytes,
                             const std::function<void()>& rest = {});

// CsvReader or JsonlReader. One reader a thread; `bytes` must outlive it.
class RowReader {
 public:
  RowReader(std::string_view bytes, uint64_t from, uint64_t to, uint64_t first_line,
            const RowFormat& format);
  const Record* Next() { return csv_ ? csv_->Next() : jsonl_->Next(); }
  uint64_t position() const { return csv_ ? csv_->position() : jsonl_->position(); }
  uint64_t line() const { return csv_ ? csv_->line() : jsonl_->line(); }

 private:
  std::optional<CsvReader> csv_;
  std::optional<JsonlReader> jsonl_;
};

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_ROWS_H_
