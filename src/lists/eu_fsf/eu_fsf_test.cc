#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

TEST(EuFsf, EntitiesBecomeParties) {
  const auto list = ParseFiles({TestData("eu_fsf/testdata/eu.xml")});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "eu_fsf");
  EXPECT_EQ(ToString(*list->date), "2024-03-05");
  ASSERT_EQ(list->parties.size(), 2U);
  const ListedParty& person = list->parties[0];
  EXPECT_EQ(person.id, "EU.9001.01");
  EXPECT_EQ(person.kind, PartyKind::kPerson);
  ASSERT_EQ(person.names.size(), 3U);
  EXPECT_EQ(person.names[0].given_names, "Mira");
  EXPECT_EQ(person.names[2].strength, NameStrength::kWeak);
  EXPECT_EQ(person.nationalities, (std::vector<std::string>{"RU"}));
  ASSERT_EQ(person.birth_dates.size(), 2U);
  EXPECT_EQ(ToString(person.birth_dates[0].days.from), "1970-02-03");
  EXPECT_EQ(ToString(person.birth_dates[1].days.to), "1971-12-31");
  EXPECT_TRUE(person.birth_dates[1].circa);
  EXPECT_EQ(person.identifiers[0], (Identifier{"passport", "A0181988", "RU", "National passport"}));
  EXPECT_EQ(person.gender, "female");
  EXPECT_EQ(ToString(*person.listed_on), "2022-03-15");
  EXPECT_EQ(person.citations, (std::vector<std::string>{"2022/999 (OJ L99)"}));
  const ListedParty& works = list->parties[1];
  EXPECT_EQ(works.kind, PartyKind::kOrganization);
  EXPECT_EQ(works.identifiers[0].kind, "inn");
  EXPECT_FALSE(works.listed_on) << "the regulation may be a later amendment";
  EXPECT_EQ(works.addresses[0].country, "RU");
}

TEST(EuFsf, CutFilesAreRefused) {
  const std::string whole = *ReadFile(TestData("eu_fsf/testdata/eu.xml"));
  for (size_t size = 200; size + 12 < whole.size(); size += 61) {
    const auto list = ParseText(whole.substr(0, size));
    ASSERT_FALSE(list) << size;
    EXPECT_GT(list.error().line, 0U);
  }
  std::string nameless = whole;
  nameless.replace(nameless.find("wholeName=\"SYNTHETIC"), 9, "wholename");
  nameless.replace(nameless.find("lastName=\"SYNTHETIC"), 8, "lastname");
  EXPECT_EQ(ParseText(nameless).error().field, "nameAlias");
}

}  // namespace
}  // namespace tidewaiter::lists
