#include "report/text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "base/markup.h"

namespace tidewaiter::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// The code point at `at` and its length in bytes; length 0 when the bytes are not valid UTF-8.
struct CodePoint {
  uint32_t value = 0;
  size_t length = 0;
};

size_t SequenceLength(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

CodePoint Decode(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const size_t length = SequenceLength(byte(0));
  if (length == 0 || at + length > text.size()) return {};
  if (length == 1) return {byte(0), 1};
  uint32_t value = byte(0) & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length};
}

bool IsBlankControl(uint32_t c) { return c == '\t' || c == '\n' || c == '\r'; }
bool IsControl(uint32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }
// Marks by which a name can be shown as something else than what it is.
bool TurnsDirection(uint32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 ||
         c == 0x2029 || c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF;
}

std::string Fixed(double number, int decimals) {
  std::array<char, 400> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                 std::chars_format::fixed, decimals);
  return std::string(buffer.data(), end.ptr);
}

std::string WithSeparators(const std::string& digits) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string WithoutTrailingZeros(std::string fraction) {
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return fraction;
}

struct Scale {
  double unit;
  std::string_view name;
};

Scale ScaleOf(double value) {
  if (std::abs(value) >= 999.95e6) return {1e9, " billion"};
  if (std::abs(value) >= 1e6) return {1e6, " million"};
  return {1, ""};
}

}  // namespace

std::string Clean(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint c = Decode(text, at);
    if (c.length > 0 && IsBlankControl(c.value)) {
      out += ' ';
    } else if (c.length == 0 || IsControl(c.value) || TurnsDirection(c.value)) {
      out += kReplacement;
    } else {
      out += text.substr(at, c.length);
    }
    at += c.length == 0 ? 1 : c.length;
  }
  return out;
}

std::string Escape(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : Clean(text)) AppendMarkup(c, out);
  return out;
}

std::string Shorten(std::string_view text, size_t characters) {
  const std::string clean = Clean(text);
  size_t count = 0, cut = 0;
  for (size_t at = 0; at < clean.size(); ++count) {
    if (count + 3 <= characters) cut = at;
    at += Decode(clean, at).length;
  }
  return count <= characters ? clean : clean.substr(0, cut) + "...";
}

std::string Grouped(uint64_t number) { return WithSeparators(std::to_string(number)); }

std::string Amount(double number, int decimals) {
  if (!std::isfinite(number)) return "unknown";
  const std::string text = Fixed(std::abs(number), decimals);
  const size_t point = text.find('.');
  std::string out = WithSeparators(text.substr(0, point));
  if (point != std::string::npos) {
    const std::string fraction = WithoutTrailingZeros(text.substr(point + 1));
    if (!fraction.empty()) out += "." + fraction;
  }
  return number < 0 && out != "0" ? "-" + out : out;
}

std::string Coordinate(double number) {
  std::string text = Amount(number, 1);
  std::erase(text, ',');
  return text;
}

std::string Usd(double value) { return "USD " + Amount(value); }

std::string UsdInWords(double value) {
  const Scale scale = ScaleOf(value);
  return "USD " + Amount(value / scale.unit, scale.unit == 1 ? 0 : 1) + std::string(scale.name);
}

std::string UsdRange(double total, const std::optional<double>& without_disputed) {
  if (!without_disputed || *without_disputed == total) return UsdInWords(total);
  const Scale scale = ScaleOf(total);
  const int decimals = scale.unit == 1 ? 0 : 1;
  return "USD " + Amount(*without_disputed / scale.unit, decimals) + " to " +
         Amount(total / scale.unit, decimals) + std::string(scale.name);
}

std::string Count(uint64_t number, std::string_view one, std::string_view many) {
  return Grouped(number) + " " + std::string(number == 1 ? one : many);
}

std::string InForce(const Interval& interval) {
  const std::string from = ToString(interval.from), to = ToString(interval.to);
  if (from.empty() && to.empty()) return "start and end not known";
  if (from.empty()) return "until " + to + ", start not known";
  return to.empty() ? "since " + from : "from " + from + " to " + to;
}

std::string_view RoleInWords(std::string_view role) {
  static const std::map<std::string_view, std::string_view> words = {
      {"intermediate_consignee", "intermediate consignee"},
      {"end_user", "end user"},
      {"customs_broker", "customs broker"},
      {"notify_party", "notify party"},
      {"contract_holder", "contract holder"},
      {"brand_owner", "brand owner"}};
  const auto found = words.find(role);
  return found == words.end() ? role : found->second;
}

}  // namespace tidewaiter::report
