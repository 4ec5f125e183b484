#include "watchlist/packed.h"

#include <gtest/gtest.h>

#include <random>

#include "base/hash.h"
#include "base/hash_stream.h"
#include "watchlist/codec.h"
#include "watchlist/file.h"
#include "watchlist/history.h"

namespace tidewaiter::watchlist {
namespace {

constexpr uint32_t kSeed = 20261122;

std::string OneOf(std::mt19937& random, std::initializer_list<const char*> texts) {
  return *(texts.begin() + random() % texts.size());
}

// Few ids on two lists, so that copies meet their origins.
Record MakeRecord(std::mt19937& random) {
  Record record;
  ListedParty& party = record.party;
  party.list = OneOf(random, {"ofac_sdn", "us_csl"});
  party.id = OneOf(random, {"1", "2", "3", "4"});
  party.kind = static_cast<PartyKind>(random() % 5);
  party.names = {{OneOf(random, {"SYNTHETIC A", "SYNTHETIC \xD0\x91"}), NameStrength::kWeak,
                  OneOf(random, {"", "aka"}), "", OneOf(random, {"", "B"})}};
  party.remarks = std::string(random() % 300, 'r');
  if (party.list == "us_csl" && random() % 2 == 0) {
    party.origin_list = "ofac_sdn";
    party.origin_id = OneOf(random, {"1", "2", "9"});
  }
  if (random() % 2 == 0) party.listed_on = Date{static_cast<int32_t>(random() % 20000)};
  const auto from = static_cast<int32_t>(random() % 100);
  record.on_list = {{from}, {from + static_cast<int32_t>(random() % 100)}};
  record.start_unknown = random() % 2 == 0;
  if (random() % 4 == 0) record.also = {{"un_sc", party.id}};
  return record;
}

std::vector<Record> MakeRecords(std::mt19937& random) {
  std::vector<Record> records(random() % 20);
  for (Record& record : records) record = MakeRecord(random);
  return records;
}

PackedRecords Pack(const std::vector<Record>& records) {
  PackedRecords packed;
  for (const Record& record : records) packed.Add(record);
  return packed;
}

std::vector<std::string> Keys(const std::vector<Record>& records) {
  std::vector<std::string> keys;
  for (const Record& record : records) keys.push_back(RecordKey(record));
  return keys;
}

std::vector<std::string> Keys(const PackedRecords& records) {
  std::vector<std::string> keys;
  for (size_t i = 0; i < records.size(); ++i) keys.push_back(RecordKey(records.at(i)));
  return keys;
}

TEST(Packed, RecordsComeBackAsTheyWere) {
  std::mt19937 random(kSeed);
  const auto records = MakeRecords(random);
  const auto packed = Pack(records);
  EXPECT_EQ(Keys(packed), Keys(records));
  for (size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(packed.at(i).party, records[i].party);
    EXPECT_EQ(RecordKey(packed[i]), RecordKey(records[i]));
  }
}

TEST(Packed, PartiesComeBackAsTheyWereAlsoLargeOnes) {
  std::mt19937 random(kSeed);
  PackedParties parties;
  std::vector<ListedParty> plain;
  for (int i = 0; i < 50; ++i) {
    plain.push_back(MakeRecord(random).party);
    if (i % 10 == 0) plain.back().title = std::string(300'000, 't');
    parties.Add(plain.back());
  }
  ASSERT_EQ(parties.size(), plain.size());
  for (size_t i = 0; i < plain.size(); ++i) {
    EXPECT_EQ(parties.at(i), plain[i]) << i;
    EXPECT_EQ(parties.wording(i), WordingKey(plain[i])) << i;
  }
}

TEST(Packed, CopiesAreMergedAlwaysAsThoseOfPlainRecords) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 300; ++round) {
    const auto records = MakeRecords(random);
    EXPECT_EQ(Keys(MergeCopies(Pack(records))), Keys(MergeCopies(records))) << round;
  }
}

TEST(Packed, AFileInPartsIsTheFile) {
  const std::vector<ListInfo> lists = {{"ofac_sdn", {1}, "a", 1}, {"us_csl", {2}, "b", 2}};
  std::mt19937 random(kSeed);
  for (int round = 0; round < 50; ++round) {
    const auto records = MakeRecords(random);
    const std::vector<Section> sections = {{"more", std::string(random() % 200, 'm')}};
    auto parts = MakeParts(lists, Pack(records), sections);
    ASSERT_TRUE(parts);
    const std::string file = std::move(*parts).Join();
    EXPECT_EQ(file, *MakeFile(lists, records, sections));
    EXPECT_TRUE(OpenBytes(file, "parts"));
  }
}

TEST(Hash64Stream, PiecesHashAsTheWhole) {
  std::string text(100'000, 'x');
  for (size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>(i * 31 % 251);
  for (const size_t piece : {1U, 63U, 4096U, 99'999U}) {
    Hash64Stream stream;
    for (size_t at = 0; at < text.size(); at += piece)
      stream.Add(std::string_view(text).substr(at, piece));
    EXPECT_EQ(stream.Value(), Hash64(text)) << piece;
  }
}

TEST(StringPool, HoldsEachTextOnceAndFindsItAgain) {
  StringPool pool;
  std::vector<StringPool::Place> places;
  constexpr int kTexts = 5000;
  for (int i = 0; i < kTexts; ++i) places.push_back(pool.Add("text " + std::to_string(i)));
  const size_t size = pool.bytes().size();
  for (int i = 0; i < kTexts; ++i) {
    const std::string text = "text " + std::to_string(i);
    const auto again = pool.Add(text);
    EXPECT_EQ(again.offset, places[static_cast<size_t>(i)].offset);
    EXPECT_EQ(pool.bytes().substr(again.offset, again.size), text);
  }
  EXPECT_EQ(pool.bytes().size(), size);
}

}  // namespace
}  // namespace tidewaiter::watchlist
