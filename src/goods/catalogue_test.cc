#include "goods/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "goods/index.h"
#include "goods/lint.h"

namespace tidewaiter::goods {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// The smallest catalogue that has every file.
CatalogueFiles Small() {
  CatalogueFiles files;
  files["sources.yaml"] = "sources:\n  - {id: s, title: A source, date: 2024-01-01}\n";
  files["parameters.yaml"] =
      "parameters:\n  - {name: mtow, unit: kg, meaning: mass}\n"
      "  - {name: is_toy, kind: boolean, unit: \"\", meaning: toy}\n";
  files["classes.yaml"] = "classes:\n  - {class: drone, expected_hs: [\"8806\"], words: [drone]}\n";
  files["spellings.yaml"] = "spellings: []\n";
  files["words.yaml"] = "for: [for]\n";
  files["brands/x.yaml"] =
      "brand: Xdrone\nclass: drone\nmodels:\n"
      "  - {name: One, facts: [{name: mtow, value: 2, unit: kg, source: s}]}\n";
  return files;
}

std::string FirstProblem(const CatalogueFiles& files) {
  const Catalogue catalogue = ParseCatalogue("c", files);
  if (catalogue.problems.empty()) return "";
  return catalogue.problems.front().ToString();
}

std::string BrandProblem(const std::string& text) {
  CatalogueFiles files = Small();
  files["brands/x.yaml"] = text;
  return FirstProblem(files);
}

TEST(Catalogue, TheSmallOneIsRight) { EXPECT_EQ(FirstProblem(Small()), ""); }

TEST(Catalogue, TheShippedOneHasNoProblem) {
  const auto catalogue = ReadCatalogue("catalogue");
  ASSERT_TRUE(catalogue);
  for (const Error& problem : LintCatalogue(*catalogue)) ADD_FAILURE() << problem.ToString();
}

TEST(Catalogue, EachMistakeHasAPlaceAndSaysWhatToDo) {
  EXPECT_THAT(BrandProblem("brand: X\nclas: drone\n"), HasSubstr("x.yaml:2"));
  EXPECT_THAT(BrandProblem("brand: X\nclas: drone\n"), HasSubstr("class"));
  EXPECT_THAT(BrandProblem("class: drone\n"), HasSubstr("brand: this is needed"));
  EXPECT_THAT(BrandProblem("brand: X\nclass: dron\n"), HasSubstr("nearest: drone"));
  EXPECT_THAT(BrandProblem("brand: X\naliases: [x]\n"), HasSubstr("names a brand already"));
  const std::string head = "brand: X\nclass: drone\nmodels:\n";
  EXPECT_THAT(BrandProblem(head + "  - {name: A}\n  - {name: B, aliases: [a]}\n"),
              HasSubstr("x.yaml:5"));
  const auto fact = [&](const std::string& text) {
    return BrandProblem(head + "  - {name: A, facts: [{" + text + "}]}\n");
  };
  EXPECT_THAT(fact("name: mtow, value: 2, unit: kg"), HasSubstr("a fact without a source"));
  EXPECT_THAT(fact("name: mtow, value: 2, unit: kg, source: t"), HasSubstr("no source \"t\""));
  EXPECT_THAT(fact("name: mtow, value: 2000, unit: g, source: s"),
              HasSubstr("the unit of mtow is \"kg\""));
  EXPECT_THAT(fact("name: mtov, value: 2, unit: kg, source: s"), HasSubstr("nearest: mtow"));
  EXPECT_THAT(fact("name: mtow, min: 3, max: 2, unit: kg, source: s"), HasSubstr("in order"));
  EXPECT_THAT(fact("name: is_toy, value: perhaps, source: s"), HasSubstr("x.yaml:4"));
}

TEST(Catalogue, TablesOfFacts) {
  CatalogueFiles files = Small();
  files["facts/f.tsv"] =
      "# comment\nsource\tbrand\tmodel\tname\tvalue\tunit\ns\tXdrone\tone\tis_toy\tfalse\t\n";
  EXPECT_EQ(FirstProblem(files), "");
  files["facts/f.tsv"] += "s\tXdrone\ttwo\tis_toy\tfalse\t\n";
  EXPECT_THAT(FirstProblem(files), HasSubstr("f.tsv:4: no model \"Xdrone two\""));
  files["facts/f.tsv"] = "s\tXdrone\tone\n";
  EXPECT_THAT(FirstProblem(files), HasSubstr("six cells"));
}

TEST(Catalogue, TwoSourcesAreTwoReadings) {
  CatalogueFiles files = Small();
  files["sources.yaml"] += "  - {id: t, title: Another, date: 2024-01-01}\n";
  files["facts/f.tsv"] = "t\tXdrone\tOne\tmtow\t2.5\tkg\n";
  const Catalogue catalogue = ParseCatalogue("c", files);
  ASSERT_EQ(catalogue.models.size(), 1u);
  ASSERT_EQ(catalogue.models[0].facts.size(), 1u);
  EXPECT_EQ(catalogue.models[0].facts[0].value.readings.size(), 2u);
}

TEST(Catalogue, LintFindsWhatOnlyTheWholeShows) {
  CatalogueFiles files = Small();
  files["words.yaml"] = "for: [for]\nwith: [for]\n";
  std::string all;
  for (const Error& problem : LintCatalogue(ParseCatalogue("c", files)))
    all += problem.ToString() + "\n";
  EXPECT_THAT(all, HasSubstr("\"for\" (with) is there already as for"));
  EXPECT_THAT(all, HasSubstr("class \"motor\" is missing"));
}

TEST(Catalogue, TheHashChangesWithAnyFile) {
  CatalogueFiles files = Small();
  const std::string before = ParseCatalogue("c", files).hash;
  EXPECT_EQ(before, ParseCatalogue("elsewhere", files).hash);
  files["words.yaml"] += "# \n";
  EXPECT_NE(before, ParseCatalogue("c", files).hash);
}

TEST(Catalogue, AProblemIsNotLoaded) {
  CatalogueFiles files = Small();
  files["words.yaml"] = "four: [for]\n";
  EXPECT_FALSE(MakeIndex(ParseCatalogue("c", files)));
}

}  // namespace
}  // namespace tidewaiter::goods
