#include "names/readings.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "names/name_tokens.h"
#include "names/table_format.h"
#include "names/tables.h"
#include "text/tokenize.h"
#include "text/utf8.h"

namespace tidewaiter::names {
namespace {

using text::CharacterClass;

bool IsLetterAt(std::string_view name, size_t at) {
  return at < name.size() &&
         text::Describe(text::NextCodePoint(name, at)).kind == CharacterClass::kLetter;
}

// Empty: there is no apostrophe within a word.
std::string WithApostrophesApart(std::string_view name) {
  std::string out;
  bool apart = false, letter = false;
  for (size_t at = 0; at < name.size();) {
    const size_t begin = at;
    const auto kind = text::Describe(text::NextCodePoint(name, at)).kind;
    const bool within = letter && kind == CharacterClass::kApostrophe && IsLetterAt(name, at);
    // A letter before a hyphen is a word here, not the beginning of the next one: "U'n-so'ng".
    const bool hyphen = name[begin] == '-';
    out += within || hyphen ? " " : name.substr(begin, at - begin);
    apart |= within;
    letter = kind == CharacterClass::kLetter;
  }
  return apart ? out : std::string();
}

// A word that blanks, hyphens, commas or the ends of the name bound, and nothing but letters.
struct Syllable {
  size_t begin = 0, end = 0;  // in the name
  size_t letters = 0;
  bool comma_after = false;
};

// Words that hold anything else ("I.", "3rd") have no letters here.
std::vector<Syllable> SyllablesOf(std::string_view name) {
  std::vector<Syllable> out;
  bool within = false, plain = false;
  for (size_t at = 0; at < name.size();) {
    const size_t begin = at;
    const auto kind = text::Describe(text::NextCodePoint(name, at)).kind;
    const bool comma = kind == CharacterClass::kComma;
    if (comma || name[begin] == ' ' || name[begin] == '-') {
      if (comma && !out.empty()) out.back().comma_after = true;
      within = false;
      continue;
    }
    if (!within) out.push_back({begin, begin, 0, false});
    plain = (plain || !within) && kind != CharacterClass::kSeparator &&
            kind != CharacterClass::kDigit && kind != CharacterClass::kPoint;
    within = true;
    out.back().end = at;
    out.back().letters = plain ? out.back().letters + (kind == CharacterClass::kLetter ? 1 : 0) : 0;
  }
  return out;
}

bool AreOneName(std::string_view two_words) {
  const std::string key = ApartKey(two_words);
  if (key.empty()) return false;
  std::vector<uint32_t> groups;
  Tables::Get().GroupsOf(key, true, groups);
  return !groups.empty();
}

// Empty: no two neighbours are one name.
std::string WithSyllablesTogether(std::string_view name) {
  const std::vector<Syllable> words = SyllablesOf(name);
  std::string out;
  size_t written = 0;
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    const Syllable &one = words[i], &next = words[i + 1];
    const auto [fewer, more] = std::minmax(one.letters, next.letters);
    if (fewer == 0 || fewer > kLongestSyllable || more < 2 || one.comma_after) continue;
    if (!AreOneName(name.substr(one.begin, next.end - one.begin))) continue;
    // In small letters: a capital may begin a word.
    const auto second = text::Tokenize(name.substr(next.begin, next.end - next.begin));
    if (second.size() != 1) continue;
    out += name.substr(written, one.end - written);
    out += text::Encode(second.front().folded);
    written = next.end;
    ++i;
  }
  return written == 0 ? std::string() : out.append(name.substr(written));
}

}  // namespace

std::string ApartKey(std::string_view two_words) {
  constexpr uint16_t kNoPart =
      kNumber | kParticle | kLegal | kHonorific | kWord | kIdeographic | kAcronym;
  const NameTokens name = AnalyseName(two_words, PartyKind::kPerson);
  if (name.tokens.size() != 2) return {};
  const NameToken &a = name.tokens[0], &b = name.tokens[1];
  // "I" is also an "and", which joins nothing here.
  const auto may = [&](const NameToken& token) {
    return (token.flags & kNoPart) == 0 || (token.text == "i" && token.Is(kParticle));
  };
  if (!may(a) || !may(b)) return {};
  std::string key(GroupKeyOf(a.text, a.key));
  return key.append(" ").append(GroupKeyOf(b.text, b.key));
}

std::vector<std::string> OtherReadings(std::string_view name, PartyKind kind, bool name_groups) {
  std::vector<std::string> out;
  name = name.substr(0, text::kMaxBytes);  // no more of it is read
  if (std::string apart = WithApostrophesApart(name); !apart.empty())
    out.push_back(std::move(apart));
  const bool person = kind == PartyKind::kPerson || kind == PartyKind::kUnknown;
  if (!person || !name_groups) return out;
  if (std::string together = WithSyllablesTogether(name); !together.empty())
    out.push_back(std::move(together));
  return out;
}

}  // namespace tidewaiter::names
