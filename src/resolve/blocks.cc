// Sizes are counted before anything is stored: a table of counters by hash (two keys that collide
// only make a block seem larger) says which keys are small enough; only those are written down.
#include "resolve/blocks.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/hash.h"
#include "base/parallel.h"
#include "names/sound.h"
#include "resolve/normal.h"

namespace tidewaiter::resolve {
namespace {

constexpr size_t kMostAtoms = 14;  // of a mention that are joined with others
constexpr unsigned kRounds = 3;    // atoms of a key, at most

uint64_t Mix(uint64_t x) {
  x ^= x >> 32U;
  x *= 0xD6E8FEB86659FD93ULL;
  x ^= x >> 32U;
  x *= 0xD6E8FEB86659FD93ULL;
  return x ^ (x >> 32U);
}

struct Atom {
  uint64_t hash = 0;
  uint16_t field = 0;  // bit
  uint8_t nest = 0;    // atoms of one nest contain each other: date and year
};

uint16_t Bit(Field field) { return static_cast<uint16_t>(1U << static_cast<unsigned>(field)); }

uint64_t HashOf(Field field, char nature, std::string_view text) {
  return Mix(Hash64(text) + static_cast<uint64_t>(field) * 256 + static_cast<uint8_t>(nature));
}

// Atoms of each value of each field, computed once.
class Atoms {
 public:
  explicit Atoms(const Mentions& mentions) : mentions_(mentions) {
    for (size_t f = 0; f < kFields; ++f) Prepare(static_cast<Field>(f));
  }

  // Replaces `out` by the atoms of a mention, each once.
  void Of(uint32_t mention, std::vector<Atom>& out) const {
    out.clear();
    for (size_t f = 0; f < kFields; ++f) {
      const uint32_t value = mentions_.Cell(static_cast<Field>(f), mention);
      if (value == 0 || first_[f].empty()) continue;
      for (uint32_t i = first_[f][value]; i < first_[f][value + 1]; ++i)
        out.push_back(atoms_[f][i]);
    }
  }

 private:
  void Prepare(Field field) {
    const auto f = static_cast<size_t>(field);
    const FieldColumn& column = mentions_.field(field);
    if (!column.present() || field == Field::kGender) return;
    first_[f].assign(2, 0);
    for (uint32_t value = 1; value < column.values.size(); ++value) {
      const size_t begin = atoms_[f].size();
      AtomsOfValue(field, value, atoms_[f]);
      const auto from = atoms_[f].begin() + static_cast<ptrdiff_t>(begin);
      std::sort(from, atoms_[f].end(), [](auto& a, auto& b) { return a.hash < b.hash; });
      atoms_[f].erase(
          std::unique(from, atoms_[f].end(), [](auto& a, auto& b) { return a.hash == b.hash; }),
          atoms_[f].end());
      first_[f].push_back(static_cast<uint32_t>(atoms_[f].size()));
    }
  }

  void AtomsOfValue(Field field, uint32_t value, std::vector<Atom>& out) const {
    const auto add = [&](char nature, std::string_view text, uint8_t nest = 0) {
      if (!text.empty()) out.push_back({HashOf(field, nature, text), Bit(field), nest});
    };
    if (field == Field::kName) {
      for (const Phrase& name : mentions_.NamesOf(value)) {
        for (const auto& [word, part] : mentions_.WordsOf(name)) {
          const Word& w = mentions_.words[word];
          if (w.text.size() > 1) add('w', w.key.empty() ? w.text : std::string_view(w.key));
        }
      }
      return;
    }
    if (field == Field::kAddress) {
      for (const Phrase& phrase : mentions_.AddressesOf(value)) {
        for (uint32_t i = 0; i < phrase.count; ++i)
          add('w', mentions_.words[mentions_.address_words[phrase.first + i]].text);
      }
      return;
    }
    std::string_view text = mentions_.field(field).values[value];
    while (!text.empty()) {
      const size_t end = std::min(text.find(kValueSeparator), text.size());
      AtomsOfText(field, text.substr(0, end), add);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  template <typename Add>
  static void AtomsOfText(Field field, std::string_view text, const Add& add) {
    if (field == Field::kPhone)
      return add('e', text.substr(text.size() - std::min<size_t>(7, text.size())));
    add('v', text, 1);
    if (field == Field::kBirthDate) add('y', text.substr(0, 4), 1);
    if (field == Field::kPostcode) add('a', PostcodeArea(text), 1);
    if (field == Field::kEmail) add('u', text.substr(0, text.find('@')), 1);
  }

  const Mentions& mentions_;
  std::array<std::vector<Atom>, kFields> atoms_;
  std::array<std::vector<uint32_t>, kFields> first_;
};

// Counts keys by hash, up to 255 or, where no block may be that large, up to 15: the table is read
// here and there, and half of it comes twice as fast.
class Sizes {
 public:
  Sizes(size_t keys, uint32_t largest)
      : mask_(std::bit_ceil(std::max<size_t>(keys * 2, 1024)) - 1),
        bits_(largest < 15 ? 4 : 8),
        counts_((mask_ + 1) * bits_ / 8) {}
  void Add(uint64_t key) {
    const unsigned shift = ShiftOf(key);
    uint8_t& counts = counts_[PlaceOf(key)];
    if ((counts >> shift & Most()) != Most()) counts = static_cast<uint8_t>(counts + (1U << shift));
  }
  void Prefetch(uint64_t key) const { __builtin_prefetch(&counts_[PlaceOf(key)], 1); }
  uint32_t Of(uint64_t key) const { return counts_[PlaceOf(key)] >> ShiftOf(key) & Most(); }

 private:
  uint32_t Most() const { return (1U << bits_) - 1; }
  size_t PlaceOf(uint64_t key) const { return (key & mask_) * bits_ / 8; }
  unsigned ShiftOf(uint64_t key) const { return bits_ == 8 ? 0 : (key & 1U) * 4; }

  size_t mask_;
  unsigned bits_;
  LargeVector<uint8_t> counts_;
};

// A mention under the lower bits of a key.
struct Entry {
  uint32_t key = 0, mention = 0;
  uint16_t fields = 0;
};

// Entries by key, of which 33 bits are looked at: keys that share them share a block, which costs
// comparisons only. Each run of keys is sorted by itself, where it fits into a processor's memory.
class Entries {
 public:
  void Add(uint64_t key, uint32_t mention, uint16_t fields) {
    Run& run = runs_[key >> (64 - kRunBits)];
    if (run.empty() || run.back().size() == kChunk) run.emplace_back().reserve(kChunk);
    const auto lower = static_cast<uint32_t>(key >> kIgnoredBits & ((1U << kLowerBits) - 1));
    run.back().push_back({lower, mention, fields});
  }

  // Calls visit(entries) for each key in their order; those of a key stand as they were added.
  // Afterwards nothing is left.
  template <typename Visit>
  void Drain(const Visit& visit) {
    for (Run& run : runs_) {
      Sort(run);
      const std::span<const Entry> all(sorted_);
      for (size_t i = 0; i < all.size();) {
        size_t end = i + 1;
        while (end < all.size() && all[end].key == all[i].key) ++end;
        visit(all.subspan(i, end - i));
        i = end;
      }
    }
  }

 private:
  static constexpr unsigned kRunBits = 9, kDigitBits = 12, kLowerBits = 2 * kDigitBits;
  static constexpr unsigned kIgnoredBits = 64 - kRunBits - kLowerBits;
  static constexpr size_t kChunk = 1024;
  using Run = std::vector<std::vector<Entry>>;  // in pieces: growing moves nothing

  void Sort(Run& run) {
    sorted_.clear();
    for (std::vector<Entry>& chunk : run) {
      sorted_.insert(sorted_.end(), chunk.begin(), chunk.end());
      chunk = {};
    }
    run = {};
    constexpr size_t kFew = 1024;
    if (sorted_.size() < kFew) {
      std::stable_sort(sorted_.begin(), sorted_.end(),
                       [](const Entry& x, const Entry& y) { return x.key < y.key; });
      return;
    }
    other_.resize(sorted_.size());
    for (unsigned pass = 0; pass < 2; ++pass) {
      std::array<uint32_t, (1U << kDigitBits) + 1> start{};
      const auto digit = [&](const Entry& e) {
        return e.key >> (pass * kDigitBits) & ((1U << kDigitBits) - 1);
      };
      for (const Entry& e : sorted_) ++start[digit(e) + 1];
      for (size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
      for (const Entry& e : sorted_) other_[start[digit(e)]++] = e;
      sorted_.swap(other_);
    }
  }

  std::array<Run, 1U << kRunBits> runs_;
  std::vector<Entry> sorted_, other_;
};

// A key of one mention that is too large, with the position of its last atom.
struct Large {
  uint64_t key = 0;
  uint16_t fields = 0;
  uint8_t nests = 0, last = 0;
};

class Maker {
 public:
  Maker(const Mentions& mentions, uint32_t largest)
      : mentions_(mentions), atoms_(mentions), largest_(largest) {}

  Blocks Run() {
    CountAtoms();
    KeepShared();
    CountKeys();
    for (uint32_t m = 0; m < mentions_.count; ++m) Write(m);
    return Group();
  }

 private:
  // The keys of round `round` of a mention, given its too large ones of the round before.
  template <typename Visit>
  void Extend(const std::vector<Large>& before, const Visit& visit) const {
    for (const Large& key : before) {
      for (uint8_t next = static_cast<uint8_t>(key.last + 1); next < atom_count_; ++next) {
        const Atom& atom = large_atoms_[next];
        // Two atoms of one value that contain each other make no smaller block.
        if (atom.nest != 0 && (key.fields & atom.field) != 0) continue;
        visit(Large{Mix(key.key * 3 + atom.hash), static_cast<uint16_t>(key.fields | atom.field), 0,
                    next});
      }
    }
  }

  void CountAtoms() {
    sizes_.emplace_back(mentions_.count * 10, largest_);
    for (uint32_t m = 0; m < mentions_.count; ++m) {
      atoms_.Of(m, mine_);
      for (const Atom& atom : mine_) sizes_[0].Prefetch(atom.hash);
      for (const Atom& atom : mine_) sizes_[0].Add(atom.hash);
    }
  }

  // The atoms of each mention that others have too, one mention after another: they are gone
  // through three times, and gathering them touches all of the memory.
  void KeepShared() {
    shared_.reserve(mentions_.count * 6);
    shared_of_.reserve(mentions_.count + 1);
    for (uint32_t m = 0; m < mentions_.count; ++m) {
      atoms_.Of(m, mine_);
      for (const Atom& atom : mine_) sizes_[0].Prefetch(atom.hash);
      for (const Atom& atom : mine_) {
        const uint32_t size = sizes_[0].Of(atom.hash);
        if (size > 1) shared_.push_back({atom, size > largest_});
      }
      shared_of_.push_back(static_cast<uint32_t>(shared_.size()));
    }
  }

  struct Shared {
    Atom atom;
    bool large = false;
  };
  std::span<const Shared> SharedOf(uint32_t mention) const {
    return {shared_.data() + shared_of_[mention], shared_.data() + shared_of_[mention + 1]};
  }

  // A mention's large atoms become its large keys.
  void FirstRound(uint32_t mention) {
    large_.clear();
    atom_count_ = 0;
    for (const auto& [atom, large] : SharedOf(mention)) {
      if (!large) continue;
      if (atom_count_ == kMostAtoms) break;
      large_atoms_[atom_count_] = atom;
      large_.push_back({atom.hash, atom.field, atom.nest, atom_count_++});
    }
  }

  void CountKeys() {
    for (unsigned round = 1; round < kRounds; ++round) {
      sizes_.emplace_back(mentions_.count * 24, largest_);
      for (uint32_t m = 0; m < mentions_.count; ++m) {
        FirstRound(m);
        if (round == 2) NextRound(1, [](const Large&) {});
        std::vector<Large>& keys = scratch_;
        keys.clear();
        Extend(large_, [&](const Large& key) { keys.push_back(key); });
        for (const Large& key : keys) sizes_[round].Prefetch(key.key);
        for (const Large& key : keys) sizes_[round].Add(key.key);
      }
    }
  }

  // Visits the small keys of `round` and keeps the large ones in large_.
  template <typename Visit>
  void NextRound(unsigned round, const Visit& visit) {
    scratch_.clear();
    Extend(large_, [&](const Large& key) { scratch_.push_back(key); });
    for (const Large& key : scratch_) sizes_[round].Prefetch(key.key);
    large_.clear();
    for (const Large& key : scratch_) {
      if (sizes_[round].Of(key.key) > largest_)
        large_.push_back(key);
      else
        visit(key);
    }
  }

  void Write(uint32_t mention) {
    FirstRound(mention);
    too_large_atoms_ += large_.size();
    for (const auto& [atom, large] : SharedOf(mention)) {
      if (!large) entries_.Add(atom.hash, mention, atom.field);
    }
    for (unsigned round = 1; round < kRounds; ++round) {
      NextRound(round, [&](const Large& key) {
        if (sizes_[round].Of(key.key) > 1) entries_.Add(key.key, mention, key.fields);
      });
    }
    left_out_ += large_.size();
  }

  Blocks Group() {
    Blocks out;
    out.largest = largest_;
    out.too_large_atoms = too_large_atoms_;
    out.left_out = left_out_;
    entries_.Drain([&](std::span<const Entry> block) {
      const uint64_t size = block.size();
      if (size < 2 || size > largest_) return;
      for (const Entry& entry : block) out.members.push_back(entry.mention);
      out.first.push_back(static_cast<uint32_t>(out.members.size()));
      out.fields.push_back(block[0].fields);
      out.comparisons += size * (size - 1) / 2;
    });
    Invert(out);
    return out;
  }

  void Invert(Blocks& out) const {
    constexpr uint32_t kAhead = 16;  // places that are on their way
    out.of.assign(mentions_.count + 1, 0);
    for (const uint32_t m : out.members) ++out.of[m + 1];
    for (size_t m = 0; m < mentions_.count; ++m) out.of[m + 1] += out.of[m];
    out.blocks_of.resize(out.members.size());
    std::vector<uint32_t> at(out.of.begin(), out.of.end() - 1);
    for (uint32_t block = 0, k = 0; block < out.size(); ++block) {
      for (; k < out.first[block + 1]; ++k) {
        if (k + kAhead < out.members.size())
          __builtin_prefetch(out.blocks_of.data() + at[out.members[k + kAhead]], 1);
        out.blocks_of[at[out.members[k]]++] = block;
      }
    }
  }

  const Mentions& mentions_;
  Atoms atoms_;
  uint32_t largest_;
  std::vector<Sizes> sizes_;
  Entries entries_;
  std::vector<Atom> mine_;
  LargeVector<Shared> shared_;
  std::vector<uint32_t> shared_of_ = {0};  // by mention, one more at the end
  std::array<Atom, kMostAtoms> large_atoms_;
  uint8_t atom_count_ = 0;
  std::vector<Large> large_, scratch_;
  uint64_t too_large_atoms_ = 0, left_out_ = 0;
};

}  // namespace

Blocks MakeBlocks(const Mentions& mentions, const BlockOptions& options, unsigned) {
  constexpr uint32_t kLeast = 8;
  const auto by_work =
      static_cast<uint32_t>(options.work / static_cast<double>(mentions.count + 1));
  uint32_t largest = std::min({options.largest, 250U, std::max(kLeast, by_work)});
  for (;;) {
    Blocks blocks = Maker(mentions, largest).Run();
    const double allowed = options.budget * static_cast<double>(mentions.count);
    if (static_cast<double>(blocks.comparisons) <= allowed || largest <= kLeast) return blocks;
    largest = std::max(kLeast, largest * 2 / 3);
  }
}

}  // namespace tidewaiter::resolve
