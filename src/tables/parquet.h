// A Parquet file as CSV in UTF-8, header first: numbers plain, dates ISO, nulls empty.
#ifndef TIDEWAITER_TABLES_PARQUET_H_
#define TIDEWAITER_TABLES_PARQUET_H_

#include <cstdint>
#include <string>

#include "base/result.h"

namespace tidewaiter::tables {

// `path` is opened, `name` stands in messages. kBadInput when DuckDB cannot read it or its text is
// more than `limit` bytes.
Result<std::string> ReadParquetAsCsv(const std::string& path, const std::string& name,
                                     unsigned threads, uint64_t limit);

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_PARQUET_H_
