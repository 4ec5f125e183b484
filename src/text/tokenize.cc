#include "text/tokenize.h"

#include <algorithm>
#include <utility>

#include "text/utf8.h"

namespace tidewaiter::text {
namespace {

bool IsHyphen(char32_t c) { return c == U'-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }
bool Opens(char32_t c) { return c == U'(' || c == U'[' || c == 0xFF08; }
bool Closes(char32_t c) { return c == U')' || c == U']' || c == 0xFF09; }

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }
// Whether it is a letter or digit of ASCII, which most names are of and which read as they stand.
bool IsPlain(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || IsDigit(c);
}
char ReadPlain(char32_t c) { return static_cast<char>(c >= U'A' && c <= U'Z' ? c + 32 : c); }

// A word in which two alphabets mix is written in the one that its lookalikes allow.
void UndoLookalikes(std::u32string& word) {
  if (std::all_of(word.begin(), word.end(), IsPlain)) return;
  bool latin = false, other = false;
  for (const char32_t c : word) {
    const Script script = Describe(c).script;
    latin |= script == Script::kLatin;
    other |= script == Script::kCyrillic || script == Script::kGreek;
  }
  if (!latin || !other) return;
  const auto is_foreign = [](char32_t c) {
    const Script script = Describe(c).script;
    return script == Script::kCyrillic || script == Script::kGreek;
  };
  const bool all_look_latin = std::all_of(word.begin(), word.end(), [&](char32_t c) {
    return !is_foreign(c) || LatinLookalike(c) != 0;
  });
  for (char32_t& c : word) {
    const char32_t replaced = all_look_latin ? (is_foreign(c) ? LatinLookalike(c) : 0)
                              : Describe(c).script == Script::kLatin ? CyrillicLookalike(c)
                                                                     : 0;
    if (replaced != 0) c = replaced;
  }
}

bool IsCapital(char32_t c) { return (c >= U'A' && c <= U'Z') || (c >= U'А' && c <= U'Я'); }
bool IsSmall(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'а' && c <= U'џ'); }

// Cyrillic о, е, є, э, и, і in lower or upper case.
bool IsPlainVowel(char32_t c) {
  const char32_t f = FoldVariant(c);
  return f == U'о' || f == U'е' || f == U'э' || f == U'и' || f == U'і';
}

bool IsSmallKana(char32_t c) {
  return c == 0x3083 || c == 0x3085 || c == 0x3087 || c == 0x30E3 || c == 0x30E5 || c == 0x30E7;
}

// Kana are read by the syllable: a small ya, yu, yo takes the vowel of the one before it ("ki" +
// "yo" = "kyo").
void AppendReading(char32_t c, const Character& character, std::string& latin) {
  if (IsSmallKana(c) && !latin.empty() && latin.back() == 'i') latin.pop_back();
  latin += character.latin;
}

// Arabic words: the article is a word of its own; a final ta marbuta is read, other silent letters
// are not.
constexpr char32_t kAlef = 0x627, kLam = 0x644, kAyn = 0x639;

bool MakesOneSoundWithH(char c) {
  return c == 't' || c == 'k' || c == 'd' || c == 's' || c == 'g' || c == 'z' || c == 'c';
}

void ReadArabic(const std::u32string& word, std::string& latin) {
  for (size_t i = 0; i < word.size(); ++i) {
    // An ayn has no letter of its own; at the beginning it carries a vowel.
    if (word[i] == kAyn && i == 0 && !(word.size() > 1 && word[1] == kAlef)) latin += 'a';
    const std::string_view reading = Describe(word[i]).latin;
    // A ha behind a ta is no "th": see names::AbjadKey.
    if (reading == "h" && !latin.empty() && MakesOneSoundWithH(latin.back()))
      latin += 'x';
    else
      latin += reading;
  }
}

// Azerbaijani writes kh as x, g as q and j as c; its schwa, which no other Latin alphabet has,
// tells it apart.
void ReadAzerbaijani(const std::u32string& word, std::string& latin) {
  if (std::none_of(word.begin(), word.end(), [](char32_t c) { return FoldVariant(c) == U'ə'; }))
    return;
  std::string out;
  for (const char c : latin) {
    if (c == 'x')
      out += "kh";
    else
      out += c == 'q' ? 'g' : c == 'c' ? 'j' : c;
  }
  latin = std::move(out);
}

class Splitter {
 public:
  explicit Splitter(std::string_view name) : name_(name.substr(0, kMaxBytes)) {
    constexpr size_t kUsual = 6;
    tokens_.reserve(kUsual);
  }

  std::vector<Token> Run() {
    for (size_t at = 0; at < name_.size() && tokens_.size() < kMaxTokens;) Take(at);
    Finish();
    return std::move(tokens_);
  }

 private:
  void Take(size_t& at) {
    const char32_t c = NextCodePoint(name_, at);
    if (IsPlain(c)) return TakeLetter(c, IsDigit(c) ? Script::kNone : Script::kLatin);
    const Character character = Describe(c);
    switch (character.kind) {
      case CharacterClass::kLetter:
      case CharacterClass::kDigit:
        return TakeLetter(c, character.script);
      case CharacterClass::kInvisible:
      case CharacterClass::kApostrophe:
        return;
      case CharacterClass::kPoint:
        if (JoinsInitials(at)) return;
        break;
      default:
        break;
    }
    Finish();
    Mark(c, character.kind);
  }

  void TakeLetter(char32_t c, Script script) {
    if (!word_.empty() && (ChangesScript(script) || BeginsInside(c))) Finish();
    if (script != Script::kNone) script_ = script;
    constexpr size_t kUsual = 16;
    if (word_.empty()) word_.reserve(kUsual);
    word_ += c;
  }

  // Han, kana and Hangul stand beside other scripts without a blank; the alphabets may mix
  // (lookalikes).
  bool ChangesScript(Script next) const {
    const auto is_syllabic = [](Script s) {
      return s == Script::kHan || s == Script::kKana || s == Script::kHangul;
    };
    return next != script_ && next != Script::kNone && script_ != Script::kNone &&
           (is_syllabic(next) || is_syllabic(script_));
  }

  // A capital behind small letters, where a blank was lost: "SiemensAG", "IvanPetrov"; not
  // "McDonald".
  bool BeginsInside(char32_t c) const {
    constexpr size_t kLeastBefore = 4;
    return word_.size() >= kLeastBefore && IsCapital(c) && IsSmall(word_.back());
  }

  // After "S" of "S.A.": a single letter before, and one letter with no letter behind it after the
  // point.
  bool JoinsInitials(size_t at) const {
    if (word_.empty() || at >= name_.size()) return false;
    if (word_.size() > 1 && !joining_) return false;
    size_t next = at;
    if (Describe(NextCodePoint(name_, next)).kind != CharacterClass::kLetter) return false;
    const bool alone = next >= name_.size() ||
                       Describe(NextCodePoint(name_, next)).kind != CharacterClass::kLetter;
    if (alone) joining_ = true;
    return alone;
  }

  void Mark(char32_t c, CharacterClass kind) {
    if (Opens(c)) bracketed_ = true;
    if (Closes(c)) bracketed_ = false;
    if (tokens_.empty()) return;
    if (kind == CharacterClass::kComma) tokens_.back().comma_after = true;
    tokens_.back().hyphen_after = IsHyphen(c);
  }

  void Finish() {
    joining_ = false;
    std::u32string word = std::exchange(word_, {});
    const Script script = std::exchange(script_, Script::kNone);
    if (word.empty() || tokens_.size() >= kMaxTokens) return;
    UndoLookalikes(word);
    if (script == Script::kArabic && word.size() >= 5 && word[0] == kAlef && word[1] == kLam) {
      Add(U"ال", "al", Script::kArabic);
      tokens_.back().hyphen_after = true;
      word.erase(0, 2);
    }
    Add(std::move(word), {}, script);
  }

  void Add(std::u32string word, std::string latin, Script script) {
    Token token;
    token.script = script;
    token.bracketed = bracketed_;
    if (latin.empty() && script == Script::kArabic) {
      ReadArabic(word, latin);
    } else if (latin.empty()) {
      for (size_t i = 0; i < word.size(); ++i) {
        if (IsPlain(word[i])) {
          latin += ReadPlain(word[i]);
          if (!IsDigit(word[i])) token.script = Script::kLatin;
          continue;
        }
        // A soft sign before a vowel that has no glide of its own is one: "консепсьон".
        if (FoldVariant(word[i]) == U'ь' && i + 1 < word.size() && IsPlainVowel(word[i + 1]))
          latin += 'y';
        const Character character = Describe(word[i]);
        AppendReading(word[i], character, latin);
        if (character.script == Script::kLatin || character.script == Script::kCyrillic)
          token.script = character.script;
      }
    }
    ReadAzerbaijani(word, latin);
    for (char32_t& c : word) c = FoldVariant(c);
    if (latin.size() > kMaxLetters) latin.resize(kMaxLetters);
    if (latin.empty()) return;
    token.latin = std::move(latin);
    token.folded = std::move(word);
    tokens_.push_back(std::move(token));
  }

  std::string_view name_;
  std::vector<Token> tokens_;
  std::u32string word_;
  Script script_ = Script::kNone;
  bool bracketed_ = false;
  mutable bool joining_ = false;
};

}  // namespace

std::vector<Token> Tokenize(std::string_view name) { return Splitter(name).Run(); }

}  // namespace tidewaiter::text
