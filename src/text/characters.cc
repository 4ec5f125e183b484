#include "text/characters.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace tidewaiter::text {
namespace {

#include "text_tables.inc"

struct Lookalike {
  char32_t other, latin;
};
// Letters that no reader can tell from a Latin one, upper case folded to lower.
constexpr std::array kCyrillicLookalikes = {
    Lookalike{U'а', U'a'}, Lookalike{U'в', U'b'}, Lookalike{U'е', U'e'}, Lookalike{U'ѕ', U's'},
    Lookalike{U'і', U'i'}, Lookalike{U'ј', U'j'}, Lookalike{U'к', U'k'}, Lookalike{U'м', U'm'},
    Lookalike{U'н', U'h'}, Lookalike{U'о', U'o'}, Lookalike{U'р', U'p'}, Lookalike{U'с', U'c'},
    Lookalike{U'т', U't'}, Lookalike{U'у', U'y'}, Lookalike{U'х', U'x'}, Lookalike{U'ԁ', U'd'},
    Lookalike{U'ԛ', U'q'}, Lookalike{U'ԝ', U'w'}};
constexpr std::array kGreekLookalikes = {
    Lookalike{U'α', U'a'}, Lookalike{U'β', U'b'}, Lookalike{U'ε', U'e'}, Lookalike{U'ζ', U'z'},
    Lookalike{U'η', U'h'}, Lookalike{U'ι', U'i'}, Lookalike{U'κ', U'k'}, Lookalike{U'μ', U'm'},
    Lookalike{U'ν', U'n'}, Lookalike{U'ο', U'o'}, Lookalike{U'ρ', U'p'}, Lookalike{U'τ', U't'},
    Lookalike{U'υ', U'y'}, Lookalike{U'χ', U'x'}};

// Revised Romanisation of a precomposed syllable, as names write it: each letter by itself.
constexpr std::array<std::string_view, 19> kLeads = {"g",  "kk", "n", "d",  "tt", "r", "m",
                                                     "b",  "pp", "s", "ss", "",   "j", "jj",
                                                     "ch", "k",  "t", "p",  "h"};
constexpr std::array<std::string_view, 21> kVowels = {"a",  "ae", "ya", "yae", "eo", "e",  "yeo",
                                                      "ye", "o",  "wa", "wae", "oe", "yo", "u",
                                                      "wo", "we", "wi", "yu",  "eu", "ui", "i"};
constexpr std::array<std::string_view, 28> kTails = {
    "",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
    "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"};
constexpr char32_t kFirstSyllable = 0xAC00, kLastSyllable = 0xD7A3;
constexpr size_t kSyllables = kLastSyllable - kFirstSyllable + 1;

struct SyllableTable {
  std::array<std::array<char, 8>, kSyllables> text{};
  std::array<uint8_t, kSyllables> size{};

  SyllableTable() {
    for (size_t i = 0; i < kSyllables; ++i) {
      for (const std::string_view part : {kLeads[i / 588], kVowels[i % 588 / 28], kTails[i % 28]}) {
        for (const char letter : part) text[i][size[i]++] = letter;
      }
    }
  }
};

// FoldVariant of Latin, Greek, Cyrillic, Armenian, Hebrew and Arabic, which names are mostly of:
// most of what is asked, so not searched for.
constexpr auto kAlphabets = [] {
  std::array<char32_t, 0x700> folded{};
  for (char32_t c = 0; c < folded.size(); ++c) folded[c] = c >= 'A' && c <= 'Z' ? c + 32 : c;
  for (const auto& variant : kVariants) {
    if (variant.from >= 0x80 && variant.from < folded.size()) folded[variant.from] = variant.to;
  }
  return folded;
}();

Character DescribeHangul(char32_t c) {
  static const SyllableTable table;
  const size_t i = c - kFirstSyllable;
  return {CharacterClass::kLetter, Script::kHangul, {table.text[i].data(), table.size[i]}};
}

}  // namespace

Character Describe(char32_t c) {
  if (c >= kFirstSyllable && c <= kLastSyllable) return DescribeHangul(c);
  if (c >= std::size(kPages) * 256) return {CharacterClass::kSeparator, Script::kNone, {}};
  const uint32_t entry = kEntries[kPages[c >> 8U] * 256U + (c & 0xFFU)];
  const uint32_t reading = entry >> 8U;
  const uint32_t start = kReadingStarts[reading];
  return {static_cast<CharacterClass>((entry >> 4U) & 0xFU),
          static_cast<Script>(entry & 0xFU),
          {kReadings + start, kReadingStarts[reading + 1] - start}};
}

char32_t FoldVariant(char32_t c) {
  if (c < kAlphabets.size()) return kAlphabets[c];
  const auto* at =
      std::lower_bound(std::begin(kVariants), std::end(kVariants), c,
                       [](const auto& variant, char32_t x) { return variant.from < x; });
  return at != std::end(kVariants) && at->from == c ? at->to : c;
}

std::string_view SurnameReading(char32_t c) {
  const auto* at =
      std::lower_bound(std::begin(kSurnames), std::end(kSurnames), c,
                       [](const auto& surname, char32_t x) { return surname.character < x; });
  return at != std::end(kSurnames) && at->character == c ? at->reading : "";
}

char32_t LatinLookalike(char32_t c) {
  const char32_t folded = FoldVariant(c);
  for (const Lookalike& pair : kCyrillicLookalikes) {
    if (pair.other == folded) return pair.latin;
  }
  for (const Lookalike& pair : kGreekLookalikes) {
    if (pair.other == folded) return pair.latin;
  }
  return 0;
}

char32_t CyrillicLookalike(char32_t c) {
  const char32_t folded = FoldVariant(c);
  for (const Lookalike& pair : kCyrillicLookalikes) {
    if (pair.latin == folded) return pair.other;
  }
  return 0;
}

}  // namespace tidewaiter::text
