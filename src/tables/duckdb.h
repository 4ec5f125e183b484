// DuckDB behind values and Results: the only way in which the project touches it. The library is
// loaded with extensions neither fetched nor loaded by themselves, and refused when its version is
// not kDuckDbVersion.
//
// A Database may be shared by threads; a Connection, Appender or Rows belongs to one thread at a
// time. Each object keeps alive what it came from. SQL errors come back as kInternal (our own
// statements) with DuckDB's message; a file that cannot be read or written gives kBadInput.
#ifndef TIDEWAITER_TABLES_DUCKDB_H_
#define TIDEWAITER_TABLES_DUCKDB_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace tidewaiter::tables {

inline constexpr std::string_view kDuckDbVersion = "v1.5.5";

struct DatabaseOptions {
  unsigned threads = 1;
  uint64_t memory_mb =
      2048;  // DuckDB's own limit; beyond it spills into the folder of temporary files
  // Empty: one of its own in the system's folder of temporary files, made when it is needed.
  std::string temporary_folder;
  bool read_only = false;
};

// A value bound to a `?` of a statement.
using Parameter = std::variant<std::nullptr_t, bool, int64_t, double, std::string, Date>;

class Rows;
class Appender;

struct ParquetOptions {
  size_t row_group = 122880;  // rows held in memory until they are written; DuckDB's own choice
  int level = 3;              // of zstd; DuckDB's own choice
};

class Connection {
 public:
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  // Runs one or several statements (separated by ;) and forgets what they return.
  Status Run(const std::string& sql);
  // Runs one statement; its `?` are filled from `parameters` in order.
  Result<Rows> Query(const std::string& sql, const std::vector<Parameter>& parameters = {});
  // The same without parameters, its rows computed while they are read, so that few of them are in
  // memory at a time. What goes wrong on the way stands in Rows::status(). The connection is busy
  // until the rows are gone.
  Result<Rows> Stream(const std::string& sql);
  // Appends rows to an existing table of this database.
  Result<Appender> Append(const std::string& table);
  // COPY (query) TO path as Parquet, zstd, in the query's order (its ORDER BY, or that of the
  // table's rows). Equal rows give equal bytes on any number of threads.
  Status WriteParquet(const std::string& query, const std::string& path,
                      const ParquetOptions& options = {});

  struct State;
  State& state() const { return *state_; }  // for this folder

 private:
  friend class Database;
  explicit Connection(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

class Database {
 public:
  // `path` empty: in memory. A file is made when it is not there (unless read_only).
  static Result<Database> Open(const std::string& path, const DatabaseOptions& options = {});
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  Result<Connection> Connect() const;

  struct State;

 private:
  explicit Database(std::shared_ptr<State> state);
  std::shared_ptr<State> state_;
};

// The rows of an answer, one after another, fetched chunk by chunk:
//   while (rows.Next()) Use(rows.Text(0), rows.Number(1));
//   TW_RETURN_IF_ERROR(rows.status());
// Texts live until the next call of Next(). Integer() reads every integer type, Number() these,
// floats and decimals; lists, structs, timestamps and the like must be cast to VARCHAR in the SQL:
// reading one gives an error in status().
class Rows {
 public:
  ~Rows();
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) noexcept;

  size_t columns() const;
  const std::string& name(size_t column) const;
  int Find(std::string_view name) const;  // -1: no such column

  bool Next();
  const Status& status() const;

  bool IsNull(size_t column) const;
  // Of a null: empty, 0, false, the epoch.
  std::string_view Text(size_t column) const;
  int64_t Integer(size_t column) const;
  double Number(size_t column) const;
  bool Boolean(size_t column) const;
  Date Day(size_t column) const;

  struct State;

 private:
  friend class Connection;
  explicit Rows(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Appends rows in data chunks. Cells that are not set stay null:
//   appender.Text(0, "x"); appender.Number(3, 1.5); TW_RETURN_IF_ERROR(appender.EndRow());
//   ...; TW_RETURN_IF_ERROR(appender.Close());
// The setter must fit the column: Text VARCHAR; Integer TINYINT to BIGINT; Number DOUBLE; Boolean;
// Day DATE.
class Appender {
 public:
  ~Appender();
  Appender(Appender&&) noexcept;
  Appender& operator=(Appender&&) noexcept;

  void Text(size_t column, std::string_view value);  // must be UTF-8
  void Integer(size_t column, int64_t value);
  void Number(size_t column, double value);
  void Boolean(size_t column, bool value);
  void Day(size_t column, Date value);
  Status EndRow();
  Status Close();  // flushes; without it the last rows are lost

  struct State;

 private:
  friend class Connection;
  explicit Appender(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

std::string QuoteText(std::string_view text);  // 'it''s'
std::string QuoteName(std::string_view name);  // "a ""b"""

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_DUCKDB_H_
