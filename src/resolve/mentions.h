// Mentions ready to be compared: each field of each mention as the number of its normal form, and
// what comparing needs of each normal form, computed once for all mentions that share it.
//
// Where a mention has several values in a field (two addresses), its normal form holds all of them,
// joined by kValueSeparator: mentions agree as far as their best two values do.
#ifndef TIDEWAITER_RESOLVE_MENTIONS_H_
#define TIDEWAITER_RESOLVE_MENTIONS_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/large_pages.h"
#include "base/text_pool.h"
#include "resolve/columns.h"
#include "resolve/fields.h"
#include "resolve/table.h"

namespace tidewaiter::resolve {

// A word of a name or an address, with what two words need to be compared.
struct Word {
  std::string_view text;
  std::string key;                            // its sound
  std::vector<uint32_t> groups;               // nicknames, sorted
  uint32_t letters = 0;                       // names::LettersOf(text)
  uint32_t given = 0, family = 0, other = 0;  // how many mentions have it as what
  uint16_t flags = 0;                         // names::TokenFlag
};

enum class Part : uint8_t { kGiven, kMiddle, kFamily, kOrganization };

struct NameWord {
  uint32_t word = 0;  // into Mentions::words
  Part part = Part::kGiven;
};

// A run of words: one name or one address of a value.
struct Phrase {
  uint32_t first = 0, count = 0;  // into name_words or address_words
  bool organization = false;
};

// One field of all mentions.
struct FieldColumn {
  TextPool values;               // normal forms
  std::vector<uint32_t> cell;    // by mention, until Mentions::Pack()
  std::vector<uint32_t> counts;  // by value: mentions that have it
  std::vector<bool> several;     // by value: holds more than one
  uint64_t total = 0;            // mentions that have any

  bool present() const { return total > 0; }
};

// Mentions are numbered by name, not as the rows stand: those that are compared lie near each other
// in memory.
struct Mentions {
  size_t count = 0;
  std::vector<std::string> ids;  // by mention
  std::vector<uint32_t> of_row;  // mention by row of the table
  std::array<FieldColumn, kFields> fields;
  std::vector<Word> words;
  TextPool word_texts;
  std::vector<NameWord> name_words;
  std::vector<Phrase> names;            // all alternatives of all values of kName
  std::vector<uint32_t> names_of;       // by value: its first in `names`; one more at the end
  std::vector<uint32_t> address_words;  // into words
  std::vector<Phrase> addresses;
  std::vector<uint32_t> addresses_of;
  uint64_t given_total = 0, family_total = 0, word_total = 0;

  const FieldColumn& field(Field f) const { return fields[static_cast<size_t>(f)]; }
  FieldColumn& field(Field f) { return fields[static_cast<size_t>(f)]; }
  // The value of a field of a mention; 0: nothing. A mention's values lie side by side, because
  // they are asked for together.
  uint32_t Cell(Field f, uint32_t mention) const {
    const uint8_t slot = slots[static_cast<size_t>(f)];
    return slot == kNoSlot ? 0 : cells[mention * size_t{stride} + slot];
  }
  void Prefetch(uint32_t mention) const { __builtin_prefetch(&cells[mention * size_t{stride}]); }
  static constexpr uint8_t kNoSlot = 255;
  std::array<uint8_t, kFields> slots{};
  uint32_t stride = 0;
  LargeVector<uint32_t> cells;
  // Moves the columns' cells into `cells`.
  void Pack();
  std::span<const Phrase> NamesOf(uint32_t value) const {
    return {names.data() + names_of[value], names.data() + names_of[value + 1]};
  }
  std::span<const Phrase> AddressesOf(uint32_t value) const {
    return {addresses.data() + addresses_of[value], addresses.data() + addresses_of[value + 1]};
  }
  std::span<const NameWord> WordsOf(const Phrase& name) const {
    return {name_words.data() + name.first, name.count};
  }
};

// What each column of the table is taken for, in the order of its columns.
struct Mapping {
  std::vector<ColumnUse> uses;
  std::vector<size_t> id_columns;
  std::vector<std::string> unused;  // names of columns that say nothing to us
};

// Names of columns that are to hold something else than their name says, from a person's config.
using Overrides = std::vector<std::pair<std::string, ColumnUse>>;
// What a column of this name is taken for, ids apart.
ColumnUse UseOf(std::string_view column, const ColumnNames& names, const Overrides& overrides);

Result<Mapping> MapColumns(const Table& table, const std::vector<std::string>& id_columns,
                           const ColumnNames& names, const Overrides& overrides);

// Fails when no column can be compared or two rows have the same id. Same result on any number of
// threads.
Result<Mentions> MakeMentions(Table table, const Mapping& mapping, unsigned threads);

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_MENTIONS_H_
