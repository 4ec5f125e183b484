// A name -> the words that can be compared: each with its sound, its class and where it came from.
//
// Legal forms, titles and the common words of company names are replaced by what they stand for
// ("ООО", "GmbH" -> llc class "limited"); "Abd al-Rahman" is one word; a family name before a comma
// goes last; a Chinese or Korean name without blanks is parted into surname and given name; roman
// numbers are numbers.
#ifndef TIDEWAITER_NAMES_NAME_TOKENS_H_
#define TIDEWAITER_NAMES_NAME_TOKENS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/party.h"
#include "text/tokenize.h"

namespace tidewaiter::names {

// What kind of word it is. Stored on disk, append only.
enum TokenFlag : uint16_t {
  kNumber = 1,    // holds a digit and no two letters
  kInitial = 2,   // one letter
  kParticle = 4,  // bin, de, the
  kLegal = 8,     // text is the class of the legal form
  kHonorific = 16,
  kWord = 32,          // text is the meaning of a common word of company names
  kAbjad = 64,         // from a script without vowels
  kIdeographic = 128,  // from Han (`own` holds the characters) or Hangul
  kPatronymic = 256,   // ends like an East Slavic patronymic
  kGeneric = 512,      // a kWord that says next to nothing: company, group, trading
  kAcronym = 1024,     // made of the first letters of a name (acronym.h); equals such a word only
};

struct NameToken {
  std::string text;      // Latin letters, or the class or meaning of a phrase
  std::string key;       // SoundKey(text); of an Abjad word its letters
  std::string skeleton;  // Skeleton(key)
  std::string own;       // UTF-8 in its own script where kIdeographic, else empty
  std::string written;   // as in the name, for people (Latin, or own script)
  uint16_t flags = 0;

  bool Is(TokenFlag flag) const { return (flags & flag) != 0; }
  // Equal identities are equal words.
  std::string Identity() const;
};

struct NameTokens {
  std::vector<NameToken> tokens;
  bool non_latin = false;  // some word came from another script
};

// Never fails: a name without any word gives no tokens.
NameTokens AnalyseName(std::string_view name, PartyKind kind);

// "U" and "O" are whole names of Koreans and Burmese, and not only initials.
inline bool IsOneLetterName(std::string_view text) { return text == "u" || text == "o"; }

// Fills key and skeleton from text and flags.
void FillSounds(NameToken& token);

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_NAME_TOKENS_H_
