#include <set>

#include "lists/bis_dpl/mapper.h"
#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

const char* const kFile = "csl_csv/testdata/csl.csv";

TEST(CslCsv, RowsBecomeParties) {
  const auto list = ParseFiles({TestData(kFile)});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "us_csl");
  ASSERT_EQ(list->parties.size(), 4U);

  const ListedParty& person = list->parties[0];
  EXPECT_EQ(person.kind, PartyKind::kPerson);
  EXPECT_EQ(person.origin_list, "ofac_sdn");
  EXPECT_EQ(person.origin_id, "10000001");
  EXPECT_EQ(person.names[0].family_name, "ALVAREZ QUILL");
  EXPECT_EQ(person.names.size(), 3U);
  EXPECT_EQ(person.birth_dates.size(), 2U);
  EXPECT_EQ(person.gender, "female");
  EXPECT_EQ(person.nationalities, (std::vector<std::string>{"CU", "IR"}));
  ASSERT_EQ(person.identifiers.size(), 1U);
  EXPECT_EQ(person.identifiers[0], (Identifier{"passport", "A0181988", "IR", "Passport"}));

  const ListedParty& works = list->parties[1];
  EXPECT_EQ(works.kind, PartyKind::kUnknown);
  EXPECT_TRUE(works.origin_list.empty());
  EXPECT_EQ(ToString(*works.listed_on), "2024-04-11");
  ASSERT_EQ(works.addresses.size(), 2U);
  EXPECT_EQ(works.addresses[0].text, "Building 7; Gate 2, Quillport, CN");
  EXPECT_EQ(works.addresses[0].country, "CN");
  EXPECT_EQ(works.addresses[1].country, "LB");
  EXPECT_EQ(works.names[2].text, "SRW");
  EXPECT_EQ(works.citations, (std::vector<std::string>{"89 FR 1"}));
  EXPECT_NE(works.remarks.find("Presumption of denial."), std::string::npos);

  const ListedParty& denied = list->parties[2];
  EXPECT_EQ(denied.origin_list, "bis_dpl");
  EXPECT_EQ(denied.origin_id, bis_dpl::StableId("Synthetic Denied", ParseIsoDate("2019-06-19")));
  EXPECT_EQ(ToString(*denied.ends_on), "2030-06-29");

  const ListedParty& debarred = list->parties[3];
  EXPECT_EQ(debarred.names[0].text, "Quill, Brian");
  EXPECT_EQ(debarred.names[1].text, "Brian McQuill");
  EXPECT_EQ(debarred.names[2].text, "B. Quill");
  EXPECT_FALSE(debarred.listed_on);
  EXPECT_NE(debarred.remarks.find("0097-06-30"), std::string::npos);
}

TEST(CslCsv, ACutFileIsRefused) {
  const std::string whole = *ReadFile(TestData(kFile));
  const size_t header = whole.find('\n') + 1;
  for (size_t size = header; size < whole.size(); ++size) {
    const auto list = ParseText(whole.substr(0, size));
    EXPECT_EQ(list.has_value(), whole[size - 1] == '\n') << size;
  }
}

TEST(CslCsvReal, EveryRow) {
  const std::string file = SharedData("lists/csl_full_2022-05.csv.gz");
  TW_SKIP_WITHOUT(file);
  const auto list = ParseFiles({file});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->counts.entries, 14160U);
  EXPECT_EQ(list->parties.size(), 14160U);
  std::set<std::string> ids, lists;
  size_t sdn = 0, denied = 0;
  for (const auto& party : list->parties) {
    ids.insert(party.id);
    lists.insert(party.listing_name);
    sdn += party.origin_list == "ofac_sdn";
    denied += party.origin_list == "bis_dpl";
  }
  EXPECT_EQ(ids.size(), 14048U);
  EXPECT_EQ(lists.size(), 13U);
  EXPECT_EQ(sdn, 5206U + 4104U + 433U + 283U);
  EXPECT_EQ(denied, 462U);
}

}  // namespace
}  // namespace tidewaiter::lists
