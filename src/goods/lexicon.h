// Which phrases stand in a folded description, and what each may mean. A phrase is a sequence of
// words; a word may be a stem ("квадрокоптер*") or any number ("#"). Built once from the catalogue,
// then immutable.
//
// Two tries: one over bytes turns a token into the words it can be, one over words finds the
// phrases that begin at a token. Both are walked without looking back, so the time is linear in the
// description.
#ifndef TIDEWAITER_GOODS_LEXICON_H_
#define TIDEWAITER_GOODS_LEXICON_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "goods/fold.h"

namespace tidewaiter::goods {

enum class Meaning : uint8_t {
  kBrand,       // index: brand
  kFamily,      // the first word of a brand's model names; index: family
  kModel,       // index: alias of a model
  kThing,       // a word that names a component class whatever surrounds it; index: class
  kThingNear,   // a word that names one only among drone goods; index: class
  kAccessory,   // case, strap, filter
  kOtherGoods,  // telephone, coffee machine
  kFor,         // what follows is what the goods are for
  kForBefore,   // what precedes is
  kWith,        // what follows comes along
  kSet,
  kParts,    // spare parts, accessories
  kVague,    // goods, products
  kContext,  // FPV, 920KV: says that this is about drones
  kCount,    // pieces: the number before counts
  kToy,
  kManned,  // helicopter Mi-8: not about drones
  kFiller,  // new, original: says nothing of what it is
};

struct Entry {
  Meaning meaning;
  uint32_t index = 0;
};

struct Match {
  uint32_t first = 0, last = 0;  // tokens [first, last)
  Entry entry;
  bool guessed = false;  // a word was misspelt or cut off

  uint32_t size() const { return last - first; }
};

class Lexicon {
 public:
  // Before Build(). A phrase without a word is an error.
  Status Add(std::string_view phrase, Entry entry);
  // `variant` is another writing of the one word `word`.
  Status AddVariant(std::string_view variant, std::string_view word);
  // A word that is recognised in spite of one wrong letter or a missing end, unless it is in
  // `not_misspelt`.
  void AddDistinctive(std::string_view word);
  void AddNotMisspelt(std::string_view word);
  void Build();

  // All phrases, by first token, then the longer one first. Those inside a longer one are left out.
  // With `guess`, words that are no word of the lexicon may be misspelt or, at the end of the text,
  // cut off.
  void Find(const FoldedText& text, bool guess, std::vector<Match>& out) const;

  size_t phrase_count() const { return phrase_count_; }

 private:
  using Word = uint32_t;
  static constexpr Word kNumber = 0;

  struct ByteNode {
    uint32_t first_child = 0;
    uint16_t child_count = 0;
    uint8_t byte = 0;
    uint32_t exact = 0, stem = 0;  // index into word_sets_; 0: none
  };
  struct PhraseNode {
    std::vector<std::pair<Word, uint32_t>> children;  // sorted
    std::vector<Entry> entries;
  };
  struct TokenWords {
    uint32_t exact = 0, stems[2] = {0, 0};  // into word_sets_
    bool number = false, guessed = false;
  };

  Word WordOf(const std::string& spelling);
  std::vector<Word> WordsOf(std::string_view phrase);
  void BuildBytes(const std::vector<std::pair<std::string, uint32_t>>& sorted, size_t from,
                  size_t to, size_t depth, uint32_t node);
  void AddEdits(const std::string& word);
  uint32_t Child(uint32_t node, uint8_t byte) const;
  TokenWords Look(std::string_view token) const;
  uint32_t Guess(std::string_view token, bool is_last) const;
  uint32_t Continuation(std::string_view token) const;
  uint32_t WithOneEdit(std::string_view token) const;
  template <typename Visit>
  void ForEachWord(const TokenWords& words, const Visit& visit) const;
  void Walk(const std::vector<TokenWords>& tokens, size_t first, size_t at, uint32_t node,
            bool guessed, std::vector<Match>& out) const;

  std::map<std::string, Word> words_;                   // "word" or "stem*"
  std::map<std::string, std::vector<Word>> spellings_;  // what a token spelled so may be
  std::vector<std::string> distinctive_, not_misspelt_;
  std::vector<std::vector<Word>> word_sets_ = {{}};
  std::vector<ByteNode> bytes_;
  std::array<uint32_t, 256> first_bytes_{};
  std::vector<PhraseNode> phrases_ = {{}};
  std::vector<uint32_t> roots_;  // of phrases_[0], by word
  std::vector<std::pair<std::string, std::string>>
      edits_;  // word without one letter -> word, sorted
  size_t phrase_count_ = 0;
};

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_LEXICON_H_
