#include "resolve/links.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "resolve/party_columns.h"
#include "resolve/phone_number.h"
#include "resolve/resolve.h"

namespace tidewaiter::resolve {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Mentions MakeFrom(std::string_view text,
                  const std::vector<std::pair<std::string, ColumnUse>>& uses = {}) {
  auto table = ParseTable(text, "test");
  const auto names = ColumnNames::Read(".");
  const auto words = PartyWords::Read(".");
  EXPECT_TRUE(table && names && words);
  auto mapping = MapColumns(*table, {"id"}, *names, uses);
  EXPECT_TRUE(mapping);
  SplitPartyColumns(*words, 2, *table, *mapping);
  auto mentions = MakeMentions(std::move(*table), *mapping, 1);
  EXPECT_TRUE(mentions) << (mentions ? "" : mentions.error().ToString());
  return std::move(*mentions);
}

// Each mention an entity of its own.
std::vector<Link> LinksOf(const Mentions& mentions) {
  const auto words = LinkWords::Read(".");
  EXPECT_TRUE(words) << (words ? "" : words.error().ToString());
  Clusters clusters;
  for (uint32_t m = 0; m < mentions.count; ++m) clusters.entity_of.push_back(m);
  return FindLinks(mentions, clusters, *words);
}

TEST(Links, AddressPhoneAndMailHostAreSharedWithoutBeingOne) {
  const auto links = LinksOf(MakeFrom(
      "id,company,address,phone,email\n"
      "1,Alvarquill Robotics,\"Flat 4, 12 Kai Street, Hamburg\",+49 (0)40 1234567,a@quill.test\n"
      "2,Benedikter Optik,\"12 Kai Street Hamburg Apt 4\",+49 40 1234567,b@quill.test\n"
      "3,Oravecz Handel,\"Flat 12, 4 Kai Street, Hamburg\",+7 940 1234567,c@gmail.com\n"
      "4,Corvin Import,,,d@gmail.com\n"));
  ASSERT_THAT(links, SizeIs(3));
  EXPECT_EQ(links[0].kind, LinkKind::kAddress);
  EXPECT_EQ(links[0].value, "12 hamburg kai u4");
  EXPECT_TRUE(links[0].unit);
  EXPECT_THAT(links[0].mentions, SizeIs(2));
  EXPECT_EQ(links[0].strength, 1);
  EXPECT_EQ(links[1].kind, LinkKind::kPhone);
  EXPECT_THAT(links[1].mentions, SizeIs(2)) << "a number of another country ends alike";
  EXPECT_EQ(links[2].kind, LinkKind::kMailHost);
  EXPECT_EQ(links[2].value, "quill.test") << "anybody has a mailbox at the other one";
}

TEST(Links, PhonesAreReadByThePlanOfThePartysCountry) {
  const auto links = LinksOf(
      MakeFrom("id,company,country,phone\n"
               "1,Alvarquill,HK,2345 6789\n2,Benedikter,DE,+852 2345 6789\n"
               "3,Oravecz,DE,040 30123456\n4,Corvin,NL,0403012345\n5,Dalvik,,0049 40 30123456\n"
               "6,Esteval,KZ,8 (495) 123-45-67\n7,Farrow,,+7 495 1234567\n"));
  ASSERT_THAT(links, SizeIs(3));
  EXPECT_EQ(links[0].value, "030123456");
  EXPECT_EQ(links[1].value, "223456789") << "eight digits, and the code of Hong Kong";
  EXPECT_EQ(links[2].value, "951234567");
  for (const Link& link : links) EXPECT_THAT(link.mentions, SizeIs(2)) << link.value;
  EXPECT_THAT(LinksOf(MakeFrom("id,company,country,phone\n"
                               "1,Alvarquill,DE,040 2345678\n2,Benedikter,NL,040 2345678\n")),
              IsEmpty())
      << "written alike, dialled in two countries";
}

TEST(PhoneNumber, IsOneOfAPlanOrNothing) {
  EXPECT_EQ(InternationalNumber("2079460000", "GB"), "442079460000");
  EXPECT_EQ(InternationalNumber("442079460000", "GB"), "442079460000");
  EXPECT_EQ(InternationalNumber("490401234567", ""), "49401234567") << "+49 (0)40 ...";
  EXPECT_EQ(InternationalNumber("12345", "DE"), "");
  EXPECT_EQ(InternationalNumber("2079460000", "nowhere"), "");
  EXPECT_EQ(InternationalNumber("", ""), "");
  EXPECT_EQ(InternationalNumber(std::string(500, '9'), ""), "");
}

TEST(Links, APhoneThatCouldBeEitherOfTwoIsNeither) {
  const std::string two =
      "id,company,phone\n1,Alvarquill,+49 40 1234567\n2,Benedikter,040 1234567\n";
  EXPECT_THAT(LinksOf(MakeFrom(two)), SizeIs(1));
  EXPECT_THAT(LinksOf(MakeFrom(two + "3,Oravecz,+7 940 1234567\n")), IsEmpty());
  EXPECT_THAT(LinksOf(MakeFrom("id,company,phone\n1,A,8 (495) 123-45-67\n2,B,+7 495 1234567\n")),
              SizeIs(1))
      << "how Russia dials its own";
}

TEST(Links, ABuildingSaysLessThanARoom) {
  const auto links = LinksOf(MakeFrom(
      "id,company,address\n1,Alvarquill,\"12 Kai, Hamburg\"\n2,Benedikter,\"12 Kai, Hamburg\"\n"));
  ASSERT_THAT(links, SizeIs(1));
  EXPECT_FALSE(links[0].unit);
  EXPECT_EQ(links[0].strength, 0.5);
}

// Ten firms at one address: unrelated ones make it a secretarial office, a common mail host one
// house.
std::vector<Link> TenFirms(bool one_house) {
  std::string text = "id,company,address,email\n";
  for (int i = 0; i < 10; ++i)
    text += std::to_string(i) + ",Firm" + std::to_string(i) +
            ",\"Office 9, 3 Ringstrasse, Wien\",x@" +
            (one_house ? "house" : "host" + std::to_string(i)) + ".test\n";
  return LinksOf(MakeFrom(text));
}

TEST(Links, ASecretarialOfficeSaysNearlyNothing) {
  const auto links = TenFirms(false);
  ASSERT_THAT(links, SizeIs(1));
  EXPECT_EQ(links[0].unrelated, 10U);
  EXPECT_TRUE(links[0].office);
  EXPECT_LT(links[0].strength, 0.02);
}

TEST(Links, FirmsOfOneHouseKeepTheirAddress) {
  const auto links = TenFirms(true);
  ASSERT_THAT(links, SizeIs(2));
  EXPECT_EQ(links[0].unrelated, 1U);
  EXPECT_FALSE(links[0].office);
  EXPECT_EQ(links[0].strength, 1);
}

TEST(Links, NothingIsSharedByNobody) {
  EXPECT_THAT(LinksOf(MakeFrom("id,company,address,phone,email\n1,A,,,\n2,B,,,\n")), IsEmpty());
  EXPECT_THAT(LinksOf(MakeFrom("id,company\n1,A\n2,B\n")), IsEmpty());
}

TEST(PartyColumns, BecomeNameAddressAndNumbers) {
  const Mentions mentions = MakeFrom(
      "id,who\n1,\"OOO ALVAR, INN 7707083893\"\n"
      "2,\"Alvar OOO 127001 MOSKVA UL. LESNAYA 5 TEL 495 1234567 INN 7707083893\"\n3,Benedikter\n",
      {{"who", {Kind::kParty, {}}}});
  const auto cell = [&](Field field, uint32_t row) {
    return mentions.field(field).values[mentions.Cell(field, mentions.of_row[row])];
  };
  EXPECT_EQ(cell(Field::kIdentifier, 0), "inn:7707083893");
  EXPECT_EQ(cell(Field::kIdentifier, 1), "inn:7707083893");
  EXPECT_EQ(cell(Field::kIdentifier, 2), "");
  EXPECT_EQ(cell(Field::kPhone, 1), "4951234567");
  EXPECT_EQ(cell(Field::kAddress, 0), "");
  EXPECT_NE(cell(Field::kAddress, 1), "");
  const auto weights = Weights::Read(".");
  NoProgress progress;
  const auto found = Resolve(mentions, *weights, {}, progress).clusters.entity_of;
  EXPECT_EQ(found[mentions.of_row[0]], found[mentions.of_row[1]]);
  EXPECT_NE(found[mentions.of_row[0]], found[mentions.of_row[2]]);
}

}  // namespace
}  // namespace tidewaiter::resolve
