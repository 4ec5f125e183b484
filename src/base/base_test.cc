#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <numeric>
#include <random>
#include <set>
#include <thread>

#include "base/date.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/json_view.h"
#include "base/parallel.h"
#include "base/yaml.h"

namespace tidewaiter {
namespace {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tw-base-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::string File(const std::string& name) const { return JoinPath(path_, name); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Date, EveryDayOf800YearsGoesThereAndBack) {
  Date date = FromYearMonthDay({1600, 1, 1});
  for (int i = 0; i < 292194; ++i, date = date + 1) {
    const YearMonthDay ymd = ToYearMonthDay(date);
    ASSERT_TRUE(IsValid(ymd));
    ASSERT_EQ(FromYearMonthDay(ymd), date);
  }
  EXPECT_EQ(ToString(date), "2400-01-01");
}

TEST(Date, ReadsOnlyRealDays) {
  EXPECT_EQ(ParseIsoDate("1970-01-01"), Date{0});
  EXPECT_EQ(ParseIsoDate("2024-02-29"), FromYearMonthDay({2024, 2, 29}));
  for (const char* bad : {"2023-02-29", "2024-13-01", "2024-1-01", "2024-01-00", "20240101",
                          "2024-01-01 ", "", "0000-01-01"}) {
    EXPECT_FALSE(ParseIsoDate(bad)) << bad;
  }
}

TEST(Date, DistantDatesAreUnknownToReaders) {
  EXPECT_EQ(ToString(kDistantPast), "");
  EXPECT_TRUE(Interval{}.Contains(Date{0}));
}

TEST(Json, DumpSortsKeysAndWritesShortNumbers) {
  Json json;
  json.Set("b", 3.0).Set("a", 0.1).Set("c", Json(Json::Array{Json(), true, -7, 1e300}));
  EXPECT_EQ(json.Dump(), R"({"a":0.1,"b":3,"c":[null,true,-7,1e+300]})");
}

TEST(Json, ParsesWhatItDumps) {
  const std::string text = R"({"a":[1,2.5,"x\u00e9\n"],"b":{"c":null}})";
  const auto json = ParseJson(text);
  ASSERT_TRUE(json) << json.error().ToString();
  EXPECT_EQ(ParseJson(json->Dump())->Dump(), json->Dump());
  EXPECT_EQ(json->Find("a")->as_array()[2].as_string(), "xé\n");
}

TEST(Json, RefusesWhatOthersLetPass) {
  EXPECT_FALSE(ParseJson(R"({"a":1,"a":2})"));
  EXPECT_FALSE(ParseJson(R"(["\ud800"])"));
  EXPECT_FALSE(ParseJson("[1] x"));
  EXPECT_FALSE(ParseJson(""));
  EXPECT_FALSE(ParseJson("\"\xff\""));
  EXPECT_FALSE(ParseJson(std::string(101, '[') + std::string(101, ']')));
  EXPECT_TRUE(ParseJson(std::string(99, '[') + std::string(99, ']')));
}

// What stands within eight characters that need no change is told from what does not.
TEST(Json, EachCharacterIsWrittenTheSameWhereverItStands) {
  for (int c = 1; c < 0x80; ++c) {
    std::string alone;
    AppendJsonString(std::string(1, static_cast<char>(c)), alone);
    for (size_t at = 0; at < 20; ++at) {
      std::string text(20, 'x'), out;
      text[at] = static_cast<char>(c);
      AppendJsonString(text, out);
      EXPECT_EQ(out, "\"" + std::string(at, 'x') + alone.substr(1, alone.size() - 2) +
                         std::string(19 - at, 'x') + "\"");
    }
  }
}

TEST(JsonReader, ShowsWhatAJsonHolds) {
  JsonReader reader;
  const auto view = reader.Read(R"({"a":[1,[],{"d":2.5}],"b":"x","c":{}})");
  ASSERT_TRUE(view);
  std::string keys;
  for (const JsonView member : *view) keys += member.key();
  EXPECT_EQ(keys, "abc");
  const JsonView a = *view->begin();
  EXPECT_EQ(a.size(), 3U);
  EXPECT_EQ((*a.begin()).as_integer(), 1);
  EXPECT_EQ(view->ToJson().Dump(), R"({"a":[1,[],{"d":2.5}],"b":"x","c":{}})");
  EXPECT_FALSE(reader.Read(R"({"a":1,"a":2})"));
  EXPECT_TRUE(reader.Read("null")->is_null());
}

TEST(JsonReader, RefusesAKeyThatOccursTwiceAndNoOther) {
  std::mt19937 random(4);  // NOLINT: the same each time
  JsonReader reader;
  int refused = 0;
  for (int round = 0; round < 2000; ++round) {
    std::set<std::string> keys;
    bool twice = false;
    std::string text;
    for (size_t i = 0, count = random() % 24; i < count; ++i) {
      std::string key(random() % 4, static_cast<char>('a' + random() % 20));
      if (!key.empty()) key.back() = static_cast<char>('a' + random() % 20);
      twice |= !keys.insert(key).second;
      text += (text.empty() ? "{\"" : ",\"") + key + "\":1";
    }
    const auto view = reader.Read(text.empty() ? "{}" : text + "}");
    EXPECT_EQ(view.has_value(), !twice) << text;
    refused += twice;
  }
  EXPECT_GT(refused, 200);
  EXPECT_LT(refused, 1800);
}

TEST(JsonReader, NumbersKeepTheirKind) {
  JsonReader reader;
  EXPECT_TRUE(reader.Read("-9223372036854775808")->is_integer());
  for (const char* text : {"9223372036854775808", "18446744073709551615", "1.0", "1e3"}) {
    const auto view = reader.Read(text);
    ASSERT_TRUE(view) << text;
    EXPECT_TRUE(view->is_number() && !view->is_integer()) << text;
    EXPECT_EQ(view->as_number(), std::stod(text));
  }
  EXPECT_TRUE(reader.Read("true")->is_bool());
  EXPECT_EQ(reader.Read("false")->ToJson(), Json(false));
}

TEST(Json, BytesThatAreNotUtf8BecomeTheReplacementCharacter) {
  std::string out;
  AppendJsonString("a\xff\xe2\x82\x01", out);
  EXPECT_EQ(out, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\\u0001\"");
}

TEST(Yaml, KnowsItsPlaces) {
  const auto root = ParseYaml("a: 1\nb:\n  - x\n  - 'null'\nc: ~\n", "f.yaml");
  ASSERT_TRUE(root) << root.error().ToString();
  EXPECT_EQ(root->Find("b")->items[1].line, 4U);
  EXPECT_TRUE(root->Find("b")->items[1].is_scalar());
  EXPECT_TRUE(root->Find("c")->is_null());
  const Status status = root->CheckKeys({"aa", "b", "c"});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().ToString(), "f.yaml:1:4: a: unknown key; did you mean 'aa'?");
}

TEST(Yaml, NumbersAreFiniteAndWholeOnesBetweenTheirBounds) {
  const auto root = ParseYaml("[7, 7.5, 1e300, nan, -.inf, inf, -1]", "f");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->items[0].Whole(1, 7).value(), 7);
  for (size_t i = 1; i < root->items.size(); ++i) EXPECT_FALSE(root->items[i].Whole(0, 1000)) << i;
  for (const size_t i : {3, 4, 5}) EXPECT_FALSE(root->items[i].Number()) << i;
}

TEST(Yaml, RefusesTwiceTheSameKeyAliasesAndDepth) {
  EXPECT_FALSE(ParseYaml("a: 1\na: 2\n", "f"));
  EXPECT_FALSE(ParseYaml("a: &x 1\nb: *x\n", "f"));
  EXPECT_FALSE(ParseYaml(std::string(200, '[') + std::string(200, ']'), "f"));
  EXPECT_FALSE(ParseYaml("a: [1\n", "f"));
}

TEST(File, AtomicFileLeavesTheOldOneUntilCommit) {
  const TemporaryFolder folder;
  const std::string path = folder.File("x");
  ASSERT_TRUE(WriteAtomically(path, "old"));
  {
    auto file = AtomicFile::Create(path);
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->Append("new"));
    EXPECT_EQ(*ReadFile(path), "old");
  }
  EXPECT_EQ(*ReadFile(path), "old");
  EXPECT_EQ(ListFolder(folder.path())->size(), 1U);
  ASSERT_TRUE(WriteAtomically(path, "new"));
  EXPECT_EQ(*ReadFile(path), "new");
}

TEST(File, MissingFolderAndEmptyFilesHaveClearErrors) {
  const TemporaryFolder folder;
  EXPECT_EQ(ReadFile(folder.File("none")).error().code, ErrorCode::kMissingData);
  EXPECT_EQ(ReadFile(folder.path()).error().code, ErrorCode::kBadInput);
  ASSERT_TRUE(WriteAtomically(folder.File("empty"), ""));
  EXPECT_EQ(MappedFile::Open(folder.File("empty"))->bytes(), "");
}

std::string Gzip(const std::string& text) {
  std::string out(compressBound(text.size()) + 64, '\0');
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(File, GzipIsReadWholeAndRefusedWhenCut) {
  const TemporaryFolder folder;
  std::string text(300000, 'x');
  const std::string packed = Gzip(text) + Gzip("y");
  ASSERT_TRUE(WriteAtomically(folder.File("a.gz"), packed));
  EXPECT_EQ(*ReadMaybeGzip(folder.File("a.gz")), text + "y");
  ASSERT_TRUE(WriteAtomically(folder.File("b.gz"), packed.substr(0, packed.size() / 2)));
  EXPECT_EQ(ReadMaybeGzip(folder.File("b.gz")).error().code, ErrorCode::kBadInput);
  EXPECT_FALSE(ReadMaybeGzip(folder.File("a.gz"), 1000));
}

TEST(File, OneHolderOfAFolder) {
  const TemporaryFolder folder;
  {
    const auto first = FolderLock::Take(folder.path());
    ASSERT_TRUE(first);
    EXPECT_FALSE(FolderLock::Take(folder.path()));
  }
  EXPECT_TRUE(FolderLock::Take(folder.path()));
}

TEST(Hash, KnownValues) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(RowHashHex("").size(), 32U);
  EXPECT_NE(RowHashHex("a"), RowHashHex("b"));
}

TEST(Parallel, EveryItemOnceOnAnyNumberOfThreads) {
  for (const unsigned threads : {1U, 2U, 7U}) {
    std::vector<int> seen(10007, 0);
    ParallelFor(seen.size(), threads, 13, [&](size_t i) { ++seen[i]; });
    EXPECT_EQ(std::accumulate(seen.begin(), seen.end(), 0), 10007);
    EXPECT_EQ(*std::max_element(seen.begin(), seen.end()), 1);
  }
}

TEST(TakeInOrder, EachIsMadeOnceAndTakenInOrderOnAnyNumberOfThreads) {
  for (const unsigned threads : {0U, 1U, 2U, 7U}) {
    for (const size_t ahead : {size_t{1}, size_t{5}}) {
      std::atomic<size_t> made = 0;
      std::vector<size_t> taken;
      TakeInOrder(
          100, threads, ahead, [&](size_t i) { return ++made, std::make_unique<size_t>(i); },
          [&](std::unique_ptr<size_t> one) { taken.push_back(*one); });
      EXPECT_EQ(made, 100U);
      std::vector<size_t> expected(100);
      std::iota(expected.begin(), expected.end(), size_t{0});
      EXPECT_EQ(taken, expected);
    }
  }
  TakeInOrder(0, 2, 1, [](size_t i) { return i; }, [](size_t) { FAIL() << "there is none"; });
}

TEST(TakeInOrder, NoMoreIsMadeAheadThanAllowed) {
  constexpr size_t kAhead = 3;
  std::atomic<size_t> made = 0;
  size_t taken = 0, most = 0;
  TakeInOrder(
      200, 4, kAhead, [&](size_t i) { return ++made, i; },
      [&](size_t) {
        most = std::max(most, made - taken++);
        std::this_thread::yield();
      });
  EXPECT_LE(most, kAhead + 1) << "with the one that is being taken";
}

TEST(DoTogether, TellsTheErrorOfTheFirstWorkThatFailsOnAnyNumberOfThreads) {
  for (const unsigned threads : {1U, 2U, 7U}) {
    std::atomic<int> done = 0;
    const auto good = [&] { return ++done, Status(); };
    const auto bad = [](const char* what) { return [=] { return Status(BadInput(what)); }; };
    EXPECT_TRUE(DoTogether(threads, {good, good, good}));
    EXPECT_EQ(done, 3);
    const Status status = DoTogether(threads, {good, bad("first"), bad("second"), good});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().message, "first");
  }
}

TEST(DoTogether, BeginsNothingAfterAnError) {
  bool begun = false;
  EXPECT_FALSE(DoTogether(
      1, {[] { return Status(BadInput("no")); }, [&] { return begun = true, Status(); }}));
  EXPECT_FALSE(begun);
}

TEST(DoTogether, TwoWorksRunAtOnce) {
  std::atomic<int> waiting = 0;
  const auto meet = [&] {
    ++waiting;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (waiting < 2 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    return waiting < 2 ? Status(BadInput("nobody came")) : Status();
  };
  EXPECT_TRUE(DoTogether(2, {meet, meet}));
}

}  // namespace
}  // namespace tidewaiter
