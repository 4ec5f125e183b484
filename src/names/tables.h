// The name tables that the program ships, compiled in from reference/names: legal forms, titles,
// particles, words of company names with their translations, nicknames. Made once, immutable,
// shared by all threads.
#ifndef TIDEWAITER_NAMES_TABLES_H_
#define TIDEWAITER_NAMES_TABLES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tidewaiter::names {

enum class WordClass : uint8_t { kLegal, kHonorific, kParticle, kWord };

// A phrase of one or more words, and what it stands for.
struct Phrase {
  std::vector<std::string> words;
  std::string canonical;  // "llc", "technology"
  WordClass kind = WordClass::kWord;
  bool ambiguous =
      false;  // a legal form that is also a word: counts only at an end of a company's name
};

class Tables {
 public:
  static const Tables& Get();

  // The phrases that begin with `word`, longest first.
  const std::vector<Phrase>* PhrasesFrom(const std::string& word) const;
  // The ids of the groups of equivalent given names that hold a word with this sound key: nicknames
  // always, spellings (Wikidata) when `spellings`.
  void GroupsOf(std::string_view sound_key, bool spellings, std::vector<uint32_t>& out) const;
  // How common a word is as a name where it is most common: ln of one in how many. `otherwise` when
  // unknown.
  double RarityOf(std::string_view latin, double otherwise) const;
  // The SHA-256 of all tables: a profile's hash covers it.
  const std::string& hash() const { return hash_; }

 private:
  Tables();
  void ReadPhrases(std::string_view table, WordClass kind);
  void ReadNicknames(std::string_view table);
  void ReadRarities(std::string_view table);
  void GroupsInBlob(std::string_view sound_key, std::vector<uint32_t>& out) const;
  std::unordered_map<std::string, std::vector<Phrase>> phrases_;
  std::unordered_map<std::string, std::vector<uint32_t>> nicknames_;
  std::unordered_map<std::string, double> rarities_;
  std::string hash_;
};

// The key of name_groups.bin.
uint32_t GroupKeyHash(std::string_view sound_key);

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_TABLES_H_
