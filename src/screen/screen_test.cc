#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "screen/list_policy.h"
#include "screen/party_file.h"
#include "screen/screened_party.h"
#include "tables/duckdb.h"

namespace tidewaiter::screen {
namespace {

class PartyFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "tw-screen-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, std::string_view text) const {
    const std::string path = JoinPath(folder_, name);
    EXPECT_TRUE(WriteAtomically(path, text));
    return path;
  }
  static std::vector<PartyRow> Read(const std::string& path) {
    std::vector<PartyRow> rows;
    const Status status = ReadPartyFile({path, {}, {}, 1}, 2, [&](std::vector<PartyRow> batch) {
      rows.insert(rows.end(), batch.begin(), batch.end());
      return true;
    });
    EXPECT_TRUE(status) << (status ? "" : status.error().ToString());
    return rows;
  }
  std::string folder_;
};

void ExpectTheThreeParties(const std::vector<PartyRow>& rows) {
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].name, "Invented, Ltd \"One\"");
  EXPECT_EQ(rows[0].id, "C-1");
  EXPECT_EQ(rows[0].query.countries, std::vector<std::string>{"KZ"});
  ASSERT_EQ(rows[0].query.identifiers.size(), 1U);
  EXPECT_EQ(rows[0].query.identifiers[0].kind, "inn");
  EXPECT_EQ(rows[0].query.identifiers[0].value, "7707083893");
  EXPECT_EQ(rows[1].query.kind, PartyKind::kPerson);
  ASSERT_TRUE(rows[1].query.birth_date);
  EXPECT_EQ(ToString(rows[1].query.birth_date->days.to), "1970-12-31");
  EXPECT_NE(rows[2].problem.find("schema"), std::string::npos);
  EXPECT_EQ(rows[2].row, 3U);
}

TEST_F(PartyFile, TheSameRowsInEveryFormat) {
  const std::string csv =
      Write("p.csv",
            "id,name,schema,country,birth_date,identifiers\n"
            "C-1,\"Invented, Ltd \"\"One\"\"\",company,Kazakhstan,,inn: 7707083893\n"
            "C-2,Invented Two,person,,1970,\nC-3,Three,spaceship,,,\n");
  ExpectTheThreeParties(Read(csv));
  const std::string jsonl = Write(
      "p.jsonl",
      R"({"id":"C-1","name":"Invented, Ltd \"One\"","schema":"Company","country":"KZ","identifiers":{"inn":"7707083893"}})"
      "\n"
      R"({"id":"C-2","name":"Invented Two","schema":"person","birth_date":"1970"})"
      "\n"
      R"({"id":"C-3","name":"Three","schema":"spaceship"})"
      "\n");
  ExpectTheThreeParties(Read(jsonl));
  const auto database = tables::Database::Open({});
  ASSERT_TRUE(database);
  auto connection = database->Connect();
  const std::string parquet = JoinPath(folder_, "p.parquet");
  ASSERT_TRUE(connection->Run("COPY (SELECT * FROM read_csv(" + tables::QuoteText(csv) +
                              ", all_varchar = true)) TO " + tables::QuoteText(parquet)));
  ExpectTheThreeParties(Read(parquet));
}

TEST_F(PartyFile, ARowThatCannotBeReadIsHandedOverWithItsProblem) {
  const auto rows = Read(Write("p.csv", "name,id\nA,1\nB\nC,3,4\nD,4\n"));
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].problem, "");
  EXPECT_NE(rows[1].problem.find("line 3"), std::string::npos);
  EXPECT_NE(rows[2].problem, "");
  EXPECT_EQ(rows[3].name, "D");
  const auto json = Read(Write("p.jsonl", "{\"name\":\"A\"}\n{\"name\":\n[1]\n{\"id\":4}\n"));
  ASSERT_EQ(json.size(), 4U);
  EXPECT_EQ(json[0].problem, "");
  for (size_t i = 1; i < 4; ++i) EXPECT_NE(json[i].problem, "") << i;
}

TEST_F(PartyFile, NoNameColumnIsAnErrorWithItsPlace) {
  const Status status =
      ReadPartyFile({Write("p.csv", "id,what\n1,2\n"), {}, {}, 1}, 10, [](auto) { return true; });
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().line, 1U);
  EXPECT_EQ(status.error().field, "name");
}

TEST(BirthDate, DayMonthYearAndNothingElse) {
  EXPECT_EQ(ToString(ParseBirthDate("1970-02")->days.to), "1970-02-28");
  for (const char* bad : {"", "70", "1970-13", "31.01.1970", "19700131", "abcd"})
    EXPECT_FALSE(ParseBirthDate(bad)) << bad;
}

ListPolicies Policies() {
  auto resources = ResourceFolder();
  EXPECT_TRUE(resources);
  auto policies = ListPolicies::Load(*resources);
  EXPECT_TRUE(policies) << (policies ? "" : policies.error().ToString());
  return *policies;
}

Hit HitOn(const std::string& list, bool identifier_agrees) {
  Hit hit;
  hit.list = list;
  hit.identifier_agrees = identifier_agrees;
  return hit;
}

TEST(ListPolicy, ALikenessAsksAPersonAndNeverStops) {
  const ListPolicies policies = Policies();
  for (const auto& policy : policies.all()) {
    for (const Role role : AllRoles()) {
      EXPECT_LE(policies.OutcomeOf(HitOn(policy.list, false), role, "US", {}), Outcome::kReview);
    }
  }
  EXPECT_EQ(policies.OutcomeOf(HitOn("us_csl", false), Role::kConsignee, "", {}), Outcome::kReview);
  EXPECT_EQ(policies.OutcomeOf(HitOn("us_csl", false), Role::kForwarder, "", {}), Outcome::kReview);
}

TEST(ListPolicy, ASellerMovesNothingUnlessAllDealingIsForbidden) {
  const ListPolicies policies = Policies();
  EXPECT_EQ(policies.OutcomeOf(HitOn("us_csl", true), Role::kManufacturer, "US", {}),
            Outcome::kClear);
  EXPECT_EQ(policies.OutcomeOf(HitOn("ofac_sdn", false), Role::kManufacturer, "", {}),
            Outcome::kReview);
}

TEST(ListPolicy, AnAgreeingIdentifierBringsTheEffectOfTheListForThoseItBinds) {
  const ListPolicies policies = Policies();
  EXPECT_EQ(policies.OutcomeOf(HitOn("ofac_sdn", true), Role::kConsignee, "US", {}),
            Outcome::kStop);
  EXPECT_EQ(policies.OutcomeOf(HitOn("ofac_sdn", true), Role::kConsignee, "CN", {}),
            Outcome::kReview);
  EXPECT_EQ(policies.OutcomeOf(HitOn("un_sc", true), Role::kConsignee, "CN", {}), Outcome::kStop);
  EXPECT_EQ(policies.OutcomeOf(HitOn("us_csl", true), Role::kConsignee, "US", {}), Outcome::kStop);
  EXPECT_EQ(policies.OutcomeOf(HitOn("us_csl", true), Role::kConsignee, "US", {{"BIS", "1"}}),
            Outcome::kReview);
  EXPECT_EQ(policies.OutcomeOf(HitOn("eu_fsf", true), Role::kEndUser, "DE", {}), Outcome::kStop);
}

TEST(ScreenedParty, TheKeyHoldsWhateverTheHitsDependOn) {
  OrderParty a;
  a.name = "x";
  OrderParty b = a;
  b.country = "KZ";
  OrderParty c = a;
  c.address = "KZ";
  const Date day{100};
  EXPECT_NE(CacheKey(a, day), CacheKey(b, day));
  EXPECT_NE(CacheKey(b, day), CacheKey(c, day));
  EXPECT_NE(CacheKey(a, day), CacheKey(a, day + 1));
  EXPECT_EQ(CacheKey(a, day), CacheKey(a, day));
}

}  // namespace
}  // namespace tidewaiter::screen
