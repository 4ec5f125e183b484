#include "tables/rows.h"

namespace tidewaiter::tables {

std::vector<Block> CutBlocks(std::string_view bytes, uint64_t from, uint64_t first_line,
                             const RowFormat& format, uint64_t block_bytes,
                             const std::function<void()>& rest) {
  return format.keys ? CutLines(bytes, from, first_line, block_bytes, rest)
                     : CutBlocks(bytes, from, first_line, format.dialect, block_bytes, rest);
}

RowReader::RowReader(std::string_view bytes, uint64_t from, uint64_t to, uint64_t first_line,
                     const RowFormat& format) {
  if (format.keys)
    jsonl_.emplace(bytes, from, to, first_line, format.keys);
  else
    csv_.emplace(bytes, from, to, first_line, format.dialect);
}

}  // namespace tidewaiter::tables
