#include <set>

#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

TEST(OfacEnhanced, EntitiesBecomeParties) {
  const auto list = ParseFiles({TestData("ofac_enhanced/testdata/cons_enhanced.xml")});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "ofac_nonsdn");
  EXPECT_EQ(ToString(*list->date), "2025-01-10");
  ASSERT_EQ(list->parties.size(), 2U);
  const ListedParty& optics = list->parties[0];
  EXPECT_EQ(optics.names[0].text, "QUILL OPTICS CO., LTD.");
  EXPECT_EQ(optics.names[1].type, "original script");
  EXPECT_EQ(optics.names[2].strength, NameStrength::kWeak);
  EXPECT_EQ(optics.names[2].type, "fka");
  EXPECT_EQ(ToString(*optics.listed_on), "2021-06-03");
  EXPECT_EQ(optics.addresses[0].text, "508 Quay Road, Quillport, China");
  ASSERT_EQ(optics.identifiers.size(), 2U);
  EXPECT_EQ(optics.identifiers[0].kind, "bic");
  EXPECT_EQ(optics.identifiers[1].kind, "inn");
  EXPECT_EQ(optics.owners, (std::vector<std::string>{"SYNTHETIC HOLDING"}));
  const ListedParty& person = list->parties[1];
  EXPECT_EQ(person.names[0].family_name, "ALVAREZ QUILL");
  EXPECT_TRUE(person.birth_dates[0].circa);
  EXPECT_EQ(person.gender, "female");
}

TEST(OfacEnhanced, CutOrOfNoOneList) {
  const std::string whole = *ReadFile(TestData("ofac_enhanced/testdata/cons_enhanced.xml"));
  for (size_t size = 400; size + 20 < whole.size(); size += 97)
    EXPECT_FALSE(ParseText(whole.substr(0, size))) << size;
  std::string both = whole;
  both.replace(both.find("Consolidated List"), 17, "CAPTA List       ");
  const auto list = ParseText(both);
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().field, "filters");
}

// The same parties as a year later in the CSV, under the same numbers.
TEST(OfacEnhanced, RealFile) {
  const std::string path = SharedData("lists/ofac_nonsdn_2025-01/CONS_ENHANCED.XML.gz");
  TW_SKIP_WITHOUT(path);
  const auto list = ParseFiles({path});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->counts.entries, 443U);
  const std::string folder = SharedData("lists/ofac_nonsdn_2025-12/cons_");
  const auto later = ParseFiles({folder + "prim.csv", folder + "alt.csv", folder + "add.csv"});
  ASSERT_TRUE(later) << later.error().ToString();
  std::set<std::string> ids;
  for (const auto& party : list->parties) {
    ids.insert(party.id);
    EXPECT_TRUE(party.listed_on) << party.id;
  }
  for (const auto& party : later->parties) EXPECT_TRUE(ids.contains(party.id)) << party.id;
}

}  // namespace
}  // namespace tidewaiter::lists
