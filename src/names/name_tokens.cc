#include "names/name_tokens.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "names/sound.h"
#include "names/tables.h"
#include "text/utf8.h"

namespace tidewaiter::names {
namespace {

using text::Script;
using text::Token;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// "ii" to "xxx"; single letters are initials.
std::optional<int> RomanNumber(std::string_view word) {
  if (word.size() < 2 || word.size() > 6 || word.find_first_not_of("ivx") != word.npos)
    return std::nullopt;
  static const auto numbers = [] {
    std::unordered_map<std::string, int> out;
    constexpr std::array<std::string_view, 10> kOnes = {"",  "i",  "ii",  "iii",  "iv",
                                                        "v", "vi", "vii", "viii", "ix"};
    for (int i = 1; i < 40; ++i) out[std::string(i / 10, 'x') + std::string(kOnes[i % 10])] = i;
    return out;
  }();
  const auto found = numbers.find(std::string(word));
  return found == numbers.end() ? std::nullopt : std::optional(found->second);
}

std::optional<int> NumberWord(std::string_view word) {
  static const std::unordered_map<std::string_view, int> words = {
      {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},      {"five", 5},
      {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},      {"ten", 10},
      {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15},
      {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19}, {"twenty", 20},
      {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},    {"seventy", 70},
      {"eighty", 80},  {"ninety", 90},    {"hundred", 100}};
  const auto found = words.find(word);
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

bool IsGeneric(std::string_view meaning) {
  constexpr std::array<std::string_view, 8> kGenericWords = {
      "company", "group", "holding", "trading", "international", "enterprise", "general", "office"};
  return std::find(kGenericWords.begin(), kGenericWords.end(), meaning) != kGenericWords.end();
}

NameToken Plain(std::string text, uint16_t flags, std::string written) {
  NameToken token;
  if ((flags & kWord) != 0 && IsGeneric(text)) flags |= kGeneric;
  token.text = std::move(text);
  token.flags = flags;
  token.written = std::move(written);
  FillSounds(token);
  return token;
}

uint16_t FlagsOf(const Token& token) {
  uint16_t flags = 0;
  const auto digits = std::count_if(token.latin.begin(), token.latin.end(), IsDigit);
  if (digits > 0 && static_cast<size_t>(digits) * 2 >= token.latin.size()) flags |= kNumber;
  if (token.latin.size() == 1 && digits == 0) flags |= kInitial;
  if (token.script == Script::kArabic || token.script == Script::kHebrew) flags |= kAbjad;
  return flags;
}

// "...ovich", "...evna": the father's name of East Slavs.
bool EndsLikePatronymic(std::string_view key) {
  for (const std::string_view end :
       {"oviC", "eviC", "ovna", "evna", "iniCna", "ifoviC", "obiC", "iviC"}) {
    if (key.size() > end.size() + 1 && key.ends_with(end)) return true;
  }
  return false;
}

constexpr std::array<std::u32string_view, 14> kDoubleSurnames = {
    U"欧阳", U"司马", U"上官", U"诸葛", U"司徒", U"东方", U"独孤",
    U"南宫", U"夏侯", U"尉迟", U"皇甫", U"公孙", U"慕容", U"令狐"};

// Chinese surnames with which Japanese ones begin.
constexpr std::u32string_view kChineseSurnamesInJapanese = U"高金石田安武古谷熊江方白水林黄万";

// Korean surnames as Koreans write them in Latin letters.
std::string_view KoreanSurname(char32_t syllable) {
  static const std::unordered_map<char32_t, std::string_view> surnames = {
      {U'김', "kim"},  {U'이', "lee"},  {U'리', "ri"},    {U'박', "park"}, {U'최', "choi"},
      {U'정', "jong"}, {U'강', "kang"}, {U'조', "cho"},   {U'윤', "yun"},  {U'장', "jang"},
      {U'임', "lim"},  {U'림', "rim"},  {U'한', "han"},   {U'오', "o"},    {U'서', "so"},
      {U'신', "sin"},  {U'권', "kwon"}, {U'황', "hwang"}, {U'안', "an"},   {U'송', "song"},
      {U'류', "ryu"},  {U'유', "yu"},   {U'홍', "hong"},  {U'전', "jon"},  {U'고', "ko"},
      {U'문', "mun"},  {U'양', "yang"}, {U'손', "son"},   {U'배', "pae"},  {U'백', "paek"},
      {U'허', "ho"},   {U'남', "nam"},  {U'심', "sim"},   {U'노', "no"},   {U'로', "ro"},
      {U'하', "ha"},   {U'곽', "kwak"}, {U'성', "song"},  {U'차', "cha"},  {U'주', "ju"},
      {U'우', "u"},    {U'구', "ku"},   {U'나', "na"},    {U'라', "ra"},   {U'민', "min"},
      {U'진', "jin"},  {U'지', "ji"},   {U'채', "chae"},  {U'현', "hyon"}};
  const auto found = surnames.find(syllable);
  return found == surnames.end() ? std::string_view() : found->second;
}

class Analyser {
 public:
  Analyser(std::string_view name, PartyKind kind) : kind_(kind), words_(text::Tokenize(name)) {}

  NameTokens Run() {
    FamilyNameLast();
    JoinHyphenatedLetters();
    for (const Token& word : words_)
      out_.non_latin |= word.script != Script::kLatin && word.script != Script::kNone;
    out_.tokens.reserve(words_.size());
    for (size_t i = 0; i < words_.size();) i += Take(i);
    NothingButSmallWords();
    return std::move(out_);
  }

 private:
  bool MayBeCompany() const { return kind_ != PartyKind::kPerson; }
  bool MayBePerson() const { return kind_ == PartyKind::kPerson || kind_ == PartyKind::kUnknown; }

  void FamilyNameLast() {
    if (!MayBePerson()) return;
    const auto comma =
        std::find_if(words_.begin(), words_.end(), [](const Token& t) { return t.comma_after; });
    if (comma == words_.end() || comma + 1 == words_.end()) return;
    comma->comma_after = false;
    family_is_one_word_ = comma == words_.begin();
    std::rotate(words_.begin(), comma + 1, words_.end());
  }

  // "I-van": a letter and what follows its hyphen are one word of a person's name.
  void JoinHyphenatedLetters() {
    if (!MayBePerson()) return;
    for (size_t i = 0; i + 1 < words_.size(); ++i) {
      Token& word = words_[i];
      const Token& next = words_[i + 1];
      if (!word.hyphen_after || (FlagsOf(word) & kInitial) == 0 || word.script != next.script ||
          next.latin.size() < 2 || (FlagsOf(next) & kNumber) != 0)
        continue;
      word.latin += next.latin;
      if (word.latin.size() > text::kMaxLetters) word.latin.resize(text::kMaxLetters);
      word.folded += next.folded;
      word.comma_after = next.comma_after;
      word.hyphen_after = next.hyphen_after;
      words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }

  // Consumes the words that make the next token; how many.
  size_t Take(size_t i) {
    if (const size_t used = TakePhrase(i)) return used;
    if (const size_t used = TakeServant(i)) return used;
    if (const size_t used = TakeCompound(i)) return used;
    if (const size_t used = TakeJapanese(i)) return used;
    const Token& word = words_[i];
    if (word.script == Script::kHan || word.script == Script::kHangul) {
      TakeSyllabic(word);
      return 1;
    }
    Emit(word.latin, FlagsOf(word), word);
    return 1;
  }

  void Emit(std::string text, uint16_t flags, const Token& word) {
    std::string written = text::Encode(word.folded);
    if ((flags & (kNumber | kInitial)) == 0 && MayBeNumber(text)) {
      if (const auto roman = RomanNumber(text)) text = std::to_string(*roman), flags = kNumber;
    }
    if (MayBeCompany()) {
      if (const auto number = NumberWord(text)) {
        text = std::to_string(*number);
        flags = kNumber;
        if (AddsToTens(*number)) return;
      }
    }
    if ((flags & kNumber) != 0 && text.size() == 1 && AddsToTens(text[0] - '0')) return;
    if ((flags & kNumber) != 0) {  // "007" is "7"
      while (text.size() > 1 && text[0] == '0') text.erase(0, 1);
    }
    out_.tokens.push_back(Plain(std::move(text), flags, std::move(written)));
    NameToken& token = out_.tokens.back();
    if (MayBePerson() && EndsLikePatronymic(token.key)) token.flags |= kPatronymic;
  }
  // "Forty-Four", "Forty 4": the second word is part of the first.
  bool AddsToTens(int units) {
    if (units < 1 || units > 9 || out_.tokens.empty() || !out_.tokens.back().Is(kNumber))
      return false;
    NameToken& tens = out_.tokens.back();
    const bool spelt = !tens.written.empty() && (tens.written[0] < '0' || tens.written[0] > '9');
    if (!spelt || tens.text.size() != 2 || tens.text[1] != '0') return false;
    tens.text[1] = static_cast<char>('0' + units);
    FillSounds(tens);
    return true;
  }
  bool MayBeNumber(std::string_view text) const {
    return !out_.tokens.empty() && text != "xi" && text != "li";
  }

  // "Jalal al-Din", "Jalal ud-Din", "جلال الدين": one word, like "Jalaluddin"; likewise "Hidayat
  // Ullah".
  size_t TakeCompound(size_t i) {
    const Token& word = words_[i];
    if (word.latin.size() < 2 || IsArticle(word.latin) || word.comma_after ||
        (FlagsOf(word) & (kNumber | kInitial)) != 0)
      return 0;
    size_t next = i + 1;
    if (next < words_.size() && IsArticle(words_[next].latin) && !words_[next].comma_after) ++next;
    if (next >= words_.size()) return 0;
    const std::string& tail = words_[next].latin;
    if (tail.back() != 'h' && tail.back() != 'n' && tail.back() != 'e') return 0;
    const bool god = tail == "allh" || tail == "allah" || tail == "ullah" || tail == "ollah" ||
                     tail == "lah" || tail == "llah";
    const bool faith =
        (next > i + 1 && (tail == "din" || tail == "dine" || tail == "deen" || tail == "dyn")) ||
        tail == "aldyn" || tail == "uddin" || tail == "eddin" || tail == "eddine" ||
        tail == "addin" || tail == "aldin" || tail == "udin";
    if (!god && !faith) return 0;
    const uint16_t abjad = FlagsOf(word) & kAbjad;
    std::string text = word.latin + (abjad != 0 ? (god ? "la" : "dyn") : (god ? "ullah" : "uddin"));
    if (text.size() > text::kMaxLetters) text.resize(text::kMaxLetters);
    std::string written;
    for (size_t k = i; k <= next; ++k)
      written += (k == i ? "" : " ") + text::Encode(words_[k].folded);
    out_.tokens.push_back(Plain(std::move(text), abjad, std::move(written)));
    return next - i + 1;
  }

  // The longest phrase of the tables that begins at word i.
  size_t TakePhrase(size_t i) {
    // One character that reads "na" or "sa" is a name, no legal form.
    const bool syllable = words_[i].folded.size() == 1 &&
                          (words_[i].script == Script::kHan || words_[i].script == Script::kHangul);
    if (syllable) return 0;
    for (const Phrase& phrase : Tables::Get().PhrasesFrom(words_[i].latin)) {
      if (!Fits(phrase, i) || !Applies(phrase, i)) continue;
      uint16_t flags = phrase.kind == WordClass::kLegal       ? kLegal
                       : phrase.kind == WordClass::kHonorific ? kHonorific
                       : phrase.kind == WordClass::kParticle  ? kParticle
                                                              : kWord;
      std::string written;
      for (size_t k = 0; k < phrase.word_count; ++k) {
        written += (k == 0 ? "" : " ") + text::Encode(words_[i + k].folded);
      }
      if (phrase.kind == WordClass::kParticle || phrase.kind == WordClass::kHonorific) {
        std::string text = words_[i].latin;
        // "Van der Bilt" is "Vander Bilt", of which neighbours make "Vanderbilt".
        for (size_t k = 1; k < phrase.word_count && phrase.kind == WordClass::kParticle; ++k)
          text += words_[i + k].latin;
        out_.tokens.push_back(Plain(std::move(text), flags, std::move(written)));
      } else {
        out_.tokens.push_back(Plain(std::string(phrase.canonical), flags, std::move(written)));
      }
      return phrase.word_count;
    }
    return 0;
  }

  bool Fits(const Phrase& phrase, size_t i) const {
    if (i + phrase.word_count > words_.size()) return false;
    std::string_view rest = phrase.words;
    for (size_t k = 0; k < phrase.word_count; ++k) {
      const std::string_view word = rest.substr(0, rest.find(' '));
      if (words_[i + k].latin != word && !(k > 0 && IsCutOff(phrase, i + k, word))) return false;
      rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
    return true;
  }
  // "... Joint Stock Compan": the last word of a name that did not fit its field, where the words
  // before it begin a legal form.
  bool IsCutOff(const Phrase& phrase, size_t i, std::string_view whole) const {
    constexpr size_t kFewestLetters = 4;
    return phrase.kind == WordClass::kLegal && i + 1 == words_.size() &&
           words_[i].latin.size() >= kFewestLetters && whole.starts_with(words_[i].latin);
  }

  bool Applies(const Phrase& phrase, size_t i) const {
    const size_t end = i + phrase.word_count;
    const size_t first_letters = words_[i].latin.size();
    const bool whole = i == 0 && end == words_.size();
    if (whole && phrase.kind != WordClass::kLegal) return false;
    // "Ben" that comes first is a Benjamin.
    if (phrase.kind == WordClass::kParticle && i == 0 && words_[i].latin == "ben") return false;
    switch (phrase.kind) {
      case WordClass::kLegal:
        if (kind_ == PartyKind::kPerson) return false;
        if (kind_ == PartyKind::kVessel || kind_ == PartyKind::kAircraft) return false;
        return !phrase.ambiguous && first_letters >= 3
                   ? true
                   : i == 0 || end == words_.size() || words_[i - 1].comma_after;
      case WordClass::kHonorific:
        return MayBePerson() && !(family_is_one_word_ && end == words_.size());
      case WordClass::kWord:
        return MayBeCompany();
      case WordClass::kParticle:
        return IsParticle(phrase.canonical, end);
    }
    return false;
  }

  // Nothing comes behind "An" of "AN, Chol", so it is no article; "In" of "KIM, In Chol" is a name.
  bool IsParticle(std::string_view canonical, size_t end) const {
    if (canonical == "the") return MayBeCompany();
    return canonical == "bin" || end < words_.size();
  }

  // "Abd al-Rahman", "Abdul Rahman", "Abdel-Rahman", "عبد الرحمن": one word.
  size_t TakeServant(size_t i) {
    const std::string& word = words_[i].latin;
    if ((word[0] != 'a' && word[0] != 'e') || word.size() > 5) return 0;
    if (word != "abd" && word != "abdul" && word != "abdl" && word != "abdel" && word != "abdal" &&
        word != "abdol" && word != "abed" && word != "abdu" && word != "ebd" && word != "abdur" &&
        word != "abdus")
      return 0;
    size_t next = i + 1;
    bool article = word.size() > 4 || word == "abdl";
    while (next < words_.size() && next < i + 2 && IsArticle(words_[next].latin))
      ++next, article = true;
    if (next >= words_.size() || words_[next].latin.size() < 3 || !article ||
        words_[next].comma_after) {
      if (next >= words_.size() || words_[next].latin.size() < 3 || !article) return 0;
    }
    const Token& last = words_[next];
    std::string text = (FlagsOf(last) & kAbjad) != 0 ? "abdal" + last.latin : "abdul" + last.latin;
    if (text.size() > text::kMaxLetters) text.resize(text::kMaxLetters);
    std::string written;
    for (size_t k = i; k <= next; ++k)
      written += (k == i ? "" : " ") + text::Encode(words_[k].folded);
    out_.tokens.push_back(Plain(std::move(text), FlagsOf(last) & kAbjad, std::move(written)));
    return next - i + 1;
  }
  static bool IsArticle(std::string_view w) {
    if (w.size() > 2) return false;
    return w == "al" || w == "el" || w == "ul" || w == "ar" || w == "ur" || w == "as" ||
           w == "us" || w == "er" || w == "an" || w == "az" || w == "ad" || w == "at" ||
           w == "ol" || w == "ir" || w == "es" || w == "ud" || w == "ed" || w == "l";
  }

  // "山田太郎", "山田 太郎", "山田たろう": surname and given name as they are read in Japan, where
  // the tables know both. A name of three characters whose first is a Chinese surname stays
  // Chinese.
  size_t TakeJapanese(size_t i) {
    if (!MayBePerson() || words_[i].script != Script::kHan) return 0;
    using Part = Tables::JapanesePart;
    const std::u32string& all = words_[i].folded;
    for (const size_t length : {size_t{3}, size_t{2}}) {
      if (all.size() < length) continue;
      const std::u32string surname = all.substr(0, length);
      const auto reading = Tables::Get().JapaneseReading(Part::kSurname, text::Encode(surname));
      if (reading.empty()) continue;
      const bool chinese = all.size() == 3 && length == 2 &&
                           kChineseSurnamesInJapanese.find(all[0]) != std::u32string_view::npos;
      if (chinese) continue;
      if (all.size() == length) return TakeJapaneseApart(i, reading);
      const std::string given = JapaneseGiven(all.substr(length));
      if (given.empty()) continue;
      EmitReading(std::string(reading), surname);
      EmitReading(given, all.substr(length));
      return 1;
    }
    return 0;
  }

  // Word i is a surname; the next one may be the given name, in any script.
  size_t TakeJapaneseApart(size_t i, std::string_view reading) {
    if (i + 1 >= words_.size()) return 0;
    const Token& next = words_[i + 1];
    const bool han = next.script == Script::kHan;
    const std::string given = han ? JapaneseGiven(next.folded) : std::string();
    if (han && given.empty()) return 0;
    EmitReading(std::string(reading), words_[i].folded);
    if (!han) return 1;
    EmitReading(given, next.folded);
    return 2;
  }

  // Empty where a character is not known.
  static std::string JapaneseGiven(const std::u32string& given) {
    using Part = Tables::JapanesePart;
    constexpr size_t kMost = 3;
    if (given.size() > kMost) return {};
    std::string out(Tables::Get().JapaneseReading(Part::kGiven, text::Encode(given)));
    if (!out.empty()) return out;
    for (const char32_t character : given) {
      const auto reading = Tables::Get().JapaneseReading(
          Part::kCharacter, text::Encode(std::u32string(1, character)));
      if (reading.empty()) return {};
      out += reading;
    }
    return out;
  }

  void EmitReading(std::string latin, const std::u32string& characters) {
    NameToken token = Plain(std::move(latin), kIdeographic, text::Encode(characters));
    token.own = token.written;
    out_.tokens.push_back(std::move(token));
  }

  void TakeSyllabic(const Token& word) {
    const std::u32string& characters = word.folded;
    const bool han = word.script == Script::kHan;
    if (han && (MayBeCompany() && (characters.size() > 4 || kind_ != PartyKind::kUnknown)))
      return TakeHanWords(characters);
    if (characters.size() < 2 || characters.size() > 4 || !MayBePerson())
      return Syllables(characters, 0, characters.size(), han, false);
    size_t family = 1;
    if (characters.size() > 2 && std::find(kDoubleSurnames.begin(), kDoubleSurnames.end(),
                                           characters.substr(0, 2)) != kDoubleSurnames.end())
      family = 2;
    Syllables(characters, 0, family, han, true);
    Syllables(characters, family, characters.size(), han, false);
  }

  // Known words ("有限公司", "科技") by their meaning, what stands between them as one word each.
  void TakeHanWords(const std::u32string& characters) {
    size_t pending = 0;
    for (size_t i = 0; i < characters.size();) {
      size_t used = 0;
      for (size_t length = std::min<size_t>(8, characters.size() - i); length >= 2 && used == 0;
           --length) {
        std::string latin;
        for (size_t k = i; k < i + length; ++k) latin += text::Describe(characters[k]).latin;
        for (const Phrase& phrase : Tables::Get().PhrasesFrom(latin)) {
          if (phrase.word_count != 1 ||
              (phrase.kind != WordClass::kLegal && phrase.kind != WordClass::kWord))
            continue;
          if (pending < i) Syllables(characters, pending, i, true, false);
          out_.tokens.push_back(Plain(std::string(phrase.canonical),
                                      phrase.kind == WordClass::kLegal ? kLegal : kWord,
                                      text::Encode(characters.substr(i, length))));
          used = length;
          break;
        }
      }
      i += used == 0 ? 1 : used;
      if (used != 0) pending = i;
    }
    if (pending < characters.size()) Syllables(characters, pending, characters.size(), true, false);
  }

  void Syllables(const std::u32string& characters, size_t from, size_t to, bool han, bool surname) {
    std::string latin;
    for (size_t i = from; i < to; ++i) {
      std::string_view reading = text::Describe(characters[i]).latin;
      if (surname && han && !text::SurnameReading(characters[i]).empty())
        reading = text::SurnameReading(characters[i]);
      if (surname && !han && !KoreanSurname(characters[i]).empty())
        reading = KoreanSurname(characters[i]);
      latin += reading;
    }
    if (latin.empty()) return;
    if (latin.size() > text::kMaxLetters) latin.resize(text::kMaxLetters);
    NameToken token =
        Plain(std::move(latin), kIdeographic, text::Encode(characters.substr(from, to - from)));
    if (han) token.own = token.written;
    out_.tokens.push_back(std::move(token));
  }

  // A name of nothing but titles, particles and common words ("The State", "King") has those as its
  // words.
  void NothingButSmallWords() {
    const bool any =
        std::any_of(out_.tokens.begin(), out_.tokens.end(), [](const NameToken& token) {
          return (token.flags & (kParticle | kLegal | kHonorific | kInitial)) == 0;
        });
    if (any) return;
    for (NameToken& token : out_.tokens) {
      if (token.Is(kParticle) || token.Is(kHonorific))
        token.flags &= static_cast<uint16_t>(~(kParticle | kHonorific));
    }
  }

  PartyKind kind_;
  bool family_is_one_word_ = false;  // "HAJI, Ali", where it is no title; the last of the words
  std::vector<Token> words_;
  NameTokens out_;
};

}  // namespace

std::string NameToken::Identity() const {
  const char mark = Is(kLegal)       ? '$'
                    : Is(kWord)      ? '#'
                    : Is(kParticle)  ? '.'
                    : Is(kHonorific) ? '!'
                    : Is(kAbjad)     ? '~'
                    : Is(kAcronym)   ? '^'
                                     : ' ';
  return text + mark + own;
}

void FillSounds(NameToken& token) {
  token.skeleton.clear();
  if ((token.flags & (kNumber | kLegal | kAcronym)) != 0) {
    token.key = token.text;
    return;
  }
  token.key = token.Is(kAbjad) ? AbjadKey(token.text) : SoundKey(token.text);
  if (token.Is(kWord)) return;
  token.skeleton = token.Is(kAbjad) ? AbjadSkeleton(token.key) : Skeleton(token.key);
}

NameTokens AnalyseName(std::string_view name, PartyKind kind) { return Analyser(name, kind).Run(); }

}  // namespace tidewaiter::names
