// The index section of a watchlist file: flat arrays behind one header, used where they are mapped.
// Opening is checking the header. Little-endian; every array is aligned to 8 bytes, that of tokens
// to 64. A change of any of this, or of how names are analysed, needs a new kIndexVersion.
//
// Retrieval rests on the vocabulary: some 40,000 distinct words for 45,000 names. Words similar to
// a query's word are found by hashes of what both have in common whatever the edit was: the key
// with up to two letters deleted (of its first kPrefix letters only, which loses nothing), the
// skeleton (with up to one letter deleted where one of the two is from a script without vowels),
// each group. Candidates are then compared exactly. Rejected: a trie or automaton (slower on short
// words), q-gram lists (long postings for the common ones), a scan of the vocabulary (1 ms a word).
#ifndef TIDEWAITER_MATCH_INDEX_FORMAT_H_
#define TIDEWAITER_MATCH_INDEX_FORMAT_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/hash.h"

namespace tidewaiter::match {

inline constexpr uint64_t kIndexMagic = 0x3158444957544D31;
inline constexpr uint32_t kIndexVersion = 14;
inline constexpr uint32_t kPrefix = 8;  // letters of a key that take part in deletions

struct Extent {  // of an array, in bytes from the beginning of the section
  uint64_t offset = 0, count = 0;
};

// A line of the processor's cache: most that a hash leads to are left out by what stands here, and
// of those that are kept only the pool is fetched besides.
struct TokenEntry {
  uint32_t text = 0;  // where text, key, skeleton, own stand in the pool, one after the other
  uint8_t text_size = 0, key_size = 0, skeleton_size = 0, own_size = 0;
  uint16_t flags = 0, group_count = 0;
  float rarity = 0;    // nats
  uint32_t names = 0;  // how many hold it
  uint32_t postings = 0, posting_count = 0;
  uint32_t groups = 0;
  uint32_t letters = 0;                 // LettersOf the key
  uint32_t initial_postings = 0;        // the first of the postings: forms that hold an initial
  uint32_t consonants = 0;              // LettersOf the skeleton
  char key[12] = {}, skeleton[8] = {};  // once more, as far as they fit
};
static_assert(sizeof(TokenEntry) == 64);

// A sequence of words. Names of the same words, of whatever parties and lists, are one form: it is
// looked for, bounded and compared once.
struct FormEntry {
  uint32_t words = 0;  // into the word list
  uint32_t names = 0;  // into the list of the names of forms
  uint32_t name_count = 0;
  uint32_t legal = 0;            // its legal forms, LegalBit of each
  uint32_t initial_letters = 0;  // of its initials, LetterBit of each
  // What its words claim at the least, and the greatest claim among them, by the profile of the
  // header: a bound in one place. With another profile they are added up from the words.
  float claims = 0, greatest_claim = 0;
  uint16_t word_count = 0;
  uint8_t initials = 0;
  uint8_t kinds = 0;  // of the parties so called, a bit each
};
static_assert(sizeof(FormEntry) == 32);

// Forms stand in the order of what their words claim, initials apart, and are cut into classes of
// about as many: a form whose words claim more than a query can settle is out, and most such are
// passed over by their class, unseen.
inline constexpr size_t kFormClasses = 16;
struct FormClass {
  uint32_t first = 0;      // form; the class ends where the next one begins
  float least_claims = 0;  // of any of them, and of those of the classes behind
};
static_assert(sizeof(FormClass) == 8);

// Stands for a listed word where 16 bits must do; others may have the same.
inline constexpr uint16_t kNoCode = 0, kManyWords = 1;
inline constexpr size_t kCodes = size_t{1} << 16U;
inline uint16_t CodeOf(uint32_t token) {
  return static_cast<uint16_t>(std::max(token * 0x9E3779B1U >> 16U, uint32_t{kManyWords} + 1));
}

// A form that holds a word, with the codes of all its words: no code behind the last; kManyWords
// alone when they are more than fit.
inline constexpr size_t kCodesBesidePosting = 8;
struct Posting {
  uint32_t form = 0;
  std::array<uint16_t, kCodesBesidePosting> words = {};
};
static_assert(sizeof(Posting) == 20);
inline Posting PostingOf(uint32_t form, std::span<const uint32_t> words) {
  Posting posting{form, {}};
  if (words.size() > posting.words.size())
    posting.words[0] = kManyWords;
  else
    std::ranges::transform(words, posting.words.begin(), CodeOf);
  return posting;
}

// Equal forms have equal bits; unequal ones may.
inline uint32_t LegalBit(std::string_view legal_class) {
  return uint32_t{1} << (Hash64(legal_class) % 32);
}
inline uint32_t LetterBit(char letter) {
  return uint32_t{1} << (static_cast<unsigned char>(letter) % 32);
}

// NameEntry::strength of a name that no list has: an acronym of the one at `place`. Names that were
// made stand behind the record's own.
inline constexpr uint8_t kAcronymOfName = 255;

struct NameEntry {
  uint32_t record = 0;
  uint32_t form = 0;
  uint16_t place = 0;  // among the record's names
  uint8_t strength = 0;
  uint8_t other_reading = 0;  // n: the name as the n-th of OtherReadings has it; 0: as it stands
};
static_assert(sizeof(NameEntry) == 12);

// Whether no list has the name as it stands here.
inline bool IsMade(const NameEntry& name) {
  return name.strength == kAcronymOfName || name.other_reading != 0;
}

struct RecordEntry {
  uint32_t party = 0;  // equal for the wordings of one party
  uint32_t rank = 0;   // of the party in the order of list, id
  uint32_t names = 0;
  uint16_t name_count = 0;
  uint8_t kind = 0, reserved = 0;
};
static_assert(sizeof(RecordEntry) == 16);

// What a hash leads to: a token, or (for joined words) the place of the first of the two in the
// word list. The upper bits of the hash say in which bucket it stands, the lower ones are here,
// above the signature of what was filed (neighbours.h). Within a bucket sorted by tag, then target.
// In a table of few buckets bits between the two are lost: some entries then are of another hash
// that looks the same, and fall out when words are compared.
inline constexpr uint32_t kSignatureBits = 19;
struct HashEntry {
  uint32_t tag = 0, target = 0;
};
inline uint32_t TagOf(uint32_t hash) { return hash << kSignatureBits; }  // without signature

// How many of a hash's upper bits are the bucket in a table of so many entries. The table has
// 2^bits + 1 places: where each bucket begins, and where the last one ends.
inline constexpr uint32_t kFewestBucketBits = 4, kMostBucketBits = 22;
inline uint32_t BucketBitsFor(size_t entries) {
  return std::clamp(static_cast<uint32_t>(std::bit_width(entries)), kFewestBucketBits + 1,
                    kMostBucketBits + 1) -
         1;
}

struct IdentifierEntry {
  uint64_t hash = 0;
  uint32_t record = 0, reserved = 0;
};

struct IndexHeader {
  uint64_t magic = kIndexMagic;
  uint32_t version = kIndexVersion;
  uint32_t record_count = 0;
  uint64_t tables = 0;   // hash of the name tables that it was made with
  uint64_t profile = 0;  // hash of the profile's id
  Extent tokens, forms, form_classes, names, form_names, records, words, word_forms, postings, pool,
      groups;
  Extent token_buckets, token_hashes;  // deletions, skeletons, groups -> tokens
  Extent join_buckets, join_hashes;    // two neighbouring words as one -> the word list
  Extent identifiers;
};

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_INDEX_FORMAT_H_
