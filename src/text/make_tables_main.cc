// Writes text_tables.inc: for each character its class, script and Latin reading, as flat arrays.
// Runs at build time; the only program that links ICU. Usage: text_tables OUT.
//
// Cyrillic, Arabic and Hebrew letters have readings of our own (the romanisations of BGN/PCGN
// without their marks), because name lists use those; every other script is ICU's romanisation,
// letter by letter.
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "text/characters.h"

namespace {

constexpr UChar32 kEnd = 0x30000;

using tidewaiter::text::CharacterClass;
using tidewaiter::text::Script;
using enum CharacterClass;
using enum Script;

std::map<UChar32, std::string> OwnReadings() {
  std::map<UChar32, std::string> out;
  const auto add = [&out](const char* letters, std::initializer_list<const char*> readings) {
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(letters);
    int32_t at = 0;
    for (const char* reading : readings) {
      out[text.char32At(at)] = reading;
      at = text.moveIndex32(at, 1);
    }
  };
  add("абвгдежзийклмнопрстуфхцчшщъыьэюя",
      {"a", "b", "v", "g", "d", "e",  "zh", "z",  "i",  "y",    "k", "l", "m", "n", "o",  "p",
       "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "",  "y", "",  "e", "yu", "ya"});
  add("ёіїєґўђјљњћџѓќѕ",
      {"yo", "i", "yi", "ye", "g", "u", "dj", "j", "lj", "nj", "c", "dz", "g", "k", "dz"});
  add("әғқңөұүһӣӯҷҳҡҙҫҗ",
      {"a", "gh", "k", "ng", "o", "u", "u", "h", "i", "u", "j", "h", "k", "z", "s", "j"});
  add("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
      {"",  "a",  "a", "w",  "a", "y", "a", "b",  "a", "t", "th", "j",
       "h", "kh", "d", "dh", "r", "z", "s", "sh", "s", "d", "t",  "z",
       "",  "gh", "f", "q",  "k", "l", "m", "n",  "h", "w", "a",  "y"});
  add("پچژگکیڤٹڈڑںھہےۀۆێډړښڅځږټۍېګڼ",
      {"p", "ch", "zh", "g", "k", "y",  "v",  "t",  "d",  "r", "n", "h", "h", "e",
       "h", "o",  "e",  "d", "r", "sh", "ts", "dz", "zh", "t", "y", "e", "g", "n"});
  add("əıłøðþđß", {"a", "i", "l", "o", "d", "th", "d", "ss"});
  add("אבגדהוזחטיכלמנסעפצקרשתםןץףך",
      {"a", "b", "g", "d",  "h", "w", "z",  "h", "t", "y", "k",  "l", "m", "n",
       "s", "",  "f", "ts", "k", "r", "sh", "t", "m", "n", "ts", "f", "k"});
  return out;
}

Script ScriptOf(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(c, &status)) {
    case USCRIPT_LATIN:
      return kLatin;
    case USCRIPT_CYRILLIC:
      return kCyrillic;
    case USCRIPT_GREEK:
      return kGreek;
    case USCRIPT_ARMENIAN:
      return kArmenian;
    case USCRIPT_GEORGIAN:
      return kGeorgian;
    case USCRIPT_HEBREW:
      return kHebrew;
    case USCRIPT_ARABIC:
      return kArabic;
    case USCRIPT_HAN:
      return kHan;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_KATAKANA_OR_HIRAGANA:
      return kKana;
    case USCRIPT_HANGUL:
      return kHangul;
    case USCRIPT_THAI:
      return kThai;
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
      return kNone;
    default:
      return kOther;
  }
}

bool IsApostrophe(UChar32 c) {
  return c == '\'' || c == '`' || c == 0xB4 || (c >= 0x2018 && c <= 0x201B) || c == 0x2032 ||
         c == 0x2035 || (c >= 0x2B0 && c <= 0x2FF) || c == 0x5F3 || c == 0xFF07 || c == 0x640;
}

CharacterClass ClassOf(UChar32 c) {
  const int8_t type = u_charType(c);
  if (c == '.' || c == 0xFF0E || c == 0x2024) return kPoint;
  if (c == ',' || c == 0xFF0C || c == 0x3001 || c == 0x60C) return kComma;
  if (IsApostrophe(c)) return kApostrophe;
  if (u_charDigitValue(c) >= 0) return kDigit;
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR ||
      u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
    return kInvisible;
  }
  if (c == 0x30FC) return kInvisible;  // the long mark of kana
  if (u_isalpha(c) || type == U_COMBINING_SPACING_MARK) return kLetter;
  return kSeparator;
}

class Romaniser {
 public:
  Romaniser() : own_(OwnReadings()) {
    UErrorCode status = U_ZERO_ERROR;
    nfkc_ = icu::Normalizer2::getNFKCCasefoldInstance(status);
    nfd_ = icu::Normalizer2::getNFDInstance(status);
    latin_ = Make("Any-Latin; NFD; [:Mn:] Remove; Latin-ASCII; Lower");
    han_names_ = Make("Han-Latin/Names; NFD; [:Mn:] Remove; Latin-ASCII; Lower");
    han_ = Make("Han-Latin; NFD; [:Mn:] Remove; Latin-ASCII; Lower");
    simplified_ = Make("Traditional-Simplified");
    if (U_FAILURE(status)) std::exit(1);
  }

  // Compatibility form, case and marks folded: "Ｅ" and "é" become "e", "ﷲ" the letters it stands
  // for.
  icu::UnicodeString Folded(UChar32 c) const {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text = nfkc_->normalize(icu::UnicodeString(c), status);
    // й and ї are letters, not и and і with a mark; kana keep their voicing marks.
    const Script script = ScriptOf(c);
    if (script == kCyrillic || script == kKana || script == kHangul || script == kArabic)
      return text;
    text = nfd_->normalize(text, status);
    icu::UnicodeString out;
    for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
      const UChar32 x = text.char32At(i);
      if (u_charType(x) != U_NON_SPACING_MARK) out.append(x);
    }
    return out;
  }

  std::string Read(UChar32 c) const {
    const icu::UnicodeString folded = Folded(c);
    std::string out;
    for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1))
      out += ReadFolded(folded.char32At(i));
    return out;
  }

  std::string SurnameReading(UChar32 c) const {
    const std::string usual = Clean(Apply(*han_, c)), surname = Clean(Apply(*han_names_, c));
    return usual == surname ? "" : surname;
  }

  UChar32 Simplified(UChar32 c) const {
    icu::UnicodeString text(c);
    simplified_->transliterate(text);
    return text.countChar32() == 1 ? text.char32At(0) : c;
  }

 private:
  static std::unique_ptr<icu::Transliterator> Make(const char* id) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> t(
        icu::Transliterator::createInstance(id, UTRANS_FORWARD, status));
    if (U_FAILURE(status) || !t) {
      std::cerr << "ICU has no transliterator " << id << "\n";
      std::exit(1);
    }
    return t;
  }
  static icu::UnicodeString Apply(const icu::Transliterator& t, UChar32 c) {
    icu::UnicodeString text(c);
    t.transliterate(text);
    return text;
  }
  static std::string Clean(const icu::UnicodeString& text) {
    std::string out;
    for (int32_t i = 0; i < text.length(); ++i) {
      const char16_t x = text[i];
      if ((x >= 'a' && x <= 'z') || (x >= '0' && x <= '9')) out += static_cast<char>(x);
    }
    return out;
  }
  std::string ReadFolded(UChar32 c) const {
    if (const auto found = own_.find(c); found != own_.end()) return found->second;
    if (const int32_t digit = u_charDigitValue(c); digit >= 0) return std::to_string(digit);
    const std::string reading = Clean(Apply(*latin_, c));
    if (!reading.empty()) return reading;
    // A script that ICU cannot read: two letters that stand for the character, so that it equals
    // itself.
    if (ScriptOf(c) != kOther) return {};
    return {static_cast<char>('a' + c / 26 % 26), static_cast<char>('a' + c % 26)};
  }

  std::map<UChar32, std::string> own_;
  const icu::Normalizer2* nfkc_ = nullptr;
  const icu::Normalizer2* nfd_ = nullptr;
  std::unique_ptr<icu::Transliterator> latin_, han_, han_names_, simplified_;
};

struct Tables {
  std::vector<uint16_t> pages;                // by code point / 256
  std::vector<std::vector<uint32_t>> blocks;  // distinct pages
  std::vector<std::string> readings{""};
  std::map<std::string, uint32_t> reading_ids{{"", 0}};
  std::map<std::vector<uint32_t>, uint16_t> block_ids;

  uint32_t ReadingId(const std::string& reading) {
    const auto [at, fresh] =
        reading_ids.try_emplace(reading, static_cast<uint32_t>(readings.size()));
    if (fresh) readings.push_back(reading);
    return at->second;
  }
  void AddBlock(const std::vector<uint32_t>& block) {
    const auto [at, fresh] = block_ids.try_emplace(block, static_cast<uint16_t>(blocks.size()));
    if (fresh) blocks.push_back(block);
    pages.push_back(at->second);
  }
};

uint32_t Entry(const Romaniser& romaniser, Tables& tables, UChar32 c) {
  const CharacterClass kind = ClassOf(c);
  if (kind != kLetter && kind != kDigit) return static_cast<uint32_t>(kind) << 4U;
  const std::string reading = romaniser.Read(c);
  return (tables.ReadingId(reading) << 8U) | (static_cast<uint32_t>(kind) << 4U) |
         static_cast<uint32_t>(kind == kDigit ? kNone : ScriptOf(c));
}

Tables MakeTables(const Romaniser& romaniser) {
  Tables tables;
  for (UChar32 page = 0; page < kEnd; page += 256) {
    std::vector<uint32_t> block;
    for (UChar32 c = page; c < page + 256; ++c) block.push_back(Entry(romaniser, tables, c));
    tables.AddBlock(block);
  }
  return tables;
}

void WriteTables(const Tables& tables, std::ostream& out) {
  out << "constexpr uint16_t kPages[] = {";
  for (const uint16_t page : tables.pages) out << page << ",";
  out << "};\nconstexpr uint32_t kEntries[] = {\n";
  for (const auto& block : tables.blocks) {
    for (const uint32_t entry : block) out << entry << ",";
    out << "\n";
  }
  out << "};\nconstexpr uint32_t kReadingStarts[] = {";
  uint32_t at = 0;
  for (const auto& reading : tables.readings) {
    out << at << ",";
    at += static_cast<uint32_t>(reading.size());
  }
  out << at << "};\nconstexpr char kReadings[] =\n";
  std::string line;
  for (const auto& reading : tables.readings) {
    line += reading;
    if (line.size() > 90) out << "\"" << line << "\"\n", line.clear();
  }
  out << "\"" << line << "\";\n";
}

// Characters whose folded variant differs, and surnames that are read otherwise.
void WriteVariants(const Romaniser& romaniser, std::ostream& out) {
  out << "constexpr struct { char32_t from, to; } kVariants[] = {\n";
  for (UChar32 c = 0x80; c < kEnd; ++c) {
    if (ClassOf(c) != kLetter) continue;
    const icu::UnicodeString folded = romaniser.Folded(c);
    UChar32 to = folded.countChar32() == 1 ? folded.char32At(0) : c;
    if (ScriptOf(to) == kHan) to = romaniser.Simplified(to);
    if (to != c) out << "{" << c << "," << to << "},\n";
  }
  out << "};\nconstexpr struct { char32_t character; const char* reading; } kSurnames[] = {\n";
  for (UChar32 c = 0x3400; c < 0xA000; ++c) {
    if (ScriptOf(c) != kHan) continue;
    const std::string reading = romaniser.SurnameReading(c);
    if (!reading.empty()) out << "{" << c << ",\"" << reading << "\"},\n";
  }
  out << "};\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const Romaniser romaniser;
  std::ofstream out(argv[1]);
  out << "// Made by make_tables_main.cc.\n";
  WriteTables(MakeTables(romaniser), out);
  WriteVariants(romaniser, out);
  return out.good() ? 0 : 1;
}
