#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

std::string File(const std::string& name) { return TestData("us_sources/testdata/" + name); }

TEST(UsSources, RowsOfOnePartyAreOneRecord) {
  const auto list = ParseFiles({File("el.csv")});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "bis_el");
  ASSERT_EQ(list->parties.size(), 2U);
  const ListedParty& works = list->parties[0];
  EXPECT_EQ(works.names.size(), 3U);
  EXPECT_EQ(works.addresses.size(), 2U);
  EXPECT_EQ(works.addresses[1].country, "LB");
  EXPECT_EQ(ToString(*works.listed_on), "2024-04-11");
  EXPECT_EQ(works.remarks, "For all items subject to the EAR. Presumption of denial.");
  EXPECT_EQ(list->parties[1].nationalities, (std::vector<std::string>{"AE"}));
  EXPECT_EQ(ToString(*list->parties[1].ends_on), "2024-05-01");
}

TEST(UsSources, TheOtherThree) {
  const auto unverified = ParseFiles({File("uvl.csv")});
  ASSERT_TRUE(unverified) << unverified.error().ToString();
  EXPECT_EQ(unverified->list, "bis_uvl");
  ASSERT_EQ(unverified->parties.size(), 2U);
  EXPECT_EQ(unverified->parties[1].addresses.size(), 2U);
  const auto isn = ParseFiles({File("isn.csv")});
  ASSERT_TRUE(isn) << isn.error().ToString();
  EXPECT_EQ(isn->list, "state_isn");
  ASSERT_EQ(isn->parties.size(), 2U);
  EXPECT_EQ(isn->parties[0].names.size(), 3U);
  EXPECT_EQ(isn->parties[1].programs, (std::vector<std::string>{"E.O. 13382"}));
  const auto aeca = ParseFiles({File("aeca.csv")});
  ASSERT_TRUE(aeca) << aeca.error().ToString();
  EXPECT_EQ(aeca->list, "state_aeca");
  ASSERT_EQ(aeca->parties.size(), 2U);
  EXPECT_EQ(aeca->parties[0].names[0].text, "Quill, Brian");
  EXPECT_EQ(aeca->parties[0].names.size(), 3U);
  EXPECT_EQ(aeca->parties[0].birth_dates.size(), 1U);
}

TEST(UsSources, ARowThatIsCutIsRefusedWithItsLine) {
  const std::string whole = *ReadFile(File("isn.csv"));
  const auto cut = ParseText(whole.substr(0, whole.rfind("SYNTHETIC")));
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().line, 4U);
  EXPECT_EQ(cut.error().file, "test");
}

TEST(UsSources, RealFiles) {
  const std::string folder = SharedData("lists/csl_source_formats/");
  TW_SKIP_WITHOUT(folder + "el.csv");
  const std::pair<const char*, size_t> expected[] = {{"el.csv", 7},
                                                     {"meu.csv", 7},
                                                     {"uvl.csv", 13},
                                                     {"isn.csv", 5},
                                                     {"itar_debarred_parties.csv", 4}};
  for (const auto& [name, entries] : expected) {
    const auto list = ParseFiles({folder + name});
    ASSERT_TRUE(list) << list.error().ToString();
    EXPECT_EQ(list->counts.entries, entries) << name;
  }
  const auto isn = ParseFiles({SharedData("lists/state_isn_2019-10.csv")});
  ASSERT_TRUE(isn) << isn.error().ToString();
  EXPECT_EQ(isn->counts.entries, 213U);
}

}  // namespace
}  // namespace tidewaiter::lists
