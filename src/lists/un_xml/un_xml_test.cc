#include <algorithm>

#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

const char* const kFile = "un_xml/testdata/un.xml";

TEST(UnXml, EntriesBecomeParties) {
  const auto list = ParseFiles({TestData(kFile)});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "un_sc");
  EXPECT_EQ(ToString(*list->date), "2024-02-27");
  ASSERT_EQ(list->parties.size(), 2U);
  EXPECT_EQ(list->counts.aliases, 3U);
  EXPECT_EQ(list->counts.addresses, 2U);

  const ListedParty& person = list->parties[0];
  EXPECT_EQ(person.id, "TTi.001");
  EXPECT_EQ(person.kind, PartyKind::kPerson);
  ASSERT_EQ(person.names.size(), 4U);
  EXPECT_EQ(person.names[0].text, "MIRA ALVAREZ QUILL");
  EXPECT_EQ(person.names[1].strength, NameStrength::kStrong);
  EXPECT_EQ(person.names[2].strength, NameStrength::kWeak);
  EXPECT_EQ(person.names[3].text, "Мира Куилл");
  EXPECT_EQ(person.names[3].type, "original script");
  ASSERT_EQ(person.birth_dates.size(), 3U);
  EXPECT_EQ(ToString(person.birth_dates[0].days.to), "1959-09-24");
  EXPECT_TRUE(person.birth_dates[1].circa);
  EXPECT_EQ(ToString(person.birth_dates[2].days.from), "1958-01-01");
  EXPECT_EQ(ToString(person.birth_dates[2].days.to), "1961-12-31");
  EXPECT_EQ(person.nationalities, (std::vector<std::string>{"CU"}));  // "na" is not Namibia
  EXPECT_EQ(person.identifiers[0], (Identifier{"passport", "A0181988", "IR", "Passport"}));
  EXPECT_EQ(person.title, "Chair");
  EXPECT_EQ(person.remarks, "SYNTHETIC & invented");
  EXPECT_EQ(ToString(*person.listed_on), "2012-12-31");

  const ListedParty& bank = list->parties[1];
  EXPECT_EQ(bank.kind, PartyKind::kOrganization);
  EXPECT_EQ(bank.names[1].type, "fka");
  EXPECT_EQ(bank.addresses[0].text, "1 Synthetic Square, Cuba");
}

TEST(UnXml, EveryCutFileIsRefusedWithItsLine) {
  const std::string whole = *ReadFile(TestData(kFile));
  const size_t end = whole.find("</CONSOLIDATED_LIST>") + 19;
  for (size_t size = whole.find("<INDIVIDUALS>"); size < end; ++size) {
    const auto list = ParseText(whole.substr(0, size));
    ASSERT_FALSE(list) << size;
    EXPECT_GT(list.error().line, 0U);
    EXPECT_EQ(list.error().file, "test");
  }
}

TEST(UnXml, EntitiesAreNeitherExpandedNorFetched) {
  const std::string bomb =
      "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
      "<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
      "<CONSOLIDATED_LIST><INDIVIDUAL><REFERENCE_NUMBER>&b;&f;</REFERENCE_NUMBER></INDIVIDUAL></"
      "CONSOLIDATED_LIST>";
  const auto list = ParseText(bomb);
  ASSERT_FALSE(list);
  EXPECT_NE(list.error().message.find("document type"), std::string::npos) << list.error().message;
}

TEST(UnXml, DepthIsBounded) {
  std::string deep = "<CONSOLIDATED_LIST>";
  for (int i = 0; i < 100000; ++i) deep += "<A>";
  const auto list = ParseText(deep);
  ASSERT_FALSE(list);
  EXPECT_NE(list.error().message.find("50"), std::string::npos);
}

TEST(UnXml, AnEntryWithoutAReferenceHasItsLine) {
  const auto list = ParseText(
      "<CONSOLIDATED_LIST>\n<ENTITY>\n<FIRST_NAME>X</FIRST_NAME></ENTITY></CONSOLIDATED_LIST>");
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().field, "REFERENCE_NUMBER");
  EXPECT_EQ(list.error().line, 2U);
}

TEST(UnXmlReal, EveryEntry) {
  const std::string file = SharedData("lists/un_consolidated_2026-02-27.xml.gz");
  TW_SKIP_WITHOUT(file);
  const auto list = ParseFiles({file});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->counts.entries, 1003U);
  EXPECT_EQ(ToString(*list->date), "2026-02-27");
  EXPECT_EQ(list->counts.aliases, 2752U);  // as many as labelled/un_aliases_quality.tsv has
  size_t weak = 0, original = 0, persons = 0;
  for (const auto& party : list->parties) {
    persons += party.kind == PartyKind::kPerson;
    EXPECT_TRUE(party.listed_on) << party.id;
    for (const auto& name : party.names) {
      weak += name.strength == NameStrength::kWeak;
      original += name.type == "original script";
    }
  }
  EXPECT_EQ(persons, 730U);
  EXPECT_EQ(original, 378U);
  EXPECT_EQ(weak, 615U);
}

}  // namespace
}  // namespace tidewaiter::lists
