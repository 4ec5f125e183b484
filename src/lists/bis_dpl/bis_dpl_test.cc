#include "lists/bis_dpl/mapper.h"
#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

const char* const kFile = "bis_dpl/testdata/dpl.txt";

TEST(BisDpl, RowsBecomeRecords) {
  const auto list = ParseFiles({TestData(kFile)});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "bis_dpl");
  ASSERT_EQ(list->parties.size(), 3U);
  const auto& first = list->parties[0];
  const auto& second = list->parties[1];
  EXPECT_EQ(first.id, second.id);  // one person, two addresses
  EXPECT_EQ(first.id.substr(0, 4), "DPL-");
  EXPECT_EQ(first.addresses[0].text, "1 MAIN ST, QUILLPORT, TX, 75159");
  EXPECT_EQ(first.addresses[0].country, "US");  // by the state
  EXPECT_EQ(second.addresses[0].country, "GB");
  EXPECT_EQ(ToString(*first.listed_on), "2019-06-19");
  EXPECT_EQ(ToString(*first.ends_on), "2030-06-29");
  const auto& third = list->parties[2];
  EXPECT_EQ(third.names[0].text, "QUILL SUN");
  EXPECT_EQ(third.names[1].text, "Q. SUN");
  EXPECT_FALSE(third.ends_on);
  EXPECT_NE(third.id, first.id);
}

TEST(BisDpl, IdsDoNotDependOnCaseOrBlanks) {
  const auto day = ParseIsoDate("2019-06-19");
  EXPECT_EQ(bis_dpl::StableId(" synthetic   denied ", day),
            bis_dpl::StableId("SYNTHETIC DENIED", day));
  EXPECT_NE(bis_dpl::StableId("SYNTHETIC DENIED", day),
            bis_dpl::StableId("SYNTHETIC DENIED", std::nullopt));
}

TEST(BisDpl, ACutRowIsRefused) {
  const std::string whole = *ReadFile(TestData(kFile));
  const auto list = ParseText(whole.substr(0, whole.find("\"GB\"")));
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().line, 3U);
}

TEST(BisDplReal, EveryRowOfThreeDates) {
  const std::pair<const char*, size_t> issues[] = {
      {"2019-07", 546}, {"2022-09", 581}, {"2023-11", 665}};
  for (const auto& [date, rows] : issues) {
    const std::string file = SharedData(std::string("lists/bis_dpl_") + date + ".txt");
    TW_SKIP_WITHOUT(file);
    const auto list = ParseFiles({file});
    ASSERT_TRUE(list) << list.error().ToString();
    EXPECT_EQ(list->counts.entries, rows) << date;
    for (const auto& party : list->parties) EXPECT_TRUE(party.listed_on) << party.names[0].text;
  }
}

}  // namespace
}  // namespace tidewaiter::lists
