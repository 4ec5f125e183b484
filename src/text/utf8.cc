#include "text/utf8.h"

namespace tidewaiter::text {
namespace {

// Length of the sequence that `lead` opens, 0 when it opens none.
size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

bool IsAllowed(char32_t c, size_t length) {
  if (length == 3) return c >= 0x800 && (c < 0xD800 || c > 0xDFFF);
  if (length == 4) return c >= 0x10000 && c <= 0x10FFFF;
  return true;
}

}  // namespace

char32_t NextCodePoint(std::string_view bytes, size_t& position) {
  const auto lead = static_cast<unsigned char>(bytes[position]);
  const size_t length = SequenceLength(lead);
  if (length == 1) {
    ++position;
    return lead;
  }
  char32_t c = length == 2 ? lead & 0x1FU : length == 3 ? lead & 0x0FU : lead & 0x07U;
  bool good = length != 0 && position + length <= bytes.size();
  for (size_t i = 1; good && i < length; ++i) {
    const auto next = static_cast<unsigned char>(bytes[position + i]);
    good = (next & 0xC0U) == 0x80U;
    c = (c << 6U) | (next & 0x3FU);
  }
  if (!good || !IsAllowed(c, length)) {
    ++position;
    return kReplacement;
  }
  position += length;
  return c;
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0U | (c >> 6U));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0U | (c >> 12U));
    out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | (c >> 18U));
    out += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (c & 0x3FU));
  }
}

std::u32string Decode(std::string_view bytes) {
  std::u32string out;
  out.reserve(bytes.size());
  for (size_t i = 0; i < bytes.size();) out += NextCodePoint(bytes, i);
  return out;
}

std::string Encode(std::u32string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char32_t c : text) AppendUtf8(c, out);
  return out;
}

}  // namespace tidewaiter::text
