// A small invented run for tests: lines.parquet and run.json in a folder of its own.
#ifndef TIDEWAITER_EVIDENCE_RUN_FIXTURE_H_
#define TIDEWAITER_EVIDENCE_RUN_FIXTURE_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>
#include <string>

#include "base/file.h"
#include "base/hash.h"
#include "evidence/disputes.h"
#include "model/role.h"
#include "tables/duckdb.h"

namespace tidewaiter::evidence {

using Cells = std::map<std::string, std::string>;  // column -> text, or SQL after '='

class RunTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "evidence_" + std::to_string(getpid());
    ASSERT_TRUE(RemoveAll(folder_).ok());
    ASSERT_TRUE(MakeFolders(folder_).ok());
    std::string columns =
        "source VARCHAR, \"row\" BIGINT, row_offset BIGINT, row_length BIGINT, row_hash VARCHAR, "
        "date DATE, declaration VARCHAR, hs VARCHAR, description VARCHAR, brand VARCHAR, model "
        "VARCHAR, component_class VARCHAR, quantity DOUBLE, unit VARCHAR, net_mass_kg DOUBLE, "
        "value_usd DOUBLE, origin VARCHAR, departure VARCHAR, destination VARCHAR";
    for (const Role role : AllRoles()) {
      const std::string name(ToString(role));
      columns += ", " + name + " VARCHAR, " + name + "_entity VARCHAR";
    }
    Run("CREATE TABLE lines (" + columns + ")");
  }
  void TearDown() override { ASSERT_TRUE(RemoveAll(folder_).ok()); }

  void Run(const std::string& sql) {
    const Status status = connection_.Run(sql);
    ASSERT_TRUE(status.ok()) << status.error().ToString() << "\n" << sql;
  }

  static std::string HashOf(uint64_t row) { return RowHashHex("row " + std::to_string(row)); }

  void Line(const Cells& cells) {
    ++row_;
    std::string names = "source, \"row\", row_hash",
                values = "'t.csv', " + std::to_string(row_) + ", '" + HashOf(row_) + "'";
    for (const auto& [name, text] : cells) {
      const bool sql = text.starts_with("=");
      const std::string value = sql ? text.substr(1) : tables::QuoteText(text);
      names += ", " + name;
      values += ", " + value;
      if (!ParseRole(name)) continue;
      names += ", " + name + "_entity";
      values += ", " + tables::QuoteText("e-" + text);
    }
    Run("INSERT INTO lines (" + names + ") VALUES (" + values + ")");
  }

  void Write(const std::string& vendor_mapped = "") {
    ASSERT_TRUE(
        connection_.WriteParquet("SELECT * FROM lines", JoinPath(folder_, "lines.parquet")).ok());
    ASSERT_TRUE(WriteAtomically(JoinPath(folder_, "run.json"),
                                "{\"inputs\": [{\"source\": \"t.csv\", \"sha256\": \"abc\", "
                                "\"vendor_mapped\": [" +
                                    vendor_mapped + "]}]}")
                    .ok());
  }

  std::string folder_;
  std::string resources_ = *ResourceFolder();
  uint64_t row_ = 0;
  tables::Database database_ = *tables::Database::Open("");
  tables::Connection connection_ = *database_.Connect();
};

}  // namespace tidewaiter::evidence

#endif  // TIDEWAITER_EVIDENCE_RUN_FIXTURE_H_
