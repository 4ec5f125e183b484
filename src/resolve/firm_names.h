// What the names of a file's parties say by themselves, whoever bears them: which are the same
// words, which one letter tells apart, which begin or end like another. The same on any number of
// threads.
#ifndef TIDEWAITER_RESOLVE_FIRM_NAMES_H_
#define TIDEWAITER_RESOLVE_FIRM_NAMES_H_

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text_pool.h"

namespace tidewaiter::resolve {

// A name without legal form, common words and script.
struct FirmName {
  std::string words;    // sorted, parted by blanks: the same words in any order are one name
  std::string joined;   // in their order, without blanks
  std::string whole;    // all words as written, without blanks
  size_t count = 0;     // of the words
  size_t first = 0;     // letters of the first word of `joined`
  uint64_t digits = 0;  // a hash of those of `joined`
  std::set<std::string> generic;
};

// A short word more may be a legal form, or the abbreviation of a common word, that no table has.
inline constexpr size_t kShortWord = 4;  // letters

class FirmNames {
 public:
  using Pairs = std::vector<std::pair<uint32_t, uint32_t>>;

  // Names are called by their numbers in `texts`; 0 is the empty one, which is like none.
  FirmNames(const TextPool& texts, unsigned threads);

  size_t size() const { return names_.size(); }
  const FirmName& operator[](uint32_t name) const { return names_[name]; }
  // The names in the order of one of their texts, equal ones in their own order.
  const std::vector<uint32_t>& by_words() const { return by_words_; }
  const std::vector<uint32_t>& by_whole() const { return by_whole_; }
  const std::vector<uint32_t>& by_joined() const { return by_joined_; }
  // Long names that one letter tells apart, and no digit; the lesser number first, sorted.
  const Pairs& one_letter_apart() const { return one_letter_apart_; }
  // A name, and one that has a short word before the same.
  const Pairs& with_word_before() const { return with_word_before_; }

 private:
  std::vector<uint32_t> Sorted(std::string FirmName::* text) const;
  Pairs OneLetterApart(unsigned threads) const;
  Pairs WithWordBefore() const;

  std::vector<FirmName> names_;
  std::vector<uint32_t> by_words_, by_whole_, by_joined_;
  Pairs one_letter_apart_, with_word_before_;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_FIRM_NAMES_H_
