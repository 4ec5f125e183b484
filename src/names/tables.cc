#include "names/tables.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"
#include "names/sound.h"
#include "text/tokenize.h"

// The bytes of a file of reference/names, as NAME_start to NAME_end.
#define TIDEWAITER_EMBED(name, file)                                                              \
  __asm__(".section .rodata\n.balign 64\n.global tidewaiter_" #name "\n.global tidewaiter_" #name \
          "_end\ntidewaiter_" #name ":\n.incbin \"" file "\"\ntidewaiter_" #name                  \
          "_end:\n.byte 0\n.previous\n");                                                         \
  extern "C" const char tidewaiter_##name[], tidewaiter_##name##_end[]

TIDEWAITER_EMBED(legal_forms, "legal_forms.tsv");
TIDEWAITER_EMBED(honorifics, "honorifics.tsv");
TIDEWAITER_EMBED(particles, "particles.tsv");
TIDEWAITER_EMBED(words, "words.tsv");
TIDEWAITER_EMBED(nicknames, "nicknames.tsv");
TIDEWAITER_EMBED(frequency, "frequency.tsv");
TIDEWAITER_EMBED(name_groups, "name_groups.bin");

namespace tidewaiter::names {
namespace {

#define TIDEWAITER_TABLE(name)        \
  std::string_view(tidewaiter_##name, \
                   static_cast<size_t>(tidewaiter_##name##_end - tidewaiter_##name))

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
    std::stable_sort(phrases.begin(), phrases.end(), [](const Phrase& a, const Phrase& b) {
      return a.words.size() > b.words.size();
    });
  }
  ReadNicknames(TIDEWAITER_TABLE(nicknames));
  ReadRarities(TIDEWAITER_TABLE(frequency));
  Sha256Stream hash;
  for (const std::string_view table :
       {TIDEWAITER_TABLE(legal_forms), TIDEWAITER_TABLE(honorifics), TIDEWAITER_TABLE(particles),
        TIDEWAITER_TABLE(words), TIDEWAITER_TABLE(nicknames), TIDEWAITER_TABLE(frequency),
        TIDEWAITER_TABLE(name_groups)}) {
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

// nats TAB word; word; ...
void Tables::ReadRarities(std::string_view table) {
  EachLine(table, [&](const std::vector<std::string_view>& columns) {
    if (columns.size() < 2) return;
    const double nats = std::stod(std::string(columns[0]));
    EachItem(columns[1],
             [&](std::string_view item) { rarities_.emplace(std::string(item), nats); });
  });
}

double Tables::RarityOf(std::string_view latin, double otherwise) const {
  const auto found = rarities_.find(std::string(latin));
  return found == rarities_.end() ? otherwise : found->second;
}

// name_groups.bin: pairs of 32 bits, the hash of a sound key and a group, ascending.
void Tables::GroupsInBlob(std::string_view sound_key, std::vector<uint32_t>& out) const {
  const std::string_view bytes = TIDEWAITER_TABLE(name_groups);
  const size_t count = bytes.size() / 8;
  const auto at = [&](size_t i, size_t part) {
    uint32_t value;
    std::memcpy(&value, bytes.data() + i * 8 + part * 4, 4);
    return value;
  };
  const uint32_t hash = GroupKeyHash(sound_key);
  size_t low = 0, high = count;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (at(middle, 0) < hash)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < count && at(low, 0) == hash; ++low) out.push_back(at(low, 1));
}

uint32_t GroupKeyHash(std::string_view sound_key) {
  return static_cast<uint32_t>(Hash64(sound_key) >> 32U);
}

const std::vector<Phrase>* Tables::PhrasesFrom(const std::string& word) const {
  const auto found = phrases_.find(word);
  return found == phrases_.end() ? nullptr : &found->second;
}

void Tables::GroupsOf(std::string_view sound_key, bool spellings,
                      std::vector<uint32_t>& out) const {
  if (!spellings) return;
  if (const auto found = nicknames_.find(std::string(sound_key)); found != nicknames_.end()) {
    out.insert(out.end(), found->second.begin(), found->second.end());
  }
  GroupsInBlob(sound_key, out);
}

}  // namespace tidewaiter::names
