#include "goods/heading_words.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace tidewaiter::goods {
namespace {

const HeadingWords& Loaded() {
  static const auto words = HeadingWords::Load("reference/hs/heading_words.tsv");
  EXPECT_TRUE(words) << (words ? "" : words.error().ToString());
  return *words;
}

bool SpeaksAgainst(const HeadingEvidence& evidence) {
  return !evidence.declared_is_top && evidence.margin() >= 0.3;
}
bool SpeaksAgainst(std::string_view text, std::string_view declared) {
  return SpeaksAgainst(Loaded().Read(text, declared));
}

TEST(HeadingWords, SpeakForHeadingsAndNameTheWords) {
  const HeadingEvidence evidence =
      Loaded().Read("Combined household refrigerators and freezers R600A, 5 pcs", "950300");
  ASSERT_EQ(evidence.top.size(), 5U);
  EXPECT_EQ(evidence.top[0].heading, "8418");
  EXPECT_EQ(evidence.words,
            (std::vector<std::string>{"combined", "freezer", "household", "refrigerator"}));
  EXPECT_TRUE(SpeaksAgainst(evidence));
  EXPECT_GT(evidence.margin(), 0.3);
  EXPECT_FALSE(
      SpeaksAgainst("Combined household refrigerators and freezers R600A, 5 pcs", "841810"));
  EXPECT_FALSE(SpeaksAgainst("Combined household refrigerators and freezers R600A, 5 pcs", ""));
}

TEST(HeadingWords, SayNothingOfWhatTheyDoNotKnow) {
  for (const char* text : {"", "bearings", "Квадрокоптер с камерой",
                           "SUPERFOO MEGABAR bearing ball UNICA", "4K 12 x 5", "of the and"})
    EXPECT_TRUE(Loaded().Read(text, "950300").top.empty()) << text;
}

TEST(HeadingWords, AnOlderCodeCountsAsAllThatItBecame) {
  const auto evidence = Loaded().Read("unmanned aircraft for remote-controlled flight", "852580");
  ASSERT_FALSE(evidence.top.empty());
  EXPECT_EQ(evidence.top[0].heading, "8806");
  EXPECT_FALSE(SpeaksAgainst(evidence)) << "8525.80 of 2017 may be 8806 today";
  EXPECT_TRUE(SpeaksAgainst("unmanned aircraft for remote-controlled flight", "610910"));
}

TEST(HeadingWords, ProbabilitiesAreOfAWhole) {
  const auto evidence =
      Loaded().Read("electric motors and generators, static converters", "850100");
  double sum = 0;
  for (size_t i = 0; i < evidence.top.size(); ++i) {
    sum += evidence.top[i].probability;
    EXPECT_TRUE(i == 0 || evidence.top[i].probability <= evidence.top[i - 1].probability);
  }
  EXPECT_LE(sum, 1 + 1e-9);
}

void ExpectAgainstIsWhatReadSays(const std::string& text, const std::string& declared) {
  const auto evidence = Loaded().Read(text, declared);
  const auto against = Loaded().Against(text, declared);
  ASSERT_EQ(against.has_value(), !evidence.top.empty() && !evidence.declared_is_top) << text;
  if (!against) return;
  EXPECT_EQ(against->margin(), evidence.margin());
  EXPECT_EQ(against->words, evidence.words);
}

// Our own texts, not held out: the list of words that say nothing was completed after reading them.
TEST(HeadingWords, SeldomSpeakAgainstARightCodeOfTradersWords) {
  const auto text = ReadFile("src/goods/testdata/trade_texts.csv");
  ASSERT_TRUE(text);
  size_t texts = 0, among_five = 0, against = 0;
  for (size_t at = text->find('\n') + 1; at < text->size(); ++texts) {
    const size_t end = text->find('\n', at), comma = text->find(',', at);
    const std::string hs = text->substr(at, comma - at);
    const auto evidence = Loaded().Read(text->substr(comma + 1, end - comma - 1), hs);
    among_five += !evidence.top.empty() && evidence.declared_is_top;
    against += SpeaksAgainst(evidence);
    for (const std::string& declared : {hs, std::string("950300"), std::string()})
      ExpectAgainstIsWhatReadSays(text->substr(comma + 1, end - comma - 1), declared);
    at = end + 1;
  }
  EXPECT_GT(texts, 100U);
  EXPECT_GE(among_five * 100, texts * 90) << among_five << " of " << texts;
  EXPECT_LE(against * 100, texts) << against << " of " << texts;
}

TEST(HeadingWords, ATableThatIsNoneIsRefusedWithItsLine) {
  for (const char* table :
       {"a\t0101 x\n", "a\t0101 0\n", "a\t101 1\n", "a 0101 1\n", "a\t0101\n", "\t0101 1\n"}) {
    const auto words = HeadingWords::Parse(std::string("# x\n") + table, "w.tsv");
    ASSERT_FALSE(words) << table;
    EXPECT_EQ(words.error().ToString().substr(0, 8), "w.tsv:2:") << words.error().ToString();
  }
  EXPECT_FALSE(HeadingWords::Parse("a\t0101 1\na\t0102 1\n", "w.tsv"));
  EXPECT_TRUE(HeadingWords::Parse("", "w.tsv"));
}

}  // namespace
}  // namespace tidewaiter::goods
