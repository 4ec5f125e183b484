// Compiles reference/names into the tables of table_format.h; run by the build.
// Usage: name_tables FOLDER OUT
#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "names/sound.h"
#include "names/table_format.h"
#include "text/tokenize.h"
#include "text/utf8.h"

namespace tidewaiter::names {
namespace {

struct Phrase {
  std::vector<std::string> words;
  std::string canonical;
  WordClass kind = WordClass::kWord;
  bool ambiguous = false;
};

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

class Maker {
 public:
  // canonical TAB phrase; phrase; ... ("?" before a phrase: ambiguous)
  void ReadPhrases(std::string_view table, WordClass kind) {
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
  void ReadNicknames(std::string_view table) {
    uint32_t group = 0x80000000U;
    EachLine(table, [&](const std::vector<std::string_view>& columns) {
      EachItem(columns[0], [&](std::string_view item) {
        for (const text::Token& token : text::Tokenize(item))
          nicknames_.push_back(
              {GroupKeyHash(GroupKeyOf(token.latin, SoundKey(token.latin))), group});
      });
      ++group;
    });
    SortGroups(nicknames_);
  }

  // nats TAB word; word; ...
  void ReadRarities(std::string_view table) {
    EachLine(table, [&](const std::vector<std::string_view>& columns) {
      if (columns.size() < 2) return;
      const float nats = std::stof(std::string(columns[0]));
      EachItem(columns[1],
               [&](std::string_view item) { rarities_.emplace(std::string(item), nats); });
    });
  }

  // word; word; ...
  void ReadAddressWords(std::string_view table) {
    EachLine(table, [&](const std::vector<std::string_view>& columns) {
      EachItem(columns[0], [&](std::string_view item) {
        for (const text::Token& token : text::Tokenize(item))
          address_words_.emplace(token.latin, 0);
      });
    });
  }

  // reading TAB characters; ... under the headings @surnames, @given, @characters
  void ReadJapanese(std::string_view table) {
    char part = '0' - 1;
    EachLine(table, [&](const std::vector<std::string_view>& columns) {
      if (columns[0].starts_with("@")) ++part;
      if (columns.size() < 2) return;
      // Characters are found as names are folded: variants are one.
      EachItem(columns[1], [&](std::string_view item) {
        for (const text::Token& token : text::Tokenize(item))
          japanese_.emplace(part + text::Encode(token.folded), std::string(columns[0]));
      });
    });
  }

  void ReadSpellings(std::string_view bytes) {
    spellings_.resize(bytes.size() / sizeof(GroupEntry));
    std::memcpy(spellings_.data(), bytes.data(), spellings_.size() * sizeof(GroupEntry));
    SortGroups(spellings_);
  }

  std::string Finish(const std::string& hash) {
    TableHeader header;
    std::memcpy(header.hash, hash.data(), std::min(hash.size(), sizeof(header.hash)));
    bytes_.assign(sizeof(TableHeader), '\0');
    AppendPhrases(header);
    header.rarity_slots = AppendRarities(rarities_);
    header.address_slots = AppendRarities(address_words_);
    AppendJapanese(header);
    header.nicknames = Append(nicknames_);
    header.spellings = Append(spellings_);
    header.spelling_buckets = Append(Buckets(spellings_));
    header.pool = {static_cast<uint32_t>(bytes_.size()), static_cast<uint32_t>(pool_.size())};
    bytes_ += pool_;
    std::memcpy(bytes_.data(), &header, sizeof(header));
    return std::move(bytes_);
  }

 private:
  static void SortGroups(std::vector<GroupEntry>& entries) {
    std::sort(entries.begin(), entries.end(), [](const GroupEntry& a, const GroupEntry& b) {
      return std::pair(a.hash, a.group) < std::pair(b.hash, b.group);
    });
  }

  static std::vector<uint32_t> Buckets(const std::vector<GroupEntry>& sorted) {
    std::vector<uint32_t> out((size_t{1} << kGroupBucketBits) + 1);
    size_t at = 0;
    for (size_t bucket = 0; bucket < out.size(); ++bucket) {
      while (at < sorted.size() && (sorted[at].hash >> (32 - kGroupBucketBits)) < bucket) ++at;
      out[bucket] = static_cast<uint32_t>(at);
    }
    return out;
  }

  TableText Pooled(std::string_view text) {
    const auto [at, fresh] = pooled_.try_emplace(
        std::string(text),
        TableText{static_cast<uint32_t>(pool_.size()), static_cast<uint32_t>(text.size())});
    if (fresh) pool_ += text;
    return at->second;
  }

  template <typename Slot>
  static Slot& FreeSlot(std::vector<Slot>& slots, std::string_view word) {
    size_t at = TableSlotHash(word) & (slots.size() - 1);
    while (slots[at].word.size != 0) at = (at + 1) & (slots.size() - 1);
    return slots[at];
  }
  static size_t SlotCount(size_t words) {
    size_t out = 16;
    while (out < words * 2) out *= 2;
    return out;
  }

  void AppendPhrases(TableHeader& header) {
    std::vector<PhraseSlot> slots(SlotCount(phrases_.size()));
    std::vector<PhraseEntry> entries;
    for (auto& [word, phrases] : phrases_) {
      std::stable_sort(phrases.begin(), phrases.end(), [](const Phrase& a, const Phrase& b) {
        return a.words.size() > b.words.size();
      });
      PhraseSlot& slot = FreeSlot(slots, word);
      slot = {Pooled(word), static_cast<uint32_t>(entries.size()),
              static_cast<uint32_t>(phrases.size())};
      for (const Phrase& phrase : phrases) {
        std::string words;
        for (const std::string& part : phrase.words) words += (words.empty() ? "" : " ") + part;
        entries.push_back({Pooled(words), Pooled(phrase.canonical),
                           static_cast<uint16_t>(phrase.words.size()), phrase.kind,
                           static_cast<uint8_t>(phrase.ambiguous)});
      }
    }
    header.phrase_slots = Append(slots);
    header.phrases = Append(entries);
  }

  TableExtent AppendRarities(const std::map<std::string, float>& rarities) {
    std::vector<RaritySlot> slots(SlotCount(rarities.size()));
    for (const auto& [word, nats] : rarities) FreeSlot(slots, word) = {Pooled(word), nats};
    return Append(slots);
  }

  void AppendJapanese(TableHeader& header) {
    std::vector<ReadingSlot> slots(SlotCount(japanese_.size()));
    for (const auto& [word, reading] : japanese_)
      FreeSlot(slots, word) = {Pooled(word), Pooled(reading)};
    header.japanese_slots = Append(slots);
  }

  template <typename T>
  TableExtent Append(const std::vector<T>& values) {
    const TableExtent extent{static_cast<uint32_t>(bytes_.size()),
                             static_cast<uint32_t>(values.size())};
    bytes_.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T));
    bytes_.resize((bytes_.size() + 7) / 8 * 8);
    return extent;
  }

  std::map<std::string, std::vector<Phrase>> phrases_;
  std::map<std::string, float> rarities_, address_words_;
  std::map<std::string, std::string> japanese_;
  std::vector<GroupEntry> nicknames_, spellings_;
  std::unordered_map<std::string, TableText> pooled_;
  std::string pool_, bytes_;
};

std::string Read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int Main(const std::string& folder, const std::string& out_path) {
  constexpr std::array kFiles = {"legal_forms.tsv", "honorifics.tsv",    "particles.tsv",
                                 "words.tsv",       "nicknames.tsv",     "frequency.tsv",
                                 "name_groups.bin", "address_words.tsv", "japanese_names.tsv"};
  std::array<std::string, kFiles.size()> texts;
  Sha256Stream hash;
  for (size_t i = 0; i < kFiles.size(); ++i) {
    texts[i] = Read(folder + "/" + kFiles[i]);
    if (texts[i].empty()) {
      std::cerr << "name_tables: cannot read " << folder << "/" << kFiles[i] << "\n";
      return 1;
    }
    hash.Add(texts[i]);
  }
  Maker maker;
  maker.ReadPhrases(texts[0], WordClass::kLegal);
  maker.ReadPhrases(texts[1], WordClass::kHonorific);
  maker.ReadPhrases(texts[2], WordClass::kParticle);
  maker.ReadPhrases(texts[3], WordClass::kWord);
  maker.ReadNicknames(texts[4]);
  maker.ReadRarities(texts[5]);
  maker.ReadSpellings(texts[6]);
  maker.ReadAddressWords(texts[7]);
  maker.ReadJapanese(texts[8]);
  const std::string bytes = maker.Finish(hash.FinishHex());
  std::ofstream out(out_path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  return out.good() ? 0 : 1;
}

}  // namespace
}  // namespace tidewaiter::names

int main(int argc, char** argv) {
  return argc == 3 ? tidewaiter::names::Main(argv[1], argv[2]) : 2;
}
