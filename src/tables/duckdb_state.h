// What the objects of duckdb.h hold: for the files of this folder that speak to DuckDB's C API.
#ifndef TIDEWAITER_TABLES_DUCKDB_STATE_H_
#define TIDEWAITER_TABLES_DUCKDB_STATE_H_

#include <duckdb.h>

#include <memory>
#include <string>

#include "tables/duckdb.h"

namespace tidewaiter::tables {

struct Database::State {
  duckdb_database handle = nullptr;
  std::string path;
  ~State() { duckdb_close(&handle); }
};

struct Connection::State {
  std::shared_ptr<Database::State> database;
  duckdb_connection handle = nullptr;
  ~State() { duckdb_disconnect(&handle); }
};

}  // namespace tidewaiter::tables

#endif  // TIDEWAITER_TABLES_DUCKDB_STATE_H_
