// A description cut into folded tokens: lower case, diacritics gone, Cyrillic letters inside Latin
// words (and the other way round) taken for the letters they look like, letters apart from digits
// ("Mavic3" is two tokens), each Han character a token of its own. Invalid UTF-8 separates.
#ifndef TIDEWAITER_GOODS_FOLD_H_
#define TIDEWAITER_GOODS_FOLD_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidewaiter::goods {

// What stands between a token and the one before it.
enum class Gap : uint8_t {
  kNone,
  kSpace,
  kBreak
};  // kBreak: comma, bracket, full stop, colon, line end

enum class Script : uint8_t { kLatin, kCyrillic, kDigits, kOther };

struct Token {
  uint32_t begin = 0, end = 0;                // of FoldedText::text
  uint32_t source_begin = 0, source_end = 0;  // of the description, in bytes
  Gap gap = Gap::kBreak;
  Script script = Script::kOther;
};

struct FoldedText {
  std::string text;
  std::vector<Token> tokens;

  std::string_view word(size_t i) const {
    return std::string_view(text).substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
  }
};

// No more of a description is read; customs texts say what the goods are at their beginning.
inline constexpr size_t kMaxTokens = 160;
inline constexpr size_t kMaxFoldedBytes = 4096;

// Replaces the content of `out`, so that one FoldedText serves many descriptions without
// allocating. A "+" at the end of a word is the token "plus"; one that stands alone, or between
// words, is the token "+".
void Fold(std::string_view description, FoldedText& out);

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_FOLD_H_
