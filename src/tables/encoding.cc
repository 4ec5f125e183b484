// The idea of the recogniser: Russian text in windows-1251 is nearly all letters, and its words do
// not change from small to capital letters; Chinese text in GB18030 is pairs of which most are
// among the 3,755 commonest characters. Each of the two reads the other's bytes badly.
#include "tables/encoding.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <vector>

#include "base/parallel.h"
#include "encoding_tables.inc"

namespace tidewaiter::tables {
namespace {

constexpr size_t kLookedAt = size_t{1} << 20;
constexpr size_t kLeastLetters = 20;  // fewer prove nothing

constexpr std::array<std::pair<std::string_view, Encoding>, 7> kNames = {
    {{"utf-8", Encoding::kUtf8},
     {"utf-16le", Encoding::kUtf16Le},
     {"utf-16be", Encoding::kUtf16Be},
     {"windows-1251", Encoding::kWindows1251},
     {"gb18030", Encoding::kGb18030},
     {"windows-1252", Encoding::kWindows1252},
     {"windows-1254", Encoding::kWindows1254}}};

constexpr std::array<std::pair<std::string_view, Encoding>, 13> kOtherNames = {
    {{"utf16", Encoding::kUtf16Le},
     {"utf8", Encoding::kUtf8},
     {"utf16le", Encoding::kUtf16Le},
     {"utf16be", Encoding::kUtf16Be},
     {"windows1251", Encoding::kWindows1251},
     {"cp1251", Encoding::kWindows1251},
     {"gbk", Encoding::kGb18030},
     {"gb2312", Encoding::kGb18030},
     {"cp936", Encoding::kGb18030},
     {"latin1", Encoding::kWindows1252},
     {"cp1252", Encoding::kWindows1252},
     {"windows1252", Encoding::kWindows1252},
     {"windows1254", Encoding::kWindows1254}}};

uint8_t Byte(char c) { return static_cast<uint8_t>(c); }
bool IsHigh(char c) { return Byte(c) >= 0x80; }

bool IsUtf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

void Append(uint32_t code, std::string& out) {
  if (code < 0x80) {
    out += static_cast<char>(code);
    return;
  }
  const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static constexpr std::array<unsigned, 4> kLead = {0, 0xC0, 0xE0, 0xF0};
  out += static_cast<char>(kLead[static_cast<size_t>(more)] | code >> (6 * more));
  for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (code >> (6 * i) & 0x3F));
}

void AppendOrBad(uint32_t code, std::string& out) {
  if (code == 0)
    out += '\xFF';
  else
    Append(code, out);
}

std::string FromUtf16(std::string_view bytes, bool big) {
  std::string out;
  out.reserve(bytes.size());
  const auto unit = [&](size_t at) {
    const uint32_t first = Byte(bytes[at]), second = Byte(bytes[at + 1]);
    return big ? first << 8 | second : second << 8 | first;
  };
  size_t at = bytes.size() >= 2 && unit(0) == 0xFEFF ? 2 : 0;
  for (; at + 1 < bytes.size(); at += 2) {
    const uint32_t code = unit(at);
    const bool surrogate = (code & 0xF800) == 0xD800;
    if (!surrogate) {
      Append(code, out);
    } else if (code < 0xDC00 && at + 3 < bytes.size() && (unit(at + 2) & 0xFC00) == 0xDC00) {
      Append(0x10000 + ((code & 0x3FF) << 10) + (unit(at + 2) & 0x3FF), out);
      at += 2;
    } else {
      out += '\xFF';
    }
  }
  if (at < bytes.size()) out += '\xFF';  // half a character at the end
  return out;
}

std::string FromSingle(std::string_view bytes, size_t table) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  for (const char c : bytes) {
    if (IsHigh(c))
      AppendOrBad(kSingle[table][Byte(c) - 0x80], out);
    else
      out += c;
  }
  return out;
}

uint32_t FourByteCode(uint32_t index) {
  if (index >= 189000) return index - 189000 < 0x100000 ? 0x10000 + index - 189000 : 0;
  if (index >= 39420) return 0;
  const auto* next = std::upper_bound(std::begin(kRanges), std::end(kRanges), index,
                                      [](uint32_t i, const auto& range) { return i < range[0]; });
  const auto& range = *std::prev(next);
  return range[1] == 0 ? 0 : range[1] + index - range[0];
}

// One character of GB18030: its code (0: none) and how many bytes it takes.
struct GbCharacter {
  uint32_t code = 0;
  size_t length = 1;
};

GbCharacter GbAt(std::string_view bytes, size_t at) {
  const auto byte = [&](size_t i) { return at + i < bytes.size() ? Byte(bytes[at + i]) : 0U; };
  if (byte(0) < 0x80) return {byte(0), 1};
  if (byte(0) == 0x80 || byte(0) == 0xFF) return {0, 1};
  const unsigned trail = byte(1);
  if (trail >= 0x40 && trail <= 0xFE && trail != 0x7F) {
    const unsigned column = trail - 0x40 - (trail > 0x7F ? 1 : 0);
    return {kDouble[(byte(0) - 0x81) * 190 + column], 2};
  }
  const bool four = trail >= 0x30 && trail <= 0x39 && byte(2) >= 0x81 && byte(2) <= 0xFE &&
                    byte(3) >= 0x30 && byte(3) <= 0x39;
  if (!four) return {0, 1};
  const uint32_t index =
      (((byte(0) - 0x81) * 10 + trail - 0x30) * 126 + byte(2) - 0x81) * 10 + byte(3) - 0x30;
  return {FourByteCode(index), 4};
}

std::string FromGb18030(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  for (size_t at = 0; at < bytes.size();) {
    const GbCharacter character = GbAt(bytes, at);
    if (character.code == 0 && bytes[at] == '\0')
      out += '\0';
    else
      AppendOrBad(character.code, out);
    at += character.length;
  }
  return out;
}

// ---- telling them apart

// How well bytes read as windows-1251: letters among the high bytes, and pairs of letters inside a
// word that go from a small to a capital one.
struct CyrillicScore {
  size_t high = 0, letters = 0, pairs = 0, breaks = 0;
  void Add(std::string_view line);
  bool Fits() const {
    return letters >= kLeastLetters && letters * 100 >= high * 95 && breaks * 50 <= pairs;
  }
};

bool IsCyrillicSign(uint8_t b) {  // quotes, dashes, the number sign, no-break space
  static constexpr std::string_view kSigns =
      "\x84\x85\x91\x92\x93\x94\x96\x97\xA0\xA7\xAB\xB0\xB9\xBB";
  return kSigns.find(static_cast<char>(b)) != std::string_view::npos;
}
bool IsCyrillicLetter(uint8_t b) {
  static constexpr std::string_view kOthers = "\xA8\xB8\xA5\xB4\xAA\xBA\xAF\xBF\xB2\xB3\xA1\xA2";
  return b >= 0xC0 || kOthers.find(static_cast<char>(b)) != std::string_view::npos;
}

void CyrillicScore::Add(std::string_view line) {
  uint8_t before = 0;
  for (const char c : line) {
    const uint8_t b = Byte(c);
    const bool letter = b >= 0x80 && IsCyrillicLetter(b);
    if (b >= 0x80 && !IsCyrillicSign(b)) ++high;
    if (letter) {
      ++letters;
      if (before != 0) {
        ++pairs;
        breaks += before >= 0xE0 && b >= 0xC0 && b < 0xE0;
      }
    }
    before = letter ? b : 0;
  }
}

// How well bytes read as GB18030: how many characters there are, how many are none, how many are
// common.
struct ChineseScore {
  size_t characters = 0, bad = 0, common = 0;
  void Add(std::string_view line);
  bool Fits() const {
    return characters >= kLeastLetters / 2 && bad * 100 <= characters && common * 2 >= characters;
  }
};

void ChineseScore::Add(std::string_view line) {
  for (size_t at = 0; at < line.size();) {
    const GbCharacter character = GbAt(line, at);
    if (IsHigh(line[at])) {
      ++characters;
      bad += character.code == 0;
      const uint8_t lead = Byte(line[at]);
      const bool full = character.length == 2 && Byte(line[at + 1]) >= 0xA1;
      common += full && lead >= 0xB0 && lead <= 0xD7;
    }
    at += character.length;
  }
}

std::string Percent(size_t part, size_t whole) {
  return std::to_string(whole == 0 ? 0 : part * 100 / whole) + "%";
}

EncodingGuess GuessSingleOrDouble(std::string_view bytes) {
  CyrillicScore cyrillic;
  ChineseScore chinese;
  size_t good_lines = 0, bad_lines = 0, looked_at = 0;
  for (size_t at = 0; at < bytes.size() && looked_at < kLookedAt;) {
    const size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = bytes.substr(at, end - at);
    at = end + 1;
    if (std::none_of(line.begin(), line.end(), IsHigh)) continue;
    looked_at += line.size();
    if (IsUtf8(line)) {
      ++good_lines;
      continue;
    }
    ++bad_lines;
    cyrillic.Add(line.substr(0, kLookedAt));
    chinese.Add(line.substr(0, kLookedAt));
  }
  if (good_lines >= bad_lines || (!cyrillic.Fits() && !chinese.Fits()))
    return {Encoding::kUtf8, std::to_string(bad_lines) + " lines are not UTF-8", false};
  const std::string as_cyrillic =
      Percent(cyrillic.letters, cyrillic.high) + " of the bytes above 7F are Cyrillic letters";
  const std::string as_chinese =
      Percent(chinese.common, chinese.characters) + " of the characters are common Chinese ones";
  if (cyrillic.Fits() && chinese.Fits())
    return {Encoding::kUtf8, as_cyrillic + " of windows-1251, and " + as_chinese + " of gb18030",
            true};
  if (cyrillic.Fits()) return {Encoding::kWindows1251, as_cyrillic, false};
  return {Encoding::kGb18030, as_chinese, false};
}

// UTF-16 without a mark: half of the bytes of its ASCII letters, delimiters and line ends are NUL.
std::optional<Encoding> Utf16WithoutMark(std::string_view bytes) {
  const std::string_view sample =
      bytes.substr(0, std::min<size_t>(bytes.size() & ~size_t{1}, 1 << 16));
  size_t even = 0, odd = 0;
  for (size_t at = 0; at + 1 < sample.size(); at += 2) {
    even += sample[at] == 0;
    odd += sample[at + 1] == 0;
  }
  const size_t units = sample.size() / 2;
  if (units < 8 || bytes.size() % 2 != 0) return std::nullopt;
  if (odd * 10 >= units * 3 && even * 50 <= units) return Encoding::kUtf16Le;
  if (even * 10 >= units * 3 && odd * 50 <= units) return Encoding::kUtf16Be;
  return std::nullopt;
}

// Cut behind line ends, where no character of UTF-8 is cut.
bool IsUtf8InPieces(std::string_view bytes, unsigned threads, const std::function<void()>& rest) {
  constexpr size_t kPiece = 64 << 20;
  std::vector<std::string_view> pieces;
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n', std::min(kPiece, bytes.size()));
    pieces.push_back(bytes.substr(0, end == bytes.npos ? end : end + 1));
    bytes.remove_prefix(pieces.back().size());
  }
  std::atomic<bool> good{true};
  ParallelFor(pieces.size(), threads, 1, [&](size_t i) {
    if (!good) return;
    if (!IsUtf8(pieces[i])) good = false;
    if (rest) rest();
  });
  return good;
}

}  // namespace

std::string_view ToString(Encoding encoding) { return kNames[static_cast<size_t>(encoding)].first; }

std::optional<Encoding> ParseEncoding(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (c == ' ' || c == '-' || c == '_') continue;
    folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  for (const auto& [name, encoding] : kOtherNames) {
    if (folded == name) return encoding;
  }
  return folded == "gb18030" ? std::optional(Encoding::kGb18030) : std::nullopt;
}

std::string KnownEncodings() {
  std::string all;
  for (const auto& [name, encoding] : kNames) all.append(all.empty() ? "" : ", ").append(name);
  return all;
}

EncodingGuess GuessEncoding(std::string_view bytes, unsigned threads,
                            const std::function<void()>& rest) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {Encoding::kUtf8, "a byte order mark", false};
  if (bytes.starts_with("\xFF\xFE")) return {Encoding::kUtf16Le, "a byte order mark", false};
  if (bytes.starts_with("\xFE\xFF")) return {Encoding::kUtf16Be, "a byte order mark", false};
  if (const auto utf16 = Utf16WithoutMark(bytes))
    return {*utf16, "NUL in every second byte of its ASCII characters", false};
  if (IsUtf8InPieces(bytes, threads, rest)) return {Encoding::kUtf8, "every byte", false};
  return GuessSingleOrDouble(bytes);
}

std::string ToUtf8(std::string_view bytes, Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return std::string(bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0));
    case Encoding::kUtf16Le:
    case Encoding::kUtf16Be:
      return FromUtf16(bytes, encoding == Encoding::kUtf16Be);
    case Encoding::kWindows1251:
      return FromSingle(bytes, 0);
    case Encoding::kWindows1252:
      return FromSingle(bytes, 1);
    case Encoding::kWindows1254:
      return FromSingle(bytes, 2);
    case Encoding::kGb18030:
      return FromGb18030(bytes);
  }
  return {};
}

}  // namespace tidewaiter::tables
