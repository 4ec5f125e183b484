// What one character is: its class, its script and how it reads in Latin letters. Read from a flat
// table that make_tables_main.cc compiles from ICU at build time.
#ifndef TIDEWAITER_TEXT_CHARACTERS_H_
#define TIDEWAITER_TEXT_CHARACTERS_H_

#include <cstdint>
#include <string_view>

namespace tidewaiter::text {

enum class Script : uint8_t {
  kNone,  // digits, marks, punctuation: no script of their own
  kLatin,
  kCyrillic,
  kGreek,
  kArmenian,
  kGeorgian,
  kHebrew,
  kArabic,
  kHan,
  kKana,
  kHangul,
  kThai,
  kOther,
};

enum class CharacterClass : uint8_t {
  kSeparator,  // blanks, most punctuation, symbols, anything unassigned
  kLetter,
  kDigit,
  kInvisible,   // zero width, soft hyphen, combining marks, modifiers: no trace in a token
  kApostrophe,  // dropped within a word
  kPoint,       // full stop: joins single letters ("S.A."), else separates
  kComma,       // separates, and puts a family name first
};

struct Character {
  CharacterClass kind;
  Script script;
  std::string_view latin;  // lower-case ASCII letters or digits; empty unless letter or digit
};

Character Describe(char32_t code_point);

// The simplified form of a Han character, folded case and width of any other: what two writings of
// the same character have in common.
char32_t FoldVariant(char32_t code_point);

// The reading of a Han character as a surname where it differs from the usual one; empty: no
// difference.
std::string_view SurnameReading(char32_t code_point);

// The Latin letter that a Cyrillic or Greek letter looks like, and the other way round (Cyrillic);
// 0: none.
char32_t LatinLookalike(char32_t code_point);
char32_t CyrillicLookalike(char32_t code_point);

}  // namespace tidewaiter::text

#endif  // TIDEWAITER_TEXT_CHARACTERS_H_
