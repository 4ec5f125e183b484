#include "names/tables.h"

#include <algorithm>

#include "base/hash.h"
#include "names/sound.h"
#include "text/tokenize.h"

// The bytes of a file of reference/names, as NAME_start to NAME_end.
#define TIDEWAITER_EMBED(name, file)                                                                 \
  __asm__(".section .rodata\n.balign 64\n.global tidewaiter_" #name "\n.global tidewaiter_" #name "_end\ntidewaiter_" #name \
          ":\n.incbin \"" file "\"\ntidewaiter_" #name "_end:\n.byte 0\n.previous\n");               \
  extern "C" const char tidewaiter_##name[], tidewaiter_##name##_end[]

TIDEWAITER_EMBED(legal_forms, "legal_forms.tsv");
TIDEWAITER_EMBED(honorifics, "honorifics.tsv");
TIDEWAITER_EMBED(particles, "particles.tsv");
TIDEWAITER_EMBED(words, "words.tsv");
TIDEWAITER_EMBED(nicknames, "nicknames.tsv");

namespace tidewaiter::names {
namespace {

#define TIDEWAITER_TABLE(name) \
  std::string_view(tidewaiter_##name, static_cast<size_t>(tidewaiter_##name##_end - tidewaiter_##name))

// Calls body(columns) for each line that is no comment.
template <typename Body>
void EachLine(std::string_view table, const Body& body) {
  while (!table.empty()) {
    const size_t end = std::min(table.find('\n'), table.size());
    const std::string_view line = table.substr(0, end);
    table.remove_prefix(std::min(end + 1, table.size()));
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string_view> columns;
    for (size_t at = 0; at <= line.size();) {
      const size_t tab = std::min(line.find('\t', at), line.size());
      columns.push_back(line.substr(at, tab - at));
      at = tab + 1;
    }
    body(columns);
  }
}

// Calls body(item) for each item of a list parted by "; ".
template <typename Body>
void EachItem(std::string_view list, const Body& body) {
  for (size_t at = 0; at < list.size();) {
    const size_t end = std::min(list.find(';', at), list.size());
    std::string_view item = list.substr(at, end - at);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    if (!item.empty()) body(item);
    at = end + 1;
  }
}

}  // namespace

const Tables& Tables::Get() {
  static const Tables tables;
  return tables;
}

Tables::Tables() {
  ReadPhrases(TIDEWAITER_TABLE(legal_forms), WordClass::kLegal);
  ReadPhrases(TIDEWAITER_TABLE(honorifics), WordClass::kHonorific);
  ReadPhrases(TIDEWAITER_TABLE(particles), WordClass::kParticle);
  ReadPhrases(TIDEWAITER_TABLE(words), WordClass::kWord);
  for (auto& [word, phrases] : phrases_) {
    std::stable_sort(phrases.begin(), phrases.end(),
                     [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
  }
  ReadNicknames(TIDEWAITER_TABLE(nicknames));
  Sha256Stream hash;
  for (const std::string_view table :
       {TIDEWAITER_TABLE(legal_forms), TIDEWAITER_TABLE(honorifics), TIDEWAITER_TABLE(particles),
        TIDEWAITER_TABLE(words), TIDEWAITER_TABLE(nicknames)}) {
    hash.Add(table);
  }
  hash_ = hash.FinishHex();
}

// canonical TAB phrase; phrase; ... ("?" before a phrase: ambiguous)
void Tables::ReadPhrases(std::string_view table, WordClass kind) {
  EachLine(table, [&](const std::vector<std::string_view>& columns) {
    if (columns.size() < 2) return;
    EachItem(columns[1], [&](std::string_view item) {
      Phrase phrase;
      phrase.canonical = std::string(columns[0]);
      phrase.kind = kind;
      phrase.ambiguous = item.front() == '?';
      for (const text::Token& token : text::Tokenize(item)) phrase.words.push_back(token.latin);
      if (!phrase.words.empty()) phrases_[phrase.words.front()].push_back(std::move(phrase));
    });
  });
}

// name; name; ... each line one group
void Tables::ReadNicknames(std::string_view table) {
  uint32_t group = 0x80000000U;
  EachLine(table, [&](const std::vector<std::string_view>& columns) {
    EachItem(columns[0], [&](std::string_view item) {
      for (const text::Token& token : text::Tokenize(item)) {
        nicknames_[SoundKey(token.latin)].push_back(group);
      }
    });
    ++group;
  });
}

const std::vector<Phrase>* Tables::PhrasesFrom(const std::string& word) const {
  const auto found = phrases_.find(word);
  return found == phrases_.end() ? nullptr : &found->second;
}

void Tables::GroupsOf(std::string_view sound_key, bool spellings, std::vector<uint32_t>& out) const {
  if (!spellings) return;
  if (const auto found = nicknames_.find(std::string(sound_key)); found != nicknames_.end()) {
    out.insert(out.end(), found->second.begin(), found->second.end());
  }

}

}  // namespace tidewaiter::names
