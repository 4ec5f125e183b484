// What comparing needs of each word and each value, computed once and lying side by side: a pair of
// mentions is compared without touching their texts where these are short.
//
// Rarity is ln of the share of mentions that say the same: the rarer, the lower. kUnshared stands
// where there is no such share.
#ifndef TIDEWAITER_RESOLVE_FACTS_H_
#define TIDEWAITER_RESOLVE_FACTS_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "resolve/mentions.h"
#include "resolve/weights.h"

namespace tidewaiter::resolve {

struct alignas(64) WordFacts {
  static constexpr size_t kInline = 24;
  std::array<char, kInline> text{};  // when it is not longer than this
  uint32_t size = 0;
  uint32_t letters = 0;  // names::LettersOf
  uint32_t key = 0;      // its sound; 0: none
  uint32_t groups = 0;   // nicknames: into Facts::groups
  uint16_t group_count = 0;
  bool number = false;
  float given = 0, family = 0, other = 0;  // rarity as what
  float information = 0;                   // nats, of a word of an organisation or address
};
static_assert(sizeof(WordFacts) == 64);

// A value of a field that is neither name nor address.
struct ValueFacts {
  uint64_t packed = 0;  // PackShort; 0 when it is long or several
  float rarity = 0;
  float most = 0;  // no comparison with another value weighs more
};

// What tells most pairs of words apart at a glance.
struct QuickWord {
  static constexpr uint32_t kSpecial = 1U << 31U;  // an initial, a number, or it has nicknames
  uint32_t word = 0, key = 0;
  uint32_t letters = 0;  // and kSpecial
};

// A value of the name. Most are one person's name of few words: then they stand here.
struct NameFacts {
  static constexpr size_t kRoom = 5;
  std::array<QuickWord, kRoom> words{};  // family, given, middle
  uint8_t families = 0, givens = 0, middles = 0;
  bool plain = false;
};
static_assert(sizeof(NameFacts) == 64);

class Facts {
 public:
  // Both must outlive it.
  Facts(const Mentions& mentions, const Weights& weights);

  std::vector<WordFacts> words;
  std::vector<uint32_t> groups;
  std::array<LargeVector<ValueFacts>, kFields> values;  // empty: name, address, absent fields
  LargeVector<NameFacts> names;
  std::vector<float> name_most, address_most;  // as ValueFacts::most

  std::string_view TextOf(uint32_t word) const {
    const WordFacts& w = words[word];
    return w.size <= WordFacts::kInline ? std::string_view(w.text.data(), w.size)
                                        : mentions_.words[word].text;
  }
  QuickWord QuickOf(uint32_t word) const {
    const WordFacts& w = words[word];
    const bool special = w.size == 1 || w.number || w.group_count > 0;
    return {word, w.key, w.letters | (special ? QuickWord::kSpecial : 0)};
  }
  // No comparison of this value weighs more than this; 0 for nothing.
  float MostOf(Field field, uint32_t value) const;
  // The weight of a whole name from those of its parts.
  float NameWeight(float sum) const;
  // Of what several words share, from their information.
  float RarityOfWords(float information) const;
  const Mentions& mentions() const { return mentions_; }
  const Weights& weights() const { return weights_; }

 private:
  void FillWords();
  void FillValues(Field field);
  void FillNames();
  void FillAddresses();
  NameFacts FactsOfName(uint32_t value) const;
  float MostOfName(uint32_t value) const;
  float MostOfPerson(const Phrase& name) const;
  float MostOfWords(Aspect aspect, float information) const;
  float Most(Aspect aspect, float rarity) const;

  const Mentions& mentions_;
  const Weights& weights_;
  float name_enough_;  // beyond this weight a name says little more
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_FACTS_H_
