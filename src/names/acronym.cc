#include "names/acronym.h"

#include <string>

#include "text/characters.h"
#include "text/utf8.h"

namespace tidewaiter::names {
namespace {

constexpr size_t kFewest = 3, kMost = 8;  // letters

// Adds the first letters of the blank-parted words that the token was written as; false when it has
// none.
bool AddLetters(const NameToken& token, std::string& letters) {
  bool begins = true;
  for (size_t at = 0; at < token.written.size();) {
    const char32_t character = text::NextCodePoint(token.written, at);
    if (character == U' ') {
      begins = true;
      continue;
    }
    if (!begins) continue;
    begins = false;
    const std::string_view latin = text::Describe(character).latin;
    if (latin.empty() || latin[0] < 'a' || latin[0] > 'z') return false;
    letters += latin[0];
  }
  return true;
}

NameToken Acronym(std::string letters, std::string_view name) {
  NameToken token;
  token.text = std::move(letters);
  token.flags = kAcronym;
  token.written = name;
  FillSounds(token);
  return token;
}

}  // namespace

std::vector<NameToken> AcronymsOf(std::string_view name, const std::vector<NameToken>& tokens) {
  constexpr uint16_t kUnfit = kNumber | kInitial | kAbjad | kIdeographic;
  std::string all, without_legal;
  for (const NameToken& token : tokens) {
    if (token.Is(kParticle)) continue;
    const size_t before = all.size();
    if ((token.flags & kUnfit) != 0 || !AddLetters(token, all)) return {};
    if (!token.Is(kLegal)) without_legal.append(all, before);
  }
  std::vector<NameToken> out;
  const auto fits = [](const std::string& letters) {
    return letters.size() >= kFewest && letters.size() <= kMost;
  };
  if (fits(without_legal)) out.push_back(Acronym(without_legal, name));
  if (fits(all) && all != without_legal) out.push_back(Acronym(all, name));
  return out;
}

double AcronymRarity(std::string_view letters) {
  constexpr double kLetter = 1.5;
  return kLetter * static_cast<double>(letters.size() - 1);
}

}  // namespace tidewaiter::names
