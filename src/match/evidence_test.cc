#include "match/evidence.h"

#include <gtest/gtest.h>

#include "match/contacts.h"

namespace tidewaiter::match {
namespace {

AddressRelation Related(std::string_view a, std::string_view b) {
  const AddressWords x = WordsOfAddress(a), y = WordsOfAddress(b);
  EXPECT_EQ(Relate(x, y), Relate(y, x)) << a << " / " << b;
  return Relate(x, y);
}

TEST(Addresses, AreComparedByPlaceAndNumber) {
  EXPECT_EQ(Related("12 Zorban Street, Quarten, Kazakhstan", "Quarten, ul. Zorban 12"),
            AddressRelation::kSame);
  EXPECT_EQ(Related("д. 12, ул. Зорбан, г. Квартен", "Zorban st. 12, Kvarten"),
            AddressRelation::kSame);
  EXPECT_EQ(Related("12 Zorban Street, Quarten", "40 Lorum Avenue, Quarten"),
            AddressRelation::kSamePlace);
  EXPECT_EQ(Related("12 Zorban Street, Quarten", "40 Lorum Avenue, Tolliver"),
            AddressRelation::kDiffers);
  // The state and words of every address are no place.
  EXPECT_EQ(Related("12 Zorban Street, Quarten, Iran", "40 Lorum Street, Tolliver, Iran"),
            AddressRelation::kDiffers);
  for (const std::string_view empty : {"", " ", "P.O. Box 12", "Iran", "\xED\xA0\x80"})
    EXPECT_EQ(Related("12 Zorban Street, Quarten", empty), AddressRelation::kUnknown) << empty;
}

ContactRelation Related(const Identifier& a, const Identifier& b) {
  const ContactRelation one = CompareContacts({&a, 1}, {&b, 1}).relation;
  EXPECT_EQ(one, CompareContacts({&b, 1}, {&a, 1}).relation) << a.value << " / " << b.value;
  return one;
}

TEST(Contacts, AreComparedAsTheyAreUsed) {
  const Identifier mail{"email", "Info@Zorban.test", {}, {}},
      site{"website", "zorban.test", {}, {}};
  EXPECT_EQ(Related(mail, {"email", "info@zorban.test", {}, {}}), ContactRelation::kSame);
  EXPECT_EQ(Related(mail, {"email", "info@zorban.example", {}, {}}), ContactRelation::kDiffers);
  EXPECT_EQ(Related(mail, site), ContactRelation::kSame);
  EXPECT_EQ(Related(site, {"website", "https://www.ZORBAN.test/", {}, {}}), ContactRelation::kSame);
  EXPECT_EQ(Related({"website", "portal.test/zorban", {}, {}},
                    {"website", "http://portal.test/lorum", {}, {}}),
            ContactRelation::kDiffers);
  const Identifier phone{"phone", "+7 (495) 123-45-67", {}, {}};
  for (const char* same : {"8 495 1234567", "0074951234567", "74951234567", "495 123 45 67"})
    EXPECT_EQ(Related(phone, {"phone", same, {}, {}}), ContactRelation::kSame) << same;
  EXPECT_EQ(Related(phone, {"phone", "+7 495 123-45-68", {}, {}}), ContactRelation::kDiffers);
  for (const char* nothing : {"", "12", "n/a", "---"})
    EXPECT_EQ(Related(phone, {"phone", nothing, {}, {}}), ContactRelation::kUnknown) << nothing;
}

EvidenceScore Compare(const Particulars& left, const Particulars& right) {
  return CompareParticulars(left, right, Profile());
}

TEST(CompareParticulars, WeighsAddressesAndContactsForAndAgainst) {
  Particulars asked, same, other;
  asked.addresses = {WordsOfAddress("12 Zorban Street, Quarten")};
  same.addresses = {WordsOfAddress("40 Lorum Avenue, Tolliver"),
                    WordsOfAddress("Zorban Str 12, Quarten")};
  other.addresses = {WordsOfAddress("40 Lorum Avenue, Tolliver")};
  EXPECT_GT(Compare(asked, same).log_odds, 1);
  EXPECT_EQ(Compare(asked, same).why.at(0), "the address agrees: Zorban Str 12, Quarten");
  EXPECT_LT(Compare(asked, other).log_odds, 0);
  EXPECT_EQ(Compare(asked, Particulars()).log_odds, 0);
  asked = same = other = {};
  asked.identifiers = {{"phone", "+7 495 123-45-67", {}, {}}};
  same.identifiers = {{"phone", "84951234567", {}, {}}};
  other.identifiers = {{"phone", "84951234568", {}, {}}};
  EXPECT_GT(Compare(asked, same).log_odds, 2);
  EXPECT_FALSE(Compare(asked, same).identifier_agrees);
  EXPECT_EQ(Compare(asked, same).why.at(0), "the phone agrees: 84951234567");
  EXPECT_LT(Compare(asked, other).log_odds, 0);
}

TEST(CompareParticulars, NeverAddsMoreThanTheBound) {
  Particulars all;
  all.birth_dates = {{{100, 100}, false, {}}};
  all.countries = {"RU"};
  all.addresses = {WordsOfAddress("12 Zorban Street, Quarten")};
  all.identifiers = {{"phone", "84951234567", {}, {}}, {"passport", "AB12345", {}, {}}};
  for (int without = 0; without < 5; ++without) {
    Particulars some = all;
    if (without == 0) some.birth_dates.clear();
    if (without == 1) some.countries.clear();
    if (without == 2) some.addresses.clear();
    if (without == 3) some.identifiers.pop_back();
    EXPECT_LE(Compare(some, all).log_odds, MostEvidence(some, Profile()) + 1e-9) << without;
  }
}

PartialDate Day(std::string_view text) {
  const Date day = *ParseIsoDate(text);
  return {{day, day}, false, std::string(text)};
}

TEST(CompareParticulars, KnowsErrorsInBirthDates) {
  const auto odds = [](const PartialDate& a, const PartialDate& b) {
    Particulars left, right;
    left.birth_dates = {a};
    right.birth_dates = {b};
    return Compare(left, right).log_odds;
  };
  const PartialDate day = Day("1970-02-05");
  PartialDate year{{*ParseIsoDate("1973-01-01"), *ParseIsoDate("1973-12-31")}, false, "1973"};
  const double same = odds(day, day), swapped = odds(day, Day("1970-05-02")),
               other_year = odds(day, Day("1969-02-05")), few = odds(day, year),
               other = odds(day, Day("1973-08-21"));
  EXPECT_EQ(same, swapped);
  EXPECT_GT(same, other_year);
  EXPECT_GT(other_year, few);
  EXPECT_GT(few, other);
  // The first of January stands for an unknown day.
  EXPECT_LT(odds(Day("1970-01-01"), Day("1966-01-01")), few);
}

}  // namespace
}  // namespace tidewaiter::match
