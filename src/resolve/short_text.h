// Texts of up to eight bytes as one number: dates, postcodes and short words are compared without
// touching memory.
#ifndef TIDEWAITER_RESOLVE_SHORT_TEXT_H_
#define TIDEWAITER_RESOLVE_SHORT_TEXT_H_

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace tidewaiter::resolve {

// The first byte lies lowest; 0: the text is empty, longer than eight bytes or holds a NUL.
inline uint64_t PackShort(std::string_view text) {
  if (text.size() > 8 || text.find('\0') != std::string_view::npos) return 0;
  uint64_t out = 0;
  for (size_t i = text.size(); i > 0; --i) out = out << 8U | static_cast<uint8_t>(text[i - 1]);
  return out;
}
// Both of a packed text that is not empty.
inline unsigned ShortSize(uint64_t text) {
  return 8 - static_cast<unsigned>(std::countl_zero(text)) / 8;
}
inline uint64_t ShortPrefix(uint64_t text, unsigned size) {
  return size >= 8 ? text : text & ((uint64_t{1} << (8 * size)) - 1);
}

// min(3, names::OsaDistance) of two packed texts, neither empty.
uint32_t ShortDistance(uint64_t a, uint64_t b);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_SHORT_TEXT_H_
