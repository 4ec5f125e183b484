// One pass over the bytes. A word is first taken as it stands, with the scripts of its letters
// noted; a word that mixes Latin and Cyrillic is then unified to the script that can hold all of it
// ("МАVIС" is Latin, "КBАДРОКОПTЕР" Cyrillic).
#include "goods/fold.h"

#include <algorithm>
#include <optional>

#include "text/characters.h"
#include "text/utf8.h"

namespace tidewaiter::goods {
namespace {

enum class Piece : uint8_t {
  kSeparator,
  kLatin,
  kCyrillic,
  kDigit,
  kOtherLetter,
  kSingle,
  kInvisible,
  kPlus
};

struct Symbol {
  char32_t folded = 0;
  Piece piece = Piece::kSeparator;
  bool breaks = false;  // of a separator: comma, bracket, colon, full stop, line end
};

constexpr std::string_view kBreaks = ",;:()[]{}.|!?\n\r";

Symbol FoldAscii(char c) {
  if (c >= 'a' && c <= 'z') return {static_cast<char32_t>(c), Piece::kLatin};
  if (c >= 'A' && c <= 'Z') return {static_cast<char32_t>(c | 0x20), Piece::kLatin};
  if (c >= '0' && c <= '9') return {static_cast<char32_t>(c), Piece::kDigit};
  if (c == '+' || c == '&') return {U'+', Piece::kPlus};
  return {0, Piece::kSeparator, kBreaks.find(c) != std::string_view::npos};
}

bool IsWideBreak(char32_t c) {
  constexpr std::u32string_view kWideBreaks = U"，。、；：（）【】！？「」";
  return kWideBreaks.find(c) != std::u32string_view::npos;
}

Piece PieceOf(text::Script script) {
  switch (script) {
    case text::Script::kLatin:
      return Piece::kLatin;
    case text::Script::kCyrillic:
      return Piece::kCyrillic;
    case text::Script::kHan:
    case text::Script::kKana:
    case text::Script::kHangul:
    case text::Script::kThai:
      return Piece::kSingle;
    default:
      return Piece::kOtherLetter;
  }
}

Symbol FoldLetter(char32_t c, const text::Character& character) {
  const Piece piece = PieceOf(character.script);
  // Marks go from Latin letters only: those of Cyrillic make other letters, but for the one that
  // people leave out.
  if (piece == Piece::kLatin && !character.latin.empty()) {
    return {static_cast<char32_t>(character.latin.front()), piece};
  }
  const char32_t folded = text::FoldVariant(c);
  return {folded == U'ё' ? U'е' : folded, piece};
}

// The Russian alphabet, without the search in the tables.
Symbol FoldCyrillic(char32_t c) {
  const char32_t lower = c < U'а' ? c + 0x20 : c;
  return {lower, Piece::kCyrillic};
}

Symbol FoldSymbol(char32_t c) {
  if (c < 0x80) return FoldAscii(static_cast<char>(c));
  if (c >= U'А' && c <= U'я') return FoldCyrillic(c);
  if (IsWideBreak(c)) return {0, Piece::kSeparator, true};
  const text::Character character = text::Describe(c);
  switch (character.kind) {
    case text::CharacterClass::kLetter:
      return FoldLetter(c, character);
    case text::CharacterClass::kDigit:
      if (character.latin.size() == 1)
        return {static_cast<char32_t>(character.latin.front()), Piece::kDigit};
      return {0, Piece::kSeparator};
    case text::CharacterClass::kInvisible:
      return {0, Piece::kInvisible};
    default:
      return {0, Piece::kSeparator};
  }
}

bool IsWordPiece(Piece piece) {
  return piece == Piece::kLatin || piece == Piece::kCyrillic || piece == Piece::kOtherLetter;
}

// The letters of one word in another script where each has a lookalike there.
std::optional<std::string> Unify(std::string_view word, bool to_latin) {
  std::string unified;
  for (size_t at = 0; at < word.size();) {
    const char32_t c = text::NextCodePoint(word, at);
    const bool is_latin = c < 0x80;
    char32_t mapped = c;
    if (is_latin != to_latin)
      mapped = to_latin ? text::LatinLookalike(c) : text::CyrillicLookalike(c);
    if (mapped == 0) return std::nullopt;
    text::AppendUtf8(text::FoldVariant(mapped), unified);
  }
  return unified;
}

class Folder {
 public:
  Folder(std::string_view source, FoldedText& out) : source_(source), out_(out) {}

  void Run() {
    while (at_ < source_.size() && out_.tokens.size() < kMaxTokens) Step();
    EndWord();
  }

 private:
  void Step() {
    const size_t begin = at_;
    const Symbol symbol = Next();
    if (symbol.piece == Piece::kInvisible) return;
    if (symbol.piece == Piece::kSeparator) return Separate(begin, symbol.breaks);
    if (symbol.piece == Piece::kPlus) return AddPlus(begin);
    if (!open_ || !SameRun(symbol.piece)) BeginWord(begin, symbol.piece);
    latin_ |= symbol.piece == Piece::kLatin;
    cyrillic_ |= symbol.piece == Piece::kCyrillic;
    text::AppendUtf8(symbol.folded, out_.text);
    word_.source_end = static_cast<uint32_t>(at_);
    if (symbol.piece == Piece::kSingle) EndWord();
  }

  Symbol Next() {
    if (static_cast<uint8_t>(source_[at_]) < 0x80) return FoldAscii(source_[at_++]);
    return FoldSymbol(text::NextCodePoint(source_, at_));
  }

  bool SameRun(Piece piece) const {
    return run_ == piece || (IsWordPiece(run_) && IsWordPiece(piece));
  }

  void BeginWord(size_t source_begin, Piece run) {
    EndWord();
    open_ = true;
    run_ = run;
    word_.begin = static_cast<uint32_t>(out_.text.size());
    word_.source_begin = static_cast<uint32_t>(source_begin);
  }

  // "4,5" and "2.0" are one number.
  bool IsDecimalPoint(size_t begin) const {
    return (source_[begin] == '.' || source_[begin] == ',') && open_ && run_ == Piece::kDigit &&
           word_.source_end == begin && at_ < source_.size() && source_[at_] >= '0' &&
           source_[at_] <= '9';
  }

  void Separate(size_t begin, bool breaks) {
    if (IsDecimalPoint(begin)) {
      out_.text += '.';
      return;
    }
    EndWord();
    gap_ = std::max(gap_, breaks ? Gap::kBreak : Gap::kSpace);
  }

  void AddPlus(size_t begin) {
    const bool after_word = open_ && word_.source_end == begin;
    const bool before_word =
        at_ < source_.size() && FoldAscii(source_[at_]).piece != Piece::kSeparator;
    BeginWord(begin, Piece::kPlus);
    out_.text += after_word && !before_word && source_[begin] == '+' ? "plus" : "+";
    word_.source_end = static_cast<uint32_t>(at_);
    EndWord();
  }

  void EndWord() {
    if (!open_) return;
    open_ = false;
    if (latin_ && cyrillic_) UnifyWord();
    word_.end = static_cast<uint32_t>(out_.text.size());
    word_.gap = gap_;
    word_.script = run_ == Piece::kDigit ? Script::kDigits
                   : cyrillic_           ? Script::kCyrillic
                   : latin_              ? Script::kLatin
                                         : Script::kOther;
    if (out_.tokens.size() < kMaxTokens) out_.tokens.push_back(word_);
    latin_ = cyrillic_ = false;
    gap_ = Gap::kNone;
  }

  void UnifyWord() {
    const std::string_view word = std::string_view(out_.text).substr(word_.begin);
    auto unified = Unify(word, true);
    cyrillic_ = !unified.has_value();
    if (!unified) unified = Unify(word, false);
    if (unified) out_.text.replace(word_.begin, std::string::npos, *unified);
  }

  std::string_view source_;
  FoldedText& out_;
  size_t at_ = 0;
  Token word_;  // the open one
  Piece run_ = Piece::kSeparator;
  Gap gap_ = Gap::kBreak;
  bool open_ = false, latin_ = false, cyrillic_ = false;
};

// One or two letters in a type number: "Т40".
bool IsGluedToDigits(const FoldedText& out, size_t i) {
  const auto& tokens = out.tokens;
  if (tokens[i].end - tokens[i].begin > 4) return false;
  const bool before =
      i > 0 && tokens[i - 1].script == Script::kDigits && tokens[i].gap == Gap::kNone;
  const bool after = i + 1 < tokens.size() && tokens[i + 1].script == Script::kDigits &&
                     tokens[i + 1].gap == Gap::kNone;
  return before || after;
}

void ReadAsLatin(FoldedText& out, size_t i) {
  const auto unified = Unify(out.word(i), true);
  if (!unified) return;
  Token& token = out.tokens[i];
  token.begin = static_cast<uint32_t>(out.text.size());
  out.text += *unified;
  token.end = static_cast<uint32_t>(out.text.size());
  token.script = Script::kLatin;
}

}  // namespace

void Fold(std::string_view description, FoldedText& out) {
  out.text.clear();
  out.tokens.clear();
  out.text.reserve(std::min(description.size(), kMaxFoldedBytes) + 8);
  out.tokens.reserve(24);
  Folder(description.substr(0, kMaxFoldedBytes), out).Run();
  for (size_t i = 0; i < out.tokens.size(); ++i) {
    if (out.tokens[i].script == Script::kCyrillic && IsGluedToDigits(out, i)) ReadAsLatin(out, i);
  }
}

}  // namespace tidewaiter::goods
