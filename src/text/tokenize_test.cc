#include "text/tokenize.h"

#include <gtest/gtest.h>

#include <random>

namespace tidewaiter::text {
namespace {

std::string Words(std::string_view name) {
  std::string out;
  for (const Token& token : Tokenize(name)) out += (out.empty() ? "" : " ") + token.latin;
  return out;
}

TEST(Tokenize, FoldsCaseWidthMarksAndInvisibleCharacters) {
  EXPECT_EQ(Words("José  Müller-Łódź"), "jose muller lodz");
  EXPECT_EQ(Words("ＡＣＭＥ　Ｌｔｄ"), "acme ltd");
  EXPECT_EQ(Words("Mi\u200Bra Al\u00ADvarez"), "mira alvarez");
  EXPECT_EQ(Words("e\u0301tat"), "etat");
}

TEST(Tokenize, JoinsInitialsAndDropsApostrophes) {
  EXPECT_EQ(Words("Foo S.A. de C.V."), "foo sa de cv");
  EXPECT_EQ(Words("J. R. Quill"), "j r quill");
  EXPECT_EQ(Words("al-Qa’im O'Neil"), "al qaim oneil");
}

TEST(Tokenize, ReadsScripts) {
  EXPECT_EQ(Words("Сергей Щукин"), "sergey shchukin");
  EXPECT_EQ(Words("محمد"), "mhmd");
  EXPECT_EQ(Words("التكريتي"), "al tkryty");
  EXPECT_EQ(Words("김정은"), "gimjeongeun");
  EXPECT_EQ(Words("王伟"), "wangwei");
  EXPECT_EQ(Words("バラク・オバマ"), "baraku obama");
  EXPECT_EQ(Words("きょうと"), "kyouto");
  EXPECT_EQ(Words("Γιώργος"), "giorgos");
}

TEST(Tokenize, UndoesLookalikes) {
  EXPECT_EQ(Words("Bаnk"), "bank");      // Cyrillic а
  EXPECT_EQ(Words("Cepгeй"), "sergey");  // Latin letters in a Cyrillic word
}

TEST(Tokenize, IsBoundedAndSafeOnAnyBytes) {
  EXPECT_TRUE(Tokenize("").empty());
  EXPECT_TRUE(Tokenize(" .,-()!  \t\n").empty());
  EXPECT_TRUE(Tokenize("\xED\xA0\x80\xFF\xC0\x80").empty());
  EXPECT_LE(Tokenize(std::string(1 << 20, 'x')).front().latin.size(), kMaxLetters);
  std::string many;
  for (int i = 0; i < 100000; ++i) many += "a b ";
  EXPECT_LE(Tokenize(many).size(), kMaxTokens);
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string bytes(random() % 60, '\0');
    for (char& b : bytes) b = static_cast<char>(random());
    for (const Token& token : Tokenize(bytes)) {
      EXPECT_FALSE(token.latin.empty());
      for (const char c : token.latin)
        EXPECT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
  }
}

TEST(Tokenize, ReadsAsciiAsTheTablesDo) {
  for (char c = '0'; c <= 'z'; ++c) {
    const Character character = Describe(static_cast<char32_t>(c));
    if (character.kind != CharacterClass::kLetter && character.kind != CharacterClass::kDigit)
      continue;
    const std::vector<Token> tokens = Tokenize(std::string("Q") + c);
    ASSERT_EQ(tokens.size(), 1U) << c;
    EXPECT_EQ(tokens[0].latin, "q" + std::string(character.latin)) << c;
    const std::vector<Token> alone = Tokenize(std::string(1, c));
    ASSERT_EQ(alone.size(), 1U) << c;
    EXPECT_EQ(alone[0].script, character.script) << c;
  }
}

}  // namespace
}  // namespace tidewaiter::text
