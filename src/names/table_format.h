// The name tables as they are compiled in: flat arrays behind one header, made at build time by
// make_tables_main.cc from reference/names, read by tables.cc where they lie. Starting costs
// nothing. Never stored in a file: maker and reader are built together.
#ifndef TIDEWAITER_NAMES_TABLE_FORMAT_H_
#define TIDEWAITER_NAMES_TABLE_FORMAT_H_

#include <cstdint>
#include <string_view>

#include "base/hash.h"

namespace tidewaiter::names {

enum class WordClass : uint8_t { kLegal, kHonorific, kParticle, kWord };

// An array: bytes from the beginning of the tables, and how many elements.
struct TableExtent {
  uint32_t offset = 0, count = 0;
};

// Text in the pool.
struct TableText {
  uint32_t offset = 0, size = 0;
};

// A phrase of one or more words. Those that begin with one word stand together, longest first.
struct PhraseEntry {
  TableText words;  // parted by single blanks
  TableText canonical;
  uint16_t word_count = 0;
  WordClass kind = WordClass::kWord;
  uint8_t ambiguous = 0;
};

// A word of an open-addressed table whose size is a power of two; an empty text is a free slot.
struct PhraseSlot {
  TableText word;
  uint32_t first = 0, count = 0;  // of the phrases
};
struct RaritySlot {
  TableText word;
  float nats = 0;
};
// Characters of a Japanese name and how they are read, by part of the name.
struct ReadingSlot {
  TableText word;  // the digit of the part, then the characters in UTF-8
  TableText reading;
};

// The hash of a sound key, and a group that it belongs to. Sorted by both.
struct GroupEntry {
  uint32_t hash = 0, group = 0;
};
inline constexpr uint32_t kGroupBucketBits = 13;  // of the table over the upper bits of the hashes

struct TableHeader {
  TableExtent pool, phrase_slots, phrases, rarity_slots;
  TableExtent nicknames, spellings, spelling_buckets;
  TableExtent address_slots;   // RaritySlot: words of addresses that name no place
  TableExtent japanese_slots;  // ReadingSlot
  char hash[64] = {};          // SHA-256 of the files of reference/names, in hexadecimal digits
};

inline uint32_t TableSlotHash(std::string_view word) {
  uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return static_cast<uint32_t>(hash ^ (hash >> 32U));
}

// What the groups of a word go by: its sound key, or the word where the key is one letter, which
// "yi" and "i", or "oo", "wu" and "u", have in common.
inline std::string_view GroupKeyOf(std::string_view text, std::string_view key) {
  return key.size() > 1 ? key : text;
}

// Of such a key.
inline uint32_t GroupKeyHash(std::string_view sound_key) {
  return static_cast<uint32_t>(Hash64(sound_key) >> 32U);
}

}  // namespace tidewaiter::names

#endif  // TIDEWAITER_NAMES_TABLE_FORMAT_H_
