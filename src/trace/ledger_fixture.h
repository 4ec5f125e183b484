// A small invented ledger for tests: the tables that the ledger's file has, filled row by row.
#ifndef TIDEWAITER_TRACE_LEDGER_FIXTURE_H_
#define TIDEWAITER_TRACE_LEDGER_FIXTURE_H_

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "goods/goods.h"
#include "model/role.h"
#include "tables/duckdb.h"
#include "trace/trace.h"

namespace tidewaiter::trace {

// One model of 0.9 kg, known to nobody else.
class OneModel : public goods::Goods {
 public:
  OneModel() {
    FactReading reading;
    reading.kind = FactReading::Kind::kInterval;
    reading.min = reading.max = 0.9;
    reading.unit = "kg";
    models_.push_back({"Testbrand", "Kite", "drone", {{"weight", Fact{{reading}}, "test", {}}}});
  }
  goods::Recognition Recognise(const std::vector<std::string_view>&, std::string_view,
                               std::string_view) const override {
    return {};
  }
  const std::vector<goods::Model>& models() const override { return models_; }
  const goods::Model* Find(std::string_view, std::string_view) const override { return nullptr; }
  const std::string& hash() const override { return hash_; }

 private:
  std::vector<goods::Model> models_;
  std::string hash_ = "test";
};

using Cells = std::map<std::string, std::string>;  // column -> SQL literal

class LedgerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string columns =
        "source VARCHAR, \"row\" BIGINT, date DATE, declaration VARCHAR, direction VARCHAR, "
        "procedure VARCHAR, hs VARCHAR, "
        "description VARCHAR, description_en VARCHAR, brand VARCHAR, model VARCHAR, "
        "component_class VARCHAR, vagueness DOUBLE, "
        "code_agreement BOOLEAN, text_headings VARCHAR, text_heading_margin DOUBLE, quantity "
        "DOUBLE, unit VARCHAR, net_mass_kg DOUBLE, gross_mass_kg "
        "DOUBLE, value_usd DOUBLE, "
        "origin VARCHAR, departure VARCHAR, destination VARCHAR";
    for (const Role role : AllRoles()) {
      const std::string name(ToString(role));
      columns += ", " + name + " VARCHAR, " + name + "_entity VARCHAR";
    }
    Run("CREATE TABLE lines (" + columns + ")");
    Run("CREATE TABLE parties (entity VARCHAR, name VARCHAR, name_en VARCHAR, address VARCHAR, "
        "country VARCHAR, identifiers VARCHAR)");
    Run("CREATE TABLE coverage (field VARCHAR)");
  }

  void Run(const std::string& sql) {
    const Status status = connection_.Run(sql);
    ASSERT_TRUE(status.ok()) << status.error().ToString() << "\n" << sql;
  }

  // A row of lines; texts of parties stand for entity and name at once.
  void Line(Cells cells) {
    std::string names = "source, \"row\"", values = "'t.csv', " + std::to_string(++row_);
    for (const auto& [name, value] : cells) {
      const bool role = ParseRole(name).has_value();
      names += ", " + name + (role ? ", " + name + "_entity" : "");
      values += ", " + value + (role ? ", " + value : "");
      fields_.insert(name);
    }
    Run("INSERT INTO lines (" + names + ") VALUES (" + values + ")");
  }

  void PartyAt(const std::string& entity, const std::string& address) {
    Run("INSERT INTO parties VALUES ('" + entity + "', '" + entity + "', NULL, '" + address +
        "', NULL, NULL)");
  }

  // Says that `entity` looks like a listed party, so likely.
  void LooksListed(const std::string& entity, double score) {
    hits_.push_back("('" + entity + "', 'ofac_sdn', '1', 'LISTED " + entity + "', " +
                    std::to_string(score) + ", false, DATE '2020-01-01')");
  }

  // A user's table in place of a shipped one: its header and rows, comma-separated.
  void UserTable(const std::string& name, const std::string& csv) {
    const std::string path = Scratch(name + ".csv");
    ASSERT_TRUE(WriteAtomically(path, csv).ok());
    options_.tables[name] = path;
  }

  static std::string Scratch(const std::string& name) {
    return ::testing::TempDir() + std::to_string(getpid()) + "_" + name;
  }

  // party_hits.parquet as a run with screening leaves it.
  void WriteHits() {
    std::string rows;
    for (const auto& hit : hits_) rows += (rows.empty() ? "" : ", ") + hit;
    Run("CREATE OR REPLACE TABLE hits (entity VARCHAR, list VARCHAR, id VARCHAR, listed_name "
        "VARCHAR, score DOUBLE, identifier_agrees BOOLEAN, listed_from DATE)");
    if (!rows.empty()) Run("INSERT INTO hits VALUES " + rows);
    options_.party_hits = Scratch("party_hits.parquet");
    ASSERT_TRUE(connection_.WriteParquet("SELECT * FROM hits", options_.party_hits).ok());
  }

  // The findings of one indicator, with every column that some row has counted as covered.
  std::vector<Finding> Find(const std::string& indicator) {
    Run("DELETE FROM coverage");
    for (const auto& field : fields_) Run("INSERT INTO coverage VALUES ('" + field + "')");
    auto connection = database_.Connect();
    EXPECT_TRUE(connection.has_value());
    options_.indicators = JoinPath(*ResourceFolder(), "indicators");
    options_.goods = &goods_;
    options_.only = {indicator};
    options_.list_versions = "{}";
    NoProgress progress;
    auto findings = RunIndicators(*connection, options_, progress);
    EXPECT_TRUE(findings.has_value()) << findings.error().ToString();
    return findings ? *findings : std::vector<Finding>{};
  }

  // The subjects found, in order.
  std::vector<std::string> Subjects(const std::string& indicator) {
    std::vector<std::string> subjects;
    for (const auto& finding : Find(indicator)) {
      EXPECT_EQ(finding.status, "found") << finding.reason;
      subjects.push_back(finding.subject);
    }
    return subjects;
  }

  uint64_t row_ = 0;
  std::set<std::string> fields_;
  TraceOptions options_;
  OneModel goods_;
  std::vector<std::string> hits_;
  tables::Database database_ = *tables::Database::Open("");
  tables::Connection connection_ = *database_.Connect();
};

}  // namespace tidewaiter::trace

#endif  // TIDEWAITER_TRACE_LEDGER_FIXTURE_H_
