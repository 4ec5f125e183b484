// UTF-8 in and out. Nothing here fails: bytes that are no UTF-8 (lone surrogates and overlong forms
// too) become U+FFFD, one for each byte, which the tokeniser takes for a blank.
#ifndef TIDEWAITER_TEXT_UTF8_H_
#define TIDEWAITER_TEXT_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace tidewaiter::text {

inline constexpr char32_t kReplacement = 0xFFFD;

// Reads the code point at `position` (which must lie inside) and moves `position` behind it.
char32_t NextCodePoint(std::string_view bytes, size_t& position);
void AppendUtf8(char32_t code_point, std::string& out);
std::u32string Decode(std::string_view bytes);
std::string Encode(std::u32string_view text);

}  // namespace tidewaiter::text

#endif  // TIDEWAITER_TEXT_UTF8_H_
