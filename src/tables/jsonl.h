// JSON Lines as rows: one object a line, its keys the columns. An object inside an object gives
// keys with a dot between ("exporter.name"), a list of plain values one text with "; " between, a
// list of objects its JSON. A line that is no JSON object is a reject; a line of blanks is no row.
//
// The keys of a file are those of all its lines, in order of first appearance.
#ifndef TIDEWAITER_TABLES_JSONL_H_
#define TIDEWAITER_TABLES_JSONL_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tables/csv.h"

namespace tidewaiter::tables {

struct JsonKeys {
  std::vector<std::string> names;
  std::map<std::string, size_t, std::less<>> at;
};

// Reads every line once, on any number of threads with the same outcome. At most kMostKeys keys:
// what else the lines hold is left out, and `*more` is set.
inline constexpr size_t kMostKeys = 2000;
std::shared_ptr<const JsonKeys> CollectKeys(std::string_view bytes, unsigned threads, bool* more);

// Whole lines in blocks of about `block_bytes`, as CutBlocks does.
std::vector<Block> CutLines(std::string_view bytes, uint64_t from, uint64_t first_line,
                            uint64_t block_bytes, const std::function<void()>& rest = {});

// The lines that begin in bytes[from, to), as CsvReader. One reader a thread.
class JsonlReader {
 public:
  JsonlReader(std::string_view bytes, uint64_t from, uint64_t to, uint64_t first_line,
              std::shared_ptr<const JsonKeys> keys);
  ~JsonlReader();
  JsonlReader(JsonlReader&&) noexcept;

  const Record* Next();
  uint64_t position() const { return position_; }
  uint64_t line() const { return line_; }

  struct Parser;

 private:
  RejectReason Split(std::string_view line);

  std::string_view bytes_;
  uint64_t position_, end_, line_;
  std::shared_ptr<const JsonKeys> keys_;
  std::unique_ptr<Parser> parser_;
  Record record_;
  std::vector<std::string> values_;
  std::vector<std::string_view> fields_;
};

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_JSONL_H_
