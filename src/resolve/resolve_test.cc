#include "resolve/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>

#include "base/file.h"
#include "names/edit_distance.h"
#include "resolve/compare.h"
#include "resolve/explain.h"
#include "resolve/groups.h"
#include "resolve/normal.h"
#include "resolve/short_text.h"

namespace tidewaiter::resolve {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr std::string_view kPeople =
    "id,first_name,surname,dob,city,email\n"
    "1,Mira,Alvarquill,1971-06-24,Lisbon,mira.a@example.test\n"
    "2,Mira,Alvarquil,1971-05-24,Lisbon,mira.a@example.test\n"
    "3,Alvarquill,Mira,1971-06-24,,\n"
    "4,Tomas,Benedikter,1980-01-02,Porto,tb@example.test\n"
    "5,Tomas,Benedikter,1980-01-02,,tb@example.test\n"
    "6,Tomas,Oravecz,1955-11-30,Porto,\n"
    "7,,,,,\n"
    "8,,,,,\n";

Mentions MakeFrom(std::string_view text, const std::vector<std::string>& ids,
                  unsigned threads = 1) {
  auto table = ParseTable(text, "test");
  EXPECT_TRUE(table);
  const auto names = ColumnNames::Read(".");
  EXPECT_TRUE(names) << (names ? "" : names.error().ToString());
  const auto mapping = MapColumns(*table, ids, *names, {});
  EXPECT_TRUE(mapping);
  auto mentions = MakeMentions(std::move(*table), *mapping, threads);
  EXPECT_TRUE(mentions) << (mentions ? "" : mentions.error().ToString());
  return std::move(*mentions);
}

Resolution ResolveThem(const Mentions& mentions, Options options = {}) {
  const auto weights = Weights::Read(".");
  EXPECT_TRUE(weights) << (weights ? "" : weights.error().ToString());
  NoProgress progress;
  return Resolve(mentions, *weights, options, progress);
}

// By row of the table: the first row of its entity.
std::vector<uint32_t> EntitiesByRow(const Mentions& mentions, const Clusters& clusters) {
  std::map<uint32_t, uint32_t> first;
  std::vector<uint32_t> out;
  for (uint32_t row = 0; row < mentions.count; ++row)
    out.push_back(first.try_emplace(clusters.entity_of[mentions.of_row[row]], row).first->second);
  return out;
}

TEST(Normal, DatesAreReadInSeveralOrders) {
  EXPECT_EQ(NormalDate("1978-12-31"), "19781231");
  EXPECT_EQ(NormalDate("19781231"), "19781231");
  EXPECT_EQ(NormalDate("30123456701 May 1978"), "") << "no day has eleven digits";
  EXPECT_EQ(NormalDate("1978-12-3012345678"), "");
  EXPECT_EQ(NormalDate("3/31/1954"), "19540331");
  EXPECT_EQ(NormalDate("20/8/1991"), "19910820");
  EXPECT_EQ(NormalDate("24-May-11"), "20110524");
  EXPECT_EQ(NormalDate("Mar 1 1970"), "19700301");
  EXPECT_EQ(NormalDate("1970"), "19700000");
  EXPECT_EQ(NormalDate("11/12/1978"), std::string("19781112") + kValueSeparator + "19781211");
  EXPECT_EQ(NormalDate("1855-81-01"), "18558101") << "a typing error is no reason to know nothing";
  EXPECT_EQ(NormalDate("unknown"), "");
}

TEST(Normal, ContactsAndNumbers) {
  EXPECT_EQ(NormalEmail("\"Mira A\" <Mira@Example.test>"), "mira@example.test");
  EXPECT_EQ(NormalEmail("no mail"), "");
  EXPECT_EQ(NormalPhone("(0)30-123 45 67"), "301234567");
  EXPECT_EQ(NormalPostcode("SW1A 2EP"), "sw1a2ep");
  EXPECT_EQ(PostcodeArea("sw1a2ep"), "sw1a");
  EXPECT_EQ(NormalIdentifier("inn", "7707083893"), "inn:7707083893");
  EXPECT_EQ(NormalIdentifier("inn", "7707083894"), "") << "the check digit is wrong";
}

TEST(Table, NestedJsonBecomesColumns) {
  const auto table = ParseTable(
      R"({"ID": "1", "FEATURES": [{"NAME_LAST": "A"}, {"PHONE": "1"}, {"PHONE": "2"}]})", "t");
  ASSERT_TRUE(table);
  const Column* phone = table->Find("PHONE");
  ASSERT_NE(phone, nullptr);
  EXPECT_EQ(phone->values[phone->cell[0]], std::string("1") + kValueSeparator + "2");
}

TEST(Table, RowsThatCannotBeReadAreCounted) {
  const auto table = ParseTable("a,b\n1,2\n3\n", "t.csv");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows, 1U);
  EXPECT_EQ(table->rejected, 1U);
  EXPECT_THAT(table->notes, ElementsAre(HasSubstr("t.csv:3")));
}

TEST(Resolve, FindsWhoIsWho) {
  const Mentions mentions = MakeFrom(kPeople, {"id"});
  const auto found = ResolveThem(mentions).clusters;
  EXPECT_THAT(EntitiesByRow(mentions, found), ElementsAre(0, 0, 0, 3, 3, 5, 6, 7));
  for (const float p : found.probability) {
    EXPECT_GE(p, 0.5F);
    EXPECT_LE(p, 1.0F);
  }
}

TEST(Resolve, NothingNeverEqualsNothing) {
  std::string text = "id,first_name,surname,dob\n";
  for (int i = 0; i < 50; ++i) text += std::to_string(i) + ",,,\n";
  text += "x,Mira,Alvarquill,1971-06-24\n";
  const auto found = ResolveThem(MakeFrom(text, {"id"})).clusters;
  for (uint32_t m = 0; m < 51; ++m) EXPECT_EQ(found.entity_of[m], m);
}

TEST(Resolve, AGroupThatContradictsAnotherStaysApart) {
  std::string text = "id,first_name,surname,dob,postcode\n";
  // Two people of one rare name, each sure of birth date and postcode.
  for (int i = 0; i < 8; ++i) {
    text += "a" + std::to_string(i) + ",Aylmer,Quillfeather,1862-11-17,PH3 1SH\n";
    text += "b" + std::to_string(i) + ",Aylmer,Quillfeather,1877-04-05,DN6 9XX\n";
  }
  for (int i = 0; i < 300; ++i)
    text += "c" + std::to_string(i) + ",Name" + std::to_string(i) + ",Other" +
            std::to_string(i * 7) + ",19" + std::to_string(10 + i % 80) + "-03-04,QQ" +
            std::to_string(i) + "\n";
  const Mentions mentions = MakeFrom(text, {"id"});
  const auto found = ResolveThem(mentions).clusters;
  const auto entities = EntitiesByRow(mentions, found);
  for (uint32_t row = 0; row < 16; ++row) EXPECT_EQ(entities[row], row % 2) << row;
}

TEST(Resolve, TheSameOnAnyNumberOfThreads) {
  const Mentions one = MakeFrom(kPeople, {"id"}, 1), four = MakeFrom(kPeople, {"id"}, 4);
  Options options;
  options.threads = 4;
  const auto a = ResolveThem(one), b = ResolveThem(four, options);
  EXPECT_EQ(a.clusters.entity_of, b.clusters.entity_of);
  EXPECT_EQ(a.clusters.probability, b.clusters.probability);
  EXPECT_EQ(a.learned.weights.ToJson(), b.learned.weights.ToJson());
}

TEST(ShortText, DistanceIsThatOfTheTexts) {
  std::mt19937 random(11);  // NOLINT: the same texts in every run
  const auto text = [&](size_t size, unsigned letters) {
    std::string out;
    while (out.size() < size) out += static_cast<char>('a' + random() % letters);
    return out;
  };
  for (int i = 0; i < 200000; ++i) {
    const unsigned letters = 2 + random() % 4;
    const std::string a = text(1 + random() % 8, letters);
    std::string b = a;
    for (unsigned edits = random() % 4; edits > 0; --edits) {
      const size_t at = random() % b.size();
      if (random() % 2 == 0)
        b[at] = static_cast<char>('a' + random() % letters);
      else if (at + 1 < b.size())
        std::swap(b[at], b[at + 1]);
      else
        b = b.size() < 8 ? b + 'a' : b.substr(1);
    }
    EXPECT_EQ(ShortDistance(PackShort(a), PackShort(b)), std::min(3U, names::OsaDistance(a, b)))
        << a << " " << b;
  }
}

// A pair is given up when what is left to compare cannot make it strong.
TEST(Facts, NoComparisonWeighsMoreThanItsMost) {
  const Mentions mentions = MakeFrom(kPeople, {"id"});
  const auto weights = Weights::Read(".");
  ASSERT_TRUE(weights);
  const Facts facts(mentions, *weights);
  Comparer comparer(facts);
  for (size_t f = 0; f < kFields; ++f) {
    const auto field = static_cast<Field>(f);
    for (uint32_t a = 1; a < mentions.field(field).values.size(); ++a) {
      for (uint32_t b = 1; b < mentions.field(field).values.size(); ++b) {
        EXPECT_LE(comparer.Weight(field, a, b), facts.MostOf(field, a) + 1e-4F)
            << ToString(field) << " " << a << " " << b;
      }
    }
  }
}

std::string ManyPeople(int rows) {
  constexpr std::array<std::string_view, 8> kGiven = {"Mira", "Tomas", "Aylmer", "Odile",
                                                      "Beno", "Livia", "Corvin", "Petra"};
  std::string text = "id,first_name,surname,dob,city\n";
  std::mt19937 random(5);  // NOLINT: the same rows in every run
  for (int i = 0; i < rows; ++i) {
    const unsigned person = static_cast<unsigned>(random() % (static_cast<unsigned>(rows) / 5));
    std::string surname = "Quill" + std::string(1, static_cast<char>('a' + person % 26)) + "fea" +
                          std::string(1, static_cast<char>('a' + person / 26 % 26));
    if (random() % 5 == 0) surname[random() % surname.size()] = 'x';
    text += std::to_string(i) + "," + std::string(kGiven[person % 8]) + "," + surname + ",19" +
            std::to_string(10 + person % 80) + "-0" + std::to_string(1 + random() % 2) +
            "-11,City" + std::to_string(person % 17) + "\n";
  }
  return text;
}

TEST(Resolve, ManyMentionsAreTheSameOnAnyNumberOfThreads) {
  const Mentions mentions = MakeFrom(ManyPeople(4000), {"id"});
  Options options;
  const auto one = ResolveThem(mentions, options);
  options.threads = 3;
  const auto three = ResolveThem(mentions, options);
  EXPECT_GT(one.clusters.merges.size(), 500U);
  EXPECT_EQ(one.clusters.entity_of, three.clusters.entity_of);
  EXPECT_EQ(one.clusters.probability, three.clusters.probability);
  ASSERT_EQ(one.clusters.refusals.size(), three.clusters.refusals.size());
  for (size_t i = 0; i < one.clusters.refusals.size(); ++i)
    EXPECT_EQ(one.clusters.refusals[i].group_weight, three.clusters.refusals[i].group_weight);
}

// All mentions, dealt out.
std::vector<std::vector<uint32_t>> SomeGroups(const Mentions& mentions, unsigned count) {
  std::vector<std::vector<uint32_t>> out(count);
  for (uint32_t row = 0; row < mentions.count; ++row)
    out[row * 7919 % count].push_back(mentions.of_row[row]);
  return out;
}

TEST(Groups, WhatIsGivenUpHadNoChance) {
  const Mentions mentions = MakeFrom(ManyPeople(600), {"id"});
  const auto weights = Weights::Read(".");
  ASSERT_TRUE(weights);
  const Facts facts(mentions, *weights);
  GroupScorer scorer(facts);
  size_t given_up = 0;
  const auto groups = SomeGroups(mentions, 40);
  for (const auto& a : groups) {
    for (const auto& b : groups) {
      const float exact = scorer.Score(a, b);
      for (const float enough : {-30.0F, -5.0F, 3.0F, 12.0F}) {
        const auto [weight, is_exact] = scorer.ScoreUpTo(a, b, enough);
        given_up += !is_exact;
        if (is_exact) {
          EXPECT_EQ(weight, exact);
        } else {
          EXPECT_LT(weight, enough);
          EXPECT_LE(exact, weight);
        }
      }
    }
  }
  EXPECT_GT(given_up, 1000U);
}

TEST(Resolve, HowMuchSpeaksAgainstAMergeChangesNobody) {
  const Mentions mentions = MakeFrom(ManyPeople(4000), {"id"});
  Options options;
  const auto weighed = ResolveThem(mentions, options);
  options.clusters.weigh_refusals = false;
  const auto not_weighed = ResolveThem(mentions, options);
  EXPECT_EQ(weighed.clusters.entity_of, not_weighed.clusters.entity_of);
  EXPECT_EQ(weighed.clusters.probability, not_weighed.clusters.probability);
  const auto &one = weighed.clusters.refusals, &other = not_weighed.clusters.refusals;
  ASSERT_EQ(one.size(), other.size());
  for (size_t i = 0; i < one.size(); ++i) EXPECT_LE(one[i].group_weight, other[i].group_weight);
}

TEST(Table, ColumnsThatAreNotWantedHoldNothing) {
  const std::string file = ::testing::TempDir() + "/wanted.csv";
  ASSERT_TRUE(WriteAtomically(file, "id,name,note\n1,Alvar,seen\n2,Benedikt,seen\n"));
  const auto table = ReadTable({file}, 1, [](std::string_view name) { return name != "note"; });
  ASSERT_TRUE(table);
  EXPECT_EQ(table->rows, 2U);
  EXPECT_EQ(table->Find("name")->values[table->Find("name")->cell[1]], "Benedikt");
  EXPECT_THAT(table->Find("note")->cell, ElementsAre(0, 0));
}

TEST(Blocks, AValueThatNearlyAllShareIsNoBlock) {
  std::string text = "id,company,city\n";
  constexpr int kRows = 4000;
  for (int i = 0; i < kRows; ++i)
    text += std::to_string(i) + (i % 25 != 0 ? ",Ltd,City" : ",Gmbh,City") +
            std::to_string(i % 50) + "\n";
  const Mentions mentions = MakeFrom(text, {"id"});
  for (const uint32_t largest : {40U, 10U}) {
    const Blocks blocks = MakeBlocks(mentions, {.largest = largest}, 1);
    EXPECT_LE(blocks.comparisons, uint64_t{60} * kRows);
    EXPECT_LE(blocks.largest, largest);
    for (uint32_t b = 0; b < blocks.size(); ++b)
      EXPECT_LE(blocks.Members(b).size(), blocks.largest);
  }
}

TEST(Explain, NamesTheFieldsAndTheirLevels) {
  const Mentions mentions = MakeFrom(kPeople, {"id"});
  const auto weights = Weights::Read(".");
  ASSERT_TRUE(weights);
  const Json json =
      Explainer(mentions, *weights).Merged({mentions.of_row[0], mentions.of_row[1], 1.5F, 2.5F}, 1);
  EXPECT_EQ(json.Find("fields")->Find("birth_date")->Find("agreement")->StringOr("birth_date"),
            "one_digit");
  EXPECT_EQ(json.Find("fields")->Find("email")->Find("agreement")->StringOr("email"), "same");
}

TEST(Ids, MustBeThereAndDiffer) {
  const auto names = ColumnNames::Read(".");
  ASSERT_TRUE(names);
  for (const std::string_view text : {"id,name\n1,A\n1,B\n", "id,name\n,A\n"}) {
    auto table = ParseTable(text, "t");
    const auto mapping = MapColumns(*table, {"id"}, *names, {});
    EXPECT_FALSE(MakeMentions(std::move(*table), *mapping, 1)) << text;
  }
  const auto table = ParseTable("id,name\n1,A\n", "t");
  EXPECT_FALSE(MapColumns(*table, {"no_such"}, *names, {}));
}

}  // namespace
}  // namespace tidewaiter::resolve
