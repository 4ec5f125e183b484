#include "evidence/claims.h"

#include <gmock/gmock.h>

#include "base/file.h"
#include "evidence/disputes.h"
#include "evidence/dossier.h"
#include "evidence/run_fixture.h"

namespace tidewaiter::evidence {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Claims, OursAreWholeAndHaveTheirDenials) {
  const auto file = ReadClaims(JoinPath(*ResourceFolder(), "claims/drone-trade.yaml"));
  ASSERT_TRUE(file.has_value()) << file.error().ToString();
  EXPECT_GE(file->claims.size(), 13U);
  EXPECT_THAT(LintClaims(*file), IsEmpty());
  const Claim* closed = file->Find("open-to-one-closed-to-the-other");
  ASSERT_NE(closed, nullptr);
  EXPECT_EQ(closed->chain.size(), 3U);  // a channel quotes an agency, which quotes a president
  EXPECT_EQ(closed->answers.at(0).stance, "denies");
  const Claim* subsidiary = file->Find("direct-sales-by-a-subsidiary");
  ASSERT_NE(subsidiary, nullptr);
  EXPECT_TRUE(subsidiary->disputed);
  EXPECT_GE(file->timeline.size(), 10U);
  for (const auto& event : file->timeline)
    EXPECT_TRUE(event.claim.empty() || file->Find(event.claim) != nullptr);
}

constexpr const char* kOne = R"(claims:
  - id: a
    says: something
    kind: route
    chain: [{who: x, medium: newspaper, date: 2023-01-01}]
    about: {countries: [RU]}
    reliability: B
    credibility: 2
    answers: [{who: y, stance: denies, says: no, dispute: role}]
    sources: [z]
)";

TEST(Claims, SaysWhatIsWrongAndWhere) {
  ASSERT_TRUE(ParseClaims(kOne, "c.yaml").has_value());
  const struct {
    const char *from, *to, *says;
  } cases[] = {
      {"kind: route", "kind: rumour", "c.yaml:"},
      {"kind: route", "kind: rumour", "kind"},
      {"stance: denies", "stance: shrugs", "stance"},
      {"dispute: role", "dispute: price", "dispute"},
      {"reliability: B", "reliability: G", "A to F"},
      {"credibility: 2", "credibility: 7", "1 to 6"},
      {"countries: [RU]", "countries: [Russland]", "no ISO code"},
      {"chain:", "chian:", "chain"},
      {"date: 2023-01-01", "date: yesterday", "date"},
  };
  for (const auto& c : cases) {
    std::string text = kOne;
    text.replace(text.find(c.from), std::string(c.from).size(), c.to);
    const auto file = ParseClaims(text, "c.yaml");
    ASSERT_FALSE(file.has_value()) << c.to;
    EXPECT_THAT(file.error().ToString(), HasSubstr(c.says));
  }
}

TEST(Claims, LintAsksForWhatIsMissing) {
  std::string text = kOne;
  text.replace(text.find("    answers"), std::string::npos, "");
  const auto file = ParseClaims(text, "c.yaml");
  ASSERT_TRUE(file.has_value()) << file.error().ToString();
  EXPECT_EQ(LintClaims(*file).size(), 2U);
}

TEST(DisputesFile, SaysWhatIsWrong) {
  const auto parse = [](const std::string& rest) {
    return ParseDisputes("disputes:\n  - {id: a, by: b, " + rest + "}\n", "d.yaml");
  };
  EXPECT_TRUE(parse("type: role, rows: {party: x, roles: [agent]}").has_value());
  for (const char* rest :
       {"type: taste, rows: {party: x}", "type: role, rows: {}", "type: role",
        "type: role, rows: {roles: [agent]}", "type: role, rows: {party: x, roles: [chef]}",
        "type: role, rows: {row_numbers: [1]}", "type: role, rows: {source: s, row_numbers: [0]}",
        "type: role, status: maybe, rows: {party: x}", "type: role, rows: {brend: x}",
        "type: role, rows: {party: }", "type: role, rows: {party: '', brand: b}",
        "type: role, rows: {brand: b, roles: []}"}) {
    EXPECT_FALSE(parse(rest).has_value()) << rest;
  }
}

class Dossiers : public RunTest {};

TEST_F(Dossiers, EverythingAboutAPartyAndADraftOfALetter) {
  for (int i = 0; i < 3; ++i) {
    Line({{"supplier", "DJI EXAMPLE"},
          {"importer", i == 2 ? "JOHN DOE" : "buyer"},
          {"description", "QUADCOPTER, \"quoted\" | piped"},
          {"date", "=DATE '2023-05-0" + std::to_string(i + 1) + "'"},
          {"value_usd", "=100"}});
  }
  Line({{"agent", "DJI EXAMPLE"}, {"supplier", "other"}, {"date", "=DATE '2023-06-01'"}});
  Line({{"supplier", "nobody"}, {"date", "=DATE '2023-06-01'"}});
  Write("\"agent\"");
  DossierRequest request;
  request.run = folder_, request.party = "dji example", request.out = folder_ + "/d";
  request.resources = resources_;
  request.claims = *ReadClaims(JoinPath(resources_, "claims/drone-trade.yaml"));
  request.written = *ParseIsoDate("2026-01-01"), request.deadline = *ParseIsoDate("2026-01-15");
  request.mask = [](std::string text) { return text == "JOHN DOE" ? "[person 1]" : text; };
  const auto answer = WriteDossier(request);
  ASSERT_TRUE(answer.has_value()) << answer.error().ToString();
  EXPECT_EQ(answer->rows, 4U);
  EXPECT_EQ(answer->entity, "e-DJI EXAMPLE");
  const std::string letter = *ReadFile(request.out + "/letter.txt");
  EXPECT_THAT(letter, HasSubstr("DRAFT. Nothing has been sent"));
  EXPECT_THAT(letter, HasSubstr("reply by 2026-01-15"));
  EXPECT_THAT(letter, HasSubstr("as supplier: 3 rows, USD 300"));
  EXPECT_THAT(letter, HasSubstr("as agent: 1 rows"));
  EXPECT_THAT(letter, HasSubstr("t.csv (SHA-256 abc)"));
  const std::string rows = *ReadFile(request.out + "/rows.csv");
  EXPECT_THAT(rows, HasSubstr("source,row,row_hash,date"));
  EXPECT_THAT(rows, HasSubstr("\"QUADCOPTER, \"\"quoted\"\" | piped\""));
  EXPECT_THAT(rows, HasSubstr("[person 1]"));
  EXPECT_THAT(rows, Not(HasSubstr("nobody")));
  const std::string page = *ReadFile(request.out + "/dossier.md");
  EXPECT_THAT(page, HasSubstr("| agent |"));
  EXPECT_THAT(page, HasSubstr("What has been said of it"));
  EXPECT_THAT(page, HasSubstr("DJI denies"));
  EXPECT_THAT(page + *ReadFile(request.out + "/dossier.json"), Not(HasSubstr("JOHN DOE")));
  request.party = "absent";
  EXPECT_FALSE(WriteDossier(request).has_value());
}

}  // namespace
}  // namespace tidewaiter::evidence
