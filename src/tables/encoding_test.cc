#include "tables/encoding.h"

#include <gtest/gtest.h>
#include <iconv.h>

namespace tidewaiter::tables {
namespace {

// The C library as the oracle.
std::string Converted(std::string text, const char* from, const char* to) {
  const iconv_t handle = iconv_open(to, from);
  std::string out(text.size() * 4 + 16, '\0');
  char* in = text.data();
  char* at = out.data();
  size_t left = text.size(), room = out.size();
  EXPECT_NE(iconv(handle, &in, &left, &at, &room), static_cast<size_t>(-1)) << to;
  iconv_close(handle);
  out.resize(out.size() - room);
  return out;
}

constexpr const char* kRussian =
    "Дата;Получатель;Описание\n2023-10-05;ООО «Пример»;Беспилотный летательный аппарат, новый\n"
    "2023-10-06;АО ВЫДУМКА № 5;АККУМУЛЯТОР ЛИТИЕВЫЙ – 3 шт.\n";
constexpr const char* kChinese =
    "日期,收货人,商品名称\n2023-10-05,示例贸易有限公司,多旋翼无人机，带摄像头\n"
    "2023-10-06,虚构进出口有限公司,锂电池组和电机\n";

TEST(Encoding, TextComesBackFromEveryEncoding) {
  const std::string russian = kRussian;
  EXPECT_EQ(ToUtf8(Converted(russian, "UTF-8", "WINDOWS-1251"), Encoding::kWindows1251), russian);
  const std::string turkish = "İğneci şirket ÇÖL Ü";
  EXPECT_EQ(ToUtf8(Converted(turkish, "UTF-8", "WINDOWS-1254"), Encoding::kWindows1254), turkish);
  const std::string all = std::string(kRussian) + kChinese + "é € 𠀀 😀 \u0080\uFFE5";
  EXPECT_EQ(ToUtf8(Converted(all, "UTF-8", "GB18030"), Encoding::kGb18030), all);
  EXPECT_EQ(ToUtf8(Converted(all, "UTF-8", "UTF-16LE"), Encoding::kUtf16Le), all);
  EXPECT_EQ(ToUtf8("\xFE\xFF" + Converted(all, "UTF-8", "UTF-16BE"), Encoding::kUtf16Be), all);
}

TEST(Encoding, EveryCharacterOfGb18030ReadsAsTheOracleReadsIt) {
  for (uint32_t code = 0x80; code < 0x110000; code += code < 0x10000 ? 1 : 977) {
    if (code >= 0xD800 && code < 0xF900) continue;  // surrogates, private use
    std::string utf32;
    for (int i = 0; i < 4; ++i) utf32 += static_cast<char>(code >> (8 * i) & 0xFF);
    const std::string utf8 = Converted(utf32, "UTF-32LE", "UTF-8");
    ASSERT_EQ(ToUtf8(Converted(utf32, "UTF-32LE", "GB18030"), Encoding::kGb18030), utf8) << code;
  }
}

TEST(Encoding, WhatIsNoCharacterBecomesAByteThatNoTextHolds) {
  EXPECT_EQ(ToUtf8("a\x98z", Encoding::kWindows1251), "a\xFFz");
  EXPECT_EQ(ToUtf8("\xB0 z", Encoding::kGb18030), "\xFF z");
  EXPECT_EQ(ToUtf8("\xB0", Encoding::kGb18030), "\xFF");
  EXPECT_EQ(ToUtf8(std::string_view("a\0\0\xD8z\0", 6), Encoding::kUtf16Le), "a\xFFz");
  EXPECT_EQ(ToUtf8(std::string_view("a\0z", 3), Encoding::kUtf16Le), "a\xFF");
}

TEST(Encoding, IsRecognisedAndSaysByWhat) {
  struct Case {
    std::string bytes;
    Encoding encoding;
    std::string evidence;
  };
  const std::string mark = "\xEF\xBB\xBF";
  const std::vector<Case> cases = {
      {kRussian, Encoding::kUtf8, "every byte"},
      {"", Encoding::kUtf8, "every byte"},
      {mark + kRussian, Encoding::kUtf8, "a byte order mark"},
      {Converted(kRussian, "UTF-8", "WINDOWS-1251"), Encoding::kWindows1251, "Cyrillic letters"},
      {Converted(kChinese, "UTF-8", "GB18030"), Encoding::kGb18030, "common Chinese"},
      {"\xFF\xFE" + Converted(kRussian, "UTF-8", "UTF-16LE"), Encoding::kUtf16Le, "a byte order"},
      {"\xFE\xFF" + Converted(kChinese, "UTF-8", "UTF-16BE"), Encoding::kUtf16Be, "a byte order"},
      {Converted("date,importer\n2023-01-01,Пример\n", "UTF-8", "UTF-16LE"), Encoding::kUtf16Le,
       "NUL in every second"},
      {Converted("date,importer\n2023-01-01,Пример\n", "UTF-8", "UTF-16BE"), Encoding::kUtf16Be,
       "NUL in every second"},
  };
  for (const auto& c : cases) {
    const EncodingGuess guess = GuessEncoding(c.bytes);
    EXPECT_EQ(ToString(guess.encoding), ToString(c.encoding)) << guess.evidence;
    EXPECT_NE(guess.evidence.find(c.evidence), std::string::npos) << guess.evidence;
    EXPECT_FALSE(guess.undecided);
  }
}

TEST(Encoding, AFewBadRowsDoNotMakeAnotherEncoding) {
  const std::string good = "2023;Пример;дрон\n";
  EXPECT_EQ(GuessEncoding(good + good + "2023;\xCF\xF0\xE8\xEC\xE5\xF0\n").encoding,
            Encoding::kUtf8);
  EXPECT_EQ(GuessEncoding("a,b\n1,\xFF\xFE\n").encoding, Encoding::kUtf8);
  std::string noise = "a,b\n";
  for (int i = 0; i < 600; ++i) noise += static_cast<char>(0x80 + i * 37 % 128);
  EXPECT_EQ(GuessEncoding(noise).encoding, Encoding::kUtf8);
}

TEST(Encoding, NamesAreReadAsPeopleWriteThem) {
  EXPECT_EQ(ParseEncoding("CP1251"), Encoding::kWindows1251);
  EXPECT_EQ(ParseEncoding("Windows-1251"), Encoding::kWindows1251);
  EXPECT_EQ(ParseEncoding("UTF-16 LE"), Encoding::kUtf16Le);
  EXPECT_EQ(ParseEncoding("gbk"), Encoding::kGb18030);
  EXPECT_EQ(ParseEncoding("GB18030"), Encoding::kGb18030);
  EXPECT_EQ(ParseEncoding("utf8"), Encoding::kUtf8);
  EXPECT_EQ(ParseEncoding("ebcdic"), std::nullopt);
}

}  // namespace
}  // namespace tidewaiter::tables
