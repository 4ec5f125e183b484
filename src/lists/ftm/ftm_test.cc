#include "lists/test_files.h"

namespace tidewaiter::lists {
namespace {

TEST(Ftm, LinesBecomePartiesAndJoinThem) {
  const auto list = ParseFiles({TestData("ftm/testdata/ftm.jsonl")});
  ASSERT_TRUE(list) << list.error().ToString();
  EXPECT_EQ(list->list, "ftm");
  ASSERT_EQ(list->parties.size(), 3U);
  const ListedParty& person = list->parties[0];
  EXPECT_EQ(person.id, "NK-1");
  EXPECT_EQ(person.kind, PartyKind::kPerson);
  ASSERT_EQ(person.names.size(), 4U);
  EXPECT_EQ(person.names[0].strength, NameStrength::kPrimary);
  EXPECT_EQ(person.names[3].strength, NameStrength::kWeak);
  EXPECT_EQ(person.programs, (std::vector<std::string>{"SYN-PROG"}));
  EXPECT_EQ(ToString(*person.listed_on), "2022-02-24");
  EXPECT_EQ(person.nationalities, (std::vector<std::string>{"RU"}));
  const ListedParty& works = list->parties[1];
  EXPECT_EQ(works.owners, (std::vector<std::string>{"Mira Alvarez Quill"}));
  EXPECT_EQ(works.identifiers[0].kind, "inn");
  EXPECT_EQ(list->parties[2].identifiers[0].kind, "imo");
}

TEST(Ftm, TheUserNamesTheList) {
  auto files = ReadAll({TestData("ftm/testdata/ftm.jsonl")});
  const auto groups = Arrange(std::move(*files), {"our_ftm", {}});
  ASSERT_TRUE(groups);
  const auto list = Parse((*groups)[0]);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->list, "our_ftm");
  EXPECT_EQ(list->parties[0].list, "our_ftm");
  auto others = ReadAll({TestData("un_xml/testdata/un.xml")});
  EXPECT_EQ(Arrange(std::move(*others), {"x_y", {}}).error().code, ErrorCode::kUsage);
}

TEST(Ftm, BadLinesHaveAPlace) {
  const std::string whole = *ReadFile(TestData("ftm/testdata/ftm.jsonl"));
  const auto cut = ParseText(whole.substr(0, whole.size() - 9));
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().line, 5U);
  EXPECT_NE(cut.error().message.find("cut off"), std::string::npos);
  const auto nameless = ParseText("{\"id\":\"x\",\"schema\":\"Person\",\"properties\":{}}\n");
  ASSERT_FALSE(nameless);
  EXPECT_EQ(nameless.error().field, "properties.name");
}

}  // namespace
}  // namespace tidewaiter::lists
