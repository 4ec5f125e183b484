#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "names/acronym.h"
#include "names/edit_distance.h"
#include "names/identifiers.h"
#include "names/name_tokens.h"
#include "names/readings.h"
#include "names/similarity.h"
#include "names/sound.h"

namespace tidewaiter::names {
namespace {

std::string RandomWord(std::mt19937& random, size_t longest) {
  std::string out(random() % (longest + 1), '\0');
  for (char& c : out) c = static_cast<char>('a' + random() % 4);
  return out;
}

TEST(EditDistance, EqualsItsDefinition) {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    const std::string a = RandomWord(random, round % 50 == 0 ? 90 : 14),
                      b = RandomWord(random, round % 70 == 0 ? 90 : 14);
    ASSERT_EQ(OsaDistance(a, b), reference::OsaDistance(a, b)) << a << " " << b;
    ASSERT_EQ(LcsLength(a, b), reference::LcsLength(a, b)) << a << " " << b;
    const OsaPattern pattern(a);
    for (uint32_t limit = 0; limit <= 3; ++limit) {
      const bool within = reference::OsaDistance(a, b) <= limit;
      ASSERT_EQ(IsWithinOsa(a, b, limit), within) << a << " " << b;
      ASSERT_EQ(pattern.IsWithin(b, limit), within) << a << " " << b;
    }
  }
}

TEST(SoundDistance, EqualsItsDefinitionUpToItsLimit) {
  std::mt19937 random(13);
  constexpr std::string_view kLetters = "aeiouhjsvtdzkgCSZbfnr0153";
  constexpr double kLimit = 3;
  for (int round = 0; round < 100000; ++round) {
    std::string a(random() % 9, '\0');
    for (char& c : a) c = kLetters[random() % kLetters.size()];
    std::string b = a;
    for (size_t edits = random() % 5; edits > 0; --edits) {
      const size_t at = random() % (b.size() + 1);
      if (random() % 2 == 0 && at < b.size())
        b.erase(at, 1);
      else
        b.insert(at, 1, kLetters[random() % kLetters.size()]);
      if (random() % 3 == 0 && at + 1 < b.size()) std::swap(b[at], b[at + 1]);
    }
    const double exact = reference::SoundDistance(a, b);
    if (exact <= kLimit)
      ASSERT_NEAR(SoundDistance(a, b, kLimit), exact, 1e-9) << a << " " << b;
    else
      ASSERT_GT(SoundDistance(a, b, kLimit), kLimit) << a << " " << b;
  }
}

std::string Words(std::string_view name, PartyKind kind) {
  std::string out;
  for (const NameToken& token : AnalyseName(name, kind).tokens) {
    out += (out.empty() ? "" : " ") + token.text +
           (token.Is(kLegal)  ? "$"
            : token.Is(kWord) ? "#"
                              : "");
  }
  return out;
}

TEST(NameTokens, UnderstandsThePartsOfANameInAnyLanguage) {
  EXPECT_EQ(Words("ООО \"Альфа\"", PartyKind::kOrganization), "limited$ alfa");
  EXPECT_EQ(Words("Alfa Company GmbH", PartyKind::kOrganization), "alfa company# limited$");
  EXPECT_EQ(Words("QUILL, Mira", PartyKind::kPerson), "mira quill");
  EXPECT_EQ(Words("Abd al-Rahman", PartyKind::kPerson), "abdulrahman");
  EXPECT_EQ(Words("AL-RAHMAN, Abd", PartyKind::kPerson), "abdulrahman");
  EXPECT_EQ(Words("王小明", PartyKind::kPerson), "wang xiaoming");
  EXPECT_EQ(Words("김정은", PartyKind::kPerson), "kim jeongeun");
  EXPECT_EQ(Words("Star II", PartyKind::kVessel), "star 2");
  EXPECT_EQ(Words("北京星海科技有限公司", PartyKind::kOrganization),
            "beijingxinghai technology# limited$");
}

Similarity Compare(std::string_view a, std::string_view b) {
  const NameToken x = AnalyseName(a, PartyKind::kPerson).tokens.at(0),
                  y = AnalyseName(b, PartyKind::kPerson).tokens.at(0);
  return CompareWords({x.text, x.key, x.skeleton, x.own, x.flags, LettersOf(x.key), {}},
                      {y.text, y.key, y.skeleton, y.own, y.flags, LettersOf(y.key), {}});
}

TEST(SoundKey, ReadsTheGlideAndTheConsonantJ) {
  EXPECT_EQ(SoundKey("tatjana"), SoundKey("tatyana"));
  EXPECT_EQ(SoundKey("artjom"), SoundKey("artyom"));
  EXPECT_EQ(SoundKey("sergej"), SoundKey("sergey"));
  EXPECT_NE(SoundKey("majid").find('j'), std::string::npos);
  EXPECT_NE(SoundKey("mejia").find('j'), std::string::npos);
  // Ta and ha are two letters, tha is one.
  EXPECT_EQ(AbjadKey("tx"), "th");
  EXPECT_EQ(AbjadKey("th"), "t");
}

TEST(NameTokens, APersonHasNoLegalFormAndNothingEndsInAnArticle) {
  const auto token = [](std::string_view name, PartyKind kind, size_t at) {
    return AnalyseName(name, kind).tokens.at(at);
  };
  EXPECT_EQ(Words("PAO, Yu", PartyKind::kPerson), "yu pao");
  EXPECT_EQ(Words("PAO Alfa", PartyKind::kOrganization), "stock$ alfa");
  EXPECT_FALSE(token("KIM, In Chol", PartyKind::kPerson, 0).Is(kParticle));
  EXPECT_TRUE(token("Center in Alfa", PartyKind::kOrganization, 1).Is(kParticle));
  EXPECT_FALSE(token("AN, Chol", PartyKind::kPerson, 1).Is(kParticle));
  EXPECT_TRUE(token("an Nur Quill", PartyKind::kPerson, 0).Is(kParticle));
  EXPECT_FALSE(token("HAJI, Ali", PartyKind::kPerson, 1).Is(kHonorific));
  EXPECT_TRUE(token("QUILL, Haji Ali", PartyKind::kPerson, 0).Is(kHonorific));
  EXPECT_TRUE(token("Quill, Haji", PartyKind::kPerson, 0).Is(kHonorific));
}

TEST(NameTokens, ALegalFormThatWasCutOffIsOneAndParticlesAreOneWord) {
  EXPECT_EQ(Words("Alfa Joint Stock Compan", PartyKind::kOrganization), "alfa stock$");
  EXPECT_EQ(Words("Alfa Joint Stock Com", PartyKind::kOrganization).find('$'), std::string::npos);
  EXPECT_EQ(Words("Joint Stock Compan Alfa", PartyKind::kOrganization).find('$'),
            std::string::npos);
  EXPECT_EQ(Words("Mira van der Bilt", PartyKind::kPerson), "mira vander bilt");
}

std::string Apart(std::string_view name) {
  const auto readings = OtherReadings(name, PartyKind::kOrganization, true);
  return readings.empty() ? std::string() : readings.front();
}

TEST(OtherReadings, ApostrophesPartWords) {
  EXPECT_EQ(Apart("QUILL, Sa'id"), "QUILL, Sa id");
  EXPECT_EQ(Apart("Dell\u2019Aquila"), "Dell Aquila");
  EXPECT_EQ(Apart("Ma'mun d'Or"), "Ma mun d Or");
  EXPECT_EQ(Apart("Women's"), "Women s");
  EXPECT_EQ(Apart("U'n-so'ng"), "U n so ng");
  EXPECT_EQ(Apart("'Ali Quill'"), "");
  EXPECT_EQ(Apart(""), "");
}

std::string Together(std::string_view name, PartyKind kind = PartyKind::kPerson) {
  const auto readings = OtherReadings(name, kind, true);
  return readings.empty() ? std::string() : readings.back();
}

TEST(OtherReadings, SyllablesOfOneNameAreWrittenTogether) {
  EXPECT_EQ(Together("Hiu-ming Quill"), "Hiuming Quill");
  EXPECT_EQ(Together("quill, hiu  ming"), "quill, hiuming");
  EXPECT_EQ(Together("I Ban Quillov", PartyKind::kUnknown), "Iban Quillov");
  EXPECT_EQ(Together("Hiu, Ming"), "");
  EXPECT_EQ(Together("I. Ban Quillov"), "");
  EXPECT_EQ(Together("Hiu Quill Ming"), "");
  EXPECT_EQ(Together("Hiu-ming Quill", PartyKind::kOrganization), "");
  EXPECT_TRUE(OtherReadings("Hiu-ming Quill", PartyKind::kPerson, false).empty());
}

TEST(CompareWords, AWifesNameIsNearToTheName) {
  EXPECT_EQ(Compare("Quillardova", "Quillard").why, Likeness::kVariant);
  EXPECT_EQ(Compare("Marova", "Mar").value, 0);
}

TEST(NameTokens, ReadsAzerbaijaniAndLostBlanks) {
  EXPECT_EQ(Words("X\u0259lil", PartyKind::kPerson), "khalil");
  EXPECT_EQ(Words("ZenzorAG", PartyKind::kOrganization), "zenzor stock$");
  EXPECT_EQ(Words("McZenzor", PartyKind::kPerson), "mczenzor");
  EXPECT_EQ(Words("I-van", PartyKind::kPerson), "ivan");
}

TEST(NameTokens, ReadsJapaneseNames) {
  EXPECT_EQ(Words("山田太郎", PartyKind::kPerson), "yamada taro");
  EXPECT_EQ(Words("山田 太郎", PartyKind::kPerson), "yamada taro");
  EXPECT_EQ(Words("長谷川 明", PartyKind::kPerson), "hasegawa akira");
  EXPECT_EQ(Words("渡邊博之", PartyKind::kPerson), "watanabe hiroyuki");
  EXPECT_EQ(Words("佐藤 Eiji", PartyKind::kPerson), "sato eiji");
  // Chinese: a surname of one character, a given name of two.
  EXPECT_EQ(Words("高山明", PartyKind::kPerson), "gao shanming");
  EXPECT_EQ(Words("王小明", PartyKind::kPerson), "wang xiaoming");
}

std::string Acronyms(std::string_view name) {
  std::string out;
  for (const NameToken& acronym :
       AcronymsOf(name, AnalyseName(name, PartyKind::kOrganization).tokens))
    out += (out.empty() ? "" : " ") + acronym.text;
  return out;
}

TEST(AcronymsOf, TakesTheFirstLettersOfWhatCounts) {
  EXPECT_EQ(Acronyms("Zorban Industrial Oil Company"), "zioc");
  EXPECT_EQ(Acronyms("The Bank of Zorban and Quarten"), "bzq");
  EXPECT_EQ(Acronyms("Zorban Lorum Aero LLC"), "zla zlal");
  EXPECT_EQ(Acronyms("Зорбан Лорум Аэро"), "zla");
  for (const std::string_view none : {"", "Zorban Oil", "Plant 3 Zorban Lorum", "شركة زوربان للنفط",
                                      "北京星海科技有限公司", "A B C", "!!!"})
    EXPECT_EQ(Acronyms(none), "") << none;
  EXPECT_EQ(Acronyms(std::string(1 << 20, 'a')), "");
}

TEST(SoundKey, ReadsChBeforeAConsonantAsKh) {
  EXPECT_EQ(SoundKey("achmat"), SoundKey("akhmat"));
  EXPECT_EQ(SoundKey("bachtiyar"), SoundKey("bakhtiyar"));
  EXPECT_NE(SoundKey("chen"), SoundKey("khen"));
  EXPECT_EQ(SoundKey("chwe")[0], 'C');
  EXPECT_EQ(SoundKey("sech1n")[2], 'C');  // a digit typed for a vowel
}

TEST(ComparableIdentifier, TellsANumberFromATypingError) {
  const std::vector<std::array<const char*, 3>> cases = {
      {"imo", "IMO 9074729", "9074728"},
      {"inn", "7707083893", "7707083894"},
      {"inn", "500100732259", "500100732258"},
      {"ogrn", "1027700132195", "1027700132196"},
      {"ogrn", "304500116000157", "304500116000158"},
      {"lei", "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R13"},
      {"uscc", "91350100M000100Y43", "91350100M000100Y44"},
      {"bic", "DEUTDEFF500", "DEUTDEFF50"},
      {"bic", "deutdeff", "D3UTDEFF"}};
  for (const auto& [kind, good, wrong] : cases) {
    EXPECT_NE(ComparableIdentifier(kind, good), "") << kind << " " << good;
    EXPECT_EQ(ComparableIdentifier(kind, wrong), "") << kind << " " << wrong;
  }
  EXPECT_EQ(ComparableIdentifier("bic", "DEUTDEFF500"), ComparableIdentifier("bic", "DEUTDEFF"));
  EXPECT_EQ(KindOfWord("swift"), "bic");
  EXPECT_EQ(KindOfWord("passport"), "passport");
}

TEST(CompareWords, IsSymmetricAndOrdersSpellings) {
  EXPECT_EQ(Compare("mikhail", "mikhail").value, 1);
  EXPECT_GT(Compare("mikhail", "mihail").value, 0.95);
  EXPECT_GT(Compare("putin", "pudin").value, Compare("putin", "pulin").value);
  EXPECT_EQ(Compare("putin", "lavrov").value, 0);
  EXPECT_GT(Compare("محمد", "muhammad").value, 0.8);
  EXPECT_GT(Compare("فلاديمير", "vladimir").value, 0.8);
  for (const auto& [a, b] :
       {std::pair{"vladimir", "vladmir"}, {"محمد", "hamid"}, {"7", "8"}, {"j", "john"}}) {
    EXPECT_EQ(Compare(a, b).value, Compare(b, a).value);
  }
}

TEST(AnalyseName, AWordStaysWithinItsBoundWhenAnotherIsJoinedToIt) {
  const std::string longest(text::kMaxLetters, 'k');
  for (const std::string& name :
       {"l " + longest, "L-" + longest, longest + " allah", "al " + longest, "l'" + longest}) {
    for (const NameToken& token : AnalyseName(name, PartyKind::kPerson).tokens)
      EXPECT_LE(token.text.size(), text::kMaxLetters) << name;
  }
}

}  // namespace
}  // namespace tidewaiter::names
