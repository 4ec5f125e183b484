// Two values of a field -> the levels on which they agree, and how rare what they share is.
#ifndef TIDEWAITER_RESOLVE_COMPARE_H_
#define TIDEWAITER_RESOLVE_COMPARE_H_

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "resolve/facts.h"
#include "resolve/mentions.h"
#include "resolve/weights.h"

namespace tidewaiter::resolve {

// Of a field; all but the name use only the first entry.
struct Agreement {
  std::array<Level, kNameAspects> level{};
  std::array<float, kNameAspects> rarity = {kUnshared, kUnshared, kUnshared, kUnshared};
};

// All fields in the order in which they are compared: what is cheap and decides much first.
const std::array<Field, kFields>& FieldsByCost();

// How alike two words are.
enum class Likeness : uint8_t { kEqual, kVariant, kClose, kInitial, kDifferent };

// One a thread; holds a memory of pairs of words and of texts. `facts` (whose weights choose
// between the alternatives of a value) must outlive it.
class Comparer {
 public:
  explicit Comparer(const Facts& facts);

  // Both values must be numbers of the field, not 0.
  Agreement Compare(Field field, uint32_t a, uint32_t b);
  // The weight of an agreement.
  float WeightOf(Field field, const Agreement& agreement) const;
  // The weight of two values: 0 when one is 0.
  float Weight(Field field, uint32_t a, uint32_t b) {
    return a == 0 || b == 0 ? 0 : WeightOf(field, Compare(field, a, b));
  }
  Likeness CompareWords(uint32_t a, uint32_t b);
  // Asks the memory for what comparing these values will need.
  void Prefetch(Field field, uint32_t value) const {
    if (field == Field::kName)
      __builtin_prefetch(&facts_.names[value]);
    else if (field != Field::kAddress)
      __builtin_prefetch(&facts_.values[static_cast<size_t>(field)][value]);
  }

 private:
  // The words of one person's name by part.
  struct PersonWords {
    std::span<const QuickWord> family, given, middle;
  };
  struct Best {
    Likeness likeness = Likeness::kDifferent;
    uint32_t a = 0, b = 0;
  };
  struct Overlap {
    float share = 0, information = 0;  // of what both say; of what they share
    bool numbers_clash = false;
  };
  Likeness CompareQuickly(const QuickWord& a, const QuickWord& b);
  Best BestOf(std::span<const QuickWord> a, std::span<const QuickWord> b);
  // Words of one name that stand in another part of the other one.
  void Cross(std::span<const QuickWord> a, std::span<const QuickWord> b, Best& into);
  float RarityOfOther(const Best& found) const;
  void CompareFamily(const PersonWords& x, const PersonWords& y, Agreement& out);
  void CompareGiven(const PersonWords& x, const PersonWords& y, Agreement& out);
  void CompareMiddle(const PersonWords& x, const PersonWords& y, Agreement& out);
  Agreement ComparePersons(const PersonWords& x, const PersonWords& y);
  Agreement CompareNames(uint32_t a, uint32_t b);
  Agreement ComparePhrases(const Phrase& a, const Phrase& b);
  Agreement CompareOrganizations(const Phrase& a, const Phrase& b);
  Agreement CompareAddresses(uint32_t a, uint32_t b);
  Agreement CompareSimple(Field field, uint32_t a, uint32_t b);
  Level LevelOfLong(Field field, uint32_t a, uint32_t b);
  Level FreshLevel(Field field, uint32_t a, uint32_t b) const;
  Likeness FreshLikeness(uint32_t a, uint32_t b) const;
  Overlap OverlapOf(std::span<const uint32_t> a, std::span<const uint32_t> b);

  const Mentions& mentions_;
  const Weights& weights_;
  const Facts& facts_;
  struct WordSlot {
    uint64_t pair = 0;
    Likeness likeness = Likeness::kDifferent;
  };
  struct TextSlot {
    uint64_t key = 0;
    Level level = kNothing;
  };
  std::vector<WordSlot> words_;
  std::vector<TextSlot> texts_;
};

}  // namespace tidewaiter::resolve

#endif  // TIDEWAITER_RESOLVE_COMPARE_H_
