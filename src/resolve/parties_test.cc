#include "resolve/parties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "resolve/party_split.h"

namespace tidewaiter::resolve {
namespace {

using ::testing::ElementsAre;

PartyText Named(std::string_view name, std::string_view address = {}, std::string_view country = {},
                std::string identifier = {}) {
  return {name, {}, address, country, std::move(identifier)};
}

std::vector<uint32_t> Group(const std::vector<PartyText>& parties,
                            const PartyDecisions& decisions = {}) {
  auto out = GroupParties(parties, decisions, 1);
  EXPECT_EQ(out.first, GroupParties(parties, decisions, 3).first)
      << "the same on any number of threads";
  // As many merges as groups vanished, and together they make the groups.
  const std::set<uint32_t> groups(out.first.begin(), out.first.end());
  EXPECT_EQ(out.merges.size(), parties.size() - groups.size());
  for (const auto& merge : out.merges) EXPECT_EQ(out.first[merge.a], out.first[merge.b]);
  return out.first;
}

TEST(Parties, LegalFormsScriptsAndPunctuationMakeNoOtherParty) {
  EXPECT_THAT(Group({Named("OOO \"TALRUSIT MARKET\""), Named("ООО \"ТАЛРУСИТ МАРКЕТ\""),
                     Named("LIMITED LIABILITY COMPANY TALRUSIT-MARKET"), Named("TALRUSIT DOM")}),
              ElementsAre(0, 0, 0, 3));
}

TEST(Parties, AnIdentifierDecides) {
  EXPECT_THAT(
      Group({Named("Quillfeather GmbH", "", "", "vat:1"), Named("Q. Trading", "", "", "vat:1"),
             Named("Quillfeather GmbH", "", "", "vat:2"), Named("Quillfeather GmbH")}),
      ElementsAre(0, 0, 2, 3))
      << "two have the name: who has no number could be either";
}

TEST(Parties, APersonsWordComesBeforeNamesAndNumbers) {
  const std::vector<PartyText> parties = {
      Named("Quillfeather GmbH", "", "", "vat:1"), Named("Q. Trading", "", "", "vat:1"),
      Named("Alvarquill SA", "", "PT"), Named("Benedikter", "", "DE"), Named("Benedikter GmbH")};
  EXPECT_THAT(Group(parties), ElementsAre(0, 0, 2, 3, 3));
  EXPECT_THAT(Group(parties, {{{2, 3}}, {{0, 1}, {3, 4}}}), ElementsAre(0, 1, 2, 2, 4));
}

TEST(Parties, EachMergeSaysWhy) {
  const std::vector<PartyText> parties = {Named("VELTANOS KOMPLEKT", "", "", "vat:1"),
                                          Named("VELTANOS", "", "", "vat:1"),
                                          Named("VELTANOS KOMPLEKT"), Named("VELTANS KOMPLEKT")};
  std::vector<PartyMergeWhy> why;
  for (const auto& merge : GroupParties(parties, {}, 1).merges) why.push_back(merge.why);
  EXPECT_THAT(
      why, ElementsAre(PartyMergeWhy::kIdentifier, PartyMergeWhy::kName, PartyMergeWhy::kTyping));
}

TEST(Parties, TheAddressTellsNamesakesWithoutNumber) {
  EXPECT_THAT(Group({Named("Quillfeather GmbH", "Am Kai 7, Hamburg", "", "vat:1"),
                     Named("Quillfeather GmbH", "Ringstrasse 19, Wien", "", "vat:2"),
                     Named("Quillfeather", "Wien, Ringstrasse 19")}),
              ElementsAre(0, 1, 1));
}

TEST(Parties, OneNameInTwoCountriesIsTwo) {
  EXPECT_THAT(Group({Named("Quillfeather", "", "DE"), Named("Quillfeather", "", "AT"),
                     Named("Quillfeather Ltd", "", "AT")}),
              ElementsAre(0, 1, 1));
}

TEST(Parties, ATypingErrorNeedsTheAddressOrNoOtherCandidate) {
  EXPECT_THAT(Group({Named("VELTANOS KOMPLEKT"), Named("VELTANS KOMPLEKT")}), ElementsAre(0, 0));
  EXPECT_THAT(Group({Named("VELTANOS KOMPLEKT", "Kai 7, Hamburg"),
                     Named("VELTANS KOMPLEKT", "Ringstrasse 19, Wien")}),
              ElementsAre(0, 1));
  EXPECT_THAT(Group({Named("VELTANOS 17 KOMPLEKT"), Named("VELTANOS 18 KOMPLEKT")}),
              ElementsAre(0, 1))
      << "a number is no typing error";
}

TEST(Parties, AShortWordMoreIsAFormThatNoTableHas) {
  EXPECT_THAT(
      Group({Named("DURMAKIN LOJISTIK DIS TICARET LTD"), Named("DURMAKIN LOJISTIK DIS TIC LTD"),
             Named("QQZO DURMAKIN LOJISTIK DIS TICARET")}),
      ElementsAre(0, 0, 0));
  EXPECT_THAT(Group({Named("DURMAKIN LOJISTIK"), Named("DURMAKIN LOJISTIK ELEKTRONIK")}),
              ElementsAre(0, 1));
}

TEST(Parties, ANameCutOffIsTheOnlyOneThatBeginsLikeIt) {
  EXPECT_THAT(Group({Named("OBERLINGER FEINMECHANIK UND OPTISCHE G"),
                     Named("OBERLINGER FEINMECHANIK UND OPTISCHE GERAETE")}),
              ElementsAre(0, 0));
  EXPECT_THAT(Group({Named("OBERLINGER FEINMECHANIK UND OPTISCHE G"),
                     Named("OBERLINGER FEINMECHANIK UND OPTISCHE GERAETE"),
                     Named("OBERLINGER FEINMECHANIK UND OPTISCHE GLAESER")}),
              ElementsAre(0, 1, 2));
}

// A party that a person has decided about is compared with every other one; all others with those
// that an index of countries and addresses finds. Both must choose alike.
TEST(Parties, NamesakesFoundByIndexAreThoseFoundOneByOne) {
  std::mt19937 random(7);
  const auto one_of = [&](const auto& list) { return list[random() % std::size(list)]; };
  constexpr std::string_view kNames[] = {"Alvar", "Alvar Ltd", "Alvar Trading", "Quillfeather"};
  constexpr std::string_view kPlaces[] = {"", "Am Kai 7, Hamburg", "Hamburg, Am Kai 7, 2nd floor",
                                          "Ringstrasse 19, Hamburg", "Ringstrasse 19, 1010 Wien"};
  constexpr std::string_view kCountries[] = {"", "DE", "AT"};
  constexpr std::string_view kIdentifiers[] = {"", "", "", "vat:1", "vat:2", "vat:3", "inn:1"};
  for (int round = 0; round < 300; ++round) {
    std::vector<PartyText> parties = {Named("Nobody meant")};
    PartyDecisions decisions;
    const auto count = static_cast<uint32_t>(2 + random() % 14);
    for (uint32_t p = 1; p <= count; ++p) {
      parties.push_back(Named(one_of(kNames), one_of(kPlaces), one_of(kCountries),
                              std::string(one_of(kIdentifiers))));
      decisions.apart.emplace_back(0, p);
    }
    EXPECT_EQ(Group(parties), Group(parties, decisions)) << round;
  }
}

TEST(Parties, AHundredThousandOfOneNameAreGrouped) {
  std::vector<std::string> places;
  for (int i = 0; i < 100'000; ++i) places.push_back("Am Kai " + std::to_string(i) + ", Hamburg");
  std::vector<PartyText> parties = {Named("TRADING LTD", "", "", "vat:1"),
                                    Named("TRADING LTD", "", "", "vat:2")};
  for (const auto& place : places) parties.push_back(Named("TRADING LTD", place));
  const auto first = GroupParties(parties, {}, 2).first;
  EXPECT_EQ(std::set<uint32_t>(first.begin(), first.end()).size(), 100'002U);
}

class Splitting : public ::testing::Test {
 protected:
  Splitting() {
    auto words = PartyWords::Read(".");
    EXPECT_TRUE(words) << (words ? "" : words.error().ToString());
    words_ = std::move(*words);
  }
  std::vector<std::string> Parts(std::string_view text) const {
    const SplitParty split = Split(text, words_);
    return {std::string(split.name), std::string(split.address), split.kind, split.identifier};
  }
  PartyWords words_;
};

TEST_F(Splitting, NameAddressAndNumberInOneText) {
  EXPECT_THAT(Parts("OOO \"ALVAR\", INN 7707083893, UL. LESNAYA 5, MOSKVA"),
              ElementsAre("OOO \"ALVAR\"", "", "inn", "7707083893"));
  EXPECT_THAT(Parts("ООО \"АЛЬВАР\" 127001 МОСКВА УЛ. ЛЕСНАЯ, Д. 5 ИНН/КПП 7707083893/770701001"),
              ElementsAre("ООО \"АЛЬВАР\"", "127001 МОСКВА УЛ. ЛЕСНАЯ, Д. 5", "inn", "7707083893"));
  EXPECT_THAT(Parts("QUILLFEATHER TECHNOLOGY CO LTD 148 LONG ROAD, SHENZHEN"),
              ElementsAre("QUILLFEATHER TECHNOLOGY CO LTD", "148 LONG ROAD, SHENZHEN", "", ""));
  EXPECT_THAT(Parts("QUILLFEATHER GMBH, AM KAI 7, HAMBURG"),
              ElementsAre("QUILLFEATHER GMBH", "AM KAI 7, HAMBURG", "", ""));
}

TEST_F(Splitting, PhonesAndMailAreKept) {
  const SplitParty split = Split(
      "QUILLFEATHER GMBH, AM KAI 7, HAMBURG TEL +49 40 123 45 67, E-MAIL: info@quill.test", words_);
  EXPECT_EQ(split.name, "QUILLFEATHER GMBH");
  EXPECT_EQ(split.address, "AM KAI 7, HAMBURG");
  EXPECT_EQ(split.phone, "49401234567");
  EXPECT_EQ(split.email, "info@quill.test");
  EXPECT_EQ(Parts("ALVAR OOO TEL 12")[0], "ALVAR OOO TEL 12") << "too short for a phone";
  EXPECT_EQ(Parts("MAIL @ HOME LTD")[0], "MAIL @ HOME LTD");
}

TEST_F(Splitting, WhatIsPartOfTheNameStays) {
  for (const char* name : {"ALVAR PLANT 17 OOO", "7 SEAS TRADING LLC", "QUILL CO., LTD.",
                           "LONG ROAD LOGISTICS 24", "INN AT THE LAKE 12345", "24/7 FREIGHT",
                           "ALVAR 40512 LLC", "QUILL 128425 TRADING CO., LTD."})
    EXPECT_THAT(Parts(name), ElementsAre(name, "", "", "")) << name;
  EXPECT_EQ(Parts("ALVAR 40512 LLC 127001 MOSCOW")[0], "ALVAR 40512 LLC");
  EXPECT_THAT(Parts("ALVAR OOO INN 7707083894")[3], "") << "the check digit is wrong";
}

TEST(Parties, NothingIsNobody) { EXPECT_THAT(Group({Named(""), Named("")}), ElementsAre(0, 1)); }

}  // namespace
}  // namespace tidewaiter::resolve
