// A table whose cells the program computes while a query asks for them: DuckDB reads what is in
// memory already, and only the columns that the query names, without a copy of the table.
//
// A VirtualTable must outlive the connections that know it, and Fill is called by several threads
// at once. COPY and every query that keeps the order of the rows get them in order, on one thread;
// others on as many threads as the database has.
#ifndef TIDEWAITER_TABLES_VIRTUAL_TABLE_H_
#define TIDEWAITER_TABLES_VIRTUAL_TABLE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "tables/duckdb.h"

namespace tidewaiter::tables {

enum class CellType : uint8_t { kText, kTexts, kInteger, kNumber, kBoolean, kDay };

struct VirtualColumn {
  std::string name;
  CellType type = CellType::kText;
};

// A text as a cell holds it: made once for what stands in many cells, it spares them a look at the
// bytes, which lie anywhere. The bytes must stay where they are.
struct PreparedText {
  std::array<uint64_t, 2> bits{};
  bool empty() const { return static_cast<uint32_t>(bits[0]) == 0; }
};
PreparedText Prepare(std::string_view text);

// Where one column of one chunk of rows is written. Cells that are not set are null. The setter
// must fit the column's type.
class CellWriter {
 public:
  // Texts are not copied: they must stay where they are, as UTF-8, until Fill is called for the
  // next chunk. Kept() makes such a place for a text that was put together for this chunk.
  void Text(size_t row, std::string_view text);
  void Text(size_t row, const PreparedText& text);
  void Texts(size_t row, const std::vector<std::string>& texts);
  void Integer(size_t row, int64_t value);
  void Number(size_t row, double value);
  void Boolean(size_t row, bool value);
  void Day(size_t row, Date value);
  std::string_view Kept(std::string text);

  struct State;
  explicit CellWriter(State& state) : state_(state) {}

 private:
  State& state_;
};

class VirtualTable {
 public:
  virtual ~VirtualTable() = default;
  virtual const std::vector<VirtualColumn>& columns() const = 0;
  virtual uint64_t rows() const = 0;
  // The cells of rows [first, first + count) of one column; count is at most 2048.
  virtual void Fill(size_t column, uint64_t first, size_t count, CellWriter& cells) const = 0;
};

// Makes `SELECT ... FROM name()` read the table, on every connection of the database.
Status Register(Connection& connection, const std::string& name, const VirtualTable& table);

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_VIRTUAL_TABLE_H_
