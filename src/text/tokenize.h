// A name as written -> its words in Latin letters.
//
// Folds case, width, compatibility forms, marks and invisible characters; reads every script in
// Latin letters; undoes lookalikes (a Cyrillic "а" within a Latin word). Hyphens and other
// punctuation separate words, apostrophes do not, full stops join single letters ("S.A." is "sa").
//
// Bounded: of a text longer than kMaxBytes only the beginning is read, a word keeps at most
// kMaxLetters Latin letters, a name at most kMaxTokens words.
#ifndef TIDEWAITER_TEXT_TOKENIZE_H_
#define TIDEWAITER_TEXT_TOKENIZE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/characters.h"

namespace tidewaiter::text {

inline constexpr size_t kMaxBytes = 4096;
inline constexpr size_t kMaxLetters = 40;
inline constexpr size_t kMaxTokens = 48;

struct Token {
  std::string latin;              // lower-case ASCII letters and digits, never empty
  std::u32string folded;          // the word in its own script, case, width and variants folded
  Script script = Script::kNone;  // of its letters; kNone: digits only
  bool comma_after = false;       // a comma stands between this word and the next
  bool hyphen_after = false;      // ... or a hyphen and nothing else
  bool bracketed = false;         // stands in brackets
};

std::vector<Token> Tokenize(std::string_view name);

}  // namespace tidewaiter::text

#endif  // TIDEWAITER_TEXT_TOKENIZE_H_
