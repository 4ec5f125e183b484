// Indicators against the truth of a synthetic corpus: how many planted schemes of each kind are
// found, and how many findings touch nothing that was planted. The figures are printed; the bounds
// below are those that a change must not fall under. The corpus is our own, so that they say that
// the parts fit together, not how good the indicators are on somebody else's data.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "base/parallel.h"
#include "ledger/write.h"
#include "synth/synth.h"
#include "trace/trace.h"

namespace tidewaiter::trace {
namespace {

struct PlantedScheme {
  std::string kind;
  std::set<uint64_t> rows;
};

// Which indicators are meant to find which kind.
const std::map<std::string, std::set<int>>& Finders() {
  static const std::map<std::string, std::set<int>> finders = {
      {"hub_chain", {22, 23}},    {"burner", {6}},         {"phoenix", {7}},
      {"code_drift", {16}},       {"kit_splitting", {17}}, {"under_declared", {14, 15, 18}},
      {"mass_implausible", {18}}, {"false_transit", {26}}, {"vendor_mapped_agent", {12}},
  };
  return finders;
}

// A file of one country's imports, and one that shows both sides of many countries' trade.
struct Trial {
  std::vector<PlantedScheme> schemes;
  std::set<uint64_t> planted;
  std::vector<Finding> findings;
};

class Corpus : public ::testing::TestWithParam<const char*> {
 protected:
  static constexpr uint64_t kLines = 60000;

  // The whole way once for all tests: synth, import, recognition, ledger, indicators.
  static void SetUpTestSuite() {
    folder_ = ::testing::TempDir() + "tidewaiter_corpus_" + std::to_string(getpid());
    ASSERT_TRUE(RemoveAll(folder_).ok());
    ASSERT_TRUE(MakeFolders(folder_).ok());
    resources_ = *ResourceFolder();
    for (const char* layout : {"russia-import", "generic"}) {
      WriteCorpus(layout);
      MakeLedger(layout);
      ReadTruth(layout);
      RunTrace(layout);
    }
  }
  static void TearDownTestSuite() { ASSERT_TRUE(RemoveAll(folder_).ok()); }

  static void WriteCorpus(const std::string& layout) {
    synth::Request request;
    request.lines = kLines;
    request.seed = "corpus test";
    request.layout = layout;
    request.out = JoinPath(folder_, layout + ".csv");
    request.threads = DefaultThreads();
    request.resources = resources_;
    NoProgress progress;
    const auto summary = synth::Write(request, progress);
    ASSERT_TRUE(summary.has_value()) << summary.error().ToString();
  }

  static void MakeLedger(const std::string& layout) {
    NoProgress progress;
    const auto layouts = ledger::Layouts::Load(resources_);
    ASSERT_TRUE(layouts.has_value()) << layouts.error().ToString();
    ledger::ImportOptions options;
    options.layouts = &*layouts;
    auto ledger = ledger::Import({JoinPath(folder_, layout + ".csv")}, options, progress);
    ASSERT_TRUE(ledger.has_value()) << ledger.error().ToString();
    EXPECT_EQ(ledger->rejects.size(), 0U);
    EXPECT_EQ(ledger->lines.size(), kLines);
    ledger::AssignEntities(*ledger);
    auto goods = goods::Goods::Load(resources_);
    ASSERT_TRUE(goods.has_value()) << goods.error().ToString();
    goods_ = *goods;
    const auto recognised = Recognised(*ledger);
    const std::string run = JoinPath(folder_, layout);
    std::filesystem::create_directories(run);
    auto tables = ledger::LedgerTables::Open(*ledger, recognised, 1);
    ASSERT_TRUE(tables.has_value()) << tables.error().ToString();
    ASSERT_TRUE(tables->WriteLines(run));
    ASSERT_TRUE(tables->WriteParties(run));
    const Status written = tables->Save(run);
    ASSERT_TRUE(written.ok()) << written.error().ToString();
  }

  static ledger::KnownGoods Recognised(const ledger::Ledger& ledger) {
    ledger::KnownGoods known;
    for (const auto& text : ledger.goods) {
      const auto found =
          goods_->Recognise({ledger.Text(text.description), ledger.Text(text.description_en)},
                            ledger.Text(text.hs), ledger.Text(text.brand));
      known.recognised_as.push_back(static_cast<uint32_t>(known.recognitions.size()));
      known.recognitions.push_back({found.brand, found.model, found.component_class,
                                    found.brand_confidence, found.model_confidence,
                                    found.class_confidence, found.vagueness, found.code_agreement});
    }
    return known;
  }

  static void ReadTruth(const std::string& layout) {
    const auto text = ReadFile(JoinPath(folder_, layout + ".csv.truth/schemes.json"));
    ASSERT_TRUE(text.has_value());
    const auto json = ParseJson(*text);
    ASSERT_TRUE(json.has_value());
    for (const auto& scheme : json->as_array()) {
      PlantedScheme one{std::string(scheme.StringOr("kind")), {}};
      for (const auto& row : scheme.Find("rows")->as_array())
        one.rows.insert(static_cast<uint64_t>(row.as_integer()));
      trials_[layout].planted.insert(one.rows.begin(), one.rows.end());
      trials_[layout].schemes.push_back(std::move(one));
    }
  }

  static void RunTrace(const std::string& layout) {
    TraceOptions options;
    options.indicators = JoinPath(resources_, "indicators");
    options.control_dates = {*ParseIsoDate("2023-09-01"), *ParseIsoDate("2024-09-01")};
    options.goods = goods_.get();
    options.list_versions = "{}";
    NoProgress progress;
    auto findings = Trace(JoinPath(JoinPath(folder_, layout), "ledger.duckdb"), options, progress);
    ASSERT_TRUE(findings.has_value()) << findings.error().ToString();
    trials_[layout].findings = *findings;
  }

  static bool Touches(const Finding& finding, const std::set<uint64_t>& rows) {
    for (const auto& row : finding.rows) {
      if (rows.contains(row.row)) return true;
    }
    return false;
  }

  static bool IsFound(const PlantedScheme& scheme, const std::vector<Finding>& findings) {
    const auto finders = Finders().find(scheme.kind);
    if (finders == Finders().end()) return false;
    for (const auto& finding : findings) {
      if (finders->second.contains(finding.indicator) && Touches(finding, scheme.rows)) return true;
    }
    return false;
  }

  // One country's imports cannot show whether transit arrived; a listed party is no indicator's.
  bool Expected(const std::string& kind) const {
    return Finders().contains(kind) &&
           (kind != "false_transit" || std::string(GetParam()) == "generic");
  }

  // What these look for occurs in honest trade as often as it does: there is no truth to hold them
  // against, only a number of findings that a reader can look through.
  static bool NothingIsPlantedFor(int indicator) {
    static const std::set<int> ids = {2,  3,  4,  5,  8,  9,  10, 11, 13,
                                      19, 20, 21, 24, 25, 27, 28, 29, 30};
    return ids.contains(indicator);
  }

  static void PrintMissed(const PlantedScheme& scheme) {
    std::printf("  missed: %s, rows", scheme.kind.c_str());
    for (const uint64_t row : scheme.rows)
      std::printf(" %llu", static_cast<unsigned long long>(row));
    std::printf("\n");
  }

  static inline std::string folder_, resources_;
  static inline std::shared_ptr<const goods::Goods> goods_;
  static inline std::map<std::string, Trial> trials_;
  Trial& trial_ = trials_[GetParam()];
};

TEST_P(Corpus, FindsWhatWasPlanted) {
  std::map<std::string, std::pair<int, int>> found;  // kind -> found, planted
  for (const auto& scheme : trial_.schemes) {
    const bool hit = IsFound(scheme, trial_.findings);
    found[scheme.kind].first += hit;
    if (!hit && Finders().contains(scheme.kind) && scheme.kind != "false_transit")
      PrintMissed(scheme);
    ++found[scheme.kind].second;
  }
  for (const auto& [kind, counts] : found) {
    std::printf("  planted %-20s found %d of %d\n", kind.c_str(), counts.first, counts.second);
    if (!Expected(kind)) continue;
    EXPECT_GE(counts.first, counts.second * 0.9) << kind;
  }
}

TEST_P(Corpus, FewFindingsTouchNothingPlanted) {
  struct Tally {
    int found = 0, planted = 0;
    std::string not_computable;
  };
  std::map<std::pair<int, std::string>, Tally> tallies;
  for (const auto& finding : trial_.findings) {
    Tally& tally = tallies[{finding.indicator, finding.indicator_key}];
    if (finding.status == "not_computable") {
      tally.not_computable = finding.reason;
      continue;
    }
    ++tally.found;
    tally.planted += Touches(finding, trial_.planted);
  }
  for (const auto& [key, tally] : tallies) {
    std::printf("  %2d %-22s %4d findings, %4d of them touch planted rows %s\n", key.first,
                key.second.c_str(), tally.found, tally.planted, tally.not_computable.c_str());
  }
  for (const auto& [key, tally] : tallies) {
    if (NothingIsPlantedFor(key.first)) {
      EXPECT_LE(tally.found, 40) << key.second;
    } else {
      EXPECT_LE(tally.found - tally.planted, 2 + tally.planted / 2) << key.second;
    }
    EXPECT_TRUE(tally.found > 0 || !tally.not_computable.empty()) << key.second;
  }
  EXPECT_EQ(tallies[std::pair(26, std::string("false-transit"))].not_computable.empty(),
            std::string(GetParam()) == "generic");
}

TEST_P(Corpus, FindingsAreWrittenInTheirShape) {
  const std::string path = JoinPath(folder_, "findings.parquet");
  ASSERT_TRUE(WriteFindings(trial_.findings, path).ok());
  const auto database = tables::Database::Open("");
  auto connection = database->Connect();
  auto columns = connection->Query(
      "SELECT string_agg(column_name || ' ' || column_type, ', ') FROM (DESCRIBE SELECT * FROM '" +
      path + "')");
  ASSERT_TRUE(columns.has_value()) << columns.error().ToString();
  ASSERT_TRUE(columns->Next());
  EXPECT_EQ(
      columns->Text(0),
      "id VARCHAR, indicator INTEGER, indicator_key VARCHAR, title VARCHAR, subject_kind VARCHAR, "
      "subject VARCHAR, "
      "subject_name VARCHAR, rows STRUCT(\"source\" VARCHAR, \"row\" BIGINT)[], from DATE, to "
      "DATE, "
      "statistic VARCHAR, "
      "parameters VARCHAR, grade VARCHAR, status VARCHAR, reason VARCHAR, list_versions VARCHAR, "
      "p_value DOUBLE, q_value DOUBLE");
  auto ids = connection->Query("SELECT count(*), count(DISTINCT id) FROM '" + path + "'");
  ASSERT_TRUE(ids->Next());
  EXPECT_EQ(ids->Integer(0), static_cast<int64_t>(trial_.findings.size()));
  EXPECT_EQ(ids->Integer(1), ids->Integer(0));
}

TEST_P(Corpus, TheSameAgain) {
  const auto before = trial_.findings;
  RunTrace(GetParam());
  ASSERT_EQ(trial_.findings.size(), before.size());
  for (size_t i = 0; i < before.size(); ++i) EXPECT_EQ(trial_.findings[i].id, before[i].id);
}

INSTANTIATE_TEST_SUITE_P(Layouts, Corpus, ::testing::Values("russia-import", "generic"),
                         [](const auto& layout) {
                           return layout.index == 0 ? "OneSide" : "BothSides";
                         });

}  // namespace
}  // namespace tidewaiter::trace
