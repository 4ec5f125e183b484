#include "watchlist/history.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/json.h"
#include "lists/delimited.h"
#include "lists/ofac_csv/mapper.h"
#include "lists/ofac_csv/remarks.h"
#include "lists/test_files.h"
#include "watchlist/codec.h"

namespace tidewaiter::watchlist {
namespace {

Date Day(const char* text) { return *ParseIsoDate(text); }

ListedParty Party(const std::string& id, const std::string& name, const char* listed_on = nullptr) {
  ListedParty party;
  party.list = "test";
  party.id = id;
  party.names = {{name, NameStrength::kPrimary, "", "", ""}};
  if (listed_on != nullptr) party.listed_on = Day(listed_on);
  return party;
}

std::string Show(const Record& record) {
  return record.party.list + "/" + record.party.id + " " + record.party.names[0].text + " " +
         ToString(record.on_list.from) + ".." + ToString(record.on_list.to) +
         (record.start_unknown ? " unknown" : "") +
         (record.party.listed_on ? " listed " + ToString(*record.party.listed_on) : "");
}

std::vector<std::string> Show(const std::vector<Record>& records) {
  std::vector<std::string> out;
  for (const auto& record : records) out.push_back(Show(record));
  return out;
}

TEST(History, WithoutPublisherDates) {
  History history;
  history.Add(Day("2021-01-01"),
              {Party("1", "STAYS"), Party("2", "LEAVES"), Party("3", "OLD WORDING")});
  history.Add(Day("2022-01-01"),
              {Party("1", "STAYS"), Party("3", "NEW WORDING"), Party("4", "COMES")});
  history.Add(Day("2023-01-01"), {Party("1", "STAYS"), Party("2", "LEAVES"), Party("4", "COMES")});
  EXPECT_EQ(
      Show(history.Take()),
      (std::vector<std::string>{"test/1 STAYS .. unknown", "test/2 LEAVES ..2021-12-31 unknown",
                                "test/3 OLD WORDING ..2021-12-31 unknown",
                                "test/3 NEW WORDING 2022-01-01..2022-12-31",
                                "test/4 COMES 2022-01-01.. listed 2022-01-01",
                                "test/2 LEAVES 2023-01-01.. listed 2023-01-01"}));
}

TEST(History, WithPublisherDates) {
  History history;
  history.Add(Day("2021-01-01"), {Party("1", "A", "2010-05-05")});
  history.Add(Day("2022-01-01"),
              {Party("1", "A CHANGED", "2010-05-05"), Party("2", "B", "2021-06-06"),
               Party("3", "BACKDATED", "2001-01-01")});
  EXPECT_EQ(Show(history.Take()),
            (std::vector<std::string>{"test/1 A 2010-05-05..2021-12-31 listed 2010-05-05",
                                      "test/1 A CHANGED 2022-01-01.. listed 2010-05-05",
                                      "test/2 B 2021-06-06.. listed 2021-06-06",
                                      "test/3 BACKDATED 2021-01-02.. listed 2001-01-01"}));
}

TEST(History, APublishersLastDayEndsTheRecord) {
  History history;
  ListedParty party = Party("1", "A", "2010-05-05");
  party.ends_on = Day("2020-05-05");
  history.Add(Day("2019-01-01"), {party});
  EXPECT_EQ(Show(history.Take()),
            (std::vector<std::string>{"test/1 A 2010-05-05..2020-05-05 listed 2010-05-05"}));
}

TEST(History, EqualRowsAreOneRecord) {
  History history;
  history.Add(Day("2019-01-01"),
              {Party("1", "A"), Party("1", "A"), Party("1", "A, OTHER ADDRESS")});
  EXPECT_EQ(history.Take().size(), 2U);
}

Record Listed(const std::string& list, const std::string& id, Interval days) {
  Record record;
  record.party = Party(id, "X");
  record.party.list = list;
  record.on_list = days;
  return record;
}

Record Copy(const std::string& id, const std::string& origin_list, const std::string& origin_id,
            Interval days) {
  Record record = Listed("us_csl", id, days);
  record.party.origin_list = origin_list;
  record.party.origin_id = origin_id;
  return record;
}

TEST(MergeCopies, ACopyIsNamedInItsOrigin) {
  const auto merged = MergeCopies({Listed("ofac_sdn", "7", {}), Copy("a", "ofac_sdn", "7", {}),
                                   Copy("b", "ofac_sdn", "7", {})});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_EQ(merged[0].also, (std::vector<ListReference>{{"us_csl", "a"}, {"us_csl", "b"}}));
}

TEST(MergeCopies, WithoutTheOriginTheCopyStandsUnderItsName) {
  const auto merged = MergeCopies({Copy("a", "ofac_sdn", "7", {})});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_EQ(merged[0].party.list, "ofac_sdn");
  EXPECT_EQ(merged[0].party.id, "7");
  EXPECT_EQ(merged[0].also, (std::vector<ListReference>{{"us_csl", "a"}}));
}

TEST(MergeCopies, OnDaysWithoutTheOriginTheCopyCounts) {
  const Interval origin{Day("2020-01-01"), Day("2020-12-31")};
  const auto merged =
      MergeCopies({Listed("ofac_sdn", "7", origin),
                   Copy("a", "ofac_sdn", "7", {Day("2019-01-01"), kDistantFuture})});
  EXPECT_EQ(Show(merged), (std::vector<std::string>{"ofac_sdn/7 X 2020-01-01..2020-12-31",
                                                    "ofac_sdn/7 X 2019-01-01..2019-12-31",
                                                    "ofac_sdn/7 X 2021-01-01.."}));
}

// The real thing: 307 changes of the SDN list. For every day the history must hold exactly what
// that day's file holds.

struct Row {
  ListedParty party;
  size_t key = 0;
};
using Rows = std::map<uint64_t, Row>;

size_t KeyWithoutDate(ListedParty party) {
  party.listed_on.reset();  // the history knows more than one day's file
  return std::hash<std::string>()(WordingKey(party));
}

ListedParty FromRow(const std::vector<std::string>& f) {
  lists::ofac_csv::MainRow row{
      0, std::stoull(f[0]), f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9], f[10], f[11]};
  ListedParty party = lists::ofac_csv::MapMain(row, "ofac_sdn");
  lists::ofac_csv::AddRemarks(party.remarks, party);
  return party;
}

std::string Null(const std::string& field) {
  const std::string_view text = lists::Trim(field);
  return text == "-0-" ? std::string() : std::string(text);
}

void Apply(const Json& change, Rows& rows) {
  const auto id = static_cast<uint64_t>(change.Find("ent_num")->as_integer());
  if (change.StringOr("op") == "DEL") {
    rows.erase(id);
    return;
  }
  std::vector<std::string> fields;
  for (const auto& field : change.Find("row")->as_array())
    fields.push_back(Null(field.as_string()));
  ListedParty party = FromRow(fields);
  const size_t key = KeyWithoutDate(party);
  rows[id] = {std::move(party), key};
}

std::vector<ListedParty> Parties(const Rows& rows) {
  std::vector<ListedParty> out;
  for (const auto& [id, row] : rows) out.push_back(row.party);
  return out;
}

// Under a sanitizer every day would take minutes: every eighth then.
#if defined(__SANITIZE_ADDRESS__)
constexpr size_t kEvery = 8;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr size_t kEvery = 8;
#else
constexpr size_t kEvery = 1;
#endif
#else
constexpr size_t kEvery = 1;
#endif

TEST(HistoryReal, EveryDayOfTheDeltasEqualsThatDaysFile) {
  const std::string base = lists::SharedData("lists/ofac_sdn_2021-08-18.csv.gz");
  TW_SKIP_WITHOUT(base);
  const auto first = lists::ParseFiles({base});
  ASSERT_TRUE(first) << first.error().ToString();
  Rows rows;
  for (const auto& party : first->parties)
    rows[std::stoull(party.id)] = {party, KeyWithoutDate(party)};
  History history;
  history.Add(Day("2021-08-18"), Parties(rows));

  // day -> hashes of the wordings, sorted, on it
  std::map<Date, std::vector<size_t>> days;
  const auto remember = [&](Date day) {
    auto& set = days[day];
    set.clear();
    for (const auto& [id, row] : rows) set.push_back(row.key);
    std::sort(set.begin(), set.end());
  };
  remember(Day("2021-08-18"));
  const auto text =
      ReadMaybeGzip(lists::SharedData("lists/ofac_sdn_deltas_2021-08-18_2024-05-03.jsonl.gz"));
  ASSERT_TRUE(text);
  Date day = Day("2021-08-18");
  size_t changes = 0, seen = 0;
  for (size_t at = 0; at < text->size();) {
    const size_t end = std::min(text->find('\n', at), text->size());
    const auto change = ParseJson(std::string_view(*text).substr(at, end - at));
    ASSERT_TRUE(change);
    at = end + 1;
    const Date next = *ParseIsoDate(change->StringOr("ts").substr(0, 10));
    if (next != day && day != Day("2021-08-18") && ++seen % kEvery == 0) {
      history.Add(day, Parties(rows));
      remember(day);
    }
    day = next;
    Apply(*change, rows);
    ++changes;
  }
  history.Add(day, Parties(rows));
  remember(day);
  EXPECT_EQ(changes, 8862U);
  EXPECT_EQ(seen + 2, 295U);  // 308 versions, several on some days

  const auto records = history.Take();
  std::vector<size_t> keys;
  for (const auto& record : records) keys.push_back(KeyWithoutDate(record.party));
  for (const auto& [date, expected] : days) {
    std::vector<size_t> found;
    for (size_t i = 0; i < records.size(); ++i) {
      if (records[i].on_list.Contains(date)) found.push_back(keys[i]);
    }
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected) << ToString(date);
  }
}

}  // namespace
}  // namespace tidewaiter::watchlist
