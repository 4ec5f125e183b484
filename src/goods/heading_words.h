// Which headings of the Harmonized System the words of a description speak for.
//
// A transparent model over the texts of the codes (reference/hs/heading_words.tsv). A word speaks
// for each heading in whose texts it stands, the more the larger its share of that heading's words
// and the fewer other headings have it; a heading's support is the sum over the words, and its
// probability the softmax of the supports. The words are English: of a text in another language
// most words are unknown, and nothing is said.
//
// Evidence for a person, never an assertion: traders do not write as the nomenclature does.
// Immutable after loading; any number of threads may ask.
#ifndef TIDEWAITER_GOODS_HEADING_WORDS_H_
#define TIDEWAITER_GOODS_HEADING_WORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tidewaiter::goods {

struct HeadingGuess {
  std::string heading;  // four digits, edition 2022
  double probability = 0;
};

struct HeadingEvidence {
  std::vector<HeadingGuess> top;   // at most 5, likeliest first; empty: the words say too little
  std::vector<std::string> words;  // those of the text that the table knows, as it has them
  double declared = 0;             // the probability of the declared heading
  bool declared_is_top = true;     // it is among `top`, or no code was declared
  // How much likelier the first heading is than the declared one.
  double margin() const { return top.empty() ? 0 : top.front().probability - declared; }
};

class HeadingWords {
 public:
  // `path`: a table as tools/make_hs_words.py makes it.
  static Result<HeadingWords> Load(const std::string& path);
  static Result<HeadingWords> Parse(std::string_view table, const std::string& file);

  // `declared`: digits of a code of any edition, may be empty. A code that was split or moved since
  // counts as all headings that it became.
  HeadingEvidence Read(std::string_view text, std::string_view declared) const;
  // The same where the declared heading is not among the first five; nullopt elsewhere, and soon.
  std::optional<HeadingEvidence> Against(std::string_view text, std::string_view declared) const;

 private:
  struct Support {
    uint32_t heading;  // into headings_
    float support;
  };
  struct Word {
    uint32_t begin = 0, end = 0;  // into supports_; none: the word says nothing about goods
  };
  // What the known words of a text come to.
  struct Sums {
    std::vector<std::string> words;
    std::vector<float> supports;     // by heading
    std::vector<uint32_t> headings;  // those with any support
    bool enough = false;             // to say something
  };

  Sums SumUp(std::string_view text) const;
  std::optional<uint32_t> Find(std::string_view heading) const;
  // Those of the declared code that the table has.
  std::vector<uint32_t> Declared(std::string_view declared) const;
  bool IsAmongFirst(const Sums& sums, const std::vector<uint32_t>& declared) const;
  HeadingEvidence Weigh(Sums sums, const std::vector<uint32_t>& declared) const;

  std::vector<std::string> headings_;  // sorted
  std::unordered_map<std::string, Word> words_;
  std::vector<Support> supports_;
};

}  // namespace tidewaiter::goods

#endif  // TIDEWAITER_GOODS_HEADING_WORDS_H_
