// The table is the text of reference/countries.tsv, read once. Names are compared folded: lower
// case, Latin letters without their marks, punctuation as blanks. That is what makes "COTE D
// IVOIRE" and "Côte d’Ivoire" one name without listing both.
#include "model/country.h"

#include <array>
#include <unordered_map>

namespace tidewaiter {
namespace {

constexpr std::string_view kTable =
#include "countries.inc"
    ;

// Base letters of U+00C0 to U+017F; '.' where a letter has none or two (then it stays as it is).
constexpr std::string_view kLatinBase =
    "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnn..oooooo..rrrrrrss"
    "ssssssttttttuuuuuuuuuuuuwwyyyzzzzzz.";
static_assert(kLatinBase.size() == 0x180 - 0xC0);

// Decodes one character; an invalid byte is a character of its own.
char32_t NextCharacter(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  const size_t length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
  if (length == 1 || at + length > text.size()) {
    ++at;
    return lead;
  }
  char32_t c = lead & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; ++i) c = (c << 6) | (byte(at + i) & 0x3FU);
  at += length;
  return c;
}

void AppendUtf8(char32_t c, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

char32_t FoldLetter(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 32;
  if (c >= 0xC0 && c < 0x180) {
    const char base = kLatinBase[c - 0xC0];
    return base == '.' ? c : static_cast<char32_t>(base);
  }
  if (c >= 0x391 && c <= 0x3A9) return c + 32;  // Greek
  if (c >= 0x410 && c <= 0x42F) return c + 32;  // Cyrillic
  if (c == 0x401 || c == 0x451) return 0x435;   // yo as ye
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  if (c >= 0x48A && c <= 0x4BF && c % 2 == 0) return c + 1;  // Kazakh and other letters
  if (c >= 0x4D0 && c <= 0x52F && c % 2 == 0) return c + 1;
  return c;
}

bool IsDropped(char32_t c) {
  return c == '\'' || c == '(' || c == ')' || c == '`' || c == 0x2018 || c == 0x2019 ||
         c == 0x2BB || (c >= 0x300 && c <= 0x36F);
}

bool IsBlank(char32_t c) {
  return c <= ' ' || c == '-' || c == '_' || c == '/' || c == ',' || c == '.' || c == 0xA0 ||
         (c >= 0x2010 && c <= 0x2014) || c == 0x3000;
}

std::string FoldName(std::string_view text) {
  std::string out;
  bool blank = false;
  for (size_t at = 0; at < text.size();) {
    const char32_t c = NextCharacter(text, at);
    if (IsDropped(c)) continue;
    if (IsBlank(c)) {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    AppendUtf8(FoldLetter(c), out);
  }
  return out;
}

// Which codes of two letters there are, for the quick answer.
class LetterPairs {
 public:
  void Add(std::string_view code) {
    if (IsPair(code)) known_[IndexOf(code)] = true;
  }
  bool Has(std::string_view code) const { return IsPair(code) && known_[IndexOf(code)]; }

 private:
  static bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }
  static bool IsPair(std::string_view code) {
    return code.size() == 2 && IsLetter(code[0]) && IsLetter(code[1]);
  }
  static size_t IndexOf(std::string_view code) {
    return static_cast<size_t>((code[0] - 'A') * 26 + (code[1] - 'A'));
  }

  std::array<bool, size_t{26} * 26> known_{};
};

struct Table {
  LetterPairs pairs;
  std::unordered_map<std::string, std::string_view> code_of;  // folded name -> code
  std::unordered_map<std::string_view, std::string_view> name_of;
};

// Cuts `text` at the first `separator`: the part before it; `text` keeps what is behind.
std::string_view Cut(std::string_view& text, char separator) {
  const size_t at = std::min(text.find(separator), text.size());
  const std::string_view head = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return head;
}

Table ReadTable() {
  Table table;
  std::string_view rest = kTable;
  while (!rest.empty()) {
    std::string_view line = Cut(rest, '\n');
    const std::string_view code = Cut(line, '\t'), alpha3 = Cut(line, '\t'), name = Cut(line, '\t');
    if (code.empty()) continue;
    table.name_of.emplace(code, name);
    table.pairs.Add(code);
    for (const std::string_view own : {code, alpha3, name})
      table.code_of.emplace(FoldName(own), code);
    while (!line.empty()) table.code_of.emplace(FoldName(Cut(line, '|')), code);
  }
  table.code_of.erase("");
  return table;
}

const Table& Countries() {
  static const Table table = ReadTable();
  return table;
}

}  // namespace

std::optional<std::string> ParseCountry(std::string_view text) {
  if (text.size() > 200) return std::nullopt;
  if (IsCountryCode(text)) return std::string(text);  // as it should be
  const auto& code_of = Countries().code_of;
  std::string name = FoldName(text);
  auto found = code_of.find(name);
  if (found == code_of.end()) {
    if (name.starts_with("the ")) name.erase(0, 4);
    if (name.ends_with(" the")) name.erase(name.size() - 4);
    found = code_of.find(name);
  }
  if (found == code_of.end()) return std::nullopt;
  return std::string(found->second);
}

bool IsCountryCode(std::string_view code) {
  const Table& table = Countries();
  return table.pairs.Has(code) || table.name_of.contains(code);
}

std::string_view CountryName(std::string_view code) {
  const auto found = Countries().name_of.find(code);
  return found == Countries().name_of.end() ? code : found->second;
}

}  // namespace tidewaiter
