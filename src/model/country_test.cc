#include "model/country.h"

#include <gtest/gtest.h>

#include "base/file.h"

namespace tidewaiter {
namespace {

TEST(Country, UnderstandsCodesAndNames) {
  const std::pair<const char*, const char*> cases[] = {
      {"RU", "RU"},
      {"rus", "RU"},
      {" Russian Federation ", "RU"},
      {"РОССИЯ", "RU"},
      {"俄罗斯", "RU"},
      {"КИТАЙ", "CN"},
      {"中国", "CN"},
      {"الصين", "CN"},
      {"China, People's Republic of", "CN"},
      {"Korea, South", "KR"},
      {"Korea, North", "KP"},
      {"Democratic People’s Republic of Korea", "KP"},
      {"Burma", "MM"},
      {"Cote d Ivoire", "CI"},
      {"CÔTE D’IVOIRE", "CI"},
      {"Türkiye", "TR"},
      {"TÜRKİYE", "TR"},
      {"BİRLEŞİK ARAP EMİRLİKLERİ", "AE"},
      {"Hong Kong", "HK"},
      {"Гонконг", "HK"},
      {"The Gambia", "GM"},
      {"Bahamas, The", "BS"},
      {"Iran (Islamic Republic of)", "IR"},
      {"Region: Crimea", "UA-43"},
      {"ua-14", "UA-14"},
      {"ЛНР", "UA-09"},
      {"Казахстан", "KZ"},
      {"ҚАЗАҚСТАН", "KZ"},
      {"Chine", "CN"},
      {"États-Unis", "US"},
      {"Estados Unidos", "US"},
      {"U.S.A.", "US"},
      {"Kosovo", "XK"}};
  for (const auto& [text, code] : cases) EXPECT_EQ(ParseCountry(text), code) << text;
}

TEST(Country, SaysNothingOfWhatItDoesNotKnow) {
  for (const char* text :
       {"", " ", "-0-", "undetermined", "Atlantis", "Korea", "X", "\xff\xfe", "()"}) {
    EXPECT_EQ(ParseCountry(text), std::nullopt) << text;
  }
  EXPECT_EQ(ParseCountry(std::string(100000, 'a')), std::nullopt);
}

TEST(Country, KeepsGuineasAndCongosApart) {
  EXPECT_EQ(ParseCountry("Guinea"), "GN");
  EXPECT_EQ(ParseCountry("Guinea-Bissau"), "GW");
  EXPECT_EQ(ParseCountry("Equatorial Guinea"), "GQ");
  EXPECT_EQ(ParseCountry("Congo, Democratic Republic of the"), "CD");
  EXPECT_EQ(ParseCountry("Congo, Republic of the"), "CG");
}

TEST(Country, EveryNameOfTheTableMeansItsOwnCode) {
  const auto text = ReadFile("reference/countries.tsv");  // tests run in the checkout
  ASSERT_TRUE(text) << text.error().ToString();
  size_t names = 0;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::string code(line.substr(0, line.find('\t')));
    for (size_t at = 0; at < line.size();) {
      const size_t end = std::min(line.find_first_of("\t|", at), line.size());
      if (end > at) {
        EXPECT_EQ(ParseCountry(line.substr(at, end - at)), code) << line.substr(at, end - at);
        ++names;
      }
      at = end + 1;
    }
    EXPECT_TRUE(IsCountryCode(code));
    EXPECT_NE(CountryName(code), code);
  }
  EXPECT_GT(names, 2500U);
}

TEST(Country, NamesAreTheShortEnglishOnes) {
  EXPECT_EQ(CountryName("CN"), "China");
  EXPECT_EQ(CountryName("AE"), "United Arab Emirates");
  EXPECT_EQ(CountryName("ZZ"), "ZZ");
  EXPECT_FALSE(IsCountryCode("ZZ"));
}

TEST(Country, ACodeIsHeldAsItIs) {
  for (const std::string_view code : {"", "CN", "UA-43"}) {
    const IsoCountry held(code);
    EXPECT_EQ(std::string_view(held), code);
    EXPECT_EQ(held.empty(), code.empty());
  }
}

}  // namespace
}  // namespace tidewaiter
