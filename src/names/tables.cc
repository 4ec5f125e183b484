#include "names/tables.h"

#include <algorithm>
#include <span>

// The bytes that make_tables_main.cc wrote. The assembler resolves the name by its search path.
__asm__(
    ".section .rodata\n.balign 64\n.global tidewaiter_name_tables\n"
    "tidewaiter_name_tables:\n.incbin \"name_tables.bin\"\n.byte 0\n.previous\n");
extern "C" const char tidewaiter_name_tables[];  // NOLINT: the symbol's name

namespace tidewaiter::names {
namespace {

const TableHeader& Header() {
  return *reinterpret_cast<const TableHeader*>(tidewaiter_name_tables);
}

template <typename T>
std::span<const T> Array(const TableExtent& extent) {
  return {reinterpret_cast<const T*>(tidewaiter_name_tables + extent.offset), extent.count};
}

const char* Pool() { return tidewaiter_name_tables + Header().pool.offset; }

// The slot of `word`, or a free one.
template <typename Slot>
const Slot& SlotOf(std::span<const Slot> slots, std::string_view word) {
  const char* pool = Pool();
  size_t at = TableSlotHash(word) & (slots.size() - 1);
  while (slots[at].word.size != 0 &&
         std::string_view(pool + slots[at].word.offset, slots[at].word.size) != word)
    at = (at + 1) & (slots.size() - 1);
  return slots[at];
}

void AppendGroups(std::span<const GroupEntry> entries, uint32_t hash, std::vector<uint32_t>& out) {
  auto at = std::lower_bound(entries.begin(), entries.end(), hash,
                             [](const GroupEntry& e, uint32_t h) { return e.hash < h; });
  for (; at != entries.end() && at->hash == hash; ++at) out.push_back(at->group);
}

}  // namespace

const Tables& Tables::Get() {
  static constexpr Tables kTables;
  return kTables;
}

PhraseRange Tables::PhrasesFrom(std::string_view word) const {
  const PhraseSlot& slot = SlotOf(Array<PhraseSlot>(Header().phrase_slots), word);
  if (slot.count == 0) return {};
  return {Array<PhraseEntry>(Header().phrases).data() + slot.first, slot.count, Pool()};
}

void Tables::GroupsOf(std::string_view sound_key, bool spellings,
                      std::vector<uint32_t>& out) const {
  const uint32_t hash = GroupKeyHash(sound_key);
  AppendGroups(Array<GroupEntry>(Header().nicknames), hash, out);
  if (!spellings) return;
  const auto buckets = Array<uint32_t>(Header().spelling_buckets);
  const uint32_t bucket = hash >> (32 - kGroupBucketBits);
  AppendGroups(Array<GroupEntry>(Header().spellings)
                   .subspan(buckets[bucket], buckets[bucket + 1] - buckets[bucket]),
               hash, out);
}

double Tables::RarityOf(std::string_view latin, double otherwise) const {
  const RaritySlot& slot = SlotOf(Array<RaritySlot>(Header().rarity_slots), latin);
  return slot.word.size == 0 ? otherwise : static_cast<double>(slot.nats);
}

bool Tables::IsAddressWord(std::string_view latin) const {
  return SlotOf(Array<RaritySlot>(Header().address_slots), latin).word.size != 0;
}

std::string_view Tables::JapaneseReading(JapanesePart part, std::string_view characters) const {
  std::string word(1, static_cast<char>(part));
  const ReadingSlot& slot = SlotOf(Array<ReadingSlot>(Header().japanese_slots), word += characters);
  return {Pool() + slot.reading.offset, slot.word.size == 0 ? 0 : slot.reading.size};
}

std::string_view Tables::hash() const { return {Header().hash, sizeof(Header().hash)}; }

}  // namespace tidewaiter::names
