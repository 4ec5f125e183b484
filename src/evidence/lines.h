// The lines of a run as figures and dossiers read them: lines.parquet in the order of its rows.
#ifndef TIDEWAITER_EVIDENCE_LINES_H_
#define TIDEWAITER_EVIDENCE_LINES_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "evidence/disputes.h"
#include "tables/duckdb.h"

namespace tidewaiter::evidence {

struct Figure;

// The hash of a set of rows, as inspect/row_sets.h defines it: rows are added in order of the file.
class RowSetHasher {
 public:
  void Add(const std::string& source, uint64_t row, const std::string& row_hash_hex);
  std::string Finish();

 private:
  Sha256Stream hash_;
  std::string source_;
  bool any_ = false;
};

struct FigureLineRow {
  std::string source;
  uint64_t row = 0;
  std::string hash;
  std::optional<int64_t> cents;
  std::string component_class;
  uint64_t disputes = 0;  // bit i: the i-th dispute is about it
  std::vector<std::string> key;
};

class RunLines {
 public:
  // `resources` empty: the table of controlled codes is not needed.
  static Result<RunLines> Open(const std::string& run, const std::string& resources);

  // Calls `take` for each row of `lines` under the condition, in order. Withdrawn disputes mark
  // nothing. At most 64 disputes.
  Status ForEach(const std::string& where, const std::vector<std::string>& key_columns,
                 const Disputes& disputes, const std::function<void(const FigureLineRow&)>& take);

  const std::vector<std::pair<std::string, std::string>>& sources() const { return sources_; }
  const std::vector<std::string>& vendor_mapped() const { return vendor_mapped_; }

  // The figure's rows, and those that it shows apart, with every column.
  Status WriteRows(const Figure& figure, const std::string& path);
  // By row: offset and length in the source.
  Result<std::map<uint64_t, std::pair<uint64_t, uint64_t>>> PlacesOf(const std::string& source);

  tables::Connection& connection() { return connection_; }

 private:
  explicit RunLines(tables::Connection connection) : connection_(std::move(connection)) {}
  Status ReadAbout(const std::string& run);

  tables::Connection connection_;
  std::vector<std::pair<std::string, std::string>> sources_;
  std::vector<std::string> vendor_mapped_;
};

}  // namespace tidewaiter::evidence

#endif  // TIDEWAITER_EVIDENCE_LINES_H_
