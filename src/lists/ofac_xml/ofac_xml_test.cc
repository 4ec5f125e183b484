#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

const char* const kFile = "ofac_xml/testdata/sdn.xml";

TEST(OfacXml, EntriesBecomeParties) {
  const auto list = ParseFiles({TestData(kFile)});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "ofac_sdn");
  EXPECT_EQ(ToString(*list->date), "2024-01-05");
  ASSERT_EQ(list->parties.size(), 2U);
  EXPECT_EQ(list->counts.aliases, 2U);
  const ListedParty& person = list->parties[0];
  EXPECT_EQ(person.list, "ofac_sdn");
  EXPECT_EQ(person.id, "10000001");
  EXPECT_EQ(person.names[0],
            (Name{"ALVAREZ QUILL, Mira", NameStrength::kPrimary, "", "ALVAREZ QUILL", "Mira"}));
  EXPECT_EQ(person.names[1],
            (Name{"ALVARES, Mira", NameStrength::kStrong, "aka", "ALVARES", "Mira"}));
  EXPECT_EQ(person.names[2], (Name{"LA ABUELA", NameStrength::kWeak, "aka", "", ""}));
  EXPECT_EQ(person.gender, "female");
  EXPECT_TRUE(person.birth_dates[0].circa);
  EXPECT_EQ(person.identifiers[0], (Identifier{"passport", "A0181988", "IR", "Passport"}));
  EXPECT_EQ(person.addresses[0].text, "1 Synthetic Square, Havana, Cuba");
  EXPECT_EQ(person.programs, (std::vector<std::string>{"TESTLAND", "TEST-EO1"}));
  const ListedParty& ship = list->parties[1];
  EXPECT_EQ(ship.kind, PartyKind::kVessel);
  EXPECT_EQ(ship.identifiers[0].kind, "imo");
  EXPECT_EQ(ship.identifiers[0].value, "9999993");
  EXPECT_EQ(ship.nationalities, (std::vector<std::string>{"PA"}));
}

TEST(OfacXml, ACutFileIsRefused) {
  const std::string whole = *ReadFile(TestData(kFile));
  const size_t end = whole.find("</sdnList>") + 9;
  for (size_t size = whole.find("<sdnEntry>"); size < end; ++size)
    EXPECT_FALSE(ParseText(whole.substr(0, size))) << size;
}

// The publisher's own format, a few entries of 2014.
TEST(OfacXmlReal, Samples) {
  const std::string folder = SharedData("lists/csl_source_formats/");
  TW_SKIP_WITHOUT(folder + "sdn.xml");
  const auto sdn = ParseFiles({folder + "sdn.xml"}),
             other = ParseFiles({folder + "consolidated.xml"});
  ASSERT_TRUE(sdn) << sdn.error().ToString();
  ASSERT_TRUE(other) << other.error().ToString();
  EXPECT_EQ(sdn->list, "ofac_sdn");
  EXPECT_EQ(other->list, "ofac_nonsdn");
  EXPECT_EQ(sdn->parties.size(), 4U);
  EXPECT_EQ(other->parties.size(), 17U);
  EXPECT_EQ(sdn->counts.aliases, 13U);
  EXPECT_EQ(other->counts.aliases, 42U);
}

}  // namespace
}  // namespace tidewaiter::lists
