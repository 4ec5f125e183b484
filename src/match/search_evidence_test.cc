// Search with what is known beside the names, with acronyms, and under each policy of weak aliases.
#include <gtest/gtest.h>

#include "match/memory_watchlist.h"

namespace tidewaiter::match {
namespace {

TEST(Search, FindsAcronymsOnBothSides) {
  const auto matcher = MakeMatcher(
      {Party("1", PartyKind::kOrganization, {"Zorban Industrial Oil Company"}),
       Party("2", PartyKind::kOrganization, {"QLTV"}), Party("3", PartyKind::kPerson, {"ZIOC"})});
  Options options;
  options.threshold = 0.6;
  const std::vector<Hit> by_letters = Find(*matcher, "ZIOC Ltd", options);
  ASSERT_FALSE(by_letters.empty());
  const auto of = [&](const std::string& id) {
    return std::find_if(by_letters.begin(), by_letters.end(),
                        [&](const Hit& hit) { return hit.id == id; });
  };
  ASSERT_NE(of("1"), by_letters.end());
  EXPECT_EQ(of("1")->name, "Zorban Industrial Oil Company");
  EXPECT_EQ(of("1")->why.at(0), "'zioc' is the acronym of 'Zorban Industrial Oil Company'");
  const std::vector<Hit> by_name = Find(*matcher, "Quarten Lorum Transport of Vessels", options);
  ASSERT_EQ(by_name.size(), 1U);
  EXPECT_EQ(by_name[0].id, "2");
  EXPECT_EQ(by_name[0].why.at(0), "'Quarten Lorum Transport of Vessels' has the acronym 'qltv'");
  // Two acronyms that were made say nothing, and three letters alone are too little.
  EXPECT_TRUE(Find(*matcher, "Zenzor Inland Optical Center", options).empty());
}

TEST(Search, WeighsWeakAliasesByPolicy) {
  auto parties =
      std::vector{Party("1", PartyKind::kPerson, {"ALVAREZ QUILL, Mira", "LORUM TARRASCH"})};
  parties[0].party.names[1].strength = NameStrength::kWeak;
  parties[0].party.nationalities = {"KZ"};
  const auto matcher = MakeMatcher(std::move(parties));
  const auto score = [&](WeakAliases policy, const std::string& country) {
    Query query;
    query.names = {"Lorum Tarrasch"};
    if (!country.empty()) query.countries = {country};
    Options options;
    options.threshold = 0;
    options.weak_aliases = policy;
    const auto hits = matcher->Search(query, options);
    EXPECT_TRUE(hits);
    return hits->empty() ? 0 : hits->at(0).score;
  };
  EXPECT_GT(score(WeakAliases::kFull, ""), score(WeakAliases::kLess, ""));
  EXPECT_GT(score(WeakAliases::kLess, ""), 0.74);
  EXPECT_EQ(score(WeakAliases::kSupported, ""), 0);
  EXPECT_EQ(score(WeakAliases::kSupported, "RU"), 0);
  EXPECT_EQ(score(WeakAliases::kSupported, "KZ"), score(WeakAliases::kLess, "KZ"));
  EXPECT_EQ(score(WeakAliases::kNever, "KZ"), 0);
}

TEST(Search, KnowsAircraftByTailAndSerialNumber) {
  auto parties = std::vector{Party("1", PartyKind::kAircraft, {"ZZ-QRT"}),
                             Party("2", PartyKind::kOrganization, {"Zorban Zenzor"})};
  parties[0].party.identifiers = {{"tail_number", "ZZ-QRT", {}, {}},
                                  {"serial_number", "24383", {}, {}}};
  parties[1].party.identifiers = {{"serial_number", "24383", {}, {}}};
  const auto matcher = MakeMatcher(std::move(parties));
  Query query;
  query.names = {"Lorum"};
  query.kind = PartyKind::kAircraft;
  query.identifiers = {{"tail_number", "zzqrt", {}, {}}};
  auto hits = *matcher->Search(query, {});
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].score, 1);
  // A serial number stays with the aircraft; it is much, and no certainty.
  query.identifiers = {{"serial_number", "24383", {}, {}}};
  hits = *matcher->Search(query, {});
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].id, "1");
  EXPECT_GT(hits[0].score, 0.9);
  EXPECT_LT(hits[0].score, 1);
  EXPECT_FALSE(hits[0].identifier_agrees);
  query.kind = PartyKind::kOrganization;
  EXPECT_TRUE(matcher->Search(query, {})->empty());
}

TEST(Search, RaisesAndLowersByAddressAndContact) {
  auto parties = std::vector{Party("1", PartyKind::kOrganization, {"Zorban Aerotech LLC"})};
  parties[0].party.addresses = {{"12 Zorban Street, Quarten", {}, {}, {}, {}}};
  parties[0].party.identifiers = {{"email", "info@zorban.test", {}, {}}};
  const auto matcher = MakeMatcher(std::move(parties));
  const auto score = [&](const std::string& address, const std::string& mail) {
    Query query;
    query.names = {"Zorban Aerotek Trading"};
    if (!address.empty()) query.addresses = {address};
    if (!mail.empty()) query.identifiers = {{"email", mail, {}, {}}};
    Options options;
    options.threshold = 0;
    return matcher->Search(query, options)->at(0).score;
  };
  const double bare = score("", "");
  EXPECT_GT(score("Zorban Str. 12, Quarten", ""), bare);
  EXPECT_LT(score("40 Lorum Avenue, Tolliver", ""), bare);
  EXPECT_GT(score("", "INFO@zorban.test"), bare);
  EXPECT_LT(score("", "info@tolliver.test"), bare);
  EXPECT_LT(score("Zorban Str. 12, Quarten", "INFO@zorban.test"), 1);
}

TEST(Search, IsBoundedOnLongAddressesAndContacts) {
  auto parties = std::vector{Party("1", PartyKind::kOrganization, {"Zorban Aerotech LLC"})};
  parties[0].party.addresses = {{"12 Zorban Street, Quarten", {}, {}, {}, {}}};
  const auto matcher = MakeMatcher(std::move(parties));
  Query query;
  query.names = {"Zorban Aerotech"};
  query.addresses = {std::string(1 << 20, 'q'), std::string(8192, ','), "\xED\xA0\x80"};
  query.identifiers = {{"email", std::string(1 << 20, '@'), {}, {}},
                       {"phone", std::string(1 << 20, '7'), {}, {}},
                       {"website", std::string(8192, '/'), {}, {}}};
  EXPECT_EQ(matcher->Search(query, {})->size(), 1U);
}

}  // namespace
}  // namespace tidewaiter::match
