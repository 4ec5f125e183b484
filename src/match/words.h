// Names made ready for comparison: analysed words with their weights and groups.
#ifndef TIDEWAITER_MATCH_WORDS_H_
#define TIDEWAITER_MATCH_WORDS_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "match/profile.h"
#include "match/score.h"
#include "model/party.h"
#include "names/acronym.h"
#include "names/name_tokens.h"

namespace tidewaiter::match {

// What a word is worth and claims, from its class and its rarity (nats).
struct Weights {
  float worth, claim;
};
Weights WeightsOf(uint16_t flags, double rarity, const Profile& profile);

// What a word claims at the least: a patronymic may turn out to be left out.
inline double LeastClaim(uint16_t flags, double claim, const Profile& profile) {
  return (flags & names::kPatronymic) != 0 ? claim * profile.patronymic_omitted : claim;
}

// What no word claims more than.
inline double GreatestClaim(const Profile& profile) {
  return std::max({profile.claim_floor + profile.claim_slope * profile.rarest, profile.number,
                   profile.company_word_claim, profile.generic_word_claim});
}

// The groups of equivalent spellings of a word, sorted; none for words that are no plain names.
std::vector<uint32_t> GroupsOfWord(const names::NameToken& token, bool spellings);

// A word as it is compared; the view ends with the token and the groups.
inline names::WordView ViewOf(const names::NameToken& token, std::span<const uint32_t> groups) {
  return {token.text, token.key,   token.skeleton,
          token.own,  token.flags, names::LettersOf(token.key),
          groups};
}

// The words of one name with storage of their own. Movable; views into it stay valid when it moves.
class PreparedName {
 public:
  // `rarity(token)` gives the nats of a word.
  template <typename RarityOf>
  PreparedName(std::string_view name, PartyKind kind, bool name_groups, const Profile& profile,
               const RarityOf& rarity)
      : text_(name), tokens_(names::AnalyseName(name, kind)) {
    for (const names::NameToken& token : tokens_.tokens)
      groups_.push_back(GroupsOfWord(token, name_groups));
    for (size_t i = 0; i < groups_.size(); ++i)
      AddWord(i, groups_[i], rarity(tokens_.tokens[i]), profile);
  }
  // Of words of which rarity and groups are known: `known(token)` points to them, and they outlive
  // the name.
  template <typename KnownOf>
  PreparedName(std::string_view name, PartyKind kind, const Profile& profile, const KnownOf& known)
      : text_(name), tokens_(names::AnalyseName(name, kind)) {
    words_.reserve(tokens_.tokens.size());
    for (size_t i = 0; i < tokens_.tokens.size(); ++i) {
      const auto& word = known(tokens_.tokens[i]);
      AddWord(i, word.groups, word.rarity, profile);
    }
  }

  // A word that was made of a name: its acronym.
  PreparedName(names::NameToken acronym, const Profile& profile)
      : text_(acronym.written), groups_(1), is_acronym_(true) {
    const double rarity = names::AcronymRarity(acronym.text);
    tokens_.tokens.push_back(std::move(acronym));
    AddWord(0, groups_[0], rarity, profile);
  }

  const std::string& text() const { return text_; }
  const std::vector<names::NameToken>& tokens() const { return tokens_.tokens; }
  std::span<const Word> words() const { return words_; }

  // Set: the name read as a person's; it is compared with persons only.
  bool for_persons = false;
  // One is compared with organizations only, and with parties of unknown kind.
  bool is_acronym() const { return is_acronym_; }

 private:
  void AddWord(size_t i, std::span<const uint32_t> groups, double rarity, const Profile& profile) {
    const names::NameToken& token = tokens_.tokens[i];
    const Weights weights = WeightsOf(token.flags, rarity, profile);
    words_.push_back({ViewOf(token, groups), weights.worth, weights.claim});
  }

  std::string text_;
  names::NameTokens tokens_;
  std::vector<std::vector<uint32_t>> groups_;
  std::vector<Word> words_;
  bool is_acronym_ = false;
};

// The likeness of every word of one name with every word of the other.
Likenesses CompareAll(std::span<const Word> left, std::span<const Word> right);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_WORDS_H_
