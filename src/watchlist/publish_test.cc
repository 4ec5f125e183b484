#include "watchlist/publish.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "lists/test_files.h"

namespace tidewaiter::watchlist {
namespace {

using lists::SharedData;
using lists::TestData;

class Publish : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = "/tmp/tidewaiter-" + std::string(test->name()) + "-" + std::to_string(getpid());
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Result<std::vector<ImportedList>> Run(std::vector<std::string> files, const char* dated = nullptr,
                                        bool force = false) {
    ImportRequest request;
    request.data_folder = Data();
    request.resources = ".";
    request.files = std::move(files);
    if (dated != nullptr) request.dated = ParseIsoDate(dated);
    request.force = force;
    NoProgress progress;
    return Import(request, clock_, {}, progress);
  }
  // A file of its own for the test.
  std::string Make(const std::string& name, const std::string& bytes) {
    EXPECT_TRUE(MakeFolders(folder_).ok());
    EXPECT_TRUE(WriteAtomically(folder_ + "/" + name, bytes).ok());
    return folder_ + "/" + name;
  }
  std::string Data() const { return folder_ + "/data"; }
  std::shared_ptr<const Watchlist> Open() {
    auto opened = OpenOrBuild(Data(), ".", {});
    EXPECT_TRUE(opened) << opened.error().ToString();
    return *opened;
  }

  std::string folder_;
  FixedClock clock_{*ParseIsoDate("2024-06-01")};
};

size_t Count(const Watchlist& watchlist, const std::string& list, Date day) {
  size_t count = 0;
  for (uint32_t i = 0; i < watchlist.record_count(); ++i) {
    count += watchlist.record(i).party.list == list && watchlist.on_list(i).Contains(day);
  }
  return count;
}

// An SDN file of `count` entries.
std::string Sdn(size_t count) {
  std::string out;
  for (size_t i = 1; i <= count; ++i) {
    out += std::to_string(i) + ",\"SYNTHETIC PARTY " + std::to_string(i) +
           "\",-0- ,\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";
  }
  return out + "\x1a";
}

TEST_F(Publish, WithoutImportsTheShippedListIsThere) {
  const auto watchlist = Open();
  ASSERT_EQ(watchlist->lists().size(), 1U);
  EXPECT_EQ(watchlist->lists()[0].name, "drone_trade");
  EXPECT_GT(watchlist->record_count(), 10U);
  EXPECT_FALSE(FileExists(Data()));  // reading writes nothing
  bool dji = false;
  for (uint32_t i = 0; i < watchlist->record_count(); ++i) {
    const Record record = watchlist->record(i);
    dji |= record.party.id == "US-EL-DJI";
    EXPECT_FALSE(record.party.citations.empty()) << record.party.id;
    EXPECT_FALSE(record.start_unknown) << record.party.id;
  }
  EXPECT_TRUE(dji);
}

TEST_F(Publish, FourListsAtOnce) {
  auto files = lists::OfacTestFiles();
  for (const char* name :
       {"csl_csv/testdata/csl.csv", "un_xml/testdata/un.xml", "bis_dpl/testdata/dpl.txt"})
    files.push_back(TestData(name));
  const auto imported = Run(files, "2024-05-01");
  ASSERT_TRUE(imported) << imported.error().ToString();
  EXPECT_EQ(imported->size(), 4U);
  const auto watchlist = Open();
  std::vector<std::string> names;
  for (const auto& list : watchlist->lists()) names.push_back(list.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{"ofac_sdn", "us_csl", "un_sc", "bis_dpl", "drone_trade"}));
  size_t merged = 0;
  for (uint32_t i = 0; i < watchlist->record_count(); ++i) {
    const Record record = watchlist->record(i);
    if (record.also.empty()) continue;
    ++merged;
    EXPECT_EQ(record.also[0].list, "us_csl");
    EXPECT_NE(record.party.list, "us_csl");
  }
  EXPECT_EQ(merged, 3U);  // the SDN row, and both rows of the denied person
  const auto status = ReadStatus(Data(), ".");
  ASSERT_TRUE(status);
  EXPECT_EQ((*status)[0].counts.aliases, 3U);
  EXPECT_EQ(ToString(*(*status)[0].imported), "2024-06-01");
  EXPECT_FALSE(status->back().imported);
}

TEST_F(Publish, TheDateIsTheFilesOwnElseToday) {
  ASSERT_TRUE(Run({TestData("un_xml/testdata/un.xml"), TestData("bis_dpl/testdata/dpl.txt")}));
  const auto watchlist = Open();
  EXPECT_EQ(ToString(watchlist->lists()[0].date), "2024-02-27");
  EXPECT_EQ(ToString(watchlist->lists()[1].date), "2024-06-01");
  EXPECT_EQ(Run({TestData("bis_dpl/testdata/dpl.txt")}, "2024-06-02").error().code,
            ErrorCode::kUsage);
}

TEST_F(Publish, TwoSnapshotsGiveHistory) {
  ASSERT_TRUE(Run({Make("a.csv", Sdn(10))}, "2023-01-01"));
  ASSERT_TRUE(Run({Make("b.csv", Sdn(8))}, "2024-01-01"));
  ASSERT_TRUE(Run({Make("c.csv", Sdn(12))}, "2022-01-01"));  // an older one, later
  const auto watchlist = Open();
  EXPECT_EQ(Count(*watchlist, "ofac_sdn", *ParseIsoDate("2001-01-01")), 12U);
  EXPECT_EQ(Count(*watchlist, "ofac_sdn", *ParseIsoDate("2022-12-31")), 12U);
  EXPECT_EQ(Count(*watchlist, "ofac_sdn", *ParseIsoDate("2023-01-01")), 10U);
  EXPECT_EQ(Count(*watchlist, "ofac_sdn", *ParseIsoDate("2024-01-01")), 8U);
  EXPECT_EQ(watchlist->lists()[0].entries, 8U);
}

TEST_F(Publish, TheOrderOfImportsDoesNotMatter) {
  ASSERT_TRUE(Run({Make("a.csv", Sdn(10))}, "2023-01-01"));
  ASSERT_TRUE(Run({Make("b.csv", Sdn(8))}, "2024-01-01"));
  const std::string hash = Open()->hash();
  std::filesystem::remove_all(Data());
  ASSERT_TRUE(Run({Make("b.csv", Sdn(8))}, "2024-01-01"));
  ASSERT_TRUE(Run({Make("a.csv", Sdn(10))}, "2023-01-01"));
  EXPECT_EQ(Open()->hash(), hash);
}

TEST_F(Publish, TheSameFileAgainChangesNothing) {
  ASSERT_TRUE(Run({Make("a.csv", Sdn(10))}, "2023-01-01"));
  const std::string bytes = *ReadFile(WatchlistPath(Data()));
  const auto again = Run({folder_ + "/a.csv"}, "2023-01-01");
  ASSERT_TRUE(again);
  EXPECT_TRUE((*again)[0].already_there);
  EXPECT_EQ(*ReadFile(WatchlistPath(Data())), bytes);
  EXPECT_EQ((*ReadStatus(Data(), "."))[0].snapshots, 1U);
}

TEST_F(Publish, OfTwoOfOneDayTheLaterImportCounts) {
  ASSERT_TRUE(Run({Make("a.csv", Sdn(10))}, "2023-01-01"));
  ASSERT_TRUE(Run({Make("b.csv", Sdn(9))}, "2023-01-01"));
  EXPECT_EQ(Open()->lists()[0].entries, 9U);
  EXPECT_EQ(Count(*Open(), "ofac_sdn", *ParseIsoDate("2023-01-01")), 9U);
}

TEST_F(Publish, BadFilesAreRefusedAndTheLastGoodStays) {
  ASSERT_TRUE(Run({Make("good.csv", Sdn(100))}, "2023-01-01"));
  const std::string before = *ReadFile(WatchlistPath(Data()));
  const std::string good = Sdn(100);
  const std::pair<const char*, std::string> bad[] = {
      {"empty.csv", ""},
      {"cut.csv", good.substr(0, 5000)},
      {"html.csv", "<html>503</html>"},
      {"half.csv", Sdn(59)},
      {"nothing.xml", "<CONSOLIDATED_LIST/>"},
      {"quote.csv", good.substr(0, good.size() - 1) + "7,\"x"}};
  for (const auto& [name, bytes] : bad) {
    const auto imported = Run({Make(name, bytes)}, "2024-01-01");
    ASSERT_FALSE(imported) << name;
    EXPECT_EQ(imported.error().code, ErrorCode::kBadInput) << name;
    EXPECT_NE(imported.error().file.find(name), std::string::npos) << imported.error().ToString();
    EXPECT_EQ(*ReadFile(WatchlistPath(Data())), before) << name;
  }
  EXPECT_EQ(Run({folder_ + "/absent.csv"}).error().code, ErrorCode::kMissingData);
  // One bad file among good ones stops them all.
  ASSERT_FALSE(Run({TestData("un_xml/testdata/un.xml"), folder_ + "/cut.csv"}));
  EXPECT_EQ(*ReadFile(WatchlistPath(Data())), before);
  EXPECT_EQ(ReadStatus(Data(), ".")->size(), 2U);
}

TEST_F(Publish, AShrunkenListComesInWithForce) {
  ASSERT_TRUE(Run({Make("a.csv", Sdn(100))}, "2023-01-01"));
  EXPECT_TRUE(Run({Make("b.csv", Sdn(60))}, "2023-06-01"));
  EXPECT_FALSE(Run({Make("c.csv", Sdn(35))}, "2023-07-01"));
  EXPECT_TRUE(Run({Make("c.csv", Sdn(35))}, "2023-07-01", true));
}

TEST_F(Publish, AChangedStoreIsNoticed) {
  ASSERT_TRUE(Run({Make("a.csv", Sdn(10))}, "2023-01-01"));
  const auto snapshots = ReadSnapshots(Data());
  ASSERT_TRUE(snapshots);
  ASSERT_TRUE(WriteAtomically(JoinPath((*snapshots)[0].folder, "main.gz"), Sdn(9)).ok());
  const auto loaded = LoadFiles((*snapshots)[0]);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("SHA-256"), std::string::npos);
}

TEST_F(Publish, TwoImportsAtOnceAreRefused) {
  ASSERT_TRUE(MakeFolders(Data()).ok());
  const auto lock = FolderLock::Take(Data());
  ASSERT_TRUE(lock);
  EXPECT_FALSE(Run({Make("a.csv", Sdn(10))}, "2023-01-01"));
}

TEST_F(Publish, ExtraSectionsAreStoredAndMadeAnewWhenNotUsable) {
  ExtraSections extra;
  int built = 0;
  extra.build = [&](const PackedRecords& records) -> Result<std::vector<Section>> {
    ++built;
    return std::vector<Section>{{"index", std::to_string(records.size())}};
  };
  extra.usable = [](const Watchlist& watchlist) { return !watchlist.section("index").empty(); };
  ASSERT_TRUE(Run({Make("a.csv", Sdn(10))}, "2023-01-01"));  // without the section
  const auto opened = OpenOrBuild(Data(), ".", extra);
  ASSERT_TRUE(opened) << opened.error().ToString();
  EXPECT_EQ((*opened)->section("index"), std::to_string((*opened)->record_count()));
  EXPECT_EQ((*opened)->hash(), Open()->hash());
  EXPECT_EQ(built, 1);
  ASSERT_TRUE(watchlist::Publish(Data(), ".", extra).ok());
  ASSERT_TRUE(OpenOrBuild(Data(), ".", extra));
  EXPECT_EQ(built, 2);  // Publish made it; opening did not
}

// Kills an import at many moments; what is found afterwards is always one of the two good states.
TEST_F(Publish, KilledAtAnyMomentAGoodStateIsLeft) {
  ASSERT_TRUE(Run({Make("a.csv", Sdn(3000))}, "2023-01-01"));
  const std::string second = Make("b.csv", Sdn(2500));
  const std::string kept = folder_ + "/kept";
  std::filesystem::copy(Data(), kept, std::filesystem::copy_options::recursive);
  size_t killed = 0, finished = 0;
  for (int attempt = 0; attempt < 20; ++attempt) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) _exit(Run({second}, "2024-01-01") ? 0 : 1);
    std::this_thread::sleep_for(std::chrono::microseconds(3000 * attempt));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    const auto watchlist = OpenOrBuild(Data(), ".", {});
    ASSERT_TRUE(watchlist) << watchlist.error().ToString();
    const uint64_t entries = (*watchlist)->lists()[0].entries;
    EXPECT_TRUE(entries == 3000 || entries == 2500) << entries;
    const auto snapshots = ReadSnapshots(Data());
    ASSERT_TRUE(snapshots) << snapshots.error().ToString();
    for (const auto& snapshot : *snapshots) EXPECT_TRUE(LoadFiles(snapshot)) << snapshot.folder;
    ++(WIFSIGNALED(status) ? killed : finished);
    // Whatever was left behind, the next import works.
    ASSERT_TRUE(Run({second}, "2024-01-01"));
    EXPECT_EQ(Open()->lists()[0].entries, 2500U);
    std::filesystem::remove_all(Data());
    std::filesystem::copy(kept, Data(), std::filesystem::copy_options::recursive);
  }
  EXPECT_GT(killed, 5U);
}

TEST_F(Publish, RealListsTogether) {
  auto files = lists::OfacFiles("ofac_2024-01");
  TW_SKIP_WITHOUT(files[0]);
  for (const char* name :
       {"csl_full_2022-05.csv.gz", "un_consolidated_2026-02-27.xml.gz", "bis_dpl_2023-11.txt"}) {
    files.push_back(SharedData(std::string("lists/") + name));
  }
  const auto imported = Run(files, "2024-01-31");
  ASSERT_TRUE(imported) << imported.error().ToString();
  const auto watchlist = Open();
  size_t copies = 0;
  for (uint32_t i = 0; i < watchlist->record_count(); ++i)
    copies += !watchlist->record(i).also.empty();
  EXPECT_GT(copies, 9000U);  // most of the CSL's 10,488 Treasury and denied rows are in OFAC's and
                             // the BIS's own files
  EXPECT_EQ(Count(*watchlist, "us_csl", *ParseIsoDate("2024-01-31")), 3163U);
}

}  // namespace
}  // namespace tidewaiter::watchlist
