// The name tables that the program ships, compiled in from reference/names: legal forms, titles,
// particles, words of company names with their translations, nicknames, spellings, rarities. Made
// at build time (make_tables_main.cc) and read where they lie: immutable, shared by all threads,
// nothing to load.
#ifndef TIDEWAITER_NAMES_TABLES_H_
#define TIDEWAITER_NAMES_TABLES_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "names/table_format.h"

namespace tidewaiter::names {

// A phrase of one or more words, and what it stands for.
struct Phrase {
  std::string_view words;      // parted by single blanks
  std::string_view canonical;  // "llc", "technology"
  size_t word_count = 0;
  WordClass kind = WordClass::kWord;
  // A legal form that is also a word: counts only at an end of a company's name.
  bool ambiguous = false;
};

// Phrases that begin with one word, longest first.
class PhraseRange {
 public:
  class Iterator {
   public:
    Iterator(const PhraseEntry* at, const char* pool) : at_(at), pool_(pool) {}
    Phrase operator*() const {
      return {{pool_ + at_->words.offset, at_->words.size},
              {pool_ + at_->canonical.offset, at_->canonical.size},
              at_->word_count,
              at_->kind,
              at_->ambiguous != 0};
    }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const PhraseEntry* at_;
    const char* pool_;
  };

  PhraseRange() = default;
  PhraseRange(const PhraseEntry* first, size_t count, const char* pool)
      : first_(first), count_(count), pool_(pool) {}
  Iterator begin() const { return {first_, pool_}; }
  Iterator end() const { return {first_ + count_, pool_}; }
  bool empty() const { return count_ == 0; }

 private:
  const PhraseEntry* first_ = nullptr;
  size_t count_ = 0;
  const char* pool_ = nullptr;
};

class Tables {
 public:
  static const Tables& Get();

  PhraseRange PhrasesFrom(std::string_view word) const;
  // Appends the ids of the groups of equivalent given names that hold a word with this sound key:
  // nicknames always, spellings (Wikidata) when `spellings`.
  void GroupsOf(std::string_view sound_key, bool spellings, std::vector<uint32_t>& out) const;
  // How common a word is as a name where it is most common: ln of one in how many. `otherwise` when
  // unknown.
  double RarityOf(std::string_view latin, double otherwise) const;
  // A word of addresses that names no place: "street", "ulitsa", "republic".
  bool IsAddressWord(std::string_view latin) const;
  // How characters (UTF-8, folded) of a name are read in Japan; empty: not known.
  enum class JapanesePart : char { kSurname = '0', kGiven = '1', kCharacter = '2' };
  std::string_view JapaneseReading(JapanesePart part, std::string_view characters) const;
  // The SHA-256 of all tables: a profile's hash covers it.
  std::string_view hash() const;

 private:
  Tables() = default;
};

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_TABLES_H_
