#include "lists/test_files.h"
#include "lists/uk_sl/reader.h"

namespace tidewaiter::lists {
namespace {

TEST(UkSl, RowsOfOneIdAreOneParty) {
  const auto list = ParseFiles({TestData("uk_sl/testdata/uk.csv")});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "uk_sl");
  EXPECT_EQ(ToString(*list->date), "2024-03-05");
  ASSERT_EQ(list->parties.size(), 3U);
  const ListedParty& person = list->parties[0];
  EXPECT_EQ(person.id, "RUS9001");
  EXPECT_EQ(person.names[0].text, "Mira ALVAREZ QUILL");
  EXPECT_EQ(person.names[0].strength, NameStrength::kPrimary);
  ASSERT_EQ(person.names.size(), 3U);
  EXPECT_EQ(person.names[1].strength, NameStrength::kWeak);
  EXPECT_EQ(person.names[2].type, "original script");
  EXPECT_EQ(ToString(*person.listed_on), "2022-02-24");
  EXPECT_EQ(ToString(person.birth_dates[0].days.from), "1970-01-01");
  EXPECT_EQ(person.birth_dates[0].text, "dd/mm/1970");
  ASSERT_EQ(person.identifiers.size(), 2U);
  EXPECT_EQ(person.identifiers[1].value, "B0181988");
  EXPECT_EQ(person.addresses[0].country, "RU");
  EXPECT_EQ(list->parties[1].owners, (std::vector<std::string>{"SYNTHETIC HOLDING"}));
  const ListedParty& ship = list->parties[2];
  EXPECT_EQ(ship.kind, PartyKind::kVessel);
  EXPECT_EQ(ship.identifiers[0].kind, "imo");
  EXPECT_EQ(ship.nationalities, (std::vector<std::string>{"PA"}));
  EXPECT_EQ(ToString(*ship.listed_on), "2023-11-02") << "days stand before months";
}

TEST(UkSl, DaysBeforeMonths) {
  EXPECT_EQ(uk_sl::DayFirst("31/12/1970"), "1970-12-31");
  EXPECT_EQ(uk_sl::DayFirst("2/1/1970"), "1970-01-02");
  EXPECT_EQ(uk_sl::DayFirst("dd/12/1970"), "1970-12");
  EXPECT_EQ(uk_sl::DayFirst("00/00/1970"), "1970");
  EXPECT_EQ(uk_sl::DayFirst("1970"), "");
  EXPECT_EQ(uk_sl::DayFirst("1/1/70"), "");
}

TEST(UkSl, CutFilesAreRefusedWithALine) {
  const std::string whole = *ReadFile(TestData("uk_sl/testdata/uk.csv"));
  const size_t header = whole.find("RUS9001") - 20;
  for (size_t size = header; size < whole.size(); size += 13) {
    if (whole[size - 1] == '\n') continue;
    const auto list = ParseText(whole.substr(0, size));
    ASSERT_FALSE(list) << size;
    EXPECT_GT(list.error().line, 0U);
  }
}

}  // namespace
}  // namespace tidewaiter::lists
