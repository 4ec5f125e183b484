// A table of mentions as it lies in a file: each column as numbers of its distinct values.
//
// Any file that tables/intake.h opens. Nested JSON is flattened: the members of objects
// within a record or within its lists become columns of their own names, and a column that occurs
// several times in a record holds its values joined by kValueSeparator, in order.
// Cells are trimmed; empty cells and SQL nulls are nothing (0).
#ifndef TIDEWAITER_RESOLVE_TABLE_H_
#define TIDEWAITER_RESOLVE_TABLE_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text_pool.h"

namespace tidewaiter::resolve {

inline constexpr char kValueSeparator = '\x1f';

struct Column {
  std::string name;  // trimmed
  TextPool values;
  std::vector<uint32_t> cell;  // by row; 0: nothing
};

struct Table {
  std::vector<Column> columns;
  size_t rows = 0;
  uint64_t rejected = 0;           // rows that could not be read; they are in no column
  std::vector<std::string> notes;  // the first reasons, one sentence each

  const Column* Find(std::string_view name) const;
  // Puts the rows into another order; row i becomes what row order[i] was. Values are numbered anew
  // in the order of their first row.
  void Reorder(const std::vector<uint32_t>& order);
};

// Whether the values of a column of this name are of use.
using IsWanted = std::function<bool(std::string_view column)>;
// Reads all files one after another as one table (columns are joined by name). Columns that are not
// wanted are there by name and hold nothing.
Result<Table> ReadTable(const std::vector<std::string>& files, unsigned threads,
                        const IsWanted& is_wanted = {});
// CSV or JSON lines in memory, told by the first character; for tests and fuzzing.
Result<Table> ParseTable(std::string_view bytes, const std::string& name);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_TABLE_H_
