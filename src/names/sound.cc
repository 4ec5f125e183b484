#include "names/sound.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace tidewaiter::names {
namespace {

struct Rule {
  std::string_view from, to;
};
// Longest first. Applied from left to right; what is not named stands for itself.
constexpr std::array kRules = {
    Rule{"shch", "S"}, Rule{"stch", "S"}, Rule{"tsch", "C"}, Rule{"sch", "S"},  Rule{"tch", "C"},
    Rule{"dzh", "j"},  Rule{"dzs", "j"},  Rule{"dsch", "j"}, Rule{"tsj", "C"},  Rule{"tzs", "C"},
    Rule{"tsh", "C"},  Rule{"csh", "C"},  Rule{"cch", "C"},  Rule{"yeo", "io"}, Rule{"eou", "u"},
    Rule{"iou", "iu"}, Rule{"eo", "o"},   Rule{"eu", "u"},   Rule{"sh", "S"},   Rule{"ch", "C"},
    Rule{"zh", "Z"},   Rule{"zs", "Z"},   Rule{"kh", "h"},   Rule{"gh", "g"},   Rule{"ph", "f"},
    Rule{"th", "t"},   Rule{"dh", "d"},   Rule{"dj", "j"},   Rule{"dz", "z"},   Rule{"cz", "C"},
    Rule{"tj", "C"},   Rule{"tx", "C"},   Rule{"sj", "S"},   Rule{"sz", "S"},   Rule{"ck", "k"},
    Rule{"ts", "c"},   Rule{"tz", "c"},   Rule{"ou", "u"},   Rule{"oo", "u"},   Rule{"ee", "i"},
    Rule{"ij", "i"},   Rule{"iy", "i"},   Rule{"yi", "i"},   Rule{"yu", "iu"},  Rule{"ya", "ia"},
    Rule{"yo", "io"},  Rule{"ye", "e"},   Rule{"ie", "e"},   Rule{"ae", "e"},   Rule{"oe", "e"},
    Rule{"ue", "u"},   Rule{"ay", "ei"},  Rule{"ai", "ei"},  Rule{"ey", "ei"},  Rule{"ej", "ei"},
    Rule{"oj", "oi"},  Rule{"uj", "ui"},  Rule{"qu", "k"},   Rule{"w", "v"},    Rule{"q", "k"},
    Rule{"y", "i"},    Rule{"x", "ks"},   Rule{"c", "k"}};

// The rules that begin with a letter, in their order.
struct RulesByLetter {
  std::array<std::array<uint8_t, 24>, 26> rules{};
  std::array<uint8_t, 26> count{};
  std::array<uint32_t, 26> seconds{};  // letters with which those of two letters and more go on
  std::array<const Rule*, 26> alone{};

  constexpr RulesByLetter() {
    for (size_t r = 0; r < kRules.size(); ++r) {
      const auto letter = static_cast<size_t>(kRules[r].from[0] - 'a');
      rules[letter][count[letter]++] = static_cast<uint8_t>(r);
      if (kRules[r].from.size() == 1)
        alone[letter] = &kRules[r];
      else
        seconds[letter] |= uint32_t{1} << (kRules[r].from[1] - 'a');
    }
  }
  const Rule* Find(std::string_view text) const {
    if (text[0] < 'a' || text[0] > 'z') return nullptr;
    const auto letter = static_cast<size_t>(text[0] - 'a');
    const bool goes_on = text.size() > 1 && text[1] >= 'a' && text[1] <= 'z' &&
                         (seconds[letter] >> (text[1] - 'a') & 1U) != 0;
    if (!goes_on) return alone[letter];
    for (size_t k = 0; k < count[letter]; ++k) {
      const std::string_view from = kRules[rules[letter][k]].from;
      if (from.size() > text.size()) continue;
      size_t i = 1;
      while (i < from.size() && from[i] == text[i]) ++i;
      if (i == from.size()) return &kRules[rules[letter][k]];
    }
    return nullptr;
  }
};
constexpr RulesByLetter kRulesByLetter;

constexpr bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

// Whether the j at `at` is the glide of Slavic spellings behind a consonant: "Artjom", "Tatjana",
// "Ljubov". Where a word begins with it, and between vowels, it may be any of y, dzh and kh.
bool IsGlide(std::string_view latin, size_t at) {
  return latin[at] == 'j' && at > 0 && at + 1 < latin.size() && IsVowel(latin[at + 1]) &&
         !IsVowel(latin[at - 1]) && latin[at - 1] != 'j';
}

// "ch" before a consonant is no "tsh" but kh: "Achmat", "Bachtiyar", "Michnevich".
bool IsGuttural(std::string_view latin, size_t at) {
  return latin[at] == 'c' && at + 2 < latin.size() && latin[at + 1] == 'h' &&
         latin[at + 2] >= 'a' && !IsVowel(latin[at + 2]) && latin[at + 2] != 'y' &&
         latin[at + 2] != 'h' && latin[at + 2] != 'j' && latin[at + 2] != 'w';
}

// Whether a rule for two letters that end in j applies: not where a vowel follows ("Mejia"), and
// "tj", "sj" are one sound only where a word begins with them.
bool Applies(const Rule& rule, std::string_view latin, size_t at) {
  if (rule.from == "ch") return !IsGuttural(latin, at);
  if (rule.from.size() != 2 || rule.from[1] != 'j') return true;
  const size_t next = at + 2;
  const bool vowel_follows = next < latin.size() && (IsVowel(latin[next]) || latin[next] == 'y');
  if (IsVowel(rule.from[0])) return !vowel_follows;
  return rule.from[0] == 'd' || at == 0 || !vowel_follows;
}

// Into `out`, which has room for two letters for each one; returns the end.
char* ApplyRules(std::string_view latin, char* out) {
  for (size_t i = 0; i < latin.size();) {
    const Rule* rule = kRulesByLetter.Find(latin.substr(i));
    if (rule != nullptr && !Applies(*rule, latin, i)) rule = nullptr;
    // "c" before e, i, y is no k.
    const bool soft_c = latin[i] == 'c' && i + 1 < latin.size() &&
                        (latin[i + 1] == 'e' || latin[i + 1] == 'i' || latin[i + 1] == 'y');
    if (rule == nullptr && IsGlide(latin, i)) {
      // "-je" is read "-e", as "ye" is.
      if (latin[i + 1] != 'e') *out++ = 'i';
      ++i;
    } else if (rule == nullptr && IsGuttural(latin, i)) {
      *out++ = 'h';
      i += 2;
    } else if (rule == nullptr) {
      *out++ = latin[i++];
    } else if (rule->from == "c" && soft_c) {
      *out++ = 'c', ++i;
    } else {
      out = std::copy(rule->to.begin(), rule->to.end(), out);
      i += rule->from.size();
    }
  }
  return out;
}

// How far apart two sounds are, 0 to 1.
double SubstitutionByRule(char a, char b) {
  if (a == b) return 0;
  if (a > b) std::swap(a, b);
  if (IsVowel(a) && IsVowel(b)) return 0.5;
  if (a == 'i' && b == 'j') return 0.25;
  if (a == 'C' && b == 'h') return 0.6;  // "Charitonow"
  constexpr std::array<std::string_view, 25> kNear = {
      "cs", "Cc", "Ck", "Cs", "Ss", "CS", "Zz", "Zj", "sz", "ck", "cz", "Cj", "bp",
      "dt", "gk", "fv", "bv", "gh", "hk", "gj", "uv", "bf", "jz", "kt", "dz"};
  for (const std::string_view pair : kNear) {
    if (pair[0] == a && pair[1] == b) return pair == "kt" || pair == "bf" ? 0.9 : 0.5;
  }
  // Digits typed for the letters that they look like.
  constexpr std::array<std::string_view, 8> kTyped = {"0o", "1i", "1l", "3e",
                                                      "4a", "5s", "9g", "8b"};
  for (const std::string_view pair : kTyped) {
    if (pair[0] == a && pair[1] == b) return 0.4;
  }
  return 1;
}

// Costs are whole numbers of this many parts of an edit: all of the rules here are.
constexpr int kParts = 100;
constexpr int Parts(double cost) { return static_cast<int>(cost * kParts + 0.5); }

// Characters as the tables of costs count them. Keys hold small letters, C, S, Z and digits: few
// enough for tables that stay near. 0: any other.
constexpr std::string_view kCharacters = "abcdefghijklmnopqrstuvwxyzCSZ0123456789";
constexpr size_t kPlaces = kCharacters.size() + 1;
constexpr auto kPlaceOf = [] {
  std::array<uint8_t, 256> out{};
  for (size_t i = 0; i < kCharacters.size(); ++i)
    out[static_cast<unsigned char>(kCharacters[i])] = static_cast<uint8_t>(i + 1);
  return out;
}();
uint8_t PlaceOf(char c) { return kPlaceOf[static_cast<unsigned char>(c)]; }

// A cost for each two characters, looked up.
class CostTable {
 public:
  template <typename Cost>
  explicit CostTable(const Cost& cost) {
    for (auto& row : costs_) row.fill(kParts);
    for (size_t i = 1; i < kPlaces; ++i) {
      for (size_t j = 1; j < kPlaces; ++j)
        costs_[i][j] = static_cast<int16_t>(Parts(cost(kCharacters[i - 1], kCharacters[j - 1])));
    }
  }
  const int16_t* Row(char c) const { return costs_[PlaceOf(c)].data(); }

 private:
  std::array<std::array<int16_t, kPlaces>, kPlaces> costs_{};
};

const CostTable& Substitutions() {
  static const CostTable table(SubstitutionByRule);
  return table;
}

constexpr double Gap(char c) {
  if (c == 'h' || c == 'j') return 0.5;
  return IsVowel(c) ? 0.7 : 1;
}

// A letter that one side has behind the end of the other: endings differ by language and gender
// ("-ov", "-ovs",
// "-ova").
constexpr double FinalGap(char c) { return c == 's' || IsVowel(c) ? 0.5 : Gap(c); }

// What a function of one character gives, in parts, looked up.
class CharacterCosts {
 public:
  template <typename Cost>
  explicit constexpr CharacterCosts(const Cost& cost) {
    for (size_t c = 0; c < parts_.size(); ++c)
      parts_[c] = static_cast<int16_t>(Parts(cost(static_cast<char>(c))));
  }
  constexpr int Of(char c) const { return parts_[static_cast<unsigned char>(c)]; }

 private:
  std::array<int16_t, 256> parts_{};
};
constexpr CharacterCosts kGaps(Gap), kFinalGaps(FinalGap);

}  // namespace

std::string SoundKey(std::string_view latin) {
  constexpr size_t kUsual = 80;
  std::array<char, 2 * kUsual> few;
  std::string many;
  if (latin.size() > kUsual) many.resize(2 * latin.size());
  char* const begin = many.empty() ? few.data() : many.data();
  const char* const end = ApplyRules(latin, begin);
  char* kept = begin;
  for (const char* c = begin; c != end; ++c) {
    const bool digit = *c >= '0' && *c <= '9';
    if (digit || kept == begin || *(kept - 1) != *c) *kept++ = *c;
  }
  std::string out(begin, kept);
  // "-ic", "-ics" of Slavic names without their marks are "-ich".
  if (latin.size() > 4 && latin.ends_with("ic")) out.back() = 'C';
  if (latin.size() > 5 && latin.ends_with("ics")) out.resize(out.size() - 1), out.back() = 'C';
  // Latvian family names of Slavic origin: "Semjonovs".
  if (out.size() > 5 && (out.ends_with("ovs") || out.ends_with("evs"))) out.pop_back();
  if (out.size() > 2 && out.back() == 'h' && IsVowel(out[out.size() - 2])) out.pop_back();
  return out;
}

std::string AbjadKey(std::string_view latin) {
  std::string marked(latin);
  std::replace(marked.begin(), marked.end(), 'x', '0');
  std::string out = SoundKey(marked);
  std::replace(out.begin(), out.end(), '0', 'h');
  return out;
}

std::string Skeleton(std::string_view key) {
  std::string out;
  for (size_t i = 0; i < key.size(); ++i) {
    char c = key[i];
    if (IsVowel(c)) continue;
    switch (c) {
      case 'v':
        c = 'f';
        break;
      case 'p':
        c = 'b';
        break;
      case 'q':
      case 'g':
        c = 'k';
        break;
      case 'Z':
        c = 'z';
        break;
      case 'C':
        c = 'S';
        break;
      case 'c':
        c = 's';
        break;
      default:
        break;
    }
    if (out.empty() || out.back() != c) out += c;
  }
  return out;
}

std::string AbjadSkeleton(std::string_view key) {
  std::string letters(key);
  std::erase(letters, 'v');
  return Skeleton(letters);
}

std::string BroadSkeleton(std::string_view skeleton) {
  std::string out(skeleton);
  for (char& c : out) {
    if (c == 'z' || c == 's' || c == 't') c = 'd';
    if (c == 'j' || c == 'h') c = 'k';
  }
  return out;
}

double SoundDistance(std::string_view a, std::string_view b, double limit) {
  constexpr size_t kMost = 48;
  constexpr int kSwap = 70;
  if (a.size() > kMost || b.size() > kMost) return limit + 1;
  // No way of editing gains by parting what both begin with: no gap is dearer than another one and
  // the step from it (names_test holds this against reference::SoundDistance).
  size_t same = 0;
  while (same < a.size() && same < b.size() && a[same] == b[same]) ++same;
  a.remove_prefix(same);
  b.remove_prefix(same);
  if (a.size() == b.size()) {
    // One letter for another costs no more than two gaps, so no other way is shorter.
    if (a.empty()) return 0;
    if (a.substr(1) == b.substr(1))
      return static_cast<double>(Substitutions().Row(a[0])[PlaceOf(b[0])]) / kParts;
  }
  // Likewise what both end with, unless the last letter is cheaper to leave out there.
  bool at_end = true;
  while (!a.empty() && !b.empty() && a.back() == b.back() &&
         (!at_end || kFinalGaps.Of(a.back()) == kGaps.Of(a.back()))) {
    a.remove_suffix(1);
    b.remove_suffix(1);
    at_end = false;
  }
  const auto gap_of = [&](std::string_view word, size_t i) {
    return at_end && i == word.size() && same + i > 4 ? kFinalGaps.Of(word[i - 1])
                                                      : kGaps.Of(word[i - 1]);
  };
  std::array<std::array<int, kMost + 1>, 3> rows;
  std::array<uint8_t, kMost> places;
  std::array<int, kMost> gaps;
  int* before = rows[0].data();
  int* previous = rows[1].data();
  int* current = rows[2].data();
  // Where nothing stands before it no letter ends a word.
  const bool before_end = same > 0;
  previous[0] = 0;
  for (size_t j = 0; j < b.size(); ++j) {
    places[j] = PlaceOf(b[j]);
    gaps[j] = gap_of(b, j + 1);
    previous[j + 1] = previous[j] + (before_end ? gaps[j] : kGaps.Of(b[j]));
  }
  const int most = Parts(limit + 1);
  const CostTable& substitutions = Substitutions();
  for (size_t i = 1; i <= a.size(); ++i) {
    const char letter = a[i - 1], letter_before = i > 1 ? a[i - 2] : '\0';
    const int16_t* costs = substitutions.Row(letter);
    const int gap = gap_of(a, i);
    int last = previous[0] + (before_end ? gap : kGaps.Of(letter));
    current[0] = last;
    int least = last;
    for (size_t j = 1; j <= b.size(); ++j) {
      int best = std::min(previous[j - 1] + costs[places[j - 1]], previous[j] + gap);
      if (letter_before == b[j - 1] && i > 1 && j > 1 && letter == b[j - 2])
        best = std::min(best, before[j - 2] + kSwap);
      last = std::min(best, last + gaps[j - 1]);
      current[j] = last;
      least = std::min(least, last);
    }
    if (least > most) return limit + 1;
    int* spare = before;
    before = previous;
    previous = current;
    current = spare;
  }
  return static_cast<double>(previous[b.size()]) / kParts;
}

namespace reference {

double SoundDistance(std::string_view a, std::string_view b) {
  const size_t columns = b.size() + 1;
  std::vector<double> table((a.size() + 1) * columns);
  const auto at = [&](size_t i, size_t j) -> double& { return table[i * columns + j]; };
  const auto gap = [](std::string_view word, size_t i) {
    return i == word.size() && i > 4 ? FinalGap(word[i - 1]) : Gap(word[i - 1]);
  };
  for (size_t i = 1; i <= a.size(); ++i) at(i, 0) = at(i - 1, 0) + Gap(a[i - 1]);
  for (size_t j = 1; j <= b.size(); ++j) at(0, j) = at(0, j - 1) + Gap(b[j - 1]);
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      at(i, j) = std::min({at(i - 1, j - 1) + SubstitutionByRule(a[i - 1], b[j - 1]),
                           at(i - 1, j) + gap(a, i), at(i, j - 1) + gap(b, j)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 0.7);
    }
  }
  return at(a.size(), b.size());
}

}  // namespace reference

namespace {

// The cost of reading the Arabic or Hebrew letter `letter` as the sound `sound`.
double AbjadSubstitutionByRule(char letter, char sound) {
  if (letter == sound) return 0;
  if (letter == 'a') return IsVowel(sound) ? 0.1 : 1;
  if (letter == 'v')
    return sound == 'u' || sound == 'o' ? 0 : sound == 'f' || sound == 'b' ? 0.2 : 1;       // waw
  if (letter == 'i') return sound == 'e' || sound == 'j' ? 0.05 : sound == 'a' ? 0.15 : 1;  // ya
  if (IsVowel(letter) || IsVowel(sound)) return 1;
  // Spanish names in Arabic letters: kha for j, tha for z and soft c.
  if ((letter == 'h' && sound == 'j') || (letter == 'j' && sound == 'h')) return 0.15;
  if (letter == 't' && (sound == 'z' || sound == 's' || sound == 'c')) return 0.3;
  const std::string skeleton_letter = Skeleton(std::string_view(&letter, 1));
  const std::string skeleton_sound = Skeleton(std::string_view(&sound, 1));
  if (skeleton_letter == skeleton_sound) return 0.15;
  const double substitution = SubstitutionByRule(letter, sound);
  return substitution >= 1 ? 1 : 0.6 * substitution;
}

const CostTable& AbjadSubstitutions() {
  static const CostTable table(AbjadSubstitutionByRule);
  return table;
}

constexpr double AbjadGap(char letter) {
  return letter == 'a' || letter == 'i' || letter == 'v' ? 0.35 : letter == 'h' ? 0.4 : 1;
}
constexpr double VowelGap(char sound) {
  return IsVowel(sound) ? 0.12 : sound == 'j' || sound == 'h' ? 0.4 : 1;
}

constexpr CharacterCosts kAbjadGaps(AbjadGap), kVowelGaps(VowelGap);

}  // namespace

double AbjadDistance(std::string_view letters, std::string_view key, double limit) {
  constexpr size_t kMost = 64;
  constexpr int kFinalHa = 15;  // a final ha is a written "-a"
  key = key.substr(0, kMost);
  std::array<int, kMost + 1> row;
  std::array<uint8_t, kMost> places;
  std::array<int, kMost> gaps;
  row[0] = 0;
  for (size_t j = 0; j < key.size(); ++j) {
    places[j] = PlaceOf(key[j]);
    gaps[j] = kVowelGaps.Of(key[j]);
    row[j + 1] = row[j] + gaps[j];
  }
  const CostTable& substitutions = AbjadSubstitutions();
  for (size_t i = 1; i <= letters.size(); ++i) {
    const char letter = letters[i - 1];
    const int gap = i == letters.size() && letter == 'h' ? kFinalHa : kAbjadGaps.Of(letter);
    const int16_t* costs = substitutions.Row(letter);
    int diagonal = row[0];
    int last = diagonal + gap;
    row[0] = last;
    int least = last;
    for (size_t j = 1; j <= key.size(); ++j) {
      const int best = std::min(diagonal + costs[places[j - 1]], row[j] + gap);
      diagonal = row[j];
      last = std::min(best, last + gaps[j - 1]);
      row[j] = last;
      least = std::min(least, last);
    }
    if (least > limit * kParts) return static_cast<double>(least) / kParts;
  }
  return static_cast<double>(row[key.size()]) / kParts;
}

}  // namespace tidewaiter::names
