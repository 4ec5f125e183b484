// Makes reference/names/name_groups.bin from the name groups of Wikidata (CC0), as lines "spelling,
// spelling, ...
// => Qid". Run by tools/make_names_groups.sh, not by the build.
//
// Kept is what the matcher cannot see by itself: of each group the sound keys that are unlike some
// other of the group (those alike to all are matched anyway). A group that comes down to one key
// says nothing and is left out. Scripts other than Latin, Cyrillic, Arabic, Hebrew and Greek are
// left out: measured, they find nothing more.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "names/name_tokens.h"
#include "names/readings.h"
#include "names/similarity.h"
#include "names/table_format.h"
#include "text/tokenize.h"

namespace {

using tidewaiter::names::CompareWords;
using tidewaiter::names::GroupKeyHash;
using tidewaiter::names::NameToken;
using tidewaiter::names::WordView;

std::string_view KeyOf(const NameToken& token) {
  return tidewaiter::names::GroupKeyOf(token.text, token.key);
}

WordView ViewOf(const NameToken& token) {
  return {token.text, token.key,   token.skeleton,
          token.own,  token.flags, tidewaiter::names::LettersOf(token.key),
          {}};
}

using tidewaiter::text::Script;

struct Member {
  NameToken token;
  std::string apart;  // ApartKey of two words of which one is a syllable; `token` is both together
};

// As one word, or two words that are one name written apart.
std::optional<Member> MemberOf(std::string_view spelling) {
  const auto tokens = tidewaiter::text::Tokenize(spelling);
  if (tokens.empty() || tokens.size() > 2) return std::nullopt;
  const Script script = tokens.front().script;
  if (tokens.back().script != script) return std::nullopt;
  const bool abjad = script == Script::kArabic || script == Script::kHebrew;
  if (!abjad && script != Script::kLatin && script != Script::kCyrillic && script != Script::kGreek)
    return std::nullopt;
  Member out;
  if (tokens.size() == 2) {
    const size_t shorter = std::min(tokens[0].folded.size(), tokens[1].folded.size());
    if (shorter > tidewaiter::names::kLongestSyllable) return std::nullopt;
    out.apart = tidewaiter::names::ApartKey(spelling);
    if (out.apart.empty()) return std::nullopt;
  }
  for (const auto& token : tokens) out.token.text += token.latin;
  out.token.flags = abjad ? tidewaiter::names::kAbjad : 0;
  tidewaiter::names::FillSounds(out.token);
  const std::string& text = out.token.text;
  if (text.size() < 2 && !tidewaiter::names::IsOneLetterName(text)) return std::nullopt;
  return out;
}

std::vector<Member> Members(const std::string& line) {
  std::vector<Member> out;
  const size_t end = line.find(" => ");
  for (size_t at = 0; at < end && end != std::string::npos;) {
    const size_t comma = std::min(line.find(", ", at), end);
    if (auto member = MemberOf(std::string_view(line).substr(at, comma - at)))
      out.push_back(std::move(*member));
    at = comma + 2;
  }
  return out;
}

bool AreAlike(const NameToken& a, const NameToken& b) {
  return a.key == b.key || CompareWords(ViewOf(a), ViewOf(b)).value >= 0.95F;
}

// Each key once, when any two of them are unlike; nothing when the matcher sees by itself that they
// are one name.
std::vector<NameToken> Kept(const std::vector<Member>& members) {
  std::vector<NameToken> out;
  for (const Member& member : members) {
    const bool known = std::any_of(out.begin(), out.end(), [&](const NameToken& kept) {
      return KeyOf(kept) == KeyOf(member.token) && kept.flags == member.token.flags;
    });
    if (!known) out.push_back(member.token);
  }
  std::erase_if(out, [&](const NameToken& token) {
    return std::all_of(out.begin(), out.end(),
                       [&](const NameToken& other) { return AreAlike(token, other); });
  });
  return out;
}

bool IsAmong(const std::vector<NameToken>& kept, const NameToken& token) {
  return std::any_of(kept.begin(), kept.end(),
                     [&](const NameToken& one) { return KeyOf(one) == KeyOf(token); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::vector<std::pair<uint32_t, uint32_t>> entries;
  uint32_t group = 0;
  for (std::string line; std::getline(std::cin, line);) {
    const std::vector<Member> members = Members(line);
    const std::vector<NameToken> kept = Kept(members);
    if (kept.size() < 2) continue;
    ++group;
    for (const NameToken& token : kept) entries.emplace_back(GroupKeyHash(KeyOf(token)), group);
    for (const Member& member : members) {
      if (!member.apart.empty() && IsAmong(kept, member.token))
        entries.emplace_back(GroupKeyHash(member.apart), group);
    }
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::ofstream out(argv[1], std::ios::binary);
  out.write(reinterpret_cast<const char*>(entries.data()),
            static_cast<std::streamsize>(entries.size() * 8));
  std::cerr << group << " groups, " << entries.size() << " keys, " << entries.size() * 8
            << " bytes\n";
  return out.good() ? 0 : 1;
}
