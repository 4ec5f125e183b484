#include "watchlist/file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>

#include "base/file.h"
#include "watchlist/codec.h"
#include "watchlist/format.h"

namespace tidewaiter::watchlist {
namespace {

Date Day(const char* text) { return *ParseIsoDate(text); }

// A record with something in every field.
Record FullRecord() {
  Record record;
  auto& party = record.party;
  party.list = "ofac_sdn";
  party.id = "10000001";
  party.kind = PartyKind::kPerson;
  party.names = {{"ALVAREZ QUILL, Mira", NameStrength::kPrimary, "", "ALVAREZ QUILL", "Mira"},
                 {"LA ABUELA", NameStrength::kWeak, "aka", "", ""}};
  party.birth_dates = {{{Day("1959-01-01"), Day("1959-12-31")}, true, "circa 1959"}};
  party.birth_places = {"Quillport"};
  party.gender = "female";
  party.nationalities = {"CU", "IR"};
  party.identifiers = {{"passport", "A1", "IR", "Passport"}};
  party.addresses = {{"1 Square, Havana", "Havana", "HAV", "10100", "CU"}};
  party.programs = {"TEST"};
  party.title = "Chair";
  party.remarks = "remarks";
  party.citations = {"1 FR 2"};
  party.source_url = "http://list.example";
  party.origin_list = "x";
  party.origin_id = "y";
  party.listing_name = "part";
  party.owners = {"Synthetic Holding"};
  party.listed_on = Day("2012-12-31");
  party.ends_on = Day("2030-01-01");
  record.on_list = {Day("2012-12-31"), Day("2030-01-01")};
  record.start_unknown = true;
  record.also = {{"us_csl", "abc"}};
  return record;
}

const std::vector<ListInfo>& Lists() {
  static const std::vector<ListInfo> lists = {
      {"ofac_sdn", Day("2024-01-05"), std::string(64, 'a'), 2},
      {"un_sc", Day("2024-02-05"), std::string(64, 'b'), 1}};
  return lists;
}

std::vector<Record> Records() {
  Record second;
  second.party.list = "un_sc";
  second.party.id = "TTe.001";
  second.party.kind = PartyKind::kOrganization;
  second.party.names = {{"SYNTHETIC BANK", NameStrength::kPrimary, "", "", ""}};
  return {FullRecord(), second};
}

std::string Bytes() { return *MakeFile(Lists(), Records(), {{"extra", "hello"}}); }

// With the checksum set right, so that only what the test changed is wrong.
template <typename Change>
std::string Changed(const Change& change) {
  FileHeader header;
  std::string bytes = Bytes();
  std::memcpy(&header, bytes.data(), sizeof header);
  change(header);
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

TEST(WatchlistFile, EverythingComesBack) {
  const auto watchlist = OpenBytes(Bytes(), "test");
  ASSERT_TRUE(watchlist) << watchlist.error().ToString();
  const Watchlist& w = **watchlist;
  ASSERT_EQ(w.record_count(), 2U);
  const Record expected = FullRecord(), record = w.record(0);
  EXPECT_EQ(record.party, expected.party);
  EXPECT_EQ(record.on_list, expected.on_list);
  EXPECT_TRUE(record.start_unknown);
  EXPECT_EQ(record.also, expected.also);
  EXPECT_EQ(w.on_list(0), expected.on_list);
  EXPECT_EQ(w.kind(0), PartyKind::kPerson);
  EXPECT_EQ(w.list_index(1), 1);
  EXPECT_FALSE(w.record(1).start_unknown);
  EXPECT_EQ(w.on_list(1), Interval{});
  ASSERT_EQ(w.lists().size(), 2U);
  EXPECT_EQ(w.lists()[1].name, "un_sc");
  EXPECT_EQ(w.lists()[0].date, Day("2024-01-05"));
  EXPECT_EQ(w.lists()[0].entries, 2U);
  EXPECT_EQ(w.section("extra"), "hello");
  EXPECT_EQ(reinterpret_cast<uintptr_t>(w.section("extra").data()) % 64, 0U);
  EXPECT_EQ(w.section("none"), "");
  EXPECT_EQ(w.hash().size(), 64U);
}

TEST(WatchlistFile, SameInputsSameBytes) { EXPECT_EQ(Bytes(), Bytes()); }

TEST(WatchlistFile, TheHashIsOfTheContentAndNotOfAddedSections) {
  const auto plain = OpenBytes(*MakeFile(Lists(), Records(), {}), "test");
  const auto extra = OpenBytes(Bytes(), "test");
  auto records = Records();
  records[1].party.remarks = "changed";
  const auto changed = OpenBytes(*MakeFile(Lists(), records, {}), "test");
  ASSERT_TRUE(plain && extra && changed);
  EXPECT_EQ((*plain)->hash(), (*extra)->hash());
  EXPECT_NE((*plain)->hash(), (*changed)->hash());
}

TEST(WatchlistFile, EveryCutIsRefused) {
  const std::string bytes = Bytes();
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(OpenBytes(bytes.substr(0, size), "test")) << size;
  EXPECT_FALSE(OpenBytes(bytes + "x", "test"));
}

TEST(WatchlistFile, EveryChangedByteIsRefused) {
  const std::string bytes = Bytes();
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    EXPECT_FALSE(OpenBytes(changed, "test")) << i;
  }
}

TEST(WatchlistFile, OlderAndNewerFormatsAreRefusedAndBothSidesNamed) {
  const auto older = OpenBytes(Changed([](FileHeader& h) { h.format = 0; }), "w.tw");
  ASSERT_FALSE(older);
  EXPECT_EQ(older.error().file, "w.tw");
  EXPECT_NE(older.error().message.find("format 0"), std::string::npos);
  EXPECT_NE(older.error().message.find("writes format 2"), std::string::npos);
  const auto newer =
      OpenBytes(Changed([](FileHeader& h) { h.format = 9, h.oldest_reader = 8; }), "w.tw");
  ASSERT_FALSE(newer);
  EXPECT_NE(newer.error().message.find("format 9"), std::string::npos);
  EXPECT_NE(newer.error().message.find("a program of format 8"), std::string::npos);
  const auto turned = OpenBytes(Changed([](FileHeader& h) { h.endian_mark = 0x04030201; }), "w.tw");
  ASSERT_FALSE(turned);
  EXPECT_NE(turned.error().message.find("byte order"), std::string::npos);
}

TEST(WatchlistFile, AMappedFileIsTheSame) {
  const std::string path = "/tmp/tidewaiter-file-test-" + std::to_string(getpid()) + ".tw";
  ASSERT_TRUE(Write(path, Lists(), Records(), {{"extra", "hello"}}).ok());
  const auto mapped = Watchlist::Open(path);
  ASSERT_TRUE(mapped) << mapped.error().ToString();
  EXPECT_EQ((*mapped)->record(0).party, FullRecord().party);
  EXPECT_EQ(*ReadFile(path), Bytes());
  ASSERT_TRUE(RemoveAll(path).ok());
  EXPECT_EQ(Watchlist::Open(path).error().code, ErrorCode::kMissingData);
}

TEST(WatchlistFile, ARecordOfAListThatOnlyACopyCarries) {
  Record copy;
  copy.party.list = "bis_dpl";  // not among the lists
  copy.party.names = {{"X", NameStrength::kPrimary, "", "", ""}};
  EXPECT_FALSE(MakeFile(Lists(), {copy}, {}));
  copy.also = {{"un_sc", "1"}};
  const auto watchlist = OpenBytes(*MakeFile(Lists(), {copy}, {}), "test");
  ASSERT_TRUE(watchlist);
  EXPECT_EQ((*watchlist)->list_index(0), 1);
  EXPECT_EQ((*watchlist)->record(0).party.list, "bis_dpl");
}

TEST(Codec, BrokenBytesAreRefused) {
  StringPool pool;
  std::string blob;
  Encode(FullRecord(), pool, blob);
  for (size_t size = 0; size < blob.size(); ++size) {
    Record record;
    EXPECT_FALSE(Decode(blob.substr(0, size), pool.bytes(), record).ok()) << size;
  }
  Record record;
  EXPECT_FALSE(Decode(blob, pool.bytes().substr(1), record).ok());
  EXPECT_TRUE(Decode(blob, pool.bytes(), record).ok());
}

TEST(Codec, WordingsAreEqualExactlyWhenPartiesAre) {
  ListedParty party = FullRecord().party, other = party;
  EXPECT_EQ(WordingKey(party), WordingKey(other));
  other.addresses[0].region = "X";
  EXPECT_NE(WordingKey(party), WordingKey(other));
}

}  // namespace
}  // namespace tidewaiter::watchlist
