#include "resolve/parties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidewaiter::resolve {
namespace {

using ::testing::ElementsAre;

PartyText Named(std::string_view name, std::string_view address = {}, std::string_view country = {},
                std::string identifier = {}) {
  return {name, {}, address, country, std::move(identifier)};
}

std::vector<uint32_t> Group(const std::vector<PartyText>& parties) {
  auto out = GroupParties(parties, 1);
  EXPECT_EQ(out, GroupParties(parties, 3)) << "the same on any number of threads";
  return out;
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

TEST(Parties, ANameCutOffIsTheOnlyOneThatBeginsLikeIt) {
  EXPECT_THAT(Group({Named("OBERLINGER FEINMECHANIK UND OPTISCHE G"),
                     Named("OBERLINGER FEINMECHANIK UND OPTISCHE GERAETE")}),
              ElementsAre(0, 0));
  EXPECT_THAT(Group({Named("OBERLINGER FEINMECHANIK UND OPTISCHE G"),
                     Named("OBERLINGER FEINMECHANIK UND OPTISCHE GERAETE"),
                     Named("OBERLINGER FEINMECHANIK UND OPTISCHE GLAESER")}),
              ElementsAre(0, 1, 2));
}

TEST(Parties, NothingIsNobody) { EXPECT_THAT(Group({Named(""), Named("")}), ElementsAre(0, 1)); }

}  // namespace
}  // namespace tidewaiter::resolve
